"""Follow-ups: what a question may ask of the last answer, as candidates beside reading it alone.

A question that narrows, orders, counts, compares or asks a field without naming its set means the
last set; one that names its own starts anew. Both compete under the same score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.follow_companies import compared, near, of_subjects, substituted
from assistant.parsing.follow_figures import (
    counted_companies,
    counted_there,
    of_figures,
    placed,
)
from assistant.parsing.follow_rules import explained, judged, sourced
from assistant.parsing.follow_sets import added, again, narrowed, replaced, widened
from assistant.parsing.measures import read_number
from assistant.parsing.pointing import edits_of, pointing_words, points
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.sets import of_sets
from assistant.parsing.spans import Category
from assistant.parsing.tables import Statistics
from assistant.predicates import conjuncts
from assistant.query import Explain, Fact, Judge
from index.regex import regex

_EMPTY = frozenset({Category.EDIT, Category.GRAMMAR, Category.NOUN, Category.JOIN})


# An earlier question told by its place: 回到第一个问题.
_NTH_QUESTION = regex(
    r"第(?P<n>[一二三四五六七八]|\d)(?:个问题|次问|问)|(?:最初|最早|最开始|一开始|开头)的?(?:那个)?问题"
)


def follow_ups(
    reading: Reading,
    previous: Previous,
    alone: Sequence[Candidate],
    facts: tuple[Fact, ...],
    statistics: Statistics,
) -> Iterator[Candidate]:
    """Yield what a reading may ask of the answers before.

    Args:
        reading: The reading.
        previous: The last question.
        alone: What it may ask alone of companies and of rules.
        facts: What it says of the asker's own company.
        statistics: What the sources count by place.
    """
    if edits_of(reading, "fresh"):
        return
    if edits_of(reading, "back", "undo"):
        yield from _back(reading, previous, alone, facts, statistics)
    if not previous.of_companies and points(reading, "one", "them"):
        before = next((one for one in previous.chain if one.of_companies and one.ids), None)
        if before is not None:
            yield from _of_turn(reading, before, alone, facts, statistics)
    yield from _of_turn(reading, previous, alone, facts, statistics)


def _of_turn(
    reading: Reading,
    previous: Previous,
    alone: Sequence[Candidate],
    facts: tuple[Fact, ...],
    statistics: Statistics,
) -> Iterator[Candidate]:
    """Yield what a reading may ask of one turn."""
    pointing = pointing_words(reading)
    yield from substituted(reading, previous, pointing)
    yield from judged(reading, previous, facts)
    yield from explained(reading, previous, alone)
    yield from sourced(reading, previous)
    yield from of_subjects(reading, previous, pointing)
    yield from compared(reading, previous, pointing)
    yield from near(reading, previous, pointing)
    yield from counted_there(reading, previous, pointing, statistics)
    yield from of_figures(reading, previous, pointing, statistics)
    counted = counted_companies(previous)
    if counted is not None:
        yield from narrowed(reading, counted, alone, pointing)
        yield from replaced(reading, counted, pointing)
    if previous.of_companies and not isinstance(previous.query.ask, Explain | Judge):
        yield from narrowed(reading, previous, alone, pointing)
        yield from replaced(reading, previous, pointing)
        yield from widened(reading, previous, pointing)
        yield from again(reading, previous, pointing)
        yield from added(reading, previous, pointing)
    yield from placed(reading, previous, pointing)


def _back(
    reading: Reading,
    previous: Previous,
    alone: Sequence[Candidate],
    facts: tuple[Fact, ...],
    statistics: Statistics,
) -> Iterator[Candidate]:
    """Yield what is asked of an earlier turn: 回到上一步, 撤销, 回到杭州的，其中上市的."""
    everything = frozenset(range(len(reading.spans)))
    if all(one.category in _EMPTY for one in reading.spans):
        undone = _undone(previous)
        if undone is not None:
            yield Candidate(undone.query, everything, "follow.back")
        return
    if match := _NTH_QUESTION.search(reading.text.folded):
        turns = list(previous.chain)[::-1]
        place = int(read_number(match["n"]) or 1) if match["n"] else 1
        if place <= len(turns):
            yield Candidate(turns[place - 1].query, everything, "follow.back")
        return
    for turn in previous.chain:
        told = {at for leaf in reading.conditions
                if leaf.predicate in conjuncts(turn.query.where) for at in leaf.used}  # fmt: skip
        if told and turn is not previous:
            back = frozenset((*told, *edits_of(reading, "back", "undo")))
            rest = _without(reading, back)
            for one in _of_turn(rest, turn, list(of_sets(rest)), facts, statistics):
                yield replace(one, explained=one.explained | back)
            return
    if previous.earlier is not None:
        back = frozenset(edits_of(reading, "back", "undo"))
        rest = _without(reading, back)
        for one in _of_turn(rest, previous.earlier, alone, facts, statistics):
            yield replace(one, explained=one.explained | back)


def _undone(previous: Previous) -> Previous | None:
    """Return the turn before the last one; a step taken back is not gone forward to again."""
    same = [one for one in previous.chain if one is not previous and one.query == previous.query]
    return same[0].earlier if same else previous.earlier


def _without(reading: Reading, dropped: frozenset[int]) -> Reading:
    spans = [
        replace(one, category=Category.GRAMMAR) if at in dropped else one
        for at, one in enumerate(reading.spans)
    ]
    return replace(reading, spans=spans)
