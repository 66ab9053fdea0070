"""Questions about a selection: rows, fields, counts, shares, groups, orders, aggregates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.forms import asks_amount
from assistant.parsing.preferring import Preference, preference_of
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.topics import Depth
from assistant.predicates import axis, conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    About,
    Aggregate,
    Blank,
    Count,
    Exists,
    Group,
    In,
    Or,
    Order,
    Predicate,
    Query,
    Rows,
    Share,
    Within,
)

_FEWEST_WORDS = 2
_NUMERIC = ("founded", "headcount")
# Fields of which every company has its own: 代码分别多少 asks for all of them.
_UNLIKE = frozenset({"code", "website", "address", "name", "alias"})
_GROUPED = {"founded": "decade"}
_TAKING = frozenset(["占", "占到", "占了"])
_WANTING = frozenset({"找", "推荐", "列", "挑", "来", "给我", "想找", "帮忙找", "列出", "推荐几家"})


def of_sets(reading: Reading) -> Iterator[Candidate]:
    """Yield what a reading may ask of a selection of companies."""
    seen: set[Predicate] = set()
    preference = preference_of(reading)
    for depth in Depth:
        where, used = reading.where(without=preference.used, depth=depth)
        if where in seen or (depth is Depth.GENEROUS and not _wordy(where)):
            continue
        seen.add(where)
        for one in _of_selection(reading, where, used | preference.used):
            yield _preferring(one, preference)


def _preferring(candidate: Candidate, preference: Preference) -> Candidate:
    """Return a list with those first that the question prefers; what is no list stays."""
    ask = candidate.query.ask
    if preference.predicate == EVERYTHING or not isinstance(ask, Rows) or ask.order is not None:
        return candidate
    preferring = replace(ask, preferred=preference.predicate)
    return replace(candidate, query=replace(candidate.query, ask=preferring))


def _wordy(where: Predicate) -> bool:
    """Return whether a description has enough words to be one wherever they stand."""
    abouts = [one for one in conjuncts(where) if isinstance(one, About)]
    return any(
        one.unlinked and len(one.unlinked) + len(one.terms) >= _FEWEST_WORDS for one in abouts
    )


def _of_selection(reading: Reading, where: Predicate, used: frozenset[int]) -> Iterator[Candidate]:
    """Yield what may be asked of the companies that fulfil a predicate."""
    order, ordering = order_of(reading)
    if order is not None and order.field == "":
        order, ordering = None, frozenset()
    base = (
        used
        | frozenset(reading.asks("which", "wanted", "all", "member", "here", "exists", "profile"))
        | frozenset(() if where == EVERYTHING else reading.asks("statistics_nation"))
        | frozenset(reading.of(Category.DOING))
    )
    yield from _grouped(reading, where, base, order, ordering)
    yield from _aggregated(reading, where, base)
    ordered = order is not None and order.field != "count"
    if (count := _counting(reading)) is not None and not (ordered or asks_amount(reading)):
        plain = frozenset(at for at, w in reading.fields if not w.asks)
        yield Candidate(Query(Count(), _without_count(where)), base | count | plain, "set.count")
    if shares := reading.asks("share"):
        selected, whole = _of_whole(reading) or _share(where)
        explained = base | frozenset(shares) | frozenset(reading.asks("count"))
        yield Candidate(Query(Share(whole), selected), explained, "set.share")
    if (universal := _universal(reading)) is not None and where != EVERYTHING:
        selected, whole = _split(where)
        plain = frozenset(at for at, w in reading.fields if not w.asks)
        query = Query(Exists(universal=True, whole=whole), selected)
        yield Candidate(query, base | universal | plain, "set.universal")
    fields = tuple(
        dict.fromkeys(
            (
                *_conditioned(reading),
                *(w.key for at, w in reading.fields if at not in ordering and w.key != "name"),
            )
        )
    )
    named = frozenset(at for at, _ in reading.fields if at not in ordering)
    if order is not None and order.field != "count":
        ask = Rows(fields, order)
        yield Candidate(Query(ask, where), base | ordering | named, "set.order")
    if where != EVERYTHING or reading.asks("which", "wanted", "here") or reading.of(Category.NOUN):
        yield Candidate(Query(Rows(fields), where), base | named | _yes(reading), "set.rows")


def _conditioned(reading: Reading) -> Iterator[str]:
    """Yield the fields that conditions name, whose values prove them: 员工超过5000人的."""
    for leaf in reading.conditions:
        for at in sorted(leaf.used):
            span = reading.spans[at]
            if span.category is Category.FIELD and not isinstance(leaf.predicate, In | Blank):
                yield span.value.key


def _yes(reading: Reading) -> frozenset[int]:
    return frozenset(reading.asks("yesno", "each"))


def _without_count(where: Predicate) -> Predicate:
    """Return the conditions on companies; those on counts of places belong to groups."""
    return conjunction(
        one for one in conjuncts(where) if not (isinstance(one, Within) and one.field == "count")
    )


def _counting(reading: Reading) -> frozenset[int] | None:
    """Return the words that ask how many; 找几家 wants several and counts nothing."""
    told = reading.asks("count", "sum")
    kept = []
    for at in told:
        before = reading.spans[at - 1] if at else None
        wanting = before is not None and (before.text in _WANTING or before.value == "wanted")
        after = "".join(one.text for one in reading.spans[at + 1 : at + 2])
        some = reading.spans[at].text in ("几家", "几个", "几户")
        if reading.spans[at].text == "多少" and any(not w.asks for _, w in reading.fields):
            continue
        if some and (wanting or after.startswith(("里", "中", "当中", "之中"))):
            continue
        kept.append(at)
    return frozenset(kept) if kept else None


def _universal(reading: Reading) -> frozenset[int] | None:
    every, asked = reading.asks("all"), reading.asks("yesno")
    return frozenset((*every, *asked)) if every and asked else None


def _split(where: Predicate) -> tuple[Predicate, Predicate]:
    """Return what all are said to fulfil and of whom it is said: the last condition, the others."""
    parts = conjuncts(where)
    return parts[-1], conjunction(parts[:-1])


def _of_whole(reading: Reading) -> tuple[Predicate, Predicate] | None:
    """Return the selection and the whole of a share told by both sides of 占: A占B的比例."""
    taking = [at for at, one in enumerate(reading.spans) if one.text in _TAKING]
    shares = reading.asks("share")
    if len(taking) != 1 or not shares:
        return None
    end = max(shares)
    after = frozenset(range(taking[0], end + 1))
    before = frozenset(range(taking[0]))
    selected, _ = reading.where(without=after)
    whole, _ = reading.where(without=before)
    if EVERYTHING in (selected, whole):
        return None
    return selected, whole


def _share(where: Predicate) -> tuple[Predicate, Predicate]:
    """Return the selection and the whole of a share: the conditions before 里, 中 are the whole."""
    parts = conjuncts(where)
    return (where, conjunction(parts[:-1])) if len(parts) > 1 else (where, EVERYTHING)


def _aggregated(reading: Reading, where: Predicate, base: frozenset[int]) -> Iterator[Candidate]:
    """Yield one figure over a numeric field: the mean, the median, the sum."""
    for function in ("mean", "median", "sum"):
        told = [at for at in reading.asks(function) if not _counted_before(reading, at)]
        field = next(
            ((at, w) for at, w in reading.fields
             if w.key in _NUMERIC or reading.spans[at].rule == "field.column"), None
        )  # fmt: skip
        if told and field is not None:
            at, word = field
            explained = base | frozenset(told) | {at} | frozenset(reading.asks("count", "yesno"))
            ask = Aggregate(function, word.key)
            yield Candidate(Query(ask, where), explained, f"set.{function}")


def _counted_before(reading: Reading, at: int) -> bool:
    """Return whether what is added up is how many there are: 数量相加."""
    return at > 0 and at - 1 in reading.asks("count")


def _grouped(
    reading: Reading,
    where: Predicate,
    base: frozenset[int],
    order: Order | None,
    ordering: frozenset[int],
) -> Iterator[Candidate]:
    """Yield groups by a field: 各城市, 哪个批次最多, 北京和上海各有多少."""
    taken = _taken_apart(reading, where, order)
    if taken is None:
        return
    field, words = taken
    bound = next(
        (p for p in conjuncts(where) if isinstance(p, Within) and p.field == "count"), None
    )
    interval = bound.interval if bound else None
    explained = base | words | ordering | frozenset(reading.asks("count", "spread", "sum", "yesno"))
    by = order if order and order.field == "count" else None
    rest = _without_count(where)
    yield Candidate(Query(Group(field, order=by, interval=interval), rest), explained, "set.group")


def _taken_apart(
    reading: Reading, where: Predicate, order: Order | None
) -> tuple[str, frozenset[int]] | None:
    each = [at for at in reading.of(Category.EACH) if not (order and _sorts(reading, at))]
    if each:
        field = reading.spans[each[0]].value
        return _GROUPED.get(field, field), frozenset(each)
    units = [(at, w) for at, w in reading.fields if w.unit or (w.asks and w.key == "batch")]
    counted = order is not None and order.field == "count"
    bounded = any(isinstance(p, Within) and p.field == "count" for p in conjuncts(where))
    if units and (counted or bounded or reading.asks("count")):
        at, word = units[0]
        return _GROUPED.get(word.key, word.key), frozenset({at})
    nouns = [(at, w) for at, w in reading.fields if w.key in ("city", "province") and not w.asks]
    if nouns and bounded:
        return nouns[0][1].key, frozenset({nouns[0][0]})
    named = next(
        ((at, w) for at, w in reading.fields if not w.asks and not w.unit and w.key not in _UNLIKE),
        None,
    )
    if named and (reading.asks("spread") or (reading.asks("each") and reading.asks("count"))):
        told = frozenset({named[0], *reading.asks("each")})
        return _GROUPED.get(named[1].key, named[1].key), told
    apart = reading.asks("each")
    if apart and (field := _alternating(where)) is not None and reading.asks("count", "sum"):
        return field, frozenset(apart)
    return None


def _sorts(reading: Reading, at: int) -> bool:
    """Return whether 按成立时间 says by what is sorted rather than grouped."""
    return reading.spans[at].text.startswith(("按", "依", "以", "by"))


def _alternating(where: Predicate) -> str | None:
    """Return the field whose values alternate: 北京和上海的 … 各有多少."""
    for part in conjuncts(where):
        if isinstance(part, Or):
            fields = {getattr(one, "field", None) for one in part.parts}
            if len(fields) == 1 and (field := fields.pop()) is not None:
                return str(field)
            if axis(part) == "list":
                return "list"
        if isinstance(part, In) and len(part.values) > 1:
            return part.field
    return None
