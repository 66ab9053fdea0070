"""Lists of a question: by a part of their title that only some have, and all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from assistant.parsing.numerals import read_number
from assistant.parsing.spans import Category, Span
from assistant.predicates import conjunction
from assistant.query import Listed
from index.regex import regex

_LIST = r"(?:清单|名单|榜单|名录|榜)(?:里|中|上)?"
_NAMED = regex(r"清单|名单|榜单|名录|榜")
_N = r"[两二三四五六七八九十\d]"
_ALL = regex(
    rf"同时(?:出现在|入选|上了?|进了?|在)?(?P<m>{_N})[份个张]{_LIST}"
    rf"|(?P<n>{_N})[份个张]{_LIST}(?=(?:都|均|同时)(?!分别|各))"
)
_SHORTEST, _LONGEST = 2, 14


def list_spans(folded: str, titles: Mapping[str, str], places: Collection[str]) -> Iterator[Span]:
    """Yield the lists that a text names.

    Args:
        folded: The text.
        titles: Folded titles by source.
        places: Surfaces of places, none of which names a list by itself.
    """
    if len(titles) < _SHORTEST:
        return
    for match in _ALL.finditer(folded):
        if read_number(match["m"] or match["n"]) == len(titles):
            both = conjunction(Listed((source,)) for source in titles)
            yield Span(*match.span(), match.group(), Category.VALUE, both, "list.all")
    for match in _NAMED.finditer(folded):
        for start in range(max(0, match.start() - _LONGEST), match.start() - _SHORTEST + 1):
            part = folded[start : match.start()]
            sources = tuple(source for source, title in titles.items() if part in title)
            if sources and len(sources) < len(titles) and part not in places:
                text = folded[start : match.end()]
                yield Span(start, match.end(), text, Category.LIST, sources, "list.part")
                break
