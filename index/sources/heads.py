"""Headers of several rows as one: every name below the groups that it stands under.

企业名称 | 所在地 |    | 营业收入（万元） |
         | 省    | 市 | 2023年          | 2024年
──▶ 企业名称 | 省 | 市 | 营业收入（万元） 2023年 | 营业收入（万元） 2024年
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from index.companies.names import is_full_name
from index.regex import regex
from index.schema.columns import TableKind, field_of
from index.schema.subjects import patterns
from index.types import Row

_PLACES = frozenset({"province", "city", "district", "address"})

# A cell of a second row of headers is short, and no number but a year.
_LONGEST_NAME = 15
_NUMBER = regex(r"[\d,.%\-]+")
_YEAR = regex(r"20\d\d")


def joined_rows(block: Sequence[Row]) -> Row:
    """Return the rows of a header as one, which is cited by all of them."""
    if len(block) == 1:
        return block[0]
    first, last = block[0], block[-1]
    names = joined_header([[cell.text for cell in row.cells] for row in block])
    below = [*last.cells, *first.cells[len(last.cells) :]]
    below += [replace(below[-1], text="", raw="", links=())] * (len(names) - len(below))
    cells = tuple(replace(cell, text=name) for cell, name in zip(below, names, strict=True))
    quote = "\n".join(row.origin.quote for row in block)
    return Row(cells, replace(first.origin, line_end=last.origin.line_end, quote=quote))


def joined_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of the columns of a header of several rows.

    A group counts for the cells right of it up to the next one. It is left out where it says
    nothing (基本信息), or no more than the name (所在地 above 省).

    Args:
        rows: The texts of its rows, from the top; merged cells repeat theirs.
    """
    if len(rows) == 1:
        return list(rows[0])
    lower = joined_header(rows[1:])
    upper = _filled_right(rows[0], lower)
    times = Counter(lower)
    pairs = zip_longest(upper, lower, fillvalue="")
    return [_name(group, leaf, alone=times[leaf] == 1) for group, leaf in pairs]


def _filled_right(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    filled: list[str] = []
    group = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if below else "")
        filled.append(group)
    return filled


def _name(group: str, leaf: str, *, alone: bool) -> str:
    if not leaf or not group or group == leaf:
        return leaf or group
    fields = (field_of(TableKind.COMPANY, text) for text in (group, leaf))
    places = _PLACES.issuperset(fields)
    general = patterns()["columns"]["group"].search(group)
    return leaf if alone and (places or general) else f"{group} {leaf}"


def goes_on(rows: Sequence[Sequence[str]], header: int) -> bool:
    """Return whether the row below a header is the second row of it, without merged cells.

    It names what stands under groups, has nothing below the name of the company, and rows follow.
    """
    if header + 2 >= len(rows):
        return False
    upper, lower = rows[header], rows[header + 1]
    names = [n for n, text in enumerate(upper) if field_of(TableKind.COMPANY, text) == "name"]
    told = [(number, text) for number, text in enumerate(lower) if text]
    beside = {number for number, _ in told if number >= len(upper) or not upper[number]}
    under = {number for number, _ in told} & {names[0] if names else 0}
    return bool(beside) and not under and all(_may_name(text) for _, text in told)


def _may_name(text: str) -> bool:
    number = _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text)
    return len(text) <= _LONGEST_NAME and not number and not is_full_name(text)
