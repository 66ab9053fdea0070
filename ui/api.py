"""The tools as endpoints of the page's server: the same answers for other programs."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any, get_type_hints

import gradio as gr
from gradio.events import api
from pydantic import ValidationError, validate_call
from pydantic.fields import FieldInfo

from assistant.engine import Engine
from assistant.tools import Tools, description_of
from index.errors import XiaojurenError

_LOGGER = logging.getLogger(__name__)

# A queue of their own: programs that ask a lot do not keep people at the page waiting.
_AT_ONCE = 4
_GROUP = "api"

_TITLE = "没能回答"
_FAULT = "程序内部出错，已记入日志；请换个说法再试，或把问题报告给管理员"


def expose(engine: Callable[[], Engine]) -> None:
    """Open the endpoints ``/ask``, ``/search``, ``/company``, ``/list``, ``/check_eligibility``.

    To be called within the page that is being built.

    Args:
        engine: Returns the engine to ask; called for every request.
    """
    for name, tool in Tools(engine).by_name().items():
        api(
            _endpoint(tool),
            api_name=name,
            api_visibility="public",
            concurrency_limit=_AT_ONCE,
            concurrency_id=_GROUP,
        )


def _endpoint(tool: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Return a tool that takes JSON values, returns JSON values, and tells what is wrong."""
    parameters = inspect.signature(tool)
    checked = validate_call(tool)

    @functools.wraps(tool)
    def endpoint(*values: Any) -> dict[str, Any]:
        try:
            # By name, so that an error tells the name.
            return dict(checked(**parameters.bind(*values).arguments).to_dict())
        except ValidationError as error:
            raise gr.Error(_problem(error), title=_TITLE, print_exception=False) from error
        except XiaojurenError as error:
            raise gr.Error(str(error), title=_TITLE, print_exception=False) from error
        except Exception as error:
            _LOGGER.exception("an endpoint failed")
            raise gr.Error(_FAULT, title=_TITLE, print_exception=False) from error

    endpoint.__doc__ = _documentation(tool)
    return endpoint


def _problem(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    return f"参数 {name} 的值 {first['input']!r} 不可用：{first['msg']}，请改正后再试"


def _documentation(tool: Callable[..., Any]) -> str:
    """Return what a tool does and takes, in the form that Gradio shows."""
    hints = get_type_hints(tool, include_extras=True)
    lines = [description_of(tool), "", "Args:"]
    for name in inspect.signature(tool).parameters:
        told = (one.description for one in hints[name].__metadata__ if isinstance(one, FieldInfo))
        lines.append(f"    {name}: {next(filter(None, told), '')}")
    return "\n".join(lines)
