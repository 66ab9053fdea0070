"""Follow-ups on rules, verdicts and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.documented import asked_of, documents_of
from assistant.parsing.focus import asked_about
from assistant.parsing.orders import LimitWord
from assistant.parsing.pointing import edits_of, elliptic, pointing_words
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.query import Explain, Fact, Judge, Provenance, Query, Relation


def judged(reading: Reading, previous: Previous, facts: tuple[Fact, ...]) -> Iterator[Candidate]:
    """Yield the verdict on everything told so far."""
    ask = previous.query.ask
    before = ask.facts if isinstance(ask, Judge) else ()
    everything = frozenset(range(len(reading.spans)))
    if facts and (before or isinstance(ask, Explain)):
        new = {one.requirement for one in facts}
        every = (*(one for one in before if one.requirement not in new), *facts)
        sources = ask.sources if isinstance(ask, Judge) else ()
        whole = len(every) > 1 or getattr(ask, "whole", True)
        query = Query(Judge(every, sources, whole=whole), relation=Relation.REQUIREMENTS)
        yield Candidate(query, everything, "follow.facts")
    elif (
        before
        and (reading.asks("verdict") or elliptic(reading))
        and not (reading.conditions or reading.companies or asked_about(reading))
    ):
        asked = reading.asks("verdict", "rules_all", "which", "yesno", "sum", "all")
        words = reading.of(Category.WORD, Category.NOT)
        counted = [at for at in reading.of(Category.MEASURE) if reading.spans[at].value.bare]
        explained = frozenset((*asked, *words, *counted)) | pointing_words(reading)
        yield Candidate(previous.query, explained, "follow.judge")


def explained(
    reading: Reading, previous: Previous, alone: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Yield a further question about the rules: 第三个维度细说一下, 研发那条是多少."""
    ask = previous.query.ask
    if not isinstance(ask, Explain | Judge) or reading.companies or reading.conditions:
        return
    if (sources := documents_of(reading)) and not asked_of(reading):
        everything = frozenset(range(len(reading.spans)))
        there = replace(previous.query, ask=replace(ask, sources=sources))
        yield Candidate(there, everything, "follow.document")
    rest = frozenset(
        reading.of(
            Category.WORD, Category.ASK, Category.POINTER, Category.EDIT, Category.MEASURE,
            Category.DOING,
        )
    )  # fmt: skip
    for one in alone:
        named = isinstance(one.query.ask, Explain) and one.query.ask.requirements
        if named and elliptic(reading):
            yield Candidate(one.query, rest | one.explained, "follow.requirement")
    picked = reading.of(Category.MEASURE, Category.LIMIT) or [
        at for at in reading.of(Category.POINTER) if isinstance(reading.spans[at].value, LimitWord)
    ]
    own = reading.of(Category.WORD, Category.REQUIREMENT) or reading.asks("rules_all")
    carried = edits_of(reading, "instead", "then") and not own
    if isinstance(ask, Explain) and (picked or carried):
        rest |= {at for at, _ in reading.fields}
        further = replace(ask, text=f"{ask.text} {reading.text.written}", whole=False)
        rule = "follow.picked" if picked else "follow.explain"
        yield Candidate(replace(previous.query, ask=further), rest, rule)


def sourced(reading: Reading, previous: Previous) -> Iterator[Candidate]:
    """Yield where the last answer comes from."""
    asked = frozenset(reading.asks("provenance"))
    if asked and not isinstance(previous.query.ask, Explain | Judge):
        query = Query(Provenance(), previous.query.where, previous.query.relation)
        yield Candidate(query, asked | pointing_words(reading), "follow.source")
