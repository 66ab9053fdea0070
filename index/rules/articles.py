"""The articles of rules: every sentence below the article and item that it stands in.

    第三章 认定条件
    第九条 申请企业应当同时符合下列条件：
    （二）研发经费总额不低于100万元；      ──▶ section (…, 第三章 认定条件, 第九条, 第九条（二）)

Rules in plain text have no headings: their chapters (第三章 …) are told by their words, those of
notices (一、申报条件) too. Questions of a guide (问：分公司能申报吗？) head their answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.regex import regex
from index.types import Passage

_NUMERALS = "[一二三四五六七八九十百零〇\\d]+"
_ARTICLE = regex(rf"第{_NUMERALS}条(?:之[一二三四五六七八九十]+)?")
# From the widest to the narrowest.
_UNITS = "编章节"
_CHAPTER = regex(rf"第{_NUMERALS}(?P<unit>[{_UNITS}])(?:\s|$)")
_PART = regex(r"[一二三四五六七八九十]{1,3}、")
_QUESTION = regex(r"[*_\s]*(?:问|Q)\s*\d*\s*[：:.、]\s*(?P<asked>.+)", re.DOTALL)
# What an item is about, before its sentences: （一）专业化指标。
_ITEM_TITLE = regex(r"[（(][一二三四五六七八九十]{1,3}[)）][^，,；;：:。\d]{2,12}。")
_EMPHASIS = "*_ "
# The numbers of paragraphs and items, from the widest to the narrowest.
_ITEMS = (
    regex(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    regex(r"\d{1,2}[.．、](?!\d)"),
    regex(r"[（(]\d{1,2}[)）]"),
    regex(r"[①-⑳]"),
)
_DEMANDS = regex(
    r"(?:下列|以下|如下|下述)(?:基本|全部|各项|所有)?(?:条件|要求|标准|指标|情形之一的?，?可)"
    r"|(?:应当?|须|需|必须)(?:同时)?(?:具备|符合|满足)[^。；]{0,20}[：:]$"
)

_LONGEST_HEADING = 30
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage with its place in the rules.

    Attributes:
        passage: The passage; its section ends in its article and item.
        article: The article, such as 第九条; empty if it stands in none.
        item: Whether it is an item of what its article demands.
        lead: Whether it only leads to the items below it.
    """

    passage: Passage
    article: str = ""
    item: bool = False
    lead: bool = False


def place(passages: Sequence[Passage]) -> list[Placed]:
    """Return the passages of a document in order, each below its article and item.

    Headings that a text does not mark as such are told by what stands below them alone.
    """
    if has_articles(passages):
        return list(_articles(passages))
    if sum(_is_part(passage) for passage in passages) >= _FEWEST:
        passages = list(_below_headings(passages, _part))
    if sum(bool(_QUESTION.match(passage.text)) for passage in passages) >= _FEWEST:
        passages = list(_below_headings(passages, _question))
    return [Placed(passage, lead=_leads(passage)) for passage in passages]


def has_articles(passages: Sequence[Passage]) -> bool:
    """Return whether passages are those of rules with articles."""
    return sum(_is_article(passage) for passage in passages) >= _FEWEST


def _is_article(passage: Passage) -> bool:
    above = passage.origin.section[-1] if passage.origin.section else ""
    return bool(_ARTICLE.match(passage.text) or _ARTICLE.match(above))


def _leads(passage: Passage) -> bool:
    leads = passage.text.endswith(("：", ":")) and _DEMANDS.search(passage.text)
    return bool(leads or _ITEM_TITLE.fullmatch(passage.text))


def _part(passage: Passage) -> str:
    return passage.text if _is_part(passage) else ""


def _question(passage: Passage) -> str:
    match = _QUESTION.match(passage.text)
    return match["asked"].strip(_EMPHASIS) if match else ""


def _is_part(passage: Passage) -> bool:
    """Return whether a passage of a text without headings is one: 一、申报条件."""
    short = len(passage.text) <= _LONGEST_HEADING and passage.text[-1] not in "。；;，"
    return bool(_PART.match(passage.text)) and short and len(passage.origin.section) < _FEWEST


def _below_headings(
    passages: Sequence[Passage], heading_of: Callable[[Passage], str]
) -> Iterator[Passage]:
    """Yield what stands below the headings of a text, and above the first of them."""
    heading, section = "", None
    for passage in passages:
        if passage.origin.section != section:
            heading, section = "", passage.origin.section
        if found := heading_of(passage):
            heading = found
        elif passage.text.strip(_EMPHASIS):
            yield _below(passage, (heading,) if heading else ())


@dataclass
class _Position:
    """Where the passage that is read stands: chapters, article and items above it."""

    headings: tuple[str, ...] = ()
    chapters: tuple[tuple[int, str], ...] = ()
    article: str = ""
    demands: bool = False
    items: list[tuple[int, str]] = field(default_factory=list)
    line: int = 0

    def enter(self, passage: Passage) -> None:
        """Move to a passage."""
        if passage.origin.section != self.headings:
            self.headings = passage.origin.section
            above = _ARTICLE.match(self.headings[-1]) if self.headings else None
            self._open(above.group() if above else "", "")
        if chapter := _heading(passage.text):
            unit = _UNITS.index(chapter["unit"])
            wider = (one for one in self.chapters if one[0] < unit)
            self.chapters = (*wider, (unit, passage.text))
            self._open("", "")
        elif article := _ARTICLE.match(passage.text):
            self._open(article.group(), passage.text)
        else:
            self._enter_item(passage)
        self.line = passage.origin.line_start

    def _open(self, article: str, lead: str) -> None:
        self.article, self.items = article, []
        self.demands = bool(_DEMANDS.search(lead))

    def _enter_item(self, passage: Passage) -> None:
        for level, mark in enumerate(_ITEMS):
            if match := mark.match(_written(passage)):
                kept = [one for one in self.items if one[0] < level]
                self.items = [*kept, (level, match.group())]
                return
        if passage.origin.line_start != self.line:
            # What is not numbered is of the article again, or goes on with what it demands.
            self.items = []
            self.demands = self.demands or bool(_DEMANDS.search(passage.text))

    def section(self) -> tuple[str, ...]:
        """Return what stands above a passage here besides its headings."""
        chapters = (text for _, text in self.chapters)
        article = (self.article,) if self.article else ()
        items = "".join(mark for _, mark in self.items)
        return (*chapters, *article, *((f"{self.article}{items}",) if items and article else ()))


def _articles(passages: Sequence[Passage]) -> Iterator[Placed]:
    position = _Position()
    for passage in passages:
        position.enter(passage)
        if _heading(passage.text):
            continue
        item = position.demands and bool(position.items)
        yield Placed(_below(passage, position.section()), position.article, item)


def _written(passage: Passage) -> str:
    """Return a passage as its line has it: with the number of a list item, which is no text."""
    line = passage.origin.quote.split("\n")[0].strip()
    number = _ITEMS[1].match(line)
    return line if number and line[number.end() :].lstrip() == passage.raw else passage.text


def _heading(text: str) -> re.Match[str] | None:
    return _CHAPTER.match(text) if len(text) <= _LONGEST_HEADING else None


def _below(passage: Passage, section: tuple[str, ...]) -> Passage:
    told = (one for one in section if one not in passage.origin.section)
    origin = replace(passage.origin, section=(*passage.origin.section, *told))
    return replace(passage, origin=origin)
