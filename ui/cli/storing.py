"""Commands about what is indexed: building, inspecting, checking, keeping."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.base import (
    JsonOption,
    StoreOption,
    command,
    mention_packaged,
    notice,
    print_json,
    settings_with,
    warn_of_changes,
)
from ui.cli.console import ProgressBars, show_stats, stats_dict
from ui.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.store.generations import StoreFolder
    from index.store.server import Store


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

    settings = settings_with(store=store)
    if not sources:
        mention_packaged(settings)
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
        print_json(told | {"passed_over": unread}, indent=2)
        return
    show_changes(changes, planned=dry_run)
    show_passed_over(unread)
    if not dry_run:
        show_stats(told)


@command()
def stats(
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """显示索引里有什么：文档、表格、企业行、跳过的行和原因、企业、段落。"""
    from index.store.manifest import Manifest

    with closing(_store(settings_with(store=store))) as place:
        told = stats_dict(Manifest.read(place.current()))
    if as_json:
        print_json(told, indent=2)
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
    settings = settings_with(store=store)
    encoder = SentenceEncoder(settings.model, settings.threads)
    address = database_of(settings)
    with closing(open_index(settings.store, encoder, settings.chroma_url, address)) as served:
        warn_of_changes(served)
        found = served.records.findings()
    if as_json:
        print_json([finding_dict(finding) for finding in found], indent=2)
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

    found = read_feedback(feedback_file(settings_with(store=store).store))
    if as_json:
        print_json([asdict(one) for one in found], indent=2)
    else:
        show_feedback(found)


@command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要写的 .tar.gz 文件")],
    store: StoreOption = None,
) -> None:
    """把正在使用的索引和评价写进一个文件，逐个核对内容。"""
    from ui.cli.backup import back_up

    manifest = back_up(_folder(settings_with(store=store)), file)
    notice(f"已备份到 {file}：{manifest.companies} 家企业，建立于 {manifest.built}")


@command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="backup 写的文件")],
    store: StoreOption = None,
) -> None:
    """核对备份并改用其中的索引；有问题时原来的索引照常可用。"""
    from ui.cli.backup import restore as restored

    manifest = restored(_folder(settings_with(store=store)), file)
    notice(f"已恢复：{manifest.companies} 家企业，建立于 {manifest.built}")


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
