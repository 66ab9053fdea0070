"""The MCP server, started by a real client over stdio."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import anyio
import jsonschema
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

from assistant.engine import Engine
from assistant.tools import Tools
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from tests.conftest import SEED
from tests.fakes import SilentProgress

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
MEMS = "苏州敏芯微电子技术股份有限公司"

CALLS = [
    ("ask", {"query": "它的主页呢", "history": ["苏州有哪些MEMS小巨人"]}),
    ("search", {"query": "苏州 传感器", "limit": 3}),
    ("company", {"query": "688286"}),
    ("list", {"city": ["苏州", "北京"], "columns": {"主导产品": "芯片"}, "sort": "-founded"}),
    ("check_eligibility", {"rd_ratio": 4, "own_ip": True}),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "store"
    build_index(BuildRequest([SEED], folder, SentenceEncoder()), SilentProgress())
    return folder


def talk(store: Path, use: Callable[[Client], Awaitable[None]], before: str = "pass") -> str:
    """Run one conversation with a server of its own; return what it wrote to stderr.

    Args:
        store: What it answers from.
        use: What the client does.
        before: What the server's process runs first.
    """
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", f"{before}; from ui.cli import main; main()", "mcp", "--store", str(store)],
        cwd=ROOT,
    )

    async def conversation(errors: TextIO) -> None:
        async with Client(stdio_client(server, errors), read_timeout_seconds=60) as client:
            await use(client)

    with (store.parent / "stderr").open("w+") as errors:
        # In a thread of its own: the browser's tests leave a loop running in this one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(anyio.run, conversation, errors).result()
        errors.seek(0)
        return errors.read()


def test_agent_lists_calls_and_cites(store: Path, engine: Engine) -> None:
    tools = {tool.name: tool for tool in Tools(lambda: engine).all()}

    async def use(client: Client) -> None:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(listed) == list(tools)
        for name, arguments in CALLS:
            result = await client.call_tool(name, arguments)
            assert not result.is_error
            direct = json.loads(json.dumps(tools[name].call(arguments)))
            assert result.structured_content == direct
            assert json.loads(result.content[0].text) == direct
            jsonschema.validate(arguments, listed[name].input_schema)
            jsonschema.validate(direct, tools[name].output_schema)
            assert direct["citations"][0]["source"] == SEED.name

    talk(store, use)


def test_server_says_what_it_is_and_its_tools_only_read(store: Path) -> None:
    async def use(client: Client) -> None:
        assert client.server_info.name == "xiaojuren"
        assert "citations" in str(client.instructions)
        for tool in (await client.list_tools()).tools:
            assert tool.title
            assert tool.description
            assert tool.annotations.read_only_hint
            assert tool.annotations.open_world_hint is False

    talk(store, use)


def test_declarations_are_short_enough_to_be_sent_with_every_conversation(store: Path) -> None:
    async def use(client: Client) -> None:
        told = (await client.list_tools()).model_dump_json(by_alias=True, exclude_none=True)
        assert len(told) / 3 < 4000

    talk(store, use)


def test_sources_are_resources(store: Path) -> None:
    async def use(client: Client) -> None:
        [source] = (await client.list_resources()).resources
        assert source.name == SEED.name
        [read] = (await client.read_resource(source.uri)).contents
        assert read.text.splitlines() == SEED.read_text("utf-8").splitlines()
        with pytest.raises(MCPError, match="没有资源"):
            await client.read_resource("xiaojuren://source/other.md")

    talk(store, use)


def test_what_is_wrong_is_told_to_the_agent_in_one_line(store: Path) -> None:
    async def use(client: Client) -> None:
        for name, arguments, problem in (
            ("ask", {"question": " "}, "问题是空的，请写出要问的内容"),
            ("list", {"city": "苏洲"}, "参数 city：没有叫“苏洲”的城市"),
            ("list", {"limit": 0}, "参数 limit：应不小于 1"),
            ("company", {}, "参数 name：没有给，请补上"),
        ):
            result = await client.call_tool(name, arguments)
            assert result.is_error
            assert result.content[0].text.startswith(problem)
            assert "\n" not in result.content[0].text
        with pytest.raises(MCPError, match="没有工具 delete；有 ask、search"):
            await client.call_tool("delete", {})

    talk(store, use)


# Whoever prints while a question is answered, as libraries like to when they are loaded.
PRINTING = (
    "from assistant.engine import Engine; read = Engine.read; "
    "Engine.read = lambda *args: (print('printed', flush=True), read(*args))[1]"
)


def test_what_is_printed_stays_out_of_the_protocol(store: Path) -> None:
    async def search(client: Client) -> None:
        result = await client.call_tool("search", {"text": "会飞的拍照机器"})
        names = [one["name"] for one in result.structured_content["records"]]
        assert names == ["深圳市大疆创新科技有限公司"]

    async def use(client: Client) -> None:
        async with anyio.create_task_group() as together:
            for _ in range(4):
                together.start_soon(search, client)

    assert talk(store, use, PRINTING).count("printed") == 4


def test_missing_index_is_told_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from ui.cli import main; main()", "mcp"]
    done = subprocess.run(
        [*command, "--store", tmp_path / "none"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "xiaojuren index" in done.stderr


def test_client_of_an_older_protocol_is_served(store: Path) -> None:
    """Most programs still greet first, and speak lines of JSON."""
    handshake = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "older", "version": "1"},
    }
    messages = [
        {"id": 1, "method": "initialize", "params": handshake},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/list"},
        {
            "id": 3,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": "敏芯微的主页"}},
        },
    ]
    command = [sys.executable, "-c", "from ui.cli import main; main()", "mcp"]
    with subprocess.Popen(
        [*command, "--store", store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        answers = {}
        for message in messages:
            server.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
            server.stdin.flush()
            if "id" in message:
                answer = json.loads(server.stdout.readline())
                answers[answer["id"]] = answer["result"]
        server.stdin.close()
        assert server.wait(60) == 0
        assert server.stdout.read() == b""
    assert answers[1]["protocolVersion"] == "2025-06-18"
    assert {tool["outputSchema"]["type"] for tool in answers[2]["tools"]} == {"object"}
    values = answers[3]["structuredContent"]["values"]
    assert [value["value"] for value in values] == ["https://www.memsensing.com"]
