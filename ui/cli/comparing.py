"""Commands that set lists against each other: two versions, and names against the index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.base import JsonOption, StoreOption, command, print_json, settings_with

if TYPE_CHECKING:
    from assistant.browsing.matching import Match
    from index.differences import CompanyChange, Differences
    from index.types import Company, Value

XlsxOption = Annotated[Path | None, typer.Option("--xlsx", help="另存为工作簿")]


@command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="旧版", help="旧的清单")],
    new: Annotated[Path, typer.Argument(metavar="新版", help="新的清单")],
    xlsx: XlsxOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """比较一份清单的两个版本：新增、移除和逐项改动的企业，注明各自的行。"""
    from index.differences import differences

    found = differences(old, new)
    rows = [*_diff_rows(found)]
    _save(xlsx, "变化", ("变化", "企业", "字段", "旧值", "旧行", "新值", "新行"), rows)
    if as_json:
        print_json([dict(zip(_KEYS, row, strict=True)) for row in rows], indent=2)
        return
    lines = [
        f"新增 {len(found.added)} 家，移除 {len(found.gone)} 家，"
        f"改动 {len(found.changed)} 家，未变 {found.unchanged} 家"
    ]
    lines += [f"  新增 {one.name}（新版第 {_line(one)} 行）" for one in found.added]
    lines += [f"  移除 {one.name}（旧版第 {_line(one)} 行）" for one in found.gone]
    for change in found.changed:
        lines.append(f"  改动 {change.new.name}")
        lines += [f"    {row[2]}：{_told(row[3], row[4])} → {_told(row[5], row[6])}"
                  for row in _changed_rows(change)]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


@command()
def match(
    file: Annotated[Path, typer.Argument(metavar="名单", help="企业名单，任何可读的格式")],
    store: StoreOption = None,
    xlsx: XlsxOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """把一份企业名单与索引逐家对照：找到、没有、待核对。"""
    from assistant.browsing.matching import Found, match_names
    from assistant.settings import database_of
    from index.language.encoder import SentenceEncoder
    from index.store.reader import open_index

    settings = settings_with(store=store)
    encoder = SentenceEncoder(settings.model, settings.threads)
    address = database_of(settings)
    with closing(open_index(settings.store, encoder, settings.chroma_url, address)) as index:
        found = match_names(file, index.records)
    rows = [_match_row(one) for one in found]
    _save(xlsx, "对照", ("名单中的名称", "名单行", "结果", "索引中的企业", "来源"), rows)
    if as_json:
        keys = ("name", "line", "found", "companies", "origins")
        print_json([dict(zip(keys, row, strict=True)) for row in rows], indent=2)
        return
    counts = "，".join(f"{kind} {sum(one.found is kind for one in found)} 家" for kind in Found)
    lines = [f"共 {len(found)} 家：{counts}"]
    lines += [f"  第 {row[1]} 行 {row[0]}：{row[2]}" + (f"　{row[3]}（{row[4]}）" if row[3] else "")
              for row in rows]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


_KEYS = ("change", "company", "field", "old", "old_line", "new", "new_line")


def _diff_rows(found: Differences) -> Iterator[tuple[Any, ...]]:
    for one in found.added:
        yield "新增", one.name, "", "", "", "", _line(one)
    for one in found.gone:
        yield "移除", one.name, "", "", _line(one), "", ""
    for change in found.changed:
        yield from _changed_rows(change)


def _changed_rows(change: CompanyChange) -> Iterator[tuple[Any, ...]]:
    from assistant.answers.values import label_of

    for one in change.fields:
        old, new = _texts(one.old), _texts(one.new)
        yield "改动", change.new.name, label_of(one.field), *old, *new


def _match_row(one: Match) -> tuple[Any, ...]:
    names = "、".join(company.name for company in one.companies)
    origins = "、".join(
        f"{company.rows[0].origin.source} 第 {_line(company)} 行" for company in one.companies
    )
    return one.name, one.line, one.found.value, names, origins


def _texts(values: tuple[Value, ...]) -> tuple[str, str]:
    """Return the texts of values and their lines."""
    lines = dict.fromkeys(str(one.origin.line_start) for one in values)
    return "；".join(dict.fromkeys(one.text for one in values)), "、".join(lines)


def _told(text: str, line: str) -> str:
    return f"{text}（第 {line} 行）" if text else "空"


def _line(company: Company) -> int:
    return company.rows[0].origin.line_start


def _save(
    path: Path | None, title: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Write a table as a workbook; texts stay texts, whatever they begin with."""
    if path is None:
        return
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet(title, 0)
    book.remove(book.worksheets[1])
    for row in (head, *rows):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
