"""The tools for agents: a server of the Model Context Protocol on stdin and stdout.

A process of its own, started by the agent's program; nothing listens on any port. Only protocol
messages go to stdout, everything else to stderr.
"""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Any, get_type_hints

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import RootModel

from assistant.engine import Engine
from assistant.tools import Tools, description_of
from index.errors import XiaojurenError

# Nothing is changed and nothing outside the index is looked at.
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def build_server(engine: Callable[[], Engine]) -> MCPServer[Any]:
    """Return a server with the five tools, and the sources as resources.

    Args:
        engine: Returns the engine to ask; called for every use, so that a rebuilt index takes over
            without a restart.
    """
    server: MCPServer[Any] = MCPServer(
        "xiaojuren",
        title="小巨人",
        instructions=(files("ui") / "data" / "mcp.md").read_text("utf-8"),
        version=version("xiaojuren"),
        log_level="WARNING",
    )
    for name, tool in Tools(engine).by_name().items():
        server.add_tool(
            _agent_tool(tool),
            name=name,
            description=description_of(tool),
            annotations=_READ_ONLY,
        )
    return server


def _agent_tool(tool: Callable[..., Any]) -> Callable[..., CallToolResult]:
    """Return a tool with its result as structured content, and as compact JSON beside it."""

    @functools.wraps(tool)
    def called(**arguments: Any) -> CallToolResult:
        try:
            result = tool(**arguments).to_dict()
        except XiaojurenError as error:
            raise ToolError(str(error)) from error
        # As JSON values: the schema knows lists, not tuples.
        text = json.dumps(result, ensure_ascii=False)
        return CallToolResult(
            content=[TextContent(type="text", text=text)], structured_content=json.loads(text)
        )

    hints = get_type_hints(tool, include_extras=True)
    form = RootModel[hints.pop("return")]  # type: ignore[misc]
    signature = inspect.signature(tool)
    called.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[
            one.replace(annotation=hints[one.name]) for one in signature.parameters.values()
        ],
        return_annotation=Annotated[CallToolResult, form],
    )
    return called
