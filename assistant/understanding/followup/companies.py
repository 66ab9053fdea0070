"""Questions that point back to companies: 它, 第二家, 前者, 这两家, 其中, 那个城市."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.answer import Intent, Status
from assistant.understanding.axes import axis
from assistant.understanding.followup.patterns import patterns
from assistant.understanding.followup.turn import ABOUT_COMPANIES, REPEATABLE, Turn, turns
from assistant.understanding.numbers import read_number
from assistant.understanding.types import Condition, Question, Topic

_PAIR = 2


def clarified(query: Question, previous: Turn) -> Question | None:
    """北京那个: the choice among the companies that were offered."""
    if previous.status is not Status.CLARIFY or query.companies or not query.conditions:
        return None
    wanted = {value for one in query.conditions for value in one.values}
    chosen = [
        one.id
        for one in previous.companies
        if wanted & {*one.facts("city"), *one.facts("province")}
    ]
    fields = query.fields or previous.question.fields
    return of_companies(replace(query, fields=fields, conditions=()), chosen) if chosen else None


def of_two(query: Question, previous: Turn) -> Question | None:
    """前者, 后者: one of the last two companies that were told of together."""
    told = patterns()
    latter = told.latter.search(query.folded)
    if query.companies or not (latter or told.former.search(query.folded)):
        return None
    pairs = (turn.ids for turn in turns(previous))
    pair = next((ids for ids in pairs if len(ids) == 2), None)
    if pair is None:
        return None
    fields = query.fields or previous.question.fields
    return of_companies(replace(query, fields=fields), [pair[1 if latter else 0]])


def against(query: Question, previous: Turn) -> Question | None:
    """它跟大华比呢: the last company beside another; 哪个先成立: the last ones by an order."""
    ids = previous.ids
    told = previous.question.intent in ABOUT_COMPANIES
    joined = told and previous.question.intent is Intent.COMPARE
    if query.companies and joined and patterns().against.search(query.folded):
        members = (*((one,) for one in ids), *query.companies)
        return replace(query, intent=Intent.COMPARE, companies=tuple(dict.fromkeys(members)))
    if query.companies and ids and patterns().against.search(query.folded):
        fields = query.fields or (() if query.order else previous.question.fields)
        both = ((ids[0],), *query.companies)
        return replace(query, intent=Intent.COMPARE, companies=both, fields=fields)
    bare = not (query.companies or query.conditions or query.topic.terms)
    if query.order and told and bare and len(ids) > 1:
        chosen = tuple((one,) for one in ids)
        return replace(query, intent=Intent.COMPARE, companies=chosen, topic=Topic())
    return None


def several(query: Question, previous: Turn) -> Question | None:
    """这两家: the companies of the last turns, as many as are meant."""
    match = patterns().several.search(query.folded)
    if not match or query.companies:
        return None
    number = _PAIR if match["pair"] else read_number(match["n"]) or 0
    found: dict[str, None] = {}
    for turn in turns(previous):
        ids = turn.ids
        if len(ids) <= number - len(found):
            found |= dict.fromkeys(ids)
    return of_companies(query, list(found)) if len(found) == number else None


def there(query: Question, previous: Turn) -> Question | None:
    """这个城市有多少家: the city of the company that the last answer was about."""
    if query.companies:
        return None
    if patterns().district.search(query.folded):
        return _same_district(query, previous)
    if not patterns().there.search(query.folded):
        return None
    cities = {str(city) for one in previous.companies for city in one.facts("city")}
    if len(cities) != 1:
        return None
    city = next(iter(cities))
    kept = tuple(one for one in query.conditions if axis(one) != "area")
    intent = query.intent if query.intent is not Intent.LOOKUP else Intent.LIST
    if "count" in query.cues:
        intent = Intent.STATS if not kept and not query.topic else Intent.COUNT
    place = Condition("city", city, frozenset({city}))
    return replace(query, intent=intent, conditions=(place, *kept), fields=(), group=None)


def _same_district(query: Question, previous: Turn) -> Question | None:
    """那个区还有谁: the district of the company that the last answer was about."""
    names = {str(name) for one in previous.companies for name in one.facts("district")}
    if len(names) != 1:
        return None
    cities = frozenset(str(city) for one in previous.companies for city in one.facts("city"))
    district = Condition("district", next(iter(names)), frozenset(names), cities=cities)
    others = previous.ids if "还有" in query.folded or "别的" in query.folded else ()
    return replace(
        query,
        intent=Intent.COUNT if "count" in query.cues else Intent.LIST,
        conditions=(district, *query.conditions),
        fields=(),
        excluded=others,
        unknown_name="",
    )


def chosen(query: Question, previous: Turn) -> Question | None:
    """第二家, 最后一家: one company of the last answer, with the fields asked for."""
    ids = previous.ids
    ordered = query.order is not None and query.order.field != "count"
    if query.companies or ordered or not ids:
        return None
    chosen: Sequence[str] = ()
    if patterns().last.search(query.folded):
        chosen = ids[-1:]
    elif patterns().first.search(query.folded):
        chosen = ids[:1]
    elif query.order:
        return None
    elif match := patterns().ordinal.search(query.folded):
        number = read_number(match["n"]) or 0
        if number > len(ids):
            query, ids = _of_longer_list(query, previous, number)
        chosen = ids[:number] if match["head"] else ids[number - 1 : number]
    return of_companies(query, chosen) if chosen else None


def _of_longer_list(
    query: Question, previous: Turn, number: int
) -> tuple[Question, tuple[str, ...]]:
    """Return the last list that is long enough; 第二家呢 asks what was asked of the first."""
    ids = next((one for turn in turns(previous) if len(one := turn.ids) >= number), ())
    if previous.question.intent is Intent.LOOKUP and not (query.fields or query.absent):
        query = replace(query, fields=previous.question.fields, absent=previous.question.absent)
    return query, ids


def of_companies(query: Question, ids: Sequence[str]) -> Question:
    """Return ``query`` asked of the companies ``ids``: the fields it asks for, or all."""
    asks = bool(query.fields or query.absent)
    compares = query.intent is Intent.COMPARE or (query.order is not None and len(ids) > 1)
    intent = Intent.COMPARE if compares else Intent.LOOKUP if asks else Intent.PROFILE
    return replace(
        query,
        intent=intent,
        companies=tuple((one,) for one in ids),
        topic=Topic(),
        order=query.order if compares else None,
        group=None,
        unknown_name="",
    )


def among(query: Question, previous: Turn) -> Question | None:
    """其中未上市的: those of the last answer that fulfil more; 一共几家: how many they were."""
    ids = previous.ids
    if query.companies or not ids or previous.question.intent in (Intent.FAQ, Intent.ELIGIBILITY):
        return None
    narrows = bool(query.conditions or query.topic.terms or query.order or query.topic.excluded)
    them = patterns().them.search(query.folded)
    if them and narrows:
        return replace(query, within=ids, unknown_name="")
    if them and query.fields:
        return of_companies(query, ids)
    first_of_them = query.order is not None and query.order.field != "count"
    bare_order = first_of_them and not (query.conditions or query.topic or query.fields)
    of_a_list = len(ids) > 1 or previous.question.intent is Intent.LIST
    if bare_order and of_a_list and not patterns().overall.search(query.folded):
        return replace(query, within=ids, unknown_name="")
    bare = not narrows and not query.fields
    if bare and patterns().named.search(query.folded) and previous.question.intent in REPEATABLE:
        return replace(previous.question, intent=Intent.LIST, order=None, group=None)
    if bare and patterns().counted.search(query.folded):
        before = previous.question
        intent = Intent.COUNT if before.intent in REPEATABLE else before.intent
        return replace(before, intent=intent, order=None, group=None)
    return None


def about_it(query: Question, previous: Turn) -> Question | None:
    """它的主页, 员工多少: a field of the one company that the last answer was about."""
    if query.companies or query.unknown_name or query.representatives:
        return None
    asks = bool(query.fields or query.absent)
    ids = previous.ids
    it = patterns().it.search(query.folded)
    if it and ids and (asks or not (query.conditions or query.topic.terms)):
        return of_companies(query, ids[:1])
    bare = query.intent is Intent.LOOKUP and not query.conditions and not query.topic
    of_all = len(ids) == 1 or previous.question.intent in ABOUT_COMPANIES
    listed = previous.question.intent in (Intent.LIST, Intent.COUNT, Intent.RANK)
    of_all = of_all or (listed and bool(patterns().plural.search(query.folded)))
    if asks and bare and ids and of_all:
        return of_companies(query, ids)
    return None
