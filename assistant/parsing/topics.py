"""What the rest of a cover describes: the words that say what companies do.

Runs of topics and of words that nothing links are leaves like other conditions, so that the same
rules turn them round and join them; what is wanted of them becomes one description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from assistant.parsing.clauses import NAMING, Clause, clauses
from assistant.parsing.conditions import Leaf
from assistant.parsing.spans import Category, Span
from assistant.parsing.text import Text
from assistant.query import About, Or

_CONTENT = frozenset({Category.TOPIC, Category.WORD})
_SHORT_RUN = 2
_MANY = ("哪些", "有哪些", "都有", "哪几", "有哪几", "是哪几", "有谁", "几家", "名单", "清单", "列")
# Verbs of being there, which describe nothing.
_BEING = frozenset({"没有", "具有", "拥有", "存在"})
_CONDITIONS = frozenset(
    {Category.PLACE, Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.LISTING,
     Category.VALUE, Category.MEASURE}
)  # fmt: skip
_ASIDE = frozenset({Category.ASK, Category.NOUN, Category.FIELD, Category.EDIT, Category.LACKING})


class Depth(StrEnum):
    """Which words that nothing links are taken for a description, beside linked ones."""

    LINKED = "linked"
    STRICT = "strict"
    GENEROUS = "generous"


def runs(text: str, spans: Sequence[Span], told: Sequence[Clause]) -> list[Leaf]:
    """Return the runs of content words as leaves, those that tell of the asker left out."""
    found: list[Leaf] = []
    for clause in told:
        run: list[int] = []
        for at in range(clause.start, clause.end):
            span = spans[at]
            inside = span.category in _CONTENT and not (
                clause.telling and not clause.aside and span.category is Category.WORD
            )
            if inside and (not run or _touches(text, spans, run[-1], at)):
                run.append(at)
            elif inside:
                found.append(_leaf(text, spans, run))
                run = [at]
        if run:
            found.append(_leaf(text, spans, run))
    return [leaf for leaf in found if leaf.used]


def _touches(text: str, spans: Sequence[Span], one: int, two: int) -> bool:
    between = spans[one + 1 : two]
    return all(span.category is Category.GRAMMAR for span in between) and not re.search(
        r"[、/]", text[spans[one].end : spans[two].start]
    )


def _leaf(text: str, spans: Sequence[Span], run: Sequence[int]) -> Leaf:
    if not run:
        return Leaf(0, 0, frozenset(), About(""))
    terms = tuple(
        dict.fromkeys(spans[at].text for at in run if spans[at].category is Category.TOPIC)
    )
    words = tuple(
        dict.fromkeys(
            spans[at].text for at in run if spans[at].category is Category.WORD and _says(spans, at)
        )
    )
    stretch = text[spans[run[0]].start : spans[run[-1]].end]
    return Leaf(run[0], run[-1], frozenset(run), About(stretch, terms, words))


def description(
    text: Text,
    spans: Sequence[Span],
    told: Sequence[Leaf],
    taken: frozenset[int],
    *,
    either: bool,
    narrowed: bool,
    depth: Depth,
) -> tuple[About | Or | None, frozenset[int]]:
    """Return what the wanted runs describe together, with the indices of the spans it explains.

    Args:
        text: The question.
        spans: The cover.
        told: The runs that are wanted.
        taken: Indices of spans that play another part.
        either: Whether the runs are alternatives.
        narrowed: Whether other conditions narrow the set already.
        depth: Which of the words that nothing links describe beside others that are linked.
    """
    linked = [leaf for leaf in told if _about(leaf).terms]
    kept = list(told)
    if depth is Depth.LINKED and (linked or narrowed):
        kept = linked
    elif depth is Depth.STRICT and (linked or narrowed):
        sparse = not any(span.category in (Category.GRAMMAR, Category.ASK) for span in spans)
        kept = [
            leaf
            for leaf in told
            if leaf in linked
            or (narrows(spans, leaf) and _names(spans, leaf))
            or (sparse and _names(spans, leaf))
        ]
        # What is joined to a trade is one too: 语音和视觉的公司.
        kept = [
            leaf
            for leaf in told
            if leaf in kept or any(_joined(text.folded, spans, leaf, other) for other in kept)
        ]
    if not kept:
        return None, frozenset()
    if len(kept) > 1 and _listed(text.folded, spans, kept):
        parts = tuple(_single(leaf, text, spans) for leaf in kept)
        return Or(parts), frozenset(at for leaf in kept for at in leaf.used)
    used = frozenset(at for leaf in kept for at in leaf.used)
    terms = tuple(dict.fromkeys(term for leaf in kept for term in _about(leaf).terms))
    words = tuple(dict.fromkeys(word for leaf in kept for word in _about(leaf).unlinked))
    if not terms and not words:
        return None, frozenset()
    sought = " ".join(_pieces(text, spans, kept, taken, whole=not linked or bool(words)))
    said = sum(map(_weight, terms))
    share = said / (said + sum(map(_weight, words))) if terms else 0.0
    either = either and len(terms) > 1
    return About(sought, terms, words, either, _several(spans), share), used


def _weight(word: str) -> int:
    """Return how much of a description a word is: its characters, a Latin word as two."""
    return 2 if word.isascii() else len(word)


def _several(spans: Sequence[Span]) -> bool:
    """Return whether more than one company is asked for; who leaves out some wants the others."""
    return any(
        span.category is Category.EXCEPT
        or (
            span.category is Category.ASK
            and (span.value in ("all", "each", "exists") or span.text.startswith(_MANY))
        )
        for span in spans
    )


def _joined(text: str, spans: Sequence[Span], one: Leaf, two: Leaf) -> bool:
    """Return whether nothing but 、 or a word that joins stands between two runs."""
    first, second = (one, two) if one.at < two.at else (two, one)
    between = spans[first.last + 1 : second.at]
    gap = text[spans[first.last].end : spans[second.at].start]
    return all(span.category is Category.JOIN for span in between) and (
        bool(between) or bool(re.fullmatch(r"\s*[、/]\s*", gap))
    )


def _listed(text: str, spans: Sequence[Span], kept: Sequence[Leaf]) -> bool:
    """Return whether the runs are short and in a row of alternatives, some of them unlinked."""
    return (
        all(len(leaf.used) <= _SHORT_RUN for leaf in kept)
        and any(not _about(leaf).terms for leaf in kept)
        and all(_joined(text, spans, one, two) for one, two in pairwise(kept))
    )


def _single(leaf: Leaf, text: Text, spans: Sequence[Span]) -> About:
    about = _about(leaf)
    return About(
        text.written[spans[leaf.at].start : spans[leaf.last].end],
        about.terms,
        about.unlinked,
        several=_several(spans),
    )


def _names(spans: Sequence[Span], leaf: Leaf) -> bool:
    """Return whether unlinked words hold a noun or a foreign word, not only verbs and adverbs."""
    return any(str(spans[at].value).startswith(NAMING) and _says(spans, at) for at in leaf.used)


def _says(spans: Sequence[Span], at: int) -> bool:
    """Return whether a word says what companies do: one character only right after 做."""
    if spans[at].text in _BEING:
        return False
    made = at > 0 and spans[at - 1].category is Category.DOING
    return len(spans[at].text) > 1 or made


def _about(leaf: Leaf) -> About:
    assert isinstance(leaf.predicate, About)  # noqa: S101 - runs are descriptions
    return leaf.predicate


def narrows(spans: Sequence[Span], leaf: Leaf) -> bool:
    """Return whether unlinked words stand where a description stands: before 企业, after 做."""
    rest = spans[leaf.last + 1 :]
    grown = next((at for at, one in enumerate(rest) if one.category is not Category.GRAMMAR), None)
    of = any(one.text == "的" for one in rest[:grown])
    after = rest[grown:] if of and grown is not None else [] if of else rest
    if of:
        # 靠谱的深圳企业: another condition may stand between.
        kept = next((at for at, one in enumerate(after) if one.category not in _CONDITIONS), 0)
        after = after[kept:] if _is_noun(after[kept : kept + 1]) else after
    if after and after[0].text in ("这条", "这个", "这块", "这类", "这一", "这种"):
        after = after[1:]
    before = spans[leaf.at - 1] if leaf.at else None
    ends = of and (not after or after[0].category in (Category.ASK, Category.JOIN))
    trade = bool(after) and after[0].category is Category.FIELD and after[0].value.key == "domain"
    if trade and not of and not after[0].value.asks:
        return True
    # 帮我找理疗仪: what is sought by its name.
    sought = before is not None and before.category is Category.ASK and before.value == "wanted"
    return (
        ends
        or (sought and not rest)
        or _who(after)
        or (_is_noun(after[:1]) and (of or _beside(spans[leaf.last], after[0])))
        or (before is not None and before.category is Category.DOING)
    )


def _who(after: Sequence[Span]) -> bool:
    """Return whether 哪家 follows right away: 麦克风哪家好."""
    asked = bool(after) and after[0].category is Category.ASK
    return asked and after[0].text in ("哪家", "谁家", "哪家公司", "哪个厂", "哪家企业")


def _beside(one: Span, two: Span) -> bool:
    return one.end == two.start or two.text.isascii() or one.text.isascii()


def _is_noun(spans: Sequence[Span]) -> bool:
    return bool(spans) and spans[0].category is Category.NOUN


def _pieces(
    text: Text,
    spans: Sequence[Span],
    kept: Sequence[Leaf],
    taken: frozenset[int],
    *,
    whole: bool,
) -> Iterator[str]:
    """Yield the stretches that the runs span, without what plays another part.

    Args:
        text: The question.
        spans: The cover.
        kept: The runs.
        taken: Indices of the spans of conditions.
        whole: Whether everything between the runs of a clause belongs to the description.
    """
    bounds = [(leaf.at, leaf.last) for leaf in kept]
    if whole:
        bounds = [
            (min(inside), clause.end - 1)
            for clause in clauses(text.folded, spans)
            if (inside := [one.at for one in kept if clause.start <= one.at < clause.end])
        ]
    for first, last in bounds:
        offset = spans[first].start
        stretch = list(text.written[offset : spans[last].end])
        for at in range(first, last + 1):
            if at in taken or spans[at].category in _ASIDE:
                for place in range(spans[at].start - offset, spans[at].end - offset):
                    stretch[place] = " "
        if told := " ".join("".join(stretch).split()).strip(" ,，。?？!！的"):
            yield told


def joins(text: str, spans: Sequence[Span], told: Sequence[Leaf]) -> bool:
    """Return whether 或, 和, 、 or the like stands between two neighbouring linked runs."""
    for one, two in pairwise(leaf for leaf in told if _about(leaf).terms):
        between = spans[one.last + 1 : two.at]
        if any(span.category is Category.JOIN for span in between):
            return True
        if re.search(r"[、/]", text[spans[one.last].end : spans[two.at].start]):
            return True
    return False
