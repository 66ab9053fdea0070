"""Lists by their titles: what their companies are called, and which lists a question names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.parsing.measures import read_number
from assistant.parsing.spans import Category, Span
from assistant.predicates import conjunction
from assistant.query import Listed
from index.companies.names import strip_place
from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.store.surfaces import list_name
from index.types import DocumentSummary

_KIND = regex(r"(?:行业|产业)?(?:企业|公司|机构|厂商)?$")
_NOUNS = ("企业", "公司", "厂商", "厂家", "机构")
_COUNTED = regex(r"\d+强$")
_SHORTEST, _LONGEST = 2, 10
_LISTS = ("清单", "名单", "榜单", "名录", "那份", "这份")
_LIST = r"(?:[份个张]|家)?(?:清单|名单|榜单|名录|榜|边)(?:里|中|上|里面)?"
_ALL_LISTS = regex(
    rf"(?P<n>[两二三四五六七八九\d]){_LIST}"
    r"(?:都|均|同时)(?:有|在|出现|收录|上榜|收)?(?:了|过)?"
    rf"|(?:同时|都)(?:在|出现在|上了|入选|收录在)(?:这)?(?P<m>[两二三四五六七八九\d]){_LIST}"
)


def kinds_of_companies(
    documents: Sequence[DocumentSummary], gazetteer: Gazetteer
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the companies of lists are called, with the sources of these lists.

    Names are folded. A trade alone is no name of companies: 机器人公司 is, 机器人 is not.
    """
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        for name in _names(document.title, gazetteer):
            found.setdefault(name, {})[document.source] = None
    yield from ((name, tuple(sources)) for name, sources in found.items())


def names_of_lists(
    documents: Sequence[DocumentSummary], gazetteer: Gazetteer
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what lists are called by trade or place of their titles: 机器人名单, 上海清单."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        whole = trade_of(document.title)
        trade = strip_place(whole, gazetteer)
        for name in (trade, whole, whole.removesuffix(trade)):
            for kind in ("", "行业", "企业") if len(name) >= _SHORTEST else ():
                for form in _LISTS:
                    found.setdefault(f"{name}{kind}{form}", {})[document.source] = None
    yield from ((name, tuple(sources)) for name, sources in found.items())


def in_all_lists(folded: str, sources: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a text says that companies stand in all lists at once: 两份名单都有."""
    for match in _ALL_LISTS.finditer(folded):
        told = read_number(match["n"] or match["m"])
        if len(sources) > 1 and told == len(sources):
            yield match.span()


def trade_of(title: str) -> str:
    """Return what a list is about with its place, folded: 上海机器人."""
    return _KIND.sub("", list_name(title))


def _names(title: str, gazetteer: Gazetteer) -> Iterator[str]:
    whole = trade_of(title)
    trade = strip_place(whole, gazetteer)
    place = whole.removesuffix(trade)
    if _COUNTED.search(trade) or not _SHORTEST <= len(trade) <= _LONGEST:
        return
    for name in (*(f"{trade}{industry}{noun}" for industry in ("", "行业") for noun in _NOUNS),
                 *_short(trade)):  # fmt: skip
        yield name
        if place:
            yield from (f"{place}{name}", f"{place}市{name}")


def _short(trade: str) -> Iterator[str]:
    """Yield the trade with its last word shortened before 企: 新能源车企 of 新能源汽车."""
    if re.search(r"[\u3400-\u9fff]{2}$", trade):
        yield from (f"{trade[:-2]}{one}企" for one in trade[-2:])


_A_LIST = r"(?:清单|名单|榜单|名录|榜)(?:里|中|上)?"
_NAMED = regex(r"清单|名单|榜单|名录|榜")
_N = r"[两二三四五六七八九十\d]"
_ALL = regex(
    rf"同时(?:出现在|入选|上了?|进了?|在)?(?P<m>{_N})[份个张]{_A_LIST}"
    rf"|(?P<n>{_N})[份个张]{_A_LIST}(?=(?:都|均|同时)(?!分别|各))"
)
_SHORTEST_PART, _LONGEST_PART = 2, 14


def list_spans(folded: str, titles: Mapping[str, str], places: Collection[str]) -> Iterator[Span]:
    """Yield the lists that a text names.

    Args:
        folded: The text.
        titles: Folded titles by source.
        places: Surfaces of places, none of which names a list by itself.
    """
    if len(titles) < _SHORTEST_PART:
        return
    for match in _ALL.finditer(folded):
        if read_number(match["m"] or match["n"]) == len(titles):
            both = conjunction(Listed((source,)) for source in titles)
            yield Span(*match.span(), match.group(), Category.VALUE, both, "list.all")
    for match in _NAMED.finditer(folded):
        for start in range(
            max(0, match.start() - _LONGEST_PART), match.start() - _SHORTEST_PART + 1
        ):
            part = folded[start : match.start()]
            sources = tuple(source for source, title in titles.items() if part in title)
            if sources and len(sources) < len(titles) and part not in places:
                text = folded[start : match.end()]
                yield Span(start, match.end(), text, Category.LIST, sources, "list.part")
                break
