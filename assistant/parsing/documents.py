"""Rule documents that a question names: by number, title, year, place, or as the new or old one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.parsing.spans import Category, Span
from assistant.requirements.force import force_of
from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.rules.regulation import GENRES
from index.text import fold
from index.types import DocumentSummary

# What a document is called besides its genre, and what may stand before that.
_GENERAL = ("文件", "政策", "标准", "制度")
_GENRE = rf"(?:暂行|管理|认定|评价|申报|申请|实施|培育|试行)*(?P<genre>{'|'.join(GENRES)})"
_ANY = (
    rf"(?:暂行|管理|认定|评价|申报|申请|实施|培育|试行)*(?P<genre>{'|'.join((*GENRES, *_GENERAL))})"
)
_NUMBER = regex(
    r"(?P<body>[\u4e00-\u9fff]{0,10})[〔\[(【](?P<year>20\d\d)[〕\])】]第?(?P<number>\d+)号(?:文件|文)?"
    r"|(?<!\d)(?P<bare>\d+)号(?:文件|文)"
)
_TITLE = regex(r"《(?P<title>[^》]+)》")
_YEAR = regex(
    rf"(?P<year>(?:20)?\d\d)(?:年度?版?|版)(?:发布|出台|印发|施行|实施|公布|颁布|修订)?"
    rf"(?:的|那个|那份|那版|这份)*(?:{_ANY})?"
)
# 2022年 in 2022年和2026年的办法.
_FULL_YEAR = regex(r"(?P<year>20\d\d)年的?")
_PAIR = regex(rf"(?:新旧|新老|前后|[两2][个份版部])(?:的)?(?:{_ANY})")
_NEW = regex(rf"(?:新版?|最新版?|现行|目前|现在|当前|新发布|新出台)的?(?:那个|那份)?{_ANY}")
_OLD = regex(rf"(?:旧版?|老版?|原先?|原来|以前|过去|之前|上一版|废止|作废)的?(?:那个|那份)?{_ANY}")
_PLACED = regex(rf"(?P<place>[\u4e00-\u9fff]{{1,8}}?)的?{_GENRE}")
_BARE = regex(
    rf"(?<![什么没无有想啥哪个些]){_GENRE}(?=里|中|上|规定|要求|说|写|对|是|的|第|什么|何|自)"
)
# Whose document is meant: of a province, a city, or the whole country.
_LEVELS = {
    **dict.fromkeys(("省", "省里", "省级", "我省", "本省"), "省"),
    **dict.fromkeys(("市里", "市级", "我市", "本市"), "市"),
    **dict.fromkeys(("国家", "国家级", "部里", "工信部", "中央"), ""),
}
_BRACKETS = regex(r"[（(][^）)]*[）)]")


@dataclass(frozen=True, slots=True)
class DocumentWord:
    """A document that a question names: its sources, newest first; none if no source is it."""

    sources: tuple[str, ...]


class RuleDocuments:
    """Reads which rule documents a question names.

    Args:
        documents: All documents.
        gazetteer: Knows the places in their titles.
    """

    def __init__(self, documents: Sequence[DocumentSummary], gazetteer: Gazetteer) -> None:
        self.force = force_of(documents)
        self._gazetteer = gazetteer
        self.rules = [one for one in self.force.documents if one.regulation]

    @property
    def articled(self) -> bool:
        """Whether any of them has articles."""
        return any(one.regulation and one.regulation.articles for one in self.rules)

    def spans(self, folded: str) -> Iterator[Span]:
        """Yield the documents that a folded text names."""
        for match in _NUMBER.finditer(folded):
            yield _span(match, self._numbered(match), "document.number")
        for match in _TITLE.finditer(folded):
            titled = [one for one in self.rules if _bare(match["title"]) in fold(one.title)]
            if titled or _bare(match["title"]).endswith(GENRES):
                yield _span(match, titled, "document.title")
        for match in _YEAR.finditer(folded):
            genre = match["genre"]
            for other in _FULL_YEAR.finditer(folded):
                apart = other.end() <= match.start() or other.start() >= match.end()
                if apart and (named := self._of_year(other["year"], genre)):
                    yield _span(other, named, "document.year")
            if genre in GENRES or (self.rules and (genre or match.group().endswith("版"))):
                yield _span(match, self._of_year(match["year"], genre), "document.year")
        if self.rules:
            yield from self._described(folded)

    def _described(self, folded: str) -> Iterator[Span]:
        """Yield what names documents of this index only: 新办法, 省里的细则, 通知里."""
        gone = [one for one in self.rules if not self.force.current(one.source)]
        current = [one for one in self.rules if self.force.current(one.source)]
        for match in _PAIR.finditer(folded):
            yield _span(match, self._pair(gone), "document.pair")
        for pattern, known in ((_NEW, current), (_OLD, gone)):
            for match in pattern.finditer(folded):
                yield _span(match, _of_genre(known, match["genre"]), "document.stated")
        for match in _PLACED.finditer(folded):
            if found := self._placed(match["place"], match["genre"]):
                start, told = found
                text = folded[match.start() + start : match.end()]
                at = match.start() + start
                yield Span(at, match.end(), text, Category.DOCUMENT, told, "document.placed")
        for match in _BARE.finditer(folded):
            if named := _of_genre(current, match["genre"]):
                yield _span(match, named, "document.genre")

    def _numbered(self, match: re.Match[str]) -> list[DocumentSummary]:
        number = match["number"] or match["bare"]

        def fits(one: DocumentSummary) -> bool:
            written = one.regulation.number if one.regulation else None
            found = _NUMBER.search(fold(written.text)) if written else None
            if found is None or found["number"] != number:
                return False
            return match["year"] in (None, found["year"])

        return [one for one in self.rules if fits(one)]

    def _of_year(self, year: str, genre: str | None) -> list[DocumentSummary]:
        full = year if len(year) > 2 else f"20{year}"
        return _of_genre([one for one in self.rules if full in _years(one)], genre)

    def _pair(self, gone: Sequence[DocumentSummary]) -> list[DocumentSummary]:
        """Return a document with the one that it repeals, else the two latest."""
        pairs = ([self.force.repealed[one.source], one] for one in gone
                 if one.source in self.force.repealed)  # fmt: skip
        return next(pairs, self.rules[:2])

    def _placed(self, before: str, genre: str) -> tuple[int, DocumentWord] | None:
        """Return where a place or a level begins and what it and a genre name."""
        for start in range(len(before)):
            issued = self._issued_there(before[start:])
            if issued is not None:
                named = _of_genre(issued, genre)
                current = [one for one in named if self.force.current(one.source)]
                return start, DocumentWord(tuple(one.source for one in current or named))
        return None

    def _issued_there(self, told: str) -> list[DocumentSummary] | None:
        """Return the documents of a place or of a level; None where a text names neither."""
        if told in _LEVELS:
            return [one for one in self.rules if _level(one) == _LEVELS[told]]
        places = self._gazetteer.find(told)
        if not places:
            return None
        return [one for one in self.rules if any(place.short in one.title for place in places)]


def _of_genre(documents: Iterable[DocumentSummary], genre: str | None) -> list[DocumentSummary]:
    known = list(documents)
    if genre is None or genre in _GENERAL:
        return known
    return [one for one in known if genre in _bare(one.title)]


def _level(document: DocumentSummary) -> str:
    """Return whose document it is: 省, 市, or empty for the whole country's."""
    told = document.regulation
    parts = [document.title]
    if told:
        parts += [one.text for one in (told.number, told.issuer) if one]
    return next((one for one in ("省", "市") if any(one in part for part in parts)), "")


def _years(document: DocumentSummary) -> set[str]:
    told = document.regulation
    number = told.number.text if told and told.number else ""
    issued = told.issued.text if told and told.issued else ""
    starts = told.starts[:4] if told else ""
    return {*re.findall(r"20\d\d", f"{document.title} {number} {issued}"), starts}


def _bare(title: str) -> str:
    return _BRACKETS.sub("", fold(title))


def _span(match: re.Match[str], named: Sequence[DocumentSummary], rule: str) -> Span:
    word = DocumentWord(tuple(one.source for one in named))
    return Span(*match.span(), match.group(), Category.DOCUMENT, word, rule)
