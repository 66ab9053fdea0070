"""Articles and chapters of rule documents, whole: with their items and their tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import takewhile

from assistant.search.library import Library
from assistant.search.passages import Told
from index.regex import regex
from index.schema.numbers import parse_integer
from index.types import Passage

_PLACE = regex(r"第(?P<number>[^条章]+)(?P<unit>[条章])")


def article(library: Library, name: str, sources: Collection[str]) -> list[Told]:
    """Return all that stands in the article or chapter of a name, in reading order.

    Tables stand in the article above them, whose number they do not bear.
    """
    wanted = _place(name)
    found: list[Told] = []
    for document in library.force.documents:
        if document.source not in sources:
            continue
        units = _in_order(library, document.source)
        inside = False
        for one in units:
            places = [place for heading in one.origin.section if (place := _place(heading))]
            here = [place for place in places if wanted and place[1] == wanted[1]]
            inside = wanted in here if here else inside
            if inside:
                found.append(one)
    return found


def completed(library: Library, told: Sequence[Told]) -> tuple[Told, ...]:
    """Return passages with the items of those that only lead to them: 有下列情形之一的：."""
    found: list[Told] = []
    for one in told:
        found += [one] if one not in found else []
        if not isinstance(one, Passage) or not one.text.endswith(("：", ":")):
            continue
        after = [
            two for two in _in_order(library, one.origin.source)
            if two.origin.line_start > one.origin.line_start
        ]  # fmt: skip
        items = takewhile(partial(_below, one), after)
        found += [two for two in items if two not in found]
    if len(found) > len(told):
        found.sort(key=lambda one: (one.origin.source, one.origin.line_start))
    return tuple(found)


def _below(lead: Told, one: Told) -> bool:
    section = lead.origin.section
    return one.origin.section[: len(section)] == section


def _in_order(library: Library, source: str) -> list[Told]:
    told: Iterable[Told] = (*library.clauses, *library.notes, *library.statistics)
    here = [one for one in told if one.origin.source == source]
    return sorted(here, key=lambda one: one.origin.line_start)


def _place(heading: str) -> tuple[int, str] | None:
    match = _PLACE.match(heading)
    number = parse_integer(match["number"]) if match else None
    return (number, match["unit"]) if match and number else None
