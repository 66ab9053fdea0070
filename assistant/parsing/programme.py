"""Questions about the programme and the sources: rules, notes, verdicts, help, provenance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.facts import Told
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.query import (
    EVERYTHING,
    Explain,
    Help,
    Judge,
    Provenance,
    Query,
    Reason,
    Relation,
    Unanswerable,
)
from assistant.requirements.vocabulary import load_requirements

RULES = ("rules_all", "rules_word", "missing", "verdict", "own")


def _judged(reading: Reading, told: Sequence[Told]) -> Iterator[Candidate]:
    """Yield the verdict on an applicant's facts; places say whose requirements count."""
    if not told or reading.companies:
        return
    plain = {one.fact.requirement for one in told} <= {"years", "age"}
    if plain and not reading.asks("verdict", "own", "rules_all", "rules_word"):
        return
    stretches = [(one.start, one.end) for one in told]
    inside = {
        at
        for at, one in enumerate(reading.spans)
        if any(one.start < end and start < one.end for start, end in stretches)
    }
    places = {at for leaf in reading.conditions if _area(leaf) for at in leaf.used}
    others = {at for leaf in reading.conditions for at in leaf.used if not leaf.used & inside}
    asked = frozenset(reading.asks("which", "wanted", "here", "count", "member"))
    found = (
        frozenset(range(len(reading.spans)))
        - (others - places)
        - asked
        - frozenset(reading.of(Category.NOUN, Category.ORDER))
    )
    areas = tuple(
        value
        for leaf in reading.conditions
        if _area(leaf)
        for value in getattr(leaf.predicate, "values", ())
    )
    own = reading.asks("own") or any("（" in one.fact.label for one in told)
    whole = len(told) > 1 or bool(own)
    query = Query(
        Judge(tuple(one.fact for one in told), places=areas, whole=whole),
        relation=Relation.REQUIREMENTS,
    )
    yield Candidate(query, found, "rules.judge")


def _area(leaf: Leaf) -> bool:
    return leaf.axis == "area"


def of_programme(
    reading: Reading, told: Sequence[Told], made: Collection[str]
) -> Iterator[Candidate]:
    """Yield what a reading may ask of rules, notes and the program itself.

    Args:
        reading: The reading.
        told: What it says of the asker's own company.
        made: Keys of the requirements that the lists make.
    """
    folded = reading.text.folded
    everything = frozenset(range(len(reading.spans)))
    of_rules = (
        everything
        - frozenset(at for leaf in reading.conditions for at in leaf.used)
        - frozenset(reading.asks("which", "wanted", "here", "count", "member"))
        - frozenset(reading.of(Category.TOPIC, Category.COMPANY, Category.NOUN))
    )
    yield from _judged(reading, told)
    rules = frozenset(reading.asks(*RULES))
    if not reading.asks("rules_all", "rules_word", "missing", "verdict"):
        rules = frozenset()
    requirements = tuple(
        key
        for key, one in load_requirements().items()
        if key in made and any(word in folded for word in one.ask)
    )
    bare = not (
        reading.conditions
        or reading.companies
        or reading.of(
            Category.TOPIC, Category.ORDER, Category.LIMIT, Category.EACH, Category.REPRESENTATIVE
        )
    )
    if rules or requirements or (bare and reading.of(Category.WORD, Category.ASK)):
        whole = bool(reading.asks("rules_all"))
        ask = Explain(reading.text.written, requirements, whole)
        yield Candidate(Query(ask, relation=Relation.REQUIREMENTS), of_rules, "rules.explain")
    if helped := frozenset(reading.asks("help")):
        yield Candidate(Query(Help()), helped, "help")
    if all(one.category is Category.GRAMMAR for one in reading.spans):
        courteous = any(one.value == "courtesy" for one in reading.spans)
        if courteous:
            yield Candidate(Query(Help()), everything, "help")
    if source := frozenset(reading.asks("provenance")):
        yield Candidate(Query(Provenance()), source, "provenance")
    sought = reading.companies or reading.conditions or reading.fields or reading.of(Category.NOUN)
    perhaps = [
        at for at in reading.of(Category.WORD) if reading.spans[at].rule == "foreign.perhaps"
    ]
    if foreign := frozenset((*reading.asks("foreign"), *(() if sought else perhaps))):
        words = tuple(reading.spans[at].text for at in sorted(foreign))
        query = Query(Unanswerable(Reason.OFF_TOPIC, words), EVERYTHING)
        yield Candidate(query, everything, "foreign")
