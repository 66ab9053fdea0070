"""The dialogue so far: what a question that cannot stand alone takes over from the one before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.filters import AXES
from assistant.types import Answer, Condition, Draft, Intent, Query, Status, Topic
from assistant.understanding.numbers import read_number
from assistant.understanding.requirements import asks_requirement

# The kinds of questions that can be asked again with another condition.
_REPEATABLE = frozenset({Intent.LIST, Intent.COUNT, Intent.STATS, Intent.RANK})
_ABOUT_COMPANIES = frozenset({Intent.LOOKUP, Intent.PROFILE, Intent.COMPARE})

# How many turns back 回到刚才那个 can reach.
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn with the value of every stage, for the next turn and for explanations.

    Attributes:
        before: The turn before it, up to a certain depth.
    """

    query: Query
    draft: Draft
    answer: Answer
    before: Reply | None = None

    def company_ids(self) -> tuple[str, ...]:
        """Return the companies that the answer is about, best first."""
        return tuple(hit.company.id for hit in self.draft.records or self.draft.related)

    def shortened(self, depth: int = _DEPTH) -> Reply:
        """Return the turn without what lies further back than ``depth`` turns."""
        if depth <= 0 or self.before is None:
            return replace(self, before=None)
        return replace(self, before=self.before.shortened(depth - 1))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How questions point back; see the comments of ``data/dialogue.toml``."""

    fresh: re.Pattern[str]
    district: re.Pattern[str]
    former: re.Pattern[str]
    latter: re.Pattern[str]
    nth: re.Pattern[str]
    against: re.Pattern[str]
    back: re.Pattern[str]
    several: re.Pattern[str]
    there: re.Pattern[str]
    same: re.Pattern[str]
    them: re.Pattern[str]
    it: re.Pattern[str]
    ordinal: re.Pattern[str]
    last: re.Pattern[str]
    corrected: re.Pattern[str]
    instead: re.Pattern[str]
    narrower: re.Pattern[str]
    without: re.Pattern[str]
    counted: re.Pattern[str]
    dropped: dict[str, re.Pattern[str]]


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads((files("assistant") / "data/dialogue.toml").read_text("utf-8"))
    dropped = {field: re.compile(text) for field, text in data.pop("dropped").items()}
    return _Patterns(**{name: re.compile(text) for name, text in data.items()}, dropped=dropped)


def follow_up(query: Query, previous: Reply | None) -> Query:
    """Return ``query`` completed from the turns before, where it points back to them.

    Each way of pointing back is tried in turn; a question that points nowhere stands alone.
    """
    if previous is None or _stands_alone(query):
        return query
    for step in _STEPS:
        completed = step(query, previous)
        if completed is not None:
            return replace(completed, text=query.text, folded=query.folded)
    return query


def _stands_alone(query: Query) -> bool:
    return "out_of_scope" in query.cues or bool(_patterns().fresh.search(query.folded))


def _back(query: Query, previous: Reply) -> Query | None:
    """回到刚才那个: the last question but one, with what is said besides put in."""
    if not _patterns().back.search(query.folded):
        return None
    if query.fields or query.absent:
        about = next(
            (ids for turn in [previous, *_turns(previous)] if (ids := turn.company_ids())), ()
        )
        return _of_companies(query, about[:1]) if about and not query.companies else None
    target = previous.before or previous
    wanted = [one for one in _turns(previous) if _shares(one.query, query)]
    return _merged(query, (wanted[0] if wanted else target).query)


def _turns(reply: Reply | None) -> list[Reply]:
    """Return the turns from the last but one backwards."""
    turns = []
    reply = reply.before if reply else None
    while reply is not None:
        turns.append(reply)
        reply = reply.before
    return turns


def _shares(earlier: Query, query: Query) -> bool:
    """Return whether an earlier question is the one that a question names by a word of it."""
    conditions = set(query.conditions) & set(earlier.conditions)
    terms = set(query.topic.terms) & set(earlier.topic.terms)
    return bool(conditions or terms)


def _clarified(query: Query, previous: Reply) -> Query | None:
    """北京那个: the choice among the companies that were offered."""
    if previous.draft.status is not Status.CLARIFY or query.companies or not query.conditions:
        return None
    wanted = {value for one in query.conditions for value in one.values}
    chosen = [
        hit.company.id
        for hit in previous.draft.records
        if wanted & {*hit.company.facts("city"), *hit.company.facts("province")}
    ]
    fields = query.fields or previous.query.fields
    return _of_companies(replace(query, fields=fields, conditions=()), chosen) if chosen else None


def _of_two(query: Query, previous: Reply) -> Query | None:
    """前者, 后者: one of the last two companies that were told of together."""
    patterns = _patterns()
    latter = patterns.latter.search(query.folded)
    if query.companies or not (latter or patterns.former.search(query.folded)):
        return None
    pairs = (turn.company_ids() for turn in [previous, *_turns(previous)])
    pair = next((ids for ids in pairs if len(ids) == 2), None)
    if pair is None:
        return None
    fields = query.fields or previous.query.fields
    return _of_companies(replace(query, fields=fields), [pair[1 if latter else 0]])


def _against(query: Query, previous: Reply) -> Query | None:
    """它跟大华比呢: the last company beside another; 哪个先成立: the last ones by an order."""
    ids = previous.company_ids()
    told = previous.query.intent in _ABOUT_COMPANIES
    if query.companies and ids and _patterns().against.search(query.folded):
        fields = query.fields or previous.query.fields
        both = ((ids[0],), *query.companies)
        return replace(query, intent=Intent.COMPARE, companies=both, fields=fields)
    bare = not (query.companies or query.conditions or query.topic.terms)
    if query.order and told and bare and len(ids) > 1:
        chosen = tuple((one,) for one in ids)
        return replace(query, intent=Intent.COMPARE, companies=chosen, topic=Topic())
    return None


def _next_place(query: Query, previous: Reply) -> Query | None:
    """第二名呢: another place of the order just told."""
    match = _patterns().nth.search(query.folded)
    before = previous.query
    if not match or not before.order or query.conditions or query.companies:
        return None
    order = replace(before.order, first=None, place=read_number(match["n"]))
    return replace(before, order=order)


def _next_rule(query: Query, previous: Reply) -> Query | None:
    """那专利呢: another requirement, after one was told."""
    about_rules = previous.query.intent in (Intent.FAQ, Intent.ELIGIBILITY)
    if not about_rules or query.companies or not asks_requirement(query.folded):
        return None
    return replace(query, intent=Intent.FAQ, topic=Topic(), fields=(), unknown_name="")


def _summed(query: Query, previous: Reply) -> Query | None:
    """加一块儿多少: the areas of the last two statistics together."""
    if "sum" not in query.cues or query.conditions or query.companies:
        return None
    areas: dict[Condition, None] = {}
    for turn in [previous, *_turns(previous)][:2]:
        if turn.query.intent is Intent.STATS:
            areas |= dict.fromkeys(one for one in turn.query.conditions if _axis(one) == "area")
    if len(areas) < 2:
        return None
    return replace(query, intent=Intent.STATS, conditions=tuple(areas), topic=Topic())


def _several(query: Query, previous: Reply) -> Query | None:
    """这两家: the companies of the last turns, as many as are meant."""
    match = _patterns().several.search(query.folded)
    if not match or query.companies:
        return None
    number = read_number(match["n"]) or 0
    found: dict[str, None] = {}
    for turn in [previous, *_turns(previous)]:
        ids = turn.company_ids()
        if len(ids) <= number - len(found):
            found |= dict.fromkeys(ids)
    return _of_companies(query, list(found)) if len(found) == number else None


def _there(query: Query, previous: Reply) -> Query | None:
    """这个城市有多少家: the city of the company that the last answer was about."""
    if query.companies:
        return None
    if _patterns().district.search(query.folded):
        return _same_district(query, previous)
    if not _patterns().there.search(query.folded):
        return None
    cities = {str(city) for hit in previous.draft.records for city in hit.company.facts("city")}
    if len(cities) != 1:
        return None
    city = next(iter(cities))
    kept = tuple(one for one in query.conditions if _axis(one) != "area")
    intent = query.intent if query.intent is not Intent.LOOKUP else Intent.LIST
    if "count" in query.cues:
        intent = Intent.STATS if not kept and not query.topic else Intent.COUNT
    place = Condition("city", city, frozenset({city}))
    return replace(query, intent=intent, conditions=(place, *kept), fields=(), group=None)


def _same_district(query: Query, previous: Reply) -> Query | None:
    """那个区还有谁: the district of the company that the last answer was about."""
    names = {str(one) for hit in previous.draft.records for one in hit.company.facts("district")}
    if len(names) != 1:
        return None
    district = Condition("district", next(iter(names)), frozenset(names))
    others = previous.company_ids() if "还有" in query.folded or "别的" in query.folded else ()
    return replace(
        query,
        intent=Intent.COUNT if "count" in query.cues else Intent.LIST,
        conditions=(district, *query.conditions),
        fields=(),
        excluded=others,
        unknown_name="",
    )


def _same_again(query: Query, previous: Reply) -> Query | None:
    """还有吗: the same question again; the whole answer was given."""
    bare = not (query.conditions or query.topic.terms or query.fields or query.companies)
    if bare and _patterns().same.search(query.folded):
        return previous.query
    return None


def _chosen(query: Query, previous: Reply) -> Query | None:
    """第二家, 最后一家: one company of the last answer, with the fields asked for."""
    ids = previous.company_ids()
    if query.companies or not ids:
        return None
    chosen: Sequence[str] = ()
    if _patterns().last.search(query.folded):
        chosen = ids[-1:]
    elif match := _patterns().ordinal.search(query.folded):
        number = read_number(match["n"]) or 0
        chosen = ids[:number] if match["head"] else ids[number - 1 : number]
    return _of_companies(query, chosen) if chosen else None


def _of_companies(query: Query, ids: Sequence[str]) -> Query:
    asks = bool(query.fields or query.absent)
    intent = Intent.COMPARE if query.intent is Intent.COMPARE else Intent.PROFILE
    return replace(
        query,
        intent=Intent.LOOKUP if asks else intent,
        companies=tuple((one,) for one in ids),
        topic=Topic(),
        unknown_name="",
    )


def _without(query: Query, previous: Reply) -> Query | None:
    """去掉批次限制: the last question with a condition taken off."""
    if not _patterns().without.search(query.folded) or previous.query.intent not in _REPEATABLE:
        return None
    fields = {f for f, pattern in _patterns().dropped.items() if pattern.search(query.folded)}
    named = {value for one in query.conditions for value in one.values}
    before = previous.query
    kept = tuple(
        one for one in before.conditions if one.field not in fields and not one.values & named
    )
    terms = {*query.topic.terms, *query.topic.excluded}
    drop_topic = "topic" in fields or bool(terms & set(before.topic.terms))
    if len(kept) == len(before.conditions) and not drop_topic:
        return None
    return replace(before, conditions=kept, topic=Topic() if drop_topic else before.topic)


def _among(query: Query, previous: Reply) -> Query | None:
    """其中未上市的: those of the last answer that fulfil more; 一共几家: how many they were."""
    ids = previous.company_ids()
    if query.companies or not ids or previous.query.intent in (Intent.FAQ, Intent.ELIGIBILITY):
        return None
    narrows = bool(query.conditions or query.topic.terms or query.order or query.topic.excluded)
    them = _patterns().them.search(query.folded)
    if them and narrows:
        return replace(query, within=ids, unknown_name="")
    if them and query.fields:
        return _of_companies(query, ids)
    bare = not narrows and not query.fields
    if bare and _patterns().counted.search(query.folded):
        before = previous.query
        intent = Intent.COUNT if before.intent in _REPEATABLE else before.intent
        return replace(before, intent=intent, order=None, group=None)
    return None


def _about_it(query: Query, previous: Reply) -> Query | None:
    """它的主页, 员工多少: a field of the one company that the last answer was about."""
    if query.companies or query.unknown_name or query.representatives:
        return None
    asks = bool(query.fields or query.absent)
    ids = previous.company_ids()
    it = _patterns().it.search(query.folded)
    if it and ids and (asks or not (query.conditions or query.topic.terms)):
        return _of_companies(query, ids[:1])
    bare = query.intent is Intent.LOOKUP and not query.conditions and not query.topic
    if asks and bare and ids and (len(ids) == 1 or previous.query.intent in _ABOUT_COMPANIES):
        return _of_companies(query, ids)
    return None


def _asked_again(query: Query, previous: Reply) -> Query | None:
    """那上海的呢, 不是北京，是上海, 再加上未上市: the last question with something put in."""
    before = previous.query
    corrected = bool(_patterns().corrected.search(query.folded))
    pointing = _patterns().instead.search(query.folded) or _patterns().narrower.search(query.folded)
    if not (corrected or pointing or _elliptical(query) or _only_rules_out(query)):
        return _same_place(query, before)
    if query.companies and before.intent in _ABOUT_COMPANIES and before.companies:
        fields = query.fields or before.fields
        intent = Intent.LOOKUP if fields else before.intent
        return replace(query, intent=intent, fields=fields, absent=query.absent or before.absent)
    if query.companies or before.intent not in _REPEATABLE:
        return None
    if not (query.conditions or query.topic or query.topic.excluded or query.order):
        return None
    if corrected:
        wanted = tuple(one for one in query.conditions if not one.negated)
        query = replace(query, conditions=wanted, topic=replace(query.topic, excluded=()))
    return _merged(query, before)


def _elliptical(query: Query) -> bool:
    """Return whether a question is only a condition: 员工1000人以上的."""
    others = set(query.fields) - {one.field for one in query.conditions}
    says = bool(query.conditions) and not query.topic and not others
    alone = {"list", "company", "count", "rules", "listed_here"} & query.cues
    return says and not alone and query.folded.rstrip("?？。!！呢").endswith("的")


def _only_rules_out(query: Query) -> bool:
    """Return whether a question only says what is not wanted: 北京的不要."""
    negated = bool(query.conditions) and all(one.negated for one in query.conditions)
    rules_out = negated or bool(query.excluded or query.topic.excluded)
    return rules_out and not query.topic.terms and not {"list", "count"} & query.cues


def _same_place(query: Query, before: Query) -> Query | None:
    """代表企业有哪些: of the place whose statistics were just told."""
    details = {"statistics_domains", "statistics_representatives"} & query.cues
    areas = tuple(one for one in before.conditions if _axis(one) == "area")
    details = details or {"domain"} & set(query.fields)
    if before.intent not in _REPEATABLE or not details or query.conditions or not areas:
        return None
    return replace(query, intent=Intent.STATS, conditions=areas, topic=Topic(), unknown_name="")


def _merged(query: Query, before: Query) -> Query:
    """Return ``before`` with the conditions, the topic and the order of ``query`` put in."""
    axes = {_axis(condition) for condition in query.conditions if not condition.negated}
    kept = tuple(one for one in before.conditions if _axis(one) not in axes)
    topic = query.topic if query.topic.terms or not before.topic else before.topic
    if query.topic.excluded and not query.topic:
        topic = replace(before.topic, excluded=query.topic.excluded)
    counting = query.intent is Intent.COUNT and before.intent is Intent.LIST
    return replace(
        before,
        intent=Intent.COUNT if counting else before.intent,
        conditions=(*kept, *query.conditions),
        topic=topic,
        excluded=(*before.excluded, *query.excluded),
        order=query.order or before.order,
    )


def _axis(condition: Condition) -> str:
    return AXES.get(condition.field, condition.field)


# The ways of pointing back, in order of precedence.
_STEPS = (
    _back,
    _clarified,
    _of_two,
    _against,
    _next_place,
    _next_rule,
    _summed,
    _several,
    _same_again,
    _chosen,
    _without,
    _there,
    _among,
    _about_it,
    _asked_again,
)
