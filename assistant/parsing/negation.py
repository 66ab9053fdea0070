"""Which conditions a question turns round: 不在北京, 除了大疆, 北京的不要, 深圳以外."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.parsing.conditions import Leaf
from assistant.parsing.joining import joint, level
from assistant.parsing.spans import Category, Span, only, pauses
from assistant.predicates import conjunction
from assistant.query import About, Blank, Listed

_CONTRAST = frozenset(["但", "但是", "却", "而", "而是", "不过", "可", "可是", "只", "仅", "就"])
# 只供材料 after 不造电池 is what is wanted.
_ONLY = ("只", "仅", "专")
_ABSENT = frozenset(["没有", "没", "无", "未收录", "没收录", "不在"])
_BETWEEN_NEGATION = frozenset({Category.GRAMMAR, Category.DOING})
_BEFORE_NEGATION = frozenset({Category.GRAMMAR, Category.NOUN, Category.DOING, Category.POINTER})


def negated(text: str, spans: Sequence[Span], told: Sequence[Leaf]) -> tuple[list[Leaf], set[int]]:
    """Return the leaves, those negated that words before or after them turn round.

    Also returns the indices of the spans that did so. A negation reaches several leaves that are
    joined and narrow the same: 北京和上海以外.
    """
    found = _nested(text, spans, sorted(told, key=lambda leaf: leaf.at))
    out: set[int] = set()
    used: set[int] = set()
    blank = {at for leaf in found if isinstance(leaf.predicate, Blank) for at in leaf.used}
    for at, span in enumerate(spans):
        if at in blank:
            continue
        if span.category is Category.NOT:
            ends = at + 1 == len(spans) or spans[at + 1].text == "的"
            reached = _following(text, spans, found, at)
            # A股和港股都没上的
            if reached := reached or (_preceding(text, spans, found, at) if ends else []):
                out |= set(reached)
                used.add(at)
        elif span.category is Category.EXCEPT:
            sides: frozenset[str] = span.value
            before = _following(text, spans, found, at) if "before" in sides else []
            closing = "after" in sides and _closes(text, spans, at)
            after = _preceding(text, spans, found, at) if closing else []
            reached = before or after
            if reached:
                out |= set(reached)
                used.add(at)
    for i, leaf in enumerate(found):
        if (word := _absent(spans, leaf)) is not None and i not in out:
            out.add(i)
            used.add(word)
    found = [_done(spans, leaf) if i in out else leaf for i, leaf in enumerate(found)]
    turned = {found[i].predicate for i in out}
    taken_back = {i for i, leaf in enumerate(found) if i not in out and leaf.predicate in turned}
    used |= {at for i in taken_back for at in found[i].used}
    kept = [(i, leaf) for i, leaf in enumerate(found) if i not in taken_back]
    return [_turned(leaf) if i in out else leaf for i, leaf in kept], used


def _absent(spans: Sequence[Span], leaf: Leaf) -> int | None:
    """Return the index of the word that says that a list lacks who is sought: 名单里没有的."""
    if not isinstance(leaf.predicate, Listed):
        return None
    at = leaf.last + 1
    while at < len(spans) and spans[at].text in ("里", "中", "上", "里面"):
        at += 1
    if at >= len(spans) or spans[at].text not in _ABSENT:
        return None
    after = spans[at + 1 : at + 2]
    return at if not after or after[0].text in ("的", "了") else None


def _nested(text: str, spans: Sequence[Span], found: list[Leaf]) -> list[Leaf]:
    """Return the leaves, a place after a negation as one with the place in it: 不在上海徐汇区."""
    kept: list[Leaf] = []
    for leaf in found:
        last = kept[-1] if kept else None
        if last is not None and last.at and _denied(spans[last.at - 1]):
            first, second = level(last.predicate), level(leaf.predicate)
            deeper = first is not None and second is not None and first < second
            if deeper and leaf.at == last.last + 1 and joint(text, spans, last, leaf) == "":
                both = conjunction((last.predicate, leaf.predicate))
                kept[-1] = replace(last, last=leaf.last, used=last.used | leaf.used, predicate=both)
                continue
        kept.append(leaf)
    return kept


def _denied(span: Span) -> bool:
    return span.category in (Category.NOT, Category.EXCEPT)


def _turned(leaf: Leaf) -> Leaf:
    """Return a leaf that is ruled out; of words that nothing links, whoever holds them is."""
    told = leaf.predicate
    if isinstance(told, About) and not told.terms:
        told = About(told.text, tuple(told.unlinked) or (told.text,))
    return replace(leaf, predicate=told, negated=True)


def _closes(text: str, spans: Sequence[Span], at: int) -> bool:
    """Return whether nothing but grammar follows a word in its clause, or it says where: 以外."""
    if "外" in spans[at].text:
        return True
    for one in spans[at + 1 :]:
        if pauses(text, spans[at].end, one.start):
            return True
        if one.category not in (Category.GRAMMAR, Category.EDIT, Category.JOIN):
            return False
    return True


def _following(text: str, spans: Sequence[Span], found: Sequence[Leaf], at: int) -> list[int]:
    """Return the leaves right after a negation."""
    start = next((i for i, leaf in enumerate(found) if leaf.at > at), None)
    if start is None or not only(spans, at + 1, found[start].at, _BETWEEN_NEGATION):
        return []
    if pauses(text, spans[at].end, spans[found[start].at].start):
        return []
    if _loose(found[start]) and not _alone(text, spans, found, start):
        return []
    reached = [start]
    while reached[-1] + 1 < len(found):
        one, two = found[reached[-1]], found[reached[-1] + 1]
        if one.axis != two.axis or not _together(text, spans, one, two):
            break
        reached.append(reached[-1] + 1)
    return reached


def _preceding(text: str, spans: Sequence[Span], found: Sequence[Leaf], at: int) -> list[int]:
    """Return the leaves right before a negation that stands after them."""
    end = next((i for i in range(len(found) - 1, -1, -1) if found[i].last < at), None)
    if end is None:
        return []
    if end and _loose(found[end]) and not _loose(found[end - 1]):
        between = text[spans[found[end - 1].last].end : spans[found[end].at].start]
        end -= 0 if pauses(between, 0, len(between)) else 1
    allowed = _BEFORE_NEGATION | {Category.ASK, Category.MEASURE, Category.FIELD, Category.WORD}
    if not only(spans, found[end].last + 1, at, allowed):
        return []
    reached = [end]
    while reached[-1] > 0:
        one, two = found[reached[-1] - 1], found[reached[-1]]
        if one.axis != two.axis or not _together(text, spans, one, two):
            break
        reached.append(reached[-1] - 1)
    return reached


def _alone(text: str, spans: Sequence[Span], found: Sequence[Leaf], at: int) -> bool:
    """Return whether unlinked words are one noun at the end of a clause beside other leaves."""
    leaf = found[at]
    rest = spans[leaf.last + 1 :]
    ends = not rest or pauses(text, spans[leaf.last].end, rest[0].start)
    of = bool(rest) and rest[0].text in ("的", "了")
    return len(leaf.used - _verbs(spans, leaf)) == 1 and (ends or of) and len(found) > 1


def _verbs(spans: Sequence[Span], leaf: Leaf) -> frozenset[int]:
    """Return the verb that a run begins with, right after a bare 不: 不捣鼓麦克风."""
    before, first = spans[leaf.at - 1] if leaf.at else None, spans[leaf.at]
    bare = before is not None and before.category is Category.NOT and len(before.text) == 1
    verb = first.category is Category.WORD and str(first.value).startswith("v")
    return frozenset({leaf.at}) if bare and verb and len(leaf.used) > 1 else frozenset()


def _done(spans: Sequence[Span], leaf: Leaf) -> Leaf:
    """Return a description without the verb that says that it is not done."""
    told = leaf.predicate
    if not isinstance(told, About) or not _verbs(spans, leaf):
        return leaf
    verb = spans[leaf.at].text
    words = tuple(one for one in told.unlinked if one != verb)
    text = told.text.removeprefix(verb)
    return replace(leaf, predicate=replace(told, text=text, unlinked=words))


def _loose(leaf: Leaf) -> bool:
    """Return whether a leaf is a run of words that nothing links."""
    return isinstance(leaf.predicate, About) and not leaf.predicate.terms


def _together(text: str, spans: Sequence[Span], one: Leaf, two: Leaf) -> bool:
    """Return whether a negation of one of two neighbours is meant for both.

    广东、深圳以外 is Guangdong without Shenzhen, 北京和江苏以外 neither of both.
    """
    how = joint(text, spans, one, two)
    between = spans[one.last + 1 : two.at]
    if how is None or how == "comma" or any(span.text in _CONTRAST for span in between):
        return False
    if any(span.text.startswith(_ONLY) for span in (*between, spans[two.at])):
        return False
    pause = "、" in text[spans[one.last].end : spans[two.at].start]
    return not (pause or how == "") or level(one.predicate) == level(two.predicate)
