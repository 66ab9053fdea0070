"""Follow-ups that change the last selection: narrowing, replacing, widening, adding, ordering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.dialogue.edits import Instead, Widen, apply
from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.pointing import edits_of, elliptic, exchanges, points
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.predicates import alternative, atoms, axis, conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    About,
    Among,
    Combine,
    Compare,
    Count,
    Exists,
    Group,
    In,
    Named,
    Not,
    Predicate,
    Query,
    Rows,
    Share,
)

_SET_ASKS = frozenset(
    [
        "set.rows",
        "set.count",
        "set.order",
        "set.share",
        "set.group",
        "set.universal",
        "set.mean",
        "set.median",
        "set.sum",
    ]
)
_FEWEST = 2
_FIELD_AXES = (
    ("city", "area"), ("province", "area"), ("district", "area"), ("address", "area"),
    ("listing", "market"), ("exchange", "market"), ("batch", "batch"), ("founded", "founded"),
    ("headcount", "headcount"), ("domain", "topic"), ("product", "topic"),
)  # fmt: skip


def last_set(previous: Previous, query: Query | None = None) -> Predicate:
    """Return the set of the last answer: its conditions, and the companies where those are open.

    Who asked for the first of an order and asks for another order means the whole of it.
    """
    order = previous.order
    told = previous.query.where
    limited = order is not None and (order.limit is not None or order.place is not None)
    ordered = query is not None and isinstance(query.ask, Rows) and query.ask.order is not None
    if limited and not (ordered and len(previous.ids) < _FEWEST):
        return Among(previous.ids)
    described = any(isinstance(one, About) for one in conjuncts(told))
    return conjunction((told, Among(previous.ids))) if described and previous.ids else told


def narrowed(
    reading: Reading, previous: Previous, alone: Iterable[Candidate], pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield what is asked alone, of the last set only."""
    inside = _within(reading)
    several = previous.named and not isinstance(previous.query.ask, Rows)
    if several and not (inside and len(previous.subjects) >= _FEWEST):
        return
    taken = {axis(one) for one in conjuncts(previous.query.where) if not isinstance(one, Not)}
    # 没上市的呢 after a count is counted too.
    kept = exchanges(reading) and not _plain(previous.query)
    for one in alone:
        if one.rule not in _SET_ASKS or (kept and one.rule == "set.rows"):
            continue
        base = Among(previous.subjects) if several else last_set(previous, one.query)
        if base == EVERYTHING:
            continue
        new = conjuncts(one.query.where)
        beside = Not if exchanges(reading) else Not | About
        again = any(axis(part) in taken and not isinstance(part, beside) for part in new)
        rule = "follow.again" if again and not inside else "follow.narrow"
        ask = one.query.ask
        if isinstance(ask, Share) and one.query.where == EVERYTHING:
            ask = replace(ask, whole=_wider(previous))
        elif isinstance(ask, Share | Exists):
            ask = replace(ask, whole=conjunction((base, ask.whole)))
        query = replace(one.query, ask=ask, where=conjunction((base, one.query.where)))
        yield Candidate(query, one.explained | pointing, rule)


def _wider(previous: Previous) -> Predicate:
    """Return the set that the last one was narrowed from, of which it is a share."""
    last = conjuncts(previous.query.where)
    sets = (one.query.where for one in previous.chain if one.of_companies)
    wider = (one for one in sets if one != EVERYTHING and set(conjuncts(one)) < set(last))
    return next(wider, conjunction(last[:-1]))


def _within(reading: Reading) -> bool:
    """Return whether a question says that it is of the last answer: 里面有港股的, A股也上了的."""
    return bool(points(reading, "them")) or (
        "也" in reading.text.folded and not edits_of(reading, "add")
    )


def _plain(query: Query) -> bool:
    """Return whether a question asks for the companies themselves."""
    return isinstance(query.ask, Rows) and query.ask.order is None


def replaced(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the last question with another condition in the place of one of its kind."""
    told, used = reading.where()
    parts = conjuncts(told)
    before = conjuncts(previous.query.where)
    if any(map(_of_any_listing, parts)) or isinstance(previous.query.ask, Combine):
        return
    # 不是北京，是杭州 corrects what was asked before.
    parts = tuple(one for one in parts if not (isinstance(one, Not) and one.part in before))
    if not parts or previous.named or any(isinstance(part, Not) for part in parts):
        return
    if any(isinstance(one, About) and not one.terms for one in parts) and not exchanges(reading):
        return  # Words that nothing links are a remark sooner than another description.
    query = previous.query
    for part in parts:
        query = apply(query, Instead(part))
        if isinstance(part, About):
            # The companies last told are those of the last description.
            query = apply(query, Widen("within"))
    wanted = reading.asks("which", "wanted", "exists", "yesno", "here")
    count = frozenset(reading.asks("count"))
    ask = Count() if count else query.ask
    if isinstance(ask, Rows) and ask.order is not None and reading.asks("wanted"):
        ask = Rows(ask.fields)
    query = replace(query, ask=ask)
    taken = {axis(one) for one in before}
    same = any(axis(part) in taken for part in parts)
    if same and _within(reading):
        return
    rule = "follow.replace" if same else "follow.add"
    yield Candidate(query, used | frozenset(wanted) | count | pointing, rule)


def widened(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the last question with a condition less: 不限城市了, 去掉科创板这个条件."""
    drops, excepts = edits_of(reading, "drop", "undo"), reading.of(Category.EXCEPT)
    if not drops and not excepts:
        return
    dropped = dict(_dropped(reading))
    query, used = (
        previous.query,
        {*drops, *excepts, *(at for told in dropped.values() for at in told)},
    )
    for name in dropped:
        query = apply(query, Widen(name))
    rest: list[Leaf] = []
    for leaf in reading.conditions:
        if not reading.fields and leaf.predicate in conjuncts(previous.query.where):
            query = apply(query, Widen(axis(leaf.predicate)))
            used |= leaf.used
        elif leaf.axis not in dropped:
            rest.append(leaf)
    if query == previous.query:
        return
    for one in added(reading, replace(previous, query=query), pointing):
        yield replace(one, explained=one.explained | used, rule="follow.widen")
    for leaf in rest:
        query = apply(query, Instead(leaf.predicate))
        used |= leaf.used
    asks = frozenset(reading.asks("all", "which", "wanted"))
    yield Candidate(query, frozenset(used) | asks | pointing, "follow.widen")


def _dropped(reading: Reading) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield what no longer narrows, with the spans that say it: 不限城市, 上市不上市都行."""
    axes = dict(_FIELD_AXES)
    named = {axes[word.key] for _, word in reading.fields if word.key in axes}
    for name in named:
        yield name, frozenset(at for at, word in reading.fields if axes.get(word.key) == name)
    told, used = reading.where()
    for part in conjuncts(told):
        if _of_any_listing(part):
            yield axis(part), used


def _of_any_listing(part: Predicate) -> bool:
    """Return whether a condition lets in both the listed and the unlisted: 上市不上市都行."""
    told = {value for one in atoms(part) if isinstance(one, In) and one.field == "listing"
            for value in one.values}  # fmt: skip
    return {"listed", "unlisted"} <= told


def again(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the last set itself: 都是谁, 一共几家, 列出来."""
    told, _ = reading.where()
    if told != EVERYTHING or reading.of(Category.ORDER) or reading.companies:
        return
    if reading.fields:
        base = last_set(previous)
        if (
            base != EVERYTHING
            and not previous.named
            and (points(reading, "them") or elliptic(reading))
        ):
            asked = frozenset(
                (
                    *reading.asks("which", "each", "all", "wanted", "yesno"),
                    *(at for at, _ in reading.fields),
                )
            )
            yield Candidate(Query(Rows(reading.keys()), base), asked | pointing, "follow.fields")
        return
    base = last_set(previous)
    if base == EVERYTHING or not elliptic(reading):
        return
    asks = frozenset(reading.asks("which", "wanted", "all", "exists", "yesno", "each"))
    if count := frozenset(reading.asks("count")):
        yield Candidate(Query(Count(), base), asks | count | pointing, "follow.count")
    elif asks or edits_of(reading, "more") or "剩" in reading.text.folded:
        ask = previous.query.ask
        shown = ask if isinstance(ask, Rows | Group) else Rows()
        yield Candidate(Query(shown, base), asks | pointing, "follow.list")


def added(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield the last question with something let in besides: 杭州的也加进来."""
    new = frozenset(edits_of(reading, "add"))
    if not new:
        return
    told, used = reading.where()
    if named := [i for leaf in reading.companies for i in getattr(leaf.predicate, "ids", ())]:
        ids = tuple(dict.fromkeys((*previous.subjects, *named)))
        words = frozenset(at for leaf in reading.companies for at in leaf.used)
        fields = getattr(previous.query.ask, "fields", ())
        compare = frozenset(reading.asks("compare"))
        yield Candidate(
            Query(Compare(fields), Named(ids)), words | compare | new | pointing, "follow.added"
        )
        return
    where = previous.query.where
    for part in conjuncts(told):
        same = [one for one in conjuncts(where) if axis(one) == axis(part)]
        if same:
            where = conjunction(
                alternative((one, part)) if one is same[0] else one for one in conjuncts(where)
            )
    if where != previous.query.where:
        yield Candidate(replace(previous.query, where=where), used | new | pointing, "follow.added")
