"""Questions about companies named: their fields, profiles, membership, comparison, relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.predicates import axis, conjunction
from assistant.query import (
    EVERYTHING,
    Compare,
    In,
    Lookup,
    Member,
    Named,
    Predicate,
    Query,
    Reason,
    Rows,
    Unanswerable,
)

Telling = Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]
"""Returns those of some companies, by their ids, whose rows tell any of some fields."""

_FEWEST_COMPARED = 2
# Rules by which companies are named by what belongs to them.
IDENTIFYING = ("company.code", "company.host")
# Fields of a company that a condition asks about: 敏芯微在科创板上市吗 asks for the listing.
_FIELD_OF = {"exchange": "listing", "province": "city"}


def of_companies(reading: Reading, telling: Telling | None = None) -> Iterator[Candidate]:
    """Yield what a reading may ask of the companies that it names.

    Args:
        reading: The reading.
        telling: Tells namesakes apart by which of them have the fields asked for; None where who
            is meant is known.
    """
    named = reading.companies
    if not named:
        return
    ids = tuple(dict.fromkeys(one for leaf in named for one in _ids(leaf)))
    words = frozenset(at for leaf in named for at in leaf.used)
    where: Predicate = Named(ids, "、".join(_label(leaf) for leaf in named))
    fields, fielded = _fields(reading)
    common = (
        words
        | frozenset(reading.asks("which", "wanted", "profile", "each", "all", "here", "count"))
        | frozenset(reading.of(Category.DOING))
    )
    order, ordering = order_of(reading)
    if order is not None and order.field in ("", "count"):
        order, ordering = (None, frozenset()) if order.field == "" else (order, ordering)
    several = len(named) >= _FEWEST_COMPARED or len(ids) >= _FEWEST_COMPARED
    comparing = reading.asks("compare", "difference") or order is not None
    told, used = reading.where()
    if several and comparing:
        # What is told of all of them narrows none: 两家都做机器人，产品有什么不一样.
        explained = (
            common | fielded | ordering | used
            | frozenset(reading.asks("compare", "difference", "yesno"))
        )  # fmt: skip
        apart = replace(order, limit=None) if order and order.place is None else order
        compared = tuple(one for one in fields if one not in _where_differing(reading))
        yield Candidate(Query(Compare(compared, apart), where), explained, "company.compare")
    yes = frozenset(reading.asks("yesno", "exists", "member"))
    ambiguous = any(len(_ids(leaf)) > 1 for leaf in named)
    if told != EVERYTHING and yes and not several and _judged(reading):
        explained = common | used | yes | frozenset(at for at, _ in reading.fields)
        yield Candidate(Query(Member(ids), told), explained, "company.member")
    elif several and told != EVERYTHING and _sorts_out(reading) and not ambiguous:
        both = conjunction((where, told))
        yield Candidate(Query(Rows(fields), both), common | used | fielded, "company.which")
    if ambiguous and told != EVERYTHING:
        narrowed = conjunction((where, told))
        yield Candidate(
            Query(Lookup(fields), narrowed), common | used | fielded | yes, "company.narrowed"
        )
    if reading.asks("member") and not fields:
        yield Candidate(Query(Member(ids), told), common | used | yes, "company.listed")
    asked, leaved = _asked_by_conditions(reading)
    # A code is told with its market: 港股代码.
    every = tuple(
        one for one in dict.fromkeys((*fields, *asked)) if one != "listing" or "code" not in fields
    )
    yield Candidate(
        _looked_up(reading, named, every, telling) or Query(Lookup(every), where),
        common | fielded | leaved | frozenset(reading.asks("yesno")),
        "company.lookup",
    )


def _judged(reading: Reading) -> bool:
    """Return whether what is told of a company is asked about, not a field of it.

    亦庄那家奕斯伟第几批评上的 asks for the batch; 不是听说凉了吗 before a field is a remark.
    """
    asking = any(word.asks for _, word in reading.fields)
    remarked = not reading.conditions and all(
        reading.spans[at].category is Category.WORD
        for leaf in reading.descriptions
        for at in leaf.used
    )
    if reading.asks("yesno", "exists"):
        return not (remarked and reading.fields)
    return not asking


def _looked_up(
    reading: Reading, named: Sequence[Leaf], fields: tuple[str, ...], telling: Telling | None
) -> Query | None:
    """Return what is asked of a name that several companies have; None of any other.

    Where one of them alone tells the fields, that one is meant and the others are mentioned;
    else it is asked back. What belongs to companies, as a homepage does, is no name of theirs.
    """
    ids = _ids(named[0])
    if telling is None or len(named) > 1 or len(ids) < _FEWEST_COMPARED:
        return None
    if reading.spans[named[0].at].rule in IDENTIFYING:
        return None
    found = telling(ids, fields) if fields else ()
    label = _label(named[0])
    if len(found) == 1:
        others = tuple(one for one in ids if one not in found)
        return Query(Lookup(fields, others), Named(found, label))
    return Query(Unanswerable(Reason.AMBIGUOUS, (label,), ids, fields), Named(ids, label))


def _sorts_out(reading: Reading) -> bool:
    """Return whether some of the companies named are sought, not what each of them says."""
    return len(reading.asks("which")) == 1 and not reading.asks("compare", "difference")


def _where_differing(reading: Reading) -> frozenset[str]:
    """Return the fields of words that ask where a difference lies, not where a company is."""
    told = [at for at in reading.asks("compare", "difference") if at + 1 < len(reading.spans)]
    after = (reading.spans[at + 1] for at in told)
    return frozenset(
        one.value.key for one in after if one.category is Category.FIELD and one.value.asks
    )


def _ids(leaf: Leaf) -> tuple[str, ...]:
    assert isinstance(leaf.predicate, Named)  # noqa: S101 - companies are named
    return leaf.predicate.ids


def _label(leaf: Leaf) -> str:
    assert isinstance(leaf.predicate, Named)  # noqa: S101
    return leaf.predicate.label


def _fields(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields asked for; a general noun beside a question of it says the same."""
    told = dict.fromkeys(
        key
        for at, word in reading.fields
        if word.key != "name"
        for key in (_key(reading, at), *word.others)
    )
    return tuple(told) or reading.keys(), frozenset(at for at, _ in reading.fields)


def _key(reading: Reading, at: int) -> str:
    """Return the field that a word names; 行业 beside 细分领域 is the heading above it."""
    key = str(reading.spans[at].value.key)
    finer = [i for i, w in reading.fields if w.key == key and "细分" in reading.spans[i].text]
    return "industry" if key == "domain" and finer and at not in finer else key


def _asked_by_conditions(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields that conditions ask about, with the spans that say so."""
    fields: dict[str, None] = {}
    used: set[int] = set()
    asked = {axis(In(word.key, ())) for _, word in reading.fields if word.unit or word.asks}
    for leaf in reading.conditions:
        field = getattr(leaf.predicate, "field", "")
        # 深圳的哪个区 asks for the district alone.
        within = leaf.axis == "area" and "area" in asked
        told = field and field not in ("count", "section")
        if told and not within and not _attributive(reading, leaf):
            fields[_FIELD_OF.get(field, field)] = None
            used |= leaf.used
        elif within or _attributive(reading, leaf):
            used |= leaf.used
    return tuple(fields), frozenset(used)


def _attributive(reading: Reading, leaf: Leaf) -> bool:
    """Return whether a condition says which company is meant: 亦庄那家奕斯伟."""
    after = range(leaf.last + 1, len(reading.spans))
    named = {one.at for one in reading.companies}
    for at in after:
        if at in named:
            return at > leaf.last + 1 or reading.spans[leaf.last].end == reading.spans[at].start
        if reading.spans[at].category is not Category.POINTER and reading.spans[at].text != "的":
            return False
    return False
