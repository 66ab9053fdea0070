"""A list read by itself, without the index: what the expectations of questions are computed from.

Only Markdown, and only what the lists of this family hold: tables with a header, and profiles
(a heading of a company with lines ``- 成立时间：2015年``). Rows of one company are joined by its
name, by a short name that a column gives it, or by one that stands in exactly one full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NAME_HEADERS = ("企业名称", "公司名称", "单位名称", "机构名称")
FOUNDED = ("成立时间",)
HEADCOUNT = ("公司规模", "员工规模")
LISTING = ("上市情况", "上市地", "上市状态")

_HEADING = re.compile(r"(#+)\s+(.*)")
_NUMBERING = re.compile(r"^[\d.]+\s*")
_FACT = re.compile(r"[-*]\s+\**([^：:*]{2,8})\**[：:]\s*(.+)")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)年?")
_RANGE = re.compile(r"(\d+)\s*[-~至]\s*(\d+)")
_MORE = re.compile(r"(\d+)\s*(?:\+|人以上|以上)")
_TAIL = re.compile(r"(?<=..)(?:科技|股份|集团|机器人|智能|网络)$")
_EMPTY = frozenset(("", "-", "—", "–", "无", "/"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row or profile as it stands in the file.

    Attributes:
        number: Line of the file, from 1; of a profile its heading.
        headings: Headings above it, outermost first, without their numbers.
        cells: Text by column; empty ones left out.
    """

    number: int
    headings: tuple[str, ...]
    cells: Mapping[str, str]


@dataclass(slots=True)
class Firm:
    """A company of a list with all its lines."""

    name: str
    lines: list[Line] = field(default_factory=list)

    def texts(self, *columns: str) -> tuple[str, ...]:
        """Return what the columns hold, in reading order, without repetition."""
        found = (line.cells[one] for line in self.lines for one in columns if one in line.cells)
        return tuple(dict.fromkeys(found))

    def text(self, *columns: str) -> str:
        """Return the first text of the columns; empty if there is none."""
        return next(iter(self.texts(*columns)), "")

    def everything(self) -> str:
        """Return all its cells, one per line."""
        return "\n".join(text for line in self.lines for text in line.cells.values())

    def under(self, words: str) -> bool:
        """Return whether one of its lines stands under a heading with ``words``."""
        return any(words in heading for line in self.lines for heading in line.headings)

    @property
    def founded(self) -> int | None:
        """Year of its founding; None where no line or more than one year is given."""
        years = {int(year) for text in self.texts(*FOUNDED) for year in _YEAR.findall(text)}
        return years.pop() if len(years) == 1 else None

    @property
    def headcount(self) -> tuple[float, float] | None:
        """Least and most employees of the first line that tells them; None if none does."""
        for text in self.texts(*HEADCOUNT):
            plain = text.replace(",", "").replace("万", "0000")
            if match := _RANGE.search(plain):
                return float(match[1]), float(match[2])
            if match := _MORE.search(plain):
                return float(match[1]), float("inf")
        return None

    @property
    def listed(self) -> bool | None:
        """Whether its shares are traded; None where the lines do not say so plainly."""
        told = self.texts("上市情况", "上市状态")
        if not told:
            return None
        if all(text.startswith("未上市") for text in told):
            return False
        plain = [text for text in told if re.search(r"\d{4,6}|[:：(（][A-Z]{2,5}", text)]
        return True if plain and not any("未上市" in text for text in told) else None


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the rows of every table and every profile of a Markdown file, in reading order."""
    yield from _Reading().read(path.read_text("utf-8").split("\n"))


class _Reading:
    def __init__(self) -> None:
        self.headings: list[tuple[int, str]] = []
        self.header: list[str] | None = None
        self.profile: tuple[int, dict[str, str]] | None = None

    def read(self, lines: Sequence[str]) -> Iterator[Line]:
        for number, line in enumerate(lines, start=1):
            if match := _HEADING.match(line):
                yield from self._profile_ends()
                self._heading(len(match[1]), _NUMBERING.sub("", match[2].strip()), number)
            elif line.startswith("|"):
                yield from self._row(number, [one.strip() for one in line.strip("| ").split("|")])
            else:
                self.header = None
                self._fact(line)
        yield from self._profile_ends()

    def _heading(self, level: int, text: str, number: int) -> None:
        self.header = None
        self.headings = [one for one in self.headings if one[0] < level] + [(level, text)]
        self.profile = (number, {}) if level >= 3 else None

    def _row(self, number: int, cells: list[str]) -> Iterator[Line]:
        if self.header is None:
            self.header = cells
        elif not all(set(cell) <= set("-: ") and cell for cell in cells):
            told = {
                name: plain
                for name, cell in zip(self.header, cells, strict=False)
                if (plain := _plain(cell)) not in _EMPTY
            }
            yield Line(number, tuple(text for _, text in self.headings), told)

    def _fact(self, line: str) -> None:
        match = _FACT.match(line)
        if match and self.profile:
            self.profile[1].setdefault(match[1].strip(), _plain(match[2].strip()))

    def _profile_ends(self) -> Iterator[Line]:
        if self.profile and "企业名称" in self.profile[1]:
            *above, (_, own) = self.headings
            cells = {"简称": own, **self.profile[1]}
            yield Line(self.profile[0], tuple(text for _, text in above), cells)
        self.profile = None


def _plain(cell: str) -> str:
    """Return a cell without emphasis; of a link with its own text both are kept."""
    plain = _LINK.sub(lambda one: one[2] if one[1] in one[2] else f"{one[1]} {one[2]}", cell)
    return plain.replace("**", "").replace("<br>", "；").strip()


def firms(lines: Iterable[Line]) -> list[Firm]:
    """Return the companies of a list, in the order of their first line."""
    named = [(_name(line), line) for line in lines]
    named = [(name, line) for name, line in named if name]
    shorts: dict[str, set[str]] = {}
    for name, line in named:
        for short in (line.cells.get("简称", ""), name):
            if short and short not in _EMPTY:
                shorts.setdefault(short, set()).add(name)
    found: dict[str, Firm] = {}
    for name, line in named:
        whole = _whole(name, shorts, [one for one, _ in named])
        if whole:
            found.setdefault(whole, Firm(whole)).lines.append(line)
    return list(found.values())


def _name(line: Line) -> str:
    """Return whom a line is about; nothing for a line of statistics, which names several."""
    if any("数量" in column for column in line.cells):
        return ""
    return next((line.cells[one] for one in NAME_HEADERS if one in line.cells), "")


def _whole(name: str, shorts: Mapping[str, set[str]], names: Sequence[str]) -> str:
    """Return the full name that a name stands for; empty if it may stand for several."""
    meant = shorts.get(name, set()) - {name}
    if len(meant) == 1:
        return meant.pop()
    if name.endswith("公司"):
        return name
    core = _TAIL.sub("", name)
    longer = {one for one in names if one.endswith("公司") and core in one}
    if len(longer) == 1:
        return longer.pop()
    return "" if longer else name
