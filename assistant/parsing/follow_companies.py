"""Follow-ups on companies: those the last answer was about, and others in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.companies import of_companies
from assistant.parsing.pointing import beyond, chosen, edits_of, points
from assistant.parsing.previous import Previous
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.relations import of_relations, unit_field
from assistant.parsing.spans import Category
from assistant.predicates import atoms, conjunction, replacing
from assistant.query import (
    EVERYTHING,
    Beyond,
    Compare,
    Count,
    Lookup,
    Member,
    Named,
    Not,
    Order,
    Predicate,
    Query,
    Rows,
    Same,
)
from index.regex import regex

_FEWEST = 2
_SAME = regex(r"(?<![不相等])同(?:一个?)?(?=[\u4e00-\u9fff])")


def substituted(
    reading: Reading, previous: Previous, pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield what is asked with 它 read as a company: one named before it, else the last one."""
    told = points(reading, "one")
    if not told or points(reading, "start"):
        return
    if any(leaf.last < told[0] for leaf in reading.companies) and not _beside(reading):
        for one in of_companies(reading):
            rule = f"follow.{one.rule.partition('.')[2]}"
            back = frozenset(edits_of(reading, "back"))
            yield replace(one, explained=one.explained | pointing | back, rule=rule)
        return
    plain = reading.where()[0] == EVERYTHING
    subjects = previous.left if plain else previous.subjects
    if len(subjects) != 1 or not previous.of_companies:
        return
    named = [
        replace(one, category=Category.COMPANY, value=subjects) if at in told else one
        for at, one in enumerate(reading.spans)
    ]
    instead = replace(reading, spans=named)
    for one in (*of_relations(instead), *of_companies(instead)):
        if one.rule == "company.lookup" and reading.conditions:
            continue
        yield replace(
            one, explained=one.explained | pointing, rule=f"follow.{one.rule.partition('.')[2]}"
        )


def _beside(reading: Reading) -> bool:
    """Return whether what is named stands beside what is pointed to: 大华和它比."""
    return bool(
        reading.asks("compare", "difference")
        or reading.of(Category.ORDER)
        or any(reading.spans[at].value == "both" for at in reading.of(Category.JOIN))
    )


def of_subjects(
    reading: Reading, previous: Previous, pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield what is asked of the one company, or of those picked, that the answer was about."""
    choice = chosen(reading, previous)
    if choice is None and beyond(reading):
        return
    one = points(reading, "one")
    told, used = reading.where()
    spoken_of = previous.left if one and told == EVERYTHING else previous.subjects
    ids, picked = choice if choice else (spoken_of, frozenset())
    if not ids or reading.companies or not previous.of_companies or edits_of(reading, "drop"):
        return
    inside = points(reading, "them") or edits_of(reading, "only")
    if told != EVERYTHING and inside and not (choice or previous.named):
        return
    several = len(ids) > 1
    asks = reading.asks(
        "which", "wanted", "profile", "yesno", "each", "all", "count", "exists", "member"
    )
    fielded = frozenset(at for at, _ in reading.fields)
    explained = picked | pointing | fielded | frozenset((*asks, *reading.of(Category.DOING)))
    if one and told != EVERYTHING and not choice:
        yield from _told_apart(reading, previous, explained | used)
    if several and not (choice or previous.named):
        return
    comparing = False
    for candidate in _side_by_side(reading, previous, ids, explained) if several else ():
        comparing = True
        yield candidate
    if told != EVERYTHING:
        yield from _conditioned(reading, ids, explained | used, picked=choice is not None)
    yield from _fields_of(reading, previous, ids, explained, alone=not choice, compared=comparing)


def _side_by_side(
    reading: Reading, previous: Previous, ids: tuple[str, ...], explained: frozenset[int]
) -> Iterator[Candidate]:
    """Yield several companies compared."""
    order, ordering = order_of(reading)
    comparing = frozenset(reading.asks("compare", "difference"))
    by = _by(order, previous)
    if (by is not None or comparing) and (order is None or by is not None):
        query = Query(Compare(reading.keys(), by), Named(ids))
        yield Candidate(query, explained | ordering | comparing, "follow.compare")


def _by(order: Order | None, previous: Previous) -> Order | None:
    """Return an order of companies; one that names no field is by the field last told."""
    if order is None or order.field == "":
        return None
    fields = getattr(previous.query.ask, "fields", ())
    field = fields[0] if order.field == "count" and fields else order.field
    return replace(order, field=field, limit=None)


def _told_apart(
    reading: Reading, previous: Previous, explained: frozenset[int]
) -> Iterator[Candidate]:
    """Yield fields of one of several companies of a name: 北京那家的主导产品."""
    ids = (*previous.subjects, *previous.namesakes)
    described = len(ids) == 1 and bool(reading.of(Category.NOUN))
    if previous.named and (len(ids) >= _FEWEST or described):
        before = getattr(previous.query.ask, "fields", ())
        where = conjunction((Named(ids), reading.where()[0]))
        fields = reading.keys() or before
        yield Candidate(Query(Lookup(fields), where), explained, "follow.narrowed")


def _conditioned(
    reading: Reading, ids: tuple[str, ...], explained: frozenset[int], *, picked: bool
) -> Iterator[Candidate]:
    """Yield which companies fulfil a condition, or whether the one does."""
    told, _ = reading.where()
    both = conjunction((Named(ids), told))
    if len(ids) == 1:
        if reading.asks("yesno", "member"):
            yield Candidate(Query(Member(ids), told), explained, "follow.member")
        return
    if reading.asks("which"):
        yield Candidate(Query(Rows(reading.keys()), both), explained, "follow.which")
    if picked and reading.fields:
        yield Candidate(Query(Lookup(reading.keys()), both), explained, "follow.narrowed")


def _fields_of(
    reading: Reading,
    previous: Previous,
    ids: tuple[str, ...],
    explained: frozenset[int],
    *,
    alone: bool,
    compared: bool,
) -> Iterator[Candidate]:
    """Yield fields of companies, those asked or those asked last, or their profiles."""
    before = previous.query.ask.fields if isinstance(previous.query.ask, Lookup) else ()
    if not alone and not reading.fields and before and not compared:
        yield Candidate(Query(Lookup(before), Named(ids)), explained, "follow.instead")
    implied, leaved = _implied(reading)
    wanted = tuple(dict.fromkeys((*reading.keys(), *implied)))
    if wanted:
        yield Candidate(Query(Lookup(wanted), Named(ids)), explained | leaved, "follow.lookup")
    elif points(reading, "one") or not alone or reading.asks("profile"):
        yield Candidate(Query(Lookup(), Named(ids)), explained, "follow.profile")


def _implied(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields that conditions ask about: 上市了没; 列出科创板的 asks for none."""
    if reading.asks("which", "wanted", "count"):
        return (), frozenset()
    told = [leaf for leaf in reading.conditions
            if getattr(leaf.predicate, "field", "") in ("listing", "exchange")]  # fmt: skip
    used = frozenset(at for leaf in reading.conditions for at in leaf.used)
    return (("listing",), used) if told else ((), frozenset())


def compared(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the last company beside others, and another in its place."""
    subjects, named = previous.subjects, reading.companies
    if not named or not subjects:
        return
    ids = tuple(dict.fromkeys(i for leaf in named for i in getattr(leaf.predicate, "ids", ())))
    words = frozenset(at for leaf in named for at in leaf.used)
    order, ordering = order_of(reading)
    one = points(reading, "one")
    by = _by(order, previous)
    comparing = frozenset(reading.asks("compare", "difference"))
    asks = frozenset(reading.asks("which", "yesno", "profile"))
    fielded = frozenset(at for at, _ in reading.fields)
    both = tuple(dict.fromkeys((*subjects, *ids)))
    alone = len(named) == 1 or bool(one)
    few = len(subjects) <= _FEWEST and previous.named and len(both) > 1
    if alone and few and (comparing or by is not None):
        query = Query(Compare(reading.keys(), by), Named(both))
        explained = words | fielded | ordering | asks | comparing | pointing
        yield Candidate(query, explained, "follow.beside")
    if reading.fields or reading.conditions or order or comparing or one:
        return
    told = previous.query.ask
    explained = words | pointing | frozenset(reading.asks("which"))
    if isinstance(told, Lookup):
        yield Candidate(Query(Lookup(told.fields), Named(ids)), explained, "follow.instead")
    if isinstance(told, Member):
        query = Query(Member(ids), previous.query.where)
        yield Candidate(query, words | pointing, "follow.instead")
    where = _related_to(previous.query.where, ids)
    if where is not None:
        yield Candidate(replace(previous.query, where=where), explained, "follow.instead")


def _related_to(where: Predicate, ids: tuple[str, ...]) -> Predicate | None:
    """Return a relation to one company as that to another; None where there is none."""
    told = [one for one in atoms(where) if isinstance(one, Same | Beyond)]
    if not told or len(ids) != 1:
        return None
    for one in told:
        where = replacing(where, one, replace(one, company=ids[0], label=""))
    return where


def near(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield others like the last company: 那个区还有别的吗, 同城同板的还有谁."""
    subjects = previous.subjects
    if not subjects or reading.companies:
        return
    if len(subjects) == 1 and previous.of_companies:
        yield from _alike(reading, subjects[0], pointing)
    others = any(
        one in reading.text.folded for one in ("别的", "其他", "其它", "另外", "别家", "还有")
    )
    told, used = reading.where()
    if previous.named and others and told != EVERYTHING:
        where = conjunction((told, Not(Named(subjects))))
        more = edits_of(reading, "more")
        asks = frozenset((*reading.asks("which", "exists", "yesno", "wanted"), *more))
        yield Candidate(Query(Rows(), where), used | asks | pointing, "follow.others")


def _alike(reading: Reading, company: str, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the companies that share something with one: its city, its market, its year."""
    same: dict[str, Predicate] = {}
    inside: set[int] = set()
    for name, field in (("there", "city"), ("district", "district")):
        for at in points(reading, name):
            same[field] = Same(field, company, reading.spans[at].text)
            inside.add(at)
    for match in _SAME.finditer(reading.text.folded):
        told = unit_field(reading.text.folded[match.end() :])
        if told is not None:
            word, field = told
            same[field] = Same(field, company, f"同{word}")
            end = match.end() + len(word)
            inside |= {
                at
                for at, one in enumerate(reading.spans)
                if one.start < end and match.start() < one.end
            }
    if not same:
        return
    narrowed, used = reading.where(without=frozenset(inside))
    where = conjunction((*same.values(), narrowed))
    asks = frozenset(reading.asks("which", "exists", "yesno", "count", "wanted", "all", "here"))
    ask = Count() if reading.asks("count") else Rows()
    explained = used | asks | pointing | inside | frozenset(edits_of(reading, "more"))
    yield Candidate(Query(ask, where), explained, "follow.near")
