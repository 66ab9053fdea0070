"""The tools for agents: a server of the Model Context Protocol on stdin and stdout.

A process of its own, started by the agent's program; nothing listens on any port. Only protocol
messages go to stdout, everything else to stderr.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from assistant.engine import Engine
from assistant.live import warm_up
from assistant.tools import Tool, Tools
from assistant.tools.tool import QUERY
from index.errors import XiaojurenError
from index.sources import read_source

_LOGGER = logging.getLogger(__name__)

# Nothing is changed and nothing outside the index is looked at.
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_SOURCES = "xiaojuren://source/"

_LEFT_OUT = frozenset(
    ("title", "default", "maxLength", "minLength", "maxItems", "maximum", "minimum")
)

_FAULT = "程序内部出错，已写到 stderr；请换个说法再试"

Context = Any
Page = types.PaginatedRequestParams | None


def serve_stdio(engine: Callable[[], Engine]) -> None:
    """Serve the tools on stdin and stdout until the client closes them.

    Args:
        engine: Returns the engine to ask; called for every use, so that a rebuilt index takes over
            without a restart.
    """
    server = build_server(engine)
    warm_up(engine)

    async def run() -> None:
        # While it serves, whatever else is written to stdout goes to stderr.
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


def build_server(engine: Callable[[], Engine]) -> Server[Any]:
    """Return a server with the five tools.

    Args:
        engine: Returns the engine to ask; called for every use.
    """
    tools = {tool.name: tool for tool in Tools(engine).all()}
    listed = types.ListToolsResult(tools=[_declared(tool) for tool in tools.values()])

    async def list_tools(_: Context, __: Page) -> types.ListToolsResult:
        return listed

    async def list_resources(_: Context, __: Page) -> types.ListResourcesResult:
        documents = engine().index.manifest.documents
        listed = [
            types.Resource(name=one.source, title=one.title, uri=_SOURCES + quote(one.source))
            for one in documents
        ]
        return types.ListResourcesResult(resources=listed)

    async def read_resource(
        _: Context, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        text = await anyio.to_thread.run_sync(_source, str(asked.uri), engine())
        told = types.TextResourceContents(uri=asked.uri, mime_type="text/plain", text=text)
        return types.ReadResourceResult(contents=[told])

    async def call_tool(_: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            names = "、".join(tools)
            raise MCPError(types.INVALID_PARAMS, f"没有工具 {asked.name}；有 {names}")
        # Answering takes a while; messages are read on meanwhile.
        return await anyio.to_thread.run_sync(_called, tool, asked.arguments or {})

    server: Server[Any] = Server(
        "xiaojuren",
        title="小巨人",
        version=version("xiaojuren"),
        instructions=(files("ui") / "data" / "mcp.md").read_text("utf-8"),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )
    # Spans for tracing, which nobody here collects.
    server.middleware.clear()
    return server


def _declared(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=_brief(tool),
        # ``xiaojuren schema`` prints it whole; an agent would pay for it with every conversation.
        output_schema={"type": "object"},
        annotations=_READ_ONLY,
    )


def _brief(tool: Tool) -> dict[str, Any]:
    """Return the schema of arguments, without bounds that a wrong argument is told of anyway."""
    schema: dict[str, Any] = _shortened(tool.input_schema)
    if tool.subject:
        named = {tool.subject: QUERY}
        told = schema["properties"].items()
        schema["properties"] = {named.get(name, name): value for name, value in told}
        schema["required"] = [named.get(name, name) for name in schema["required"]]
    return schema


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(one) for one in value if one != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {key: _shortened(one) for key, one in value.items() if key not in _LEFT_OUT}
    # What may be left out is of one kind, or null.
    if len(kept.get("anyOf", ())) == 1:
        [kind] = kept.pop("anyOf")
        return kind | kept
    return kept


def _source(uri: str, engine: Engine) -> str:
    """Return the text of an indexed file, line by line as it is cited."""
    manifest = engine.index.manifest
    for path, document in zip(manifest.paths, manifest.documents, strict=True):
        if uri == _SOURCES + quote(document.source):
            try:
                return "\n".join(read_source(Path(path), document.source).lines)
            except XiaojurenError as error:
                raise MCPError(types.INTERNAL_ERROR, str(error)) from error
    raise MCPError(types.INVALID_PARAMS, f"没有资源 {uri}，请先列出资源")


def _called(tool: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
    """Return a result as structured content and as compact JSON beside it, or what is wrong."""
    try:
        text = json.dumps(tool.call(arguments), ensure_ascii=False)
    except XiaojurenError as error:
        return _refused(str(error))
    except Exception:  # the last place where a fault can be told to the caller
        _LOGGER.exception("a tool failed")
        return _refused(_FAULT)
    # Read back, so that it holds JSON values only: lists instead of tuples, texts instead of enums.
    return types.CallToolResult(content=[_text(text)], structured_content=json.loads(text))


def _refused(problem: str) -> types.CallToolResult:
    return types.CallToolResult(content=[_text(problem)], is_error=True)


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)
