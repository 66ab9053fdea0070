"""The whole way from a question to scored candidate queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.dialogue.reply import Trace, Weighed
from assistant.parsing.accounting import (
    field_of_nobody,
    filtered,
    missing_list,
    unread,
)
from assistant.parsing.asker import compounded, without_asker, without_story
from assistant.parsing.candidates import Candidate, Witness
from assistant.parsing.companies import of_companies
from assistant.parsing.facts import read_facts, refigured
from assistant.parsing.figures import of_statistics
from assistant.parsing.follow import follow_ups
from assistant.parsing.known import Known
from assistant.parsing.lacking import lacking_by_place, lacking_field, lacking_measure
from assistant.parsing.lattice import Lattice
from assistant.parsing.mending import Mender
from assistant.parsing.pointing import elliptic, unpointed
from assistant.parsing.previous import Previous
from assistant.parsing.programme import of_programme
from assistant.parsing.reading import Reading
from assistant.parsing.relations import of_relations
from assistant.parsing.score import load_weights, scored
from assistant.parsing.sets import of_sets
from assistant.parsing.several import may_be_several, questions_of
from assistant.parsing.sides import of_sides
from assistant.parsing.spans import Category, Span
from assistant.parsing.strange import of_nothing
from assistant.parsing.stretches import Told
from assistant.parsing.subjects import unknown_code, unknown_market, unknown_name
from assistant.parsing.tables import Statistics
from assistant.parsing.text import Text, prepare
from assistant.query import Explain, Fact, Judge, Query, Relation
from index.schema.interval import Interval

# What an amount of money is written with.
_AMOUNTS = ("万", "亿", "元")

# What companies alone are told apart by, unlike places; what may ask for something else.
_LINKING = frozenset(
    {
        *(Category.BATCH, Category.LISTING, Category.EXCHANGE),
        *(Category.VALUE, Category.TOPIC, Category.SECTION),
    }
)
_OPEN = frozenset(
    {
        *(Category.WORD, Category.REQUIREMENT, Category.LACKING, Category.MISSING),
        *(Category.DOCUMENT, Category.MEASURE, Category.EDIT, Category.POINTER),
    }
)
_OF_RULES = (Relation.REQUIREMENTS, Relation.PASSAGES)

# So many candidates are explained.
_TRACED = 3


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question parsed.

    Attributes:
        candidates: What it may ask, each query once, best first.
        spans: The cover that the best one reads.
    """

    candidates: tuple[Candidate, ...]
    spans: tuple[Span, ...]

    @property
    def best(self) -> Query:
        """The query to run."""
        return self.candidates[0].query

    @property
    def trace(self) -> Trace:
        """The spans with their rules, and the best candidates with the parts of their scores."""
        spans = tuple((one.text, one.category.value, one.rule) for one in self.spans)
        weights = load_weights()
        candidates = tuple(
            Weighed(
                one.query,
                one.rule,
                one.score,
                tuple((name, weights.of(name) * value) for name, value in one.features),
            )
            for one in self.candidates[:_TRACED]
        )
        return Trace(spans, candidates)


class Parser:
    """Parses questions about one store.

    Args:
        known: What the store adds to the vocabulary.
        lattice: Reads questions as spans.
        statistics: The places that statistics tell of.
        mender: Puts questions right.
        this_year: The year that "the last ten years" count from.
        made: Keys of the requirements that any list makes.
        local: Whether some requirements hold for single places.
        witness: Says what the sources are near to; None to go by words alone.
    """

    def __init__(
        self,
        known: Known,
        lattice: Lattice,
        statistics: Statistics,
        mender: Mender,
        this_year: int,
        made: frozenset[str],
        witness: Witness | None = None,
        *,
        local: bool = False,
    ) -> None:
        self._witness = witness
        self._known = known
        self._lattice = lattice
        self._statistics = statistics
        self._mender = mender
        self._this_year = this_year
        self._made = made
        self._local = local

    def parse(self, asked: str, previous: Previous | None = None) -> Parsed:
        """Return what a question may ask, best first."""
        text, changed = self._mender.read(prepare(asked))
        covers = self._lattice.covers(text.folded)
        spelt, corrected = self._mender.spelt(text, covers[0][1])
        if corrected:
            text, covers = spelt, self._lattice.covers(spelt.folded)
        heaviest = covers[0][0] or 1.0
        if previous is not None and previous.named and len(previous.companies) == 1:
            namesakes = self._known.namesakes(previous.companies[0])
            previous = replace(previous, namesakes=namesakes)
        witness = None if linked(covers[0][1]) else self._witness
        margin = _margin(text, covers[0][1], witness)
        corrections = (*changed, *corrected)
        told: list[tuple[Candidate, list[Span]]] = []
        for weight, spans in covers:
            spans = without_story(text.folded, compounded(without_asker(spans)))
            known = self._known
            reading = Reading(
                text, spans, self._this_year, known.ranking, known.dated, known.regulations.articled
            )
            share = weight / heaviest
            told.extend(
                (scored(filtered(one, reading), reading, share, margin, witness), spans)
                for one in self._fitting(reading, previous)
            )
        told.sort(key=lambda one: -one[0].score)
        best: dict[Query, Candidate] = {}
        for one, spans in told:
            query = replace(one.query, unread=unread(one, spans), corrections=corrections)
            best.setdefault(query, replace(one, query=query))
        return Parsed(tuple(best.values()), tuple(told[0][1]))

    def questions(self, asked: str) -> tuple[str, ...]:
        """Return the questions that a text asks one after the other, each in its own words."""
        text, _ = self._mender.read(prepare(asked))
        if not may_be_several(text.folded):
            return (asked,)
        spans = compounded(without_asker(self._lattice.covers(text.folded)[0][1]))
        return questions_of(text, spans)

    def _facts(self, folded: str, told: Sequence[Told], previous: Previous) -> tuple[Fact, ...]:
        """Return the facts of a turn; a figure alone is of what the last turn was about."""
        ask = previous.query.ask
        if told or not isinstance(ask, Judge | Explain):
            return tuple(one.fact for one in told)
        if isinstance(ask, Explain):
            before = tuple(Fact(key, Interval()) for key in ask.requirements)
            return tuple(refigured(folded, before, self._this_year))
        return self._parts(folded, previous, ask.facts) or tuple(
            refigured(folded, ask.facts, self._this_year)
        )

    def _parts(self, folded: str, previous: Previous, before: Sequence[Fact]) -> tuple[Fact, ...]:
        """Return the facts that an amount changes, being a part of one that the last turn told."""
        if not any(mark in folded for mark in _AMOUNTS):
            return ()
        known = {one.requirement: one.interval for one in before}
        both = read_facts(f"{folded},{prepare(previous.text).folded}", self._this_year, self._made)
        facts = (one.fact for one in both)
        return tuple(one for one in facts if known.get(one.requirement) != one.interval)

    def _fitting(self, reading: Reading, previous: Previous | None) -> list[Candidate]:
        """Return the candidates; of sources without companies those of rules, if there are any."""
        found = list(self._candidates(reading, previous))
        if self._known.populated:
            return found
        return [one for one in found if one.query.relation in _OF_RULES] or found

    def _candidates(self, reading: Reading, previous: Previous | None) -> Iterator[Candidate]:
        told = read_facts(reading.text.folded, self._this_year, self._made)
        if previous is None:
            reading = unpointed(reading)
        sets = list(of_sets(reading))
        rules = list(of_programme(reading, told, self._made, local=self._local))
        if previous is not None:
            facts = self._facts(reading.text.folded, told, previous)
            alone = (*sets, *rules)
            yield from follow_ups(reading, previous, alone, facts, self._statistics)
        yield from of_relations(reading)
        yield from of_companies(reading, self._known.telling)
        yield from of_statistics(reading, self._statistics)
        yield from sets
        yield from of_sides(reading)
        yield from rules
        ruled = previous is not None and isinstance(previous.query.ask, Explain | Judge)
        if not (ruled and elliptic(reading)):
            yield from lacking_field(reading)
        yield from lacking_by_place(reading)
        yield from lacking_measure(reading)
        yield from field_of_nobody(reading)
        yield from missing_list(reading)
        # Who tells figures of a company of their own names none.
        if {one.fact.requirement for one in told} <= {"years", "age"}:
            yield from unknown_name(reading)
        yield from unknown_code(reading)
        yield from unknown_market(reading)
        yield from of_nothing(reading)


def linked(spans: Sequence[Span]) -> bool:
    """Return whether words alone say which companies are meant, so that no vector is asked."""
    kinds = {one.category for one in spans}
    return not kinds & _OPEN and bool(kinds & _LINKING)


def _margin(text: Text, spans: Sequence[Span], witness: Witness | None) -> float | None:
    """Return how much nearer a question is to the rules than to companies, if that matters.

    Who names a company asks for it, whatever the rest is near to.
    """
    if witness is None or any(one.category is Category.COMPANY for one in spans):
        return None
    folded = text.folded
    return witness.rules(folded) - max(witness.trades(folded), witness.listings(folded))
