"""One tool: its names and descriptions, its schemas, and its call with arguments from outside."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from inspect import cleandoc, signature
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError, validate_call

from assistant.answers.answer import WithCitations
from assistant.errors import CriteriaError

_BLOCKS = {
    "type": "array",
    "items": {"type": "object", "properties": {"type": {"type": "string"}}, "required": ["type"]},
}


QUERY = "query"
"""What the question, the text or the name may be called in a call of any tool."""

_SUBJECTS = frozenset({"question", "text", "name"})


class Tool:
    """A function that other programs call with JSON values and that returns JSON values.

    Args:
        name: What programs call it.
        function: Typed and described; its parameters are checked before it is called.

    Attributes:
        name: What programs call it.
        function: The function.
        title: What people call it, in Chinese.
        description: What it does, for whoever chooses among tools: in Chinese, then in English.
        subject: The parameter that may be called ``query`` too; empty where there is none.
    """

    def __init__(self, name: str, function: Callable[..., WithCitations]) -> None:
        texts = _texts()["tools"][name]
        english = cleandoc(function.__doc__ or "").partition("\n\nRaises:")[0]
        self.name = name
        self.function = function
        self.title = str(texts["title"])
        self.description = f"{texts['told']}\n\n{english}"
        self.subject = next((one for one in signature(function).parameters if one in _SUBJECTS), "")
        self._checked = validate_call(function)

    @property
    def input_schema(self) -> dict[str, Any]:
        """JSON schema of the arguments, an object by name."""
        function: Any = self.function
        return TypeAdapter(function).json_schema()

    @property
    def output_schema(self) -> dict[str, Any]:
        """JSON schema of the result."""
        schema = TypeAdapter(get_type_hints(self.function)["return"]).json_schema()
        if "blocks" in schema["properties"]:
            # Of a block only what is not empty is handed out, beside the name of its kind.
            schema["properties"]["blocks"] = _BLOCKS
            schema["$defs"] = _used(schema)
        return schema

    def call(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the result as plain JSON values.

        Args:
            arguments: By name, as they came; checked here.

        Raises:
            XiaojurenError: CriteriaError for an argument of a wrong kind or size, else whatever
                the function raises.
        """
        given = dict(arguments)
        if self.subject and QUERY in given and self.subject not in given:
            given[self.subject] = given.pop(QUERY)
        try:
            return self._checked(**given).to_dict()
        except ValidationError as error:
            raise _problem(error) from error


def _used(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the definitions that a schema refers to, directly or through others."""
    defined = schema.get("$defs", {})
    used: dict[str, Any] = {}
    told = json.dumps(schema["properties"])
    while fresh := [name for name in defined if name not in used and f'#/$defs/{name}"' in told]:
        used |= {name: defined[name] for name in fresh}
        told = json.dumps([used[name] for name in fresh])
    return used


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((files("assistant") / "data/tools.toml").read_text("utf-8"))


def _problem(error: ValidationError) -> CriteriaError:
    """Return what is wrong with the first argument that cannot be taken.

    Where several kinds of values are taken, each tells why it is none of them: the one that says
    more than that the kind is another, or says it of something further inside, was meant.
    """
    told = error.errors(include_url=False)
    name = told[0]["loc"][0]
    meant = max(
        (one for one in told if one["loc"][0] == name),
        key=lambda one: (not one["type"].endswith("_type"), len(one["loc"])),
    )
    place = "".join(f"[{part}]" for part in meant["loc"][1:] if isinstance(part, int))
    problem = _texts()["problems"].get(meant["type"], meant["msg"])
    return CriteriaError(f"{name}{place}", problem.format(**meant.get("ctx", {})))
