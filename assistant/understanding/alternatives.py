"""Conditions of different kinds that a question joins by "or", and descriptions joined by "and".

北京企业，未上市或者2018年后成立 asks for one of two conditions; 苏州的MEMS和杭州的机器人 for two
descriptions. Values of one kind (北京或上海) are alternatives anyway and need no branch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.understanding.linker import Linked
from assistant.understanding.numbers import Bound
from assistant.understanding.types import Kind, Mention
from assistant.understanding.words import Words

# What a mention narrows: values of one kind are alternatives to each other.
_AXES = {
    Kind.CITY: "area",
    Kind.PROVINCE: "area",
    Kind.REGION: "area",
    Kind.DISTRICT: "area",
    Kind.BATCH: "batch",
    Kind.LISTING: "market",
    Kind.EXCHANGE: "market",
    Kind.TOPIC: "topic",
}
_PAUSE = re.compile(r"[,，;；、/]")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that narrows: a mention or a bound, with its place and what it narrows."""

    start: int
    end: int
    axis: str
    source: Mention | Bound


def split_alternatives(linked: Linked, folded: str, words: Words) -> tuple[Linked, ...]:
    """Return what all branches share, then each branch; nothing where there are no branches."""
    items = _items(linked)
    groups = _descriptions(items, folded, words) or _one_of(items, folded, words)
    if not groups:
        return ()
    branches = tuple(_only(linked, group) for group in groups)
    taken = {id(item.source) for group in groups for item in group}
    shared = replace(
        linked,
        mentions=tuple(one for one in linked.mentions if id(one) not in taken),
        bounds=tuple(one for one in linked.bounds if id(one) not in taken),
    )
    return (shared, *branches)


def _items(linked: Linked) -> list[_Item]:
    mentions = (_Item(m.start, m.end, _AXES[m.kind], m) for m in linked.mentions if m.kind in _AXES)
    bounds = (
        _Item(b.start, b.end, b.condition.field, b)
        for b in linked.bounds
        if b.condition.field != "count"
    )
    return sorted((*mentions, *bounds), key=lambda item: item.start)


def _descriptions(items: Sequence[_Item], folded: str, words: Words) -> list[list[_Item]]:
    """Return the items of each description, where all narrow by the same two kinds or more."""
    groups: list[list[_Item]] = [[]]
    for item in items:
        kinds = {one.axis for one in groups[-1]}
        if item.axis in kinds and len(kinds) >= _FEWEST and item.axis != groups[-1][-1].axis:
            groups.append([])
        groups[-1].append(item)
    shapes = {frozenset(one.axis for one in group) for group in groups}
    joined = all(_joins(folded[one[-1].end : two[0].start], words) for one, two in pairwise(groups))
    return groups if len(groups) > 1 and len(shapes) == 1 and joined else []


def _joins(gap: str, words: Words) -> bool:
    joints = (*words.either, *words.instead, *words.besides)
    return bool(_PAUSE.search(gap)) or any(word in gap for word in joints)


def _one_of(items: Sequence[_Item], folded: str, words: Words) -> list[list[_Item]]:
    """Return the neighbours of an "or" that narrow by different kinds, one a branch."""
    found: list[_Item] = []
    # The first of a pair (要么…要么…) opens the first alternative and joins nothing.
    opening = {folded.find(word) for word in words.paired if folded.count(word) > 1}
    for one, two in pairwise(items):
        gap = folded[one.end : two.start]
        opens = any(one.end <= at < two.start for at in opening)
        if one.axis != two.axis and not opens and any(word in gap for word in words.instead):
            found += [item for item in (one, two) if item not in found]
    return [[item] for item in found]


def _only(linked: Linked, group: Sequence[_Item]) -> Linked:
    sources = {id(item.source) for item in group}
    return replace(
        linked,
        mentions=tuple(one for one in linked.mentions if id(one) in sources),
        bounds=tuple(one for one in linked.bounds if id(one) in sources),
    )
