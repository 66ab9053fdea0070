"""The command ``xiaojuren``: a thin skin that reads settings, calls the engine and prints.

Results go to stdout; progress, warnings and errors to stderr. Exit codes: 0 success, 2 bad usage
or bad input with one line that says what is wrong, 1 an internal fault.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from typer.exceptions import TyperException

from assistant.engine import Conversation, Engine, open_engine
from assistant.live import LiveEngine
from assistant.settings import Settings, database_of, load_settings
from index.build import BuildRequest, build_index, preview_index, update_index
from index.corpus import passed_over
from index.errors import XiaojurenError
from index.language.encoder import SentenceEncoder
from index.store.manifest import Manifest
from index.store.reader import IndexReader, open_index
from index.store.server import Store, open_store
from ui.cli.batch import BatchError, answer_lines
from ui.cli.changes import changes_dict, show_changes, show_passed_over
from ui.cli.check import FormatError, show_findings
from ui.cli.console import (
    ERR,
    OUT,
    ProgressBars,
    explain_reply,
    show_answer,
    show_stats,
    stats_dict,
)
from ui.cli.feedback import show_feedback
from ui.feedback import feedback_file, read_feedback
from ui.findings import finding_dict, write_csv
from ui.server.access import log_to
from ui.server.login import read_logins

app = typer.Typer(
    name="xiaojuren",
    help="回答专精特新“小巨人”企业的问题：完整、准确、每个事实都注明出处。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="索引所在的文件夹（XIAOJUREN_STORE）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只说明会有什么变化，不写入")]
FullOption = Annotated[bool, typer.Option("--full", help="全部重读、重算，不沿用旧索引")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="同时在 stderr 显示每一步的结果")]

_FAREWELLS = frozenset({"exit", "quit", "退出", "再见"})


def _settings(**overrides: Any) -> Settings:
    """Return the settings with the options that were given."""
    given = {name: value for name, value in overrides.items() if value is not None}
    return load_settings().model_copy(update=given)


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="监听的地址")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="监听的端口")] = None,
    log_questions: Annotated[
        bool | None, typer.Option("--log-questions", help="访问日志里也写问题的原文")
    ] = None,
) -> None:
    """打开问答网页和接口；还没有索引时先从 seeds/ 建立。

    设了环境变量 XIAOJUREN_AUTH（用户名:密码）就要登录。访问日志写到 stderr。
    """
    settings = _settings(store=store, host=host, port=port, log_questions=log_questions)
    logins = read_logins(settings.auth)
    # Gradio takes seconds to import; no other command should wait for it.
    from ui.server.server import is_public, require_free_port
    from ui.server.server import serve as serve_page

    require_free_port(settings.host, settings.port)
    if not logins and is_public(settings.host):
        ERR.print(
            f"提醒：{settings.host} 能从别的机器访问，而且不用登录；"
            "要登录请设环境变量 XIAOJUREN_AUTH=用户名:密码",
            markup=False,
        )
    if not _exists(settings):
        build_index(_request([settings.seeds], settings), ProgressBars())
    engine = LiveEngine(settings)
    _warn_of_changes(engine().index)
    log_to(sys.stderr, questions=settings.log_questions)
    address = (settings.host, settings.port)
    serve_page(engine, *address, lambda url: ERR.print(f"已打开 {url}"), logins)


@app.command()
def mcp(store: StoreOption = None) -> None:
    """让智能体经 stdin 和 stdout 调用同样的问答（Model Context Protocol）。"""
    # The protocol's package takes a second to import; no other command should wait for it.
    from ui.mcp import serve_stdio

    engine = LiveEngine(_settings(store=store))
    _warn_of_changes(engine().index)
    serve_stdio(engine)


@app.command()
def index(
    sources: Annotated[
        list[Path] | None, typer.Argument(help="清单文件或文件夹，默认 seeds/")
    ] = None,
    dry_run: DryRunOption = False,  # noqa: FBT002 - a flag of the command line
    full: FullOption = False,  # noqa: FBT002 - a flag of the command line
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """从文件或文件夹建立或更新索引：只重读有改动的；失败时旧索引照常可用。

    索引的内容就是这次列出的文件，没有列出的会移除。
    """
    settings = _settings(store=store)
    request = _request(sources or [settings.seeds], settings, full=full)
    if dry_run:
        changes = preview_index(request, ProgressBars())
        told: dict[str, Any] = {"changes": changes_dict(changes), "dry_run": True}
    else:
        update = update_index(request, ProgressBars())
        changes = update.changes
        told = stats_dict(update.manifest) | {"changes": changes_dict(changes)}
    unread = passed_over(request.sources)
    if as_json:
        _print_json(told | {"passed_over": unread}, indent=2)
        return
    show_changes(changes, planned=dry_run)
    show_passed_over(unread)
    if not dry_run:
        show_stats(told)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    batch: Annotated[
        str | None, typer.Option(help="JSON Lines 文件，每行一段对话；- 表示标准输入")
    ] = None,
    explain: ExplainOption = False,  # noqa: FBT002 - a flag of the command line
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """回答一个问题，或一批问题。"""
    if (question is None) == (batch is None):
        raise BatchError("请写出一个问题，或用 --batch 指定文件（二者选一）")
    with closing(open_engine(_settings(store=store))) as engine:
        _warn_of_changes(engine.index)
        if batch is not None:
            _ask_batch(batch, engine)
            return
        reply = engine.reply(question or "")
    if explain:
        explain_reply(reply)
    if as_json:
        _print_json(reply.answer.to_dict(), indent=2)
    else:
        show_answer(reply.answer)


@app.command()
def chat(store: StoreOption = None) -> None:
    """在终端里连续问答；输入 退出 结束。"""
    with closing(open_engine(_settings(store=store))) as engine:
        _warn_of_changes(engine.index)
        conversation = Conversation(engine)
        ERR.print("请输入问题，输入“退出”结束。")
        while (question := _read_question()) is not None and question not in _FAREWELLS:
            try:
                show_answer(conversation.ask(question))
            except XiaojurenError as error:
                ERR.print(str(error), markup=False)


@app.command()
def stats(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """显示索引里有什么：文档、表格、企业行、跳过的行和原因、企业、段落。"""
    with closing(_store(_settings(store=store))) as place:
        _print_stats(Manifest.read(place.current()), as_json=as_json)


@app.command()
def check(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
    as_csv: Annotated[bool, typer.Option("--csv", help="以 CSV 输出")] = False,  # noqa: FBT002
) -> None:
    """检查索引里的清单：矛盾、重复、缺失和读不出的内容，逐条注明文件和行。"""
    if as_json and as_csv:
        raise FormatError("--json 和 --csv 只能选一个，请去掉其中之一")
    settings = _settings(store=store)
    encoder = SentenceEncoder(settings.model, settings.threads)
    address = database_of(settings)
    with closing(open_index(settings.store, encoder, settings.chroma_url, address)) as served:
        _warn_of_changes(served)
        found = served.records.findings()
    if as_json:
        _print_json([finding_dict(finding) for finding in found], indent=2)
    elif as_csv:
        write_csv(found, sys.stdout)
    else:
        show_findings(found)


@app.command()
def feedback(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """显示网页上收到的评价：时间、问题、有用或有问题、意见。"""
    found = read_feedback(feedback_file(_settings(store=store).store))
    if as_json:
        _print_json([asdict(one) for one in found], indent=2)
    else:
        show_feedback(found)


@app.command(name="eval")
def evaluate(
    file: Annotated[Path | None, typer.Argument(help="题目文件，默认 eval/ 里的全部题目")] = None,
    split: Annotated[str | None, typer.Option(help="只用一半题目：dev 或 test")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """运行评测题目，按能力显示得分，并与简单检索比较。"""
    # Only this command needs the question set.
    from eval.run import report

    with closing(open_engine(_settings(store=store))) as engine:
        figures = report(engine, [file] if file else None, split, OUT, quiet=as_json)
    if as_json:
        _print_json(figures, indent=2)


def _request(sources: list[Path], settings: Settings, *, full: bool = False) -> BuildRequest:
    encoder = SentenceEncoder(settings.model, settings.threads)
    address = database_of(settings)
    return BuildRequest(sources, settings.store, encoder, settings.chroma_url, full, address)


def _store(settings: Settings) -> Store:
    return open_store(settings.store, settings.chroma_url, database_of(settings))


def _exists(settings: Settings) -> bool:
    with closing(_store(settings)) as place:
        return place.exists()


def _ask_batch(name: str, engine: Engine) -> None:
    failed = []
    with _opened(name) as lines:
        for line in answer_lines(lines, engine):
            _print_json(line.result)
            if line.failed:
                failed.append(line)
    if failed:
        first = failed[0]
        raise BatchError(
            f"{name} 有 {len(failed)} 行不能回答，其余已回答；"
            f"第一处在第 {first.number} 行：{first.result['error']}"
        )


@contextmanager
def _opened(name: str) -> Iterator[IO[str]]:
    """Open a batch file; bytes that are no UTF-8 spoil their line only."""
    if name == "-":
        yield sys.stdin
        return
    try:
        lines = Path(name).open(encoding="utf-8-sig", errors="replace")  # noqa: SIM115
    except OSError as error:
        raise BatchError(f"读不了 {name}（{error.strerror}），请检查路径") from error
    with lines:
        yield lines


def _read_question() -> str | None:
    """Return the next question that is not blank, or None at the end of the input."""
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return None
        if question:
            return question


def _print_stats(manifest: Manifest, *, as_json: bool) -> None:
    if as_json:
        _print_json(stats_dict(manifest), indent=2)
    else:
        show_stats(stats_dict(manifest))


def _print_json(value: dict[str, Any] | list[dict[str, Any]], indent: int | None = None) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()


def _warn_of_changes(served: IndexReader) -> None:
    changed = served.changed_sources()
    if changed:
        files = "、".join(changed)
        ERR.print(f"提醒：{files} 在建索引后有改动，请运行 xiaojuren index 更新", markup=False)


def main() -> None:
    """Run the command line; every error the user can mend is one line and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        _fail(f"用法有误：{error.format_message()}（xiaojuren --help 显示用法）")
    except XiaojurenError as error:
        _fail(str(error))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last resort: show everything, exit with 1
        ERR.print_exception()
        _fail(f"内部错误：{type(error).__name__}: {error}", code=1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int = 2) -> None:
    ERR.print(" ".join(message.split()), markup=False)
    sys.exit(code)
