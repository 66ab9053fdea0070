"""How conditions join: alternatives, and what must hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from assistant.parsing.conditions import Leaf
from assistant.parsing.spans import Category, Span, pauses
from assistant.predicates import alternative, conjunction, field_of
from assistant.query import And, In, Or, Predicate, Within

_LETS_IN = frozenset({"算", "行", "可以", "可", "要", "成", "算上", "也行"})
# More descriptions than these are not told apart by one question.
_MOST_CUTS = 4
_RANK = {"province": 0, "city": 1, "district": 2, "address": 3}
# What a company has one of; it may be on two markets, stand in two lists, have several investors.
_SINGLE = frozenset({"area", "batch", "founded", "headcount"})
# Words after alternatives, before 的, any of which will do.
_ANY = frozenset({"都行", "都可以", "都成", "均可", "皆可"})
# Words between, before and after two of them that ask for both.
_BETWEEN = frozenset(["又", "也", "且", "并且", "而且", "同时"])
_BEFORE = frozenset(["既", "同时"])
_AFTER = frozenset(["都", "都是", "都在", "都上", "两地", "同时", "双重", "均", "两地上市"])


def joint(text: str, spans: Sequence[Span], one: Leaf, two: Leaf) -> str | None:
    """Return how two neighbours are joined: ``or``, ``and``, ``comma``, "" for nothing between.

    None where other words stand between. The first of a pair (要么…要么…) joins nothing.
    """
    between = spans[one.last + 1 : two.at]
    opening = _opening(spans)
    told = [
        span.value
        for at, span in enumerate(between, start=one.last + 1)
        if span.category is Category.JOIN and at != opening
    ]
    others = [
        span
        for span in between
        if span.category
        not in (Category.JOIN, Category.GRAMMAR, Category.NOUN, Category.DOING, Category.NOT)
    ]
    if others:
        return "or" if "either" in told and len(others) < 2 else None
    if "either" in told:
        return "or"
    gap = text[spans[one.last].end : spans[two.at].start]
    if told or any(mark in gap for mark in "、/"):
        return "and"
    if pauses(text, spans[one.last].end, spans[two.at].start):
        return "comma" if not between else None
    return "" if all(span.text in ("的", "在") for span in between) else None


def _opening(spans: Sequence[Span]) -> int | None:
    """Return the index of the first 要么 of several."""
    told = [at for at, span in enumerate(spans) if span.text == "要么"]
    return told[0] if len(told) > 1 else None


def composed(text: str, spans: Sequence[Span], told: Sequence[Leaf]) -> Predicate:
    """Return the conditions of a cover as one predicate."""
    groups: list[list[Leaf]] = []
    for leaf in _without_wider(told):
        if groups and _alternates(text, spans, groups[-1], leaf):
            groups[-1].append(leaf)
        else:
            groups.append([leaf])
    at_once = any(leaf.axis == "market" and _both(spans, leaf) for leaf in told)
    return conjunction(_group(group) for group in _merged(groups, at_once=at_once))


def _without_wider(told: Sequence[Leaf]) -> Iterator[Leaf]:
    """Yield the leaves, those ruled out without what is wanted: 不在上海徐汇区的上海企业."""
    wanted = {leaf.predicate for leaf in told if not leaf.negated}
    for leaf in told:
        if leaf.negated and isinstance(leaf.predicate, And):
            left = tuple(one for one in leaf.predicate.parts if one not in wanted)
            yield replace(leaf, predicate=conjunction(left)) if left else leaf
        else:
            yield leaf


def alternating(text: str, spans: Sequence[Span], told: Sequence[Leaf], leaf: Leaf) -> bool:
    """Return whether a description is an alternative to a condition: 要么在广州，要么做动力电池."""
    at = told.index(leaf)
    pairs = [(told[at - 1], leaf)] if at else []
    pairs += [(leaf, told[at + 1])] if at + 1 < len(told) else []
    return any(
        joint(text, spans, one, two) == "or"
        for one, two in pairs
        if not any(other.negated for other in (one, two)) and one.axis != two.axis
    )


def apart(text: str, spans: Sequence[Span], told: Sequence[Leaf]) -> list[list[Leaf]]:
    """Return the descriptions that a question joins, each narrowing the same in several ways.

    做芯片的北京企业和做机器人的上海企业 are two; 北京和上海的芯片企业 is one, and [] comes back.
    """
    cuts = [at for at in range(1, len(told)) if _cut(text, spans, told[at - 1], told[at])]
    if any(leaf.negated for leaf in told) or len(cuts) > _MOST_CUTS:
        return []
    for number in range(len(cuts), 0, -1):
        for some in combinations(cuts, number):
            bounds = [0, *some, len(told)]
            parts = [list(told[a:b]) for a, b in pairwise(bounds)]
            axes = {frozenset(leaf.axis for leaf in part) for part in parts}
            if len(axes) == 1 and len(next(iter(axes))) > 1:
                return parts
    return []


def _cut(text: str, spans: Sequence[Span], one: Leaf, two: Leaf) -> bool:
    """Return whether one description may end between two leaves, and another begin."""
    between = spans[one.last + 1 : two.at]
    gap = text[spans[one.last].end : spans[two.at].start]
    joined = any(span.category is Category.JOIN for span in between)
    return joined or "、" in gap or pauses(gap, 0, len(gap))


def _merged(groups: list[list[Leaf]], *, at_once: bool) -> list[list[Leaf]]:
    """Return the groups; positive ones that narrow the same by single values are one.

    Markets are not where a company is on several at once.
    """
    by_axis: dict[tuple[str, str], list[Leaf]] = {}
    merged: list[list[Leaf]] = []
    for group in groups:
        axes = {leaf.axis for leaf in group}
        positive = not any(leaf.negated for leaf in group)
        single = next(iter(axes)) if len(axes) == 1 else ""
        apart = at_once and single == "market"
        # A market narrows the listed; it is no alternative to them.
        key = (single, field_of(group[0].predicate))
        if positive and single in ("batch", "market") and key in by_axis and not apart:
            by_axis[key].extend(group)
            continue
        if positive and single:
            by_axis[key] = group
        merged.append(group)
    return merged


def _alternates(text: str, spans: Sequence[Span], group: Sequence[Leaf], leaf: Leaf) -> bool:
    """Return whether a leaf is an alternative to those of a group."""
    last = group[-1]
    how = joint(text, spans, last, leaf)
    if how in ("and", "", "comma") and leaf.axis == last.axis and _at_once(spans, group[0], leaf):
        return False
    if any(_lets_in_either(spans, at) for at in range(len(spans))):
        how = "or" if how in ("and", "or", "comma") and not _level_pair(last, leaf) else how
    if how == "or" and (not leaf.negated or last.negated):
        return True
    if leaf.negated != last.negated or leaf.axis != last.axis or how is None:
        return False
    return not leaf.negated and not _inside(last.predicate, leaf.predicate, how)


def _lets_in_either(spans: Sequence[Span], at: int) -> bool:
    """Return whether a word says that one of several is enough: 满足其一, 深圳、苏州都行的."""
    span, after = spans[at], spans[at + 1 : at + 2]
    if span.category is Category.JOIN:
        return bool(span.value == "tail")
    return span.text in _ANY and [one.text for one in after] == ["的"]


def _at_once(spans: Sequence[Span], first: Leaf, leaf: Leaf) -> bool:
    """Return whether several values are asked for at once: 既是瞪羚又是单项冠军."""
    if leaf.axis in _SINGLE:
        return False
    between = spans[first.last + 1 : leaf.at]
    before = spans[max(0, first.at - 2) : first.at]
    told = any(one.text in _BETWEEN for one in between) or any(
        one.text in _BEFORE for one in before
    )
    return told or _both(spans, leaf)


def _both(spans: Sequence[Span], leaf: Leaf) -> bool:
    """Return whether two are asked for at once by what follows: 港交所和纳斯达克都上了.

    都算 and 都行 let in either, 都有哪些 asks for everything that either holds.
    """
    for at in range(leaf.at + 1, min(len(spans), leaf.last + 3)):
        if spans[at].text in _AFTER:
            after = spans[at + 1] if at + 1 < len(spans) else None
            every = spans[at].text == "都" and after is not None and after.value == "which"
            return not every and (after is None or after.text not in _LETS_IN)
    return False


def _level_pair(one: Leaf, two: Leaf) -> bool:
    first, second = level(one.predicate), level(two.predicate)
    return first is not None and second is not None and first != second


def _inside(one: Predicate, two: Predicate, how: str) -> bool:
    """Return whether two conditions narrow each other: 苏州工业园区, 江苏苏州."""
    first, second = level(one), level(two)
    if first is not None and second is not None:
        return first != second and how == ""
    fields = {getattr(one, "field", ""), getattr(two, "field", "")}
    return fields == {"listing", "exchange"} or (
        isinstance(one, Within) and isinstance(two, Within) and one.field == two.field and how == ""
    )


def level(predicate: Predicate) -> int | None:
    """Return how deep the places of a condition lie: provinces down to parts of addresses.

    None for other conditions. A district may be told by its column or by the address.
    """
    fields = {
        one.field
        for one in (predicate.parts if isinstance(predicate, And | Or) else (predicate,))
        if isinstance(one, In)
    }
    fields = fields - {"address"} or fields
    return _RANK.get(next(iter(fields))) if len(fields) == 1 else None


def _group(group: Sequence[Leaf]) -> Predicate:
    return alternative(leaf.told for leaf in group)
