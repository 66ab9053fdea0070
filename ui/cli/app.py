"""The command ``xiaojuren``: a thin skin that reads settings, calls the engine and prints.

Results go to stdout; progress, warnings and errors to stderr. Exit codes: 0 success, 2 bad usage
or bad input with one line that says what is wrong, 1 an internal fault.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from index.errors import XiaojurenError
from ui.cli.console import (
    ERR,
    OUT,
    ProgressBars,
    explain_reply,
    show_answer,
    show_stats,
    stats_dict,
)
from ui.cli.screens import Command, Group, usage_problem
from ui.errors import UsageError

# Commands import what they need when they run: help and completion wait for nothing.
if TYPE_CHECKING:
    from assistant.engine import Engine
    from assistant.settings import Settings
    from index.store.generations import StoreFolder
    from index.store.reader import IndexReader
    from index.store.server import Store

app = typer.Typer(
    name="xiaojuren",
    help="回答专精特新“小巨人”企业的问题：完整、准确、每个事实都注明出处。",
    cls=Group,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
command = partial(app.command, cls=Command, options_metavar="[选项]")

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="索引所在的文件夹（XIAOJUREN_STORE）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def _settings(**overrides: Any) -> Settings:
    """Return the settings with the options that were given."""
    from assistant.settings import load_settings

    given = {name: value for name, value in overrides.items() if value is not None}
    return load_settings().model_copy(update=given)


@app.callback()
def _start(
    ctx: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,  # noqa: FBT002
) -> None:
    if show_version:
        typer.echo(version("xiaojuren"))
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="监听的地址")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="监听的端口")] = None,
    log_questions: Annotated[
        bool | None, typer.Option("--log-questions", help="访问日志里也写问题的原文")
    ] = None,
) -> None:
    """打开问答网页和接口；还没有索引时先建立。

    没有索引时从 seeds/ 建立；没有这个文件夹时用随程序附带的清单。
    设了环境变量 XIAOJUREN_AUTH（用户名:密码）就要登录。访问日志写到 stderr。
    """
    from assistant.building import build_first, has_index
    from assistant.live import LiveEngine
    from ui.server.access import log_to
    from ui.server.guard import Trust
    from ui.server.login import read_logins
    from ui.server.server import is_public, require_free_port
    from ui.server.server import serve as serve_page

    settings = _settings(store=store, host=host, port=port, log_questions=log_questions)
    logins = read_logins(settings.auth)
    require_free_port(settings.host, settings.port)
    if not logins and is_public(settings.host):
        _notice(
            f"提醒：{settings.host} 能从别的机器访问，而且不用登录；"
            "要登录请设环境变量 XIAOJUREN_AUTH=用户名:密码"
        )
    if not has_index(settings):
        _mention_packaged(settings)
        build_first(settings, ProgressBars())
    engine = LiveEngine(settings)
    _warn_of_changes(engine().index)
    log_to(sys.stderr, questions=settings.log_questions)
    address = (settings.host, settings.port)
    trust = Trust(_parts(settings.hosts), _parts(settings.proxies))
    serve_page(engine, *address, lambda url: _notice(f"已打开 {url}"), logins, trust)


def _parts(setting: str | None) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in (setting or "").split(",") if part.strip())


@command()
def mcp(store: StoreOption = None) -> None:
    """让智能体经 stdin 和 stdout 调用同样的问答（MCP）。"""
    from assistant.live import LiveEngine
    from ui.mcp import serve_stdio

    engine = LiveEngine(_settings(store=store))
    _warn_of_changes(engine().index)
    serve_stdio(engine)


@command()
def index(
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="清单", help="文件或文件夹，默认 seeds/")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明会有什么变化")] = False,  # noqa: FBT002
    full: Annotated[bool, typer.Option("--full", help="全部重读、重算")] = False,  # noqa: FBT002
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """从文件或文件夹建立或更新索引：只重读有改动的。

    索引的内容就是这次列出的文件，没有列出的会移除。失败时旧索引照常可用。
    """
    from assistant.building import request_of
    from index.build import preview_index, update_index
    from index.corpus import passed_over
    from ui.cli.changes import changes_dict, show_changes, show_passed_over

    settings = _settings(store=store)
    if not sources:
        _mention_packaged(settings)
    request = request_of(settings, sources or (), full=full)
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


@command()
def ask(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="问题", help="问题；- 表示从标准输入读")
    ] = None,
    batch: Annotated[
        str | None, typer.Option(help="JSON Lines 文件，每行一段对话；- 表示标准输入")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="在 stderr 显示每一步的结果")] = False,  # noqa: FBT002
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """回答一个问题，或一批问题。"""
    if (words is None) == (batch is None):
        raise UsageError("请写出一个问题，或用 --batch 指定文件（二者选一）")
    question = sys.stdin.read() if words == ["-"] else " ".join(words or ())
    with _opened_engine(store) as engine:
        if batch is not None:
            _ask_batch(batch, engine)
            return
        reply = engine.reply(question)
    if explain:
        explain_reply(reply)
    if as_json:
        _print_json(reply.answer.to_dict(), indent=2)
    else:
        show_answer(reply.answer)


@command()
def chat(store: StoreOption = None) -> None:
    """在终端里连续问答；输入 退出 结束。"""
    from assistant.engine import Conversation
    from ui.cli.chat import questions

    with _opened_engine(store) as engine:
        conversation = Conversation(engine)
        _notice("请输入问题，输入“退出”结束。")
        for question in questions():
            try:
                show_answer(conversation.ask(question))
            except XiaojurenError as error:
                _notice(str(error))


@command()
def stats(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """显示索引里有什么：文档、表格、企业行、跳过的行和原因、企业、段落。"""
    from index.store.manifest import Manifest

    with closing(_store(_settings(store=store))) as place:
        told = stats_dict(Manifest.read(place.current()))
    if as_json:
        _print_json(told, indent=2)
    else:
        show_stats(told)


@command()
def check(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
    as_csv: Annotated[bool, typer.Option("--csv", help="以 CSV 输出")] = False,  # noqa: FBT002
) -> None:
    """检查清单：矛盾、重复、缺失和读不出的内容，逐条注明文件和行。"""
    from assistant.settings import database_of
    from index.language.encoder import SentenceEncoder
    from index.store.reader import open_index
    from ui.cli.check import show_findings
    from ui.findings import finding_dict, write_csv

    if as_json and as_csv:
        raise UsageError("--json 和 --csv 只能选一个，请去掉其中之一")
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


@command()
def feedback(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """显示网页上收到的评价：时间、问题、有用或有问题、意见。"""
    from ui.cli.feedback import show_feedback
    from ui.feedback import feedback_file, read_feedback

    found = read_feedback(feedback_file(_settings(store=store).store))
    if as_json:
        _print_json([asdict(one) for one in found], indent=2)
    else:
        show_feedback(found)


@command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要写的 .tar.gz 文件")],
    store: StoreOption = None,
) -> None:
    """把正在使用的索引和评价写进一个文件，逐个核对内容。"""
    from ui.cli.backup import back_up

    manifest = back_up(_folder(_settings(store=store)), file)
    _notice(f"已备份到 {file}：{manifest.companies} 家企业，建立于 {manifest.built}")


@command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="backup 写的文件")],
    store: StoreOption = None,
) -> None:
    """核对备份并改用其中的索引；有问题时原来的索引照常可用。"""
    from ui.cli.backup import restore as restored

    manifest = restored(_folder(_settings(store=store)), file)
    _notice(f"已恢复：{manifest.companies} 家企业，建立于 {manifest.built}")


@command()
def schema(
    tool: Annotated[
        str | None, typer.Argument(metavar="功能", help="ask、list 等，默认全部")
    ] = None,
) -> None:
    """显示每个功能的参数和回答的 JSON Schema。"""
    from assistant.tools import declarations

    known = declarations()
    if tool is not None and tool not in known:
        raise UsageError(f"没有功能 {tool}；有 {'、'.join(known)}")
    _print_json(known[tool] if tool else known, indent=2)


@command(name="eval")
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(metavar="题目", help="题目文件，默认 eval/ 里的全部题目")
    ] = None,
    split: Annotated[str | None, typer.Option(help="只用一半题目：dev 或 test")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """运行评测题目，按能力显示得分，并与简单检索比较。"""
    from eval.run import report

    with _opened_engine(store) as engine:
        figures = report(engine, [file] if file else None, split, OUT, quiet=as_json)
    if as_json:
        _print_json(figures, indent=2)


def _store(settings: Settings) -> Store:
    from assistant.settings import database_of
    from index.store.server import open_store

    return open_store(settings.store, settings.chroma_url, database_of(settings))


def _folder(settings: Settings) -> StoreFolder:
    from index.store.generations import StoreFolder

    if settings.database_url or settings.chroma_url:
        raise UsageError(
            "索引在服务器上，请用 pg_dump 和 Chroma 数据文件夹的副本备份（见 docs/operations.md）"
        )
    return StoreFolder(settings.store)


@contextmanager
def _opened_engine(store: Path | None) -> Iterator[Engine]:
    from assistant.engine import open_engine

    with closing(open_engine(_settings(store=store))) as engine:
        _warn_of_changes(engine.index)
        yield engine


def _ask_batch(name: str, engine: Engine) -> None:
    from ui.cli.batch import BatchError, answer_lines, opened

    failed = []
    with opened(name) as lines:
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


def _print_json(value: dict[str, Any] | list[dict[str, Any]], indent: int | None = None) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()


def _notice(message: str) -> None:
    ERR.print(message, markup=False)


def _warn_of_changes(served: IndexReader) -> None:
    changed = served.changed_sources()
    if changed:
        files = "、".join(changed)
        _notice(f"提醒：{files} 在建索引后有改动，请运行 xiaojuren index 更新")


def _mention_packaged(settings: Settings) -> None:
    from assistant.building import PACKAGED, seeds_of

    if seeds_of(settings) == PACKAGED and not settings.seeds.exists():
        _notice(
            f"没有 {settings.seeds}/，用随程序附带的清单（48 家企业的节选）；"
            "自己的清单用 xiaojuren index 文件 …"
        )


def main() -> None:
    """Run the command line; every error the user can mend is one line and exit code 2."""
    try:
        code = app(prog_name="xiaojuren", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        _fail(usage_problem(error))
    except XiaojurenError as error:
        _fail(str(error))
    except BrokenPipeError:
        _end_of_pipe()
    except SystemExit as end:
        # Typer makes 1 of a closed pipe.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _end_of_pipe()
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last resort: show everything, exit with 1
        ERR.print_exception()
        _fail(f"内部错误：{type(error).__name__}: {error}", code=1)
    sys.exit(code if isinstance(code, int) else 0)


def _end_of_pipe() -> NoReturn:
    """End well where whoever reads has had enough, as head has."""
    # Python would still flush what nobody takes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _fail(message: str, code: int = 2) -> None:
    _notice(" ".join(message.split()))
    sys.exit(code)
