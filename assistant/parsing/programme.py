"""Questions about the programme and the sources: rules, notes, verdicts, help, provenance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.documented import (
    article_of,
    documents_of,
    of_documents,
    without_documents,
)
from assistant.parsing.facts import ATTRIBUTE, confirmed, read_claims
from assistant.parsing.focus import asked_about, demands
from assistant.parsing.forms import asks_for_other, interrogative
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.stretches import Told
from assistant.predicates import conjunction
from assistant.query import (
    Explain,
    Help,
    Judge,
    Provenance,
    Query,
    Relation,
)
from assistant.requirements.vocabulary import requirements_asked

# What speaks of companies, singly or together.
_NAMING = (Category.TOPIC, Category.COMPANY, Category.NOUN, Category.EACH, Category.REPRESENTATIVE)


def _judged(reading: Reading, told: Sequence[Told]) -> Iterator[Candidate]:
    """Yield the verdict on an applicant's facts; places say whose requirements count."""
    if not told or reading.companies or _of_others(reading, told):
        return
    own = reading.asks("own") or any("（" in one.fact.label for one in told)
    if (
        reading.asks("which", "wanted")
        and reading.of(Category.NOUN)
        and not (own or reading.asks("verdict", "rules_all"))
    ):
        return  # 专利超过50项的企业有哪些 asks for companies.
    plain = {one.fact.requirement for one in told} <= {"years", "age"}
    if plain and not (reading.asks("verdict", "own", "rules_all") or _years_alone(reading)):
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
    whole = len(told) > 1 or bool(own or reading.asks("verdict"))
    sources = documents_of(reading)
    query = Query(
        Judge(tuple(one.fact for one in told), sources, areas, whole),
        relation=Relation.REQUIREMENTS,
    )
    yield Candidate(query, found, "document.judge" if sources else "rules.judge")


def _years_alone(reading: Reading) -> bool:
    """Return whether the years are told in the rule's own words, and no companies are sought."""
    sought = reading.asks("which", "wanted", "count", "exists") or reading.of(Category.NOUN)
    return "years" in requirements_asked(reading.text.folded) and not sought


def _of_others(reading: Reading, told: Sequence[Told]) -> bool:
    """Return whether figures only say which companies a rule is asked for: 营收8000万的企业."""
    after = (reading.text.folded[one.end :] for one in told)
    return not reading.asks("verdict", "own") and all(map(ATTRIBUTE.match, after))


def _area(leaf: Leaf) -> bool:
    return leaf.axis == "area"


def _explained(
    reading: Reading, told: Sequence[Told], made: Collection[str], *, local: bool
) -> Iterator[Candidate]:
    """Yield what the sources say of the question; the scorer decides by what it is near to."""
    folded = reading.text.folded
    if _of_last(reading):
        return
    asked = requirements_asked(folded)
    requirements = tuple(key for key in asked if key in made)
    named = reading.asks("rules_all", "missing", "verdict") or reading.of(Category.REQUIREMENT)
    sources, article = documents_of(reading), article_of(reading)
    given = sources or article
    if (reading.companies or reading.of(Category.TOPIC)) and not (requirements or named or given):
        return
    content = (
        requirements
        or demands(reading)
        or reading.of(Category.WORD, Category.REQUIREMENT, Category.MEASURE)
    )
    if not (content or given or _asks_something(reading)):
        return
    areas = [leaf for leaf in reading.conditions if _area(leaf) and not leaf.negated]
    areas = areas if local and (requirements or reading.asks("rules_all")) else []
    there = frozenset(at for leaf in areas for at in leaf.used)
    # The rules here are not those of a kind of list that no source is.
    foreign = _of_companies(reading) | frozenset(reading.of(Category.MISSING))
    foreign = frozenset() if given else foreign
    explained = frozenset(range(len(reading.spans))) - foreign | there
    focus = asked_about(reading)
    # 要满足哪些硬条件 asks for all of them.
    general = bool(reading.asks("rules_word") and reading.asks("which")) and not (focus or asked)
    ask = Explain(
        without_documents(reading),
        requirements,
        others=tuple(key for key in asked if key not in made),
        claims=tuple(one.fact for one in read_claims(folded, reading.this_year, made)),
        confirms=confirmed(folded) if reading.asks("yesno") and not _chooses(reading) else "",
        whole=bool(reading.asks("rules_all")) or (bool(sources) and not content) or general,
        sources=sources,
        focus=focus,
        article=article,
        facts=tuple(one.fact for one in told),
    )
    where = conjunction(leaf.predicate for leaf in areas)
    yield Candidate(
        Query(ask, where, Relation.REQUIREMENTS),
        explained,
        "document.explain" if given else "rules.explain",
    )


def _of_last(reading: Reading) -> bool:
    """Return whether nothing is asked but where the last answer comes from."""
    beside = (Category.GRAMMAR, Category.POINTER, Category.EDIT)
    sources = reading.asks("provenance")
    rest = (one for at, one in enumerate(reading.spans) if at not in sources)
    return bool(sources) and all(one.category in beside for one in rest)


def _chooses(reading: Reading) -> bool:
    """Return whether one of several is asked for: 两个都要还是有一个就行."""
    return any(reading.spans[at].text == "还是" for at in reading.of(Category.JOIN))


def _asks_something(reading: Reading) -> bool:
    """Return whether more is asked than yes or no."""
    asks = (reading.spans[at].value for at in reading.of(Category.ASK))
    other = asks_for_other(reading) or interrogative(reading)
    return other or any(one != "yesno" for one in asks)


def _of_companies(reading: Reading) -> frozenset[int]:
    """Return the spans that speak of companies: what narrows them, and what asks for such."""
    narrowing = frozenset(
        at
        for leaf in reading.conditions
        if getattr(leaf.predicate, "field", "") != "count"
        for at in leaf.used
    )
    naming = frozenset(at for at in reading.of(*_NAMING) if reading.spans[at].rule != "noun.title")
    ordering = frozenset(reading.of(Category.ORDER, Category.LIMIT))
    pointing = frozenset(reading.of(Category.POINTER)) if ordering else frozenset()
    several = bool(narrowing or ordering)
    fields = frozenset(at for at, word in reading.fields if several or not word.asks)
    of_program = frozenset(reading.asks("help", "provenance"))
    if demands(reading):
        areas = frozenset(at for leaf in reading.conditions if _area(leaf) for at in leaf.used)
        return areas | of_program
    if asks_for_other(reading):
        return narrowing | of_program
    if not (narrowing or naming or fields or pointing or _ranks(reading)):
        return of_program
    asking = frozenset(reading.asks("which", "wanted", "here", "count", "member"))
    return narrowing | naming | fields | ordering | pointing | asking | of_program


def _ranks(reading: Reading) -> bool:
    """Return whether who stands first by a field of companies is asked: 员工最多的是谁家."""
    order, _ = order_of(reading)
    return order is not None and order.field not in ("", "count") and bool(reading.asks("which"))


def of_programme(
    reading: Reading, told: Sequence[Told], made: Collection[str], *, local: bool = False
) -> Iterator[Candidate]:
    """Yield what a reading may ask of rules, notes and the program itself."""
    everything = frozenset(range(len(reading.spans)))
    documented = list(of_documents(reading, made))
    yield from documented
    yield from _judged(reading, told)
    if not documented:
        yield from _explained(reading, told, made, local=local)
    if helped := frozenset(reading.asks("help")):
        beside = frozenset((*reading.of(Category.WORD), *reading.asks("all", "which", "yesno")))
        yield Candidate(Query(Help()), helped | beside, "help")
    if all(one.category is Category.GRAMMAR for one in reading.spans):
        courteous = any(one.value == "courtesy" for one in reading.spans)
        if courteous:
            yield Candidate(Query(Help()), everything, "help")
    if source := frozenset(reading.asks("provenance")):
        yield Candidate(Query(Provenance()), source, "provenance")
