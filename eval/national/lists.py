"""Lists of any size, made up: places of the gazetteer, trades of the thesaurus, own columns."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import Level, load_gazetteer

_TITLE = "全国专精特新小巨人企业名单"
_HEADER = (
    "企业名称", "所在城市", "细分领域", "主导产品", "核心技术",
    "成立时间", "员工规模", "上市情况", "认定批次", "注册资本", "研发人员占比", "服务行业",
)  # fmt: skip
_SYLLABLES = "华新中科创智源恒瑞天泰安达博远信德盛宏力精工微芯光电能环海洋星云龙凯飞腾正宇"
_STAFF = ("50-200人", "200-500人", "500-1000人", "1000-5000人", "5000+人")
Rows = Sequence[Sequence[str]]


def made_up_rows(count: int) -> Rows:
    """Return ``count`` rows of companies with names that no two of them share; always the same."""
    chance = random.Random(count)  # noqa: S311 - nothing secret
    cities = [place.short for place in load_gazetteer().places if place.level is Level.CITY]
    trades = list(load_thesaurus().concepts())
    rows: dict[str, list[str]] = {}
    while len(rows) < count:
        city, trade = chance.choice(cities), chance.choice(trades)
        words = [*trade.surfaces(), chance.choice(trades).term]
        core = "".join(chance.sample(_SYLLABLES, chance.choice((2, 3, 3))))
        name = f"{city}{core}{chance.choice(('科技', '电子', '材料', '智能'))}股份有限公司"
        listing = chance.choice(("未上市", "未上市", f"科创板:688{chance.randrange(800):03}"))
        rows[name] = [
            name,
            city,
            trade.term,
            f"{chance.choice(words)}{chance.choice(('', '模组', '设备', '系统', '组件'))}",
            "、".join(dict.fromkeys(chance.choices(words, k=2))),
            f"{chance.randrange(1990, 2022)}年",
            chance.choice(_STAFF),
            listing,
            f"第{chance.choice('一二三四五六')}批",
            f"{chance.randrange(5, 500) * 100}万元",
            f"{chance.randrange(5, 60)}%",
            chance.choice(trades).term,
        ]
    return list(rows.values())


def write_markdown(rows: Rows, path: Path) -> None:
    """Write a list as a Markdown table."""
    lines = ["|".join(("", *row, "")) for row in (_HEADER, ["---"] * len(_HEADER), *rows)]
    path.write_text("\n".join((f"# {_TITLE}", "", *lines, "")), "utf-8")


def write_csv(rows: Rows, path: Path) -> None:
    """Write a list as CSV, as Excel in China saves it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows((_HEADER, *rows))


def write_xlsx(rows: Rows, path: Path) -> None:
    """Write a list as a workbook with a title row above the header."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in ((_TITLE,), _HEADER, *rows):
        sheet.append(list(row))
    book.save(path)


FORMATS: dict[str, Callable[[Rows, Path], None]] = {
    ".md": write_markdown,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
}
