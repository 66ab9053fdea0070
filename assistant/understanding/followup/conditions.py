"""Questions that ask an earlier one again with something put in, taken off or replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.answer import Intent
from assistant.understanding.axes import areas_of, axis
from assistant.understanding.followup.companies import of_companies
from assistant.understanding.followup.patterns import patterns
from assistant.understanding.followup.turn import ABOUT_COMPANIES, REPEATABLE, Turn, turns
from assistant.understanding.numbers import read_number
from assistant.understanding.requirements import (
    asks_requirement,
    load_requirements,
    read_facts,
)
from assistant.understanding.types import Condition, Question, Topic
from index.schema.normalize import fold
from index.store.chunks import TOPIC_FIELDS
from index.types import Company


def back(query: Question, previous: Turn) -> Question | None:
    """回到刚才那个: the last question but one, with what is said besides put in."""
    if not patterns().back.search(query.folded):
        return None
    if (query.fields or query.absent) and not query.conditions:
        about = _earlier_companies(query, previous)
        return of_companies(query, about) if about and not query.companies else None
    target = previous.before or previous
    wanted = [one for one in turns(previous)[1:] if _shares(one.question, query)]
    return _merged(query, (wanted[0] if wanted else target).question)


def _earlier_companies(query: Question, previous: Turn) -> tuple[str, ...]:
    """Return the company told of last, or those of the last answer that fits the words.

    那俩做安防的 are several; 那家机器人公司 is one.
    """
    answers = [turn.companies for turn in turns(previous) if turn.companies]
    if patterns().oldest.search(query.folded):
        answers.reverse()
    terms = query.topic.terms
    fitting = [told for told in answers if any(_tells_of(one, terms) for one in told)]
    companies = next(iter(fitting or answers), ())
    several = bool(patterns().plural.search(query.folded))
    return tuple(one.id for one in (companies if several else companies[:1]))


def _tells_of(company: Company, terms: Sequence[str]) -> bool:
    told = fold(" ".join((company.name, *(company.text(one) or "" for one in TOPIC_FIELDS))))
    return any(term in told for term in terms)


def _revised(query: Question, before: Question) -> str:
    """Return a number told alone as what it stands for: 要是只有2%呢 after 研发费用占5%."""
    match = patterns().revised.search(query.folded)
    if not match or query.facts:
        return ""
    requirements = load_requirements()
    unit = match["unit"].replace("个点", "%")
    for fact in before.facts:
        if unit in fact.label or (unit == "个" and "项" in fact.label):
            return f"{requirements[fact.requirement].ask[0]}{match['n']}{unit}"
    return ""


_PAIR = 2
_OF_APPLICANTS = (Intent.FAQ, Intent.ELIGIBILITY)


def _shares(earlier: Question, query: Question) -> bool:
    """Return whether an earlier question is the one that a question names by a word of it."""
    conditions = set(query.conditions) & set(earlier.conditions)
    terms = set(query.topic.terms) & set(earlier.topic.terms)
    return bool(conditions or terms)


def next_place(query: Question, previous: Turn) -> Question | None:
    """第二名呢: another place of the order just told."""
    match = patterns().nth.search(query.folded)
    before = previous.question
    if not match or not before.order or query.conditions or query.companies:
        return None
    place = read_number(match["n"]) or 0
    details = {"statistics_domains", "statistics_representatives"} & query.cues
    told = [one.name for one in previous.values if one.field == "count"]
    if details and 0 < place <= len(told):
        area = Condition("city", told[place - 1], frozenset({told[place - 1]}))
        return replace(query, intent=Intent.STATS, conditions=(area,), order=None, group=None)
    order = replace(before.order, first=None, place=place)
    return replace(before, order=order)


def next_rule(query: Question, previous: Turn) -> Question | None:
    """那专利呢: another requirement, after one was told."""
    about_rules = previous.question.intent in _OF_APPLICANTS
    numbered = patterns().numbered.search(query.folded)
    nameless = query.intent is Intent.LOOKUP and not query.unknown_name
    of_rules = asks_requirement(query.folded, query.made) or numbered or nameless
    if not about_rules or query.companies or not of_rules:
        return None
    return replace(
        query,
        intent=Intent.FAQ,
        topic=Topic(),
        fields=(),
        unknown_name="",
        context=previous.question.text,
    )


def summed(query: Question, previous: Turn) -> Question | None:
    """加一块儿多少, 差多少: the areas of the last statistics together."""
    added = areas_of(query.conditions) if patterns().added.search(query.folded) else []
    further = len(added) < len(query.conditions)
    asks = {"sum", "difference"} & query.cues or (added and "count" in query.cues)
    if not asks or further or query.companies:
        return None
    areas: dict[Condition, None] = {}
    for turn in turns(previous)[:_PAIR]:
        if turn.question.intent in (Intent.STATS, Intent.RANK) and len(areas) < _PAIR:
            areas |= dict.fromkeys(areas_of(turn.question.conditions))
    if len(areas) < _PAIR:
        return None
    both = (*reversed(areas), *added)
    return replace(query, intent=Intent.STATS, conditions=both, topic=Topic(), order=None)


def told_more(query: Question, previous: Turn) -> Question | None:
    """专利有3项: further figures of an applicant; 哪些不行: the verdict on all told so far.

    What was told last counts, whatever was told before of the same requirement.
    """
    asked = [turn.question for turn in turns(previous) if turn.question.intent in _OF_APPLICANTS]
    if query.companies or not asked or previous.question.intent not in _OF_APPLICANTS:
        return None
    texts = (query.folded, *(one.folded for one in asked))
    everything = "。".join((_revised(query, asked[0]), *texts))
    facts = read_facts(everything, date.today().year, query.made)
    values = {fact.requirement: fact.value for fact in facts}
    told = {fact.requirement: fact.value for fact in asked[0].facts}
    concludes = bool(patterns().concluded.search(query.folded))
    if not facts or (values == told and not concludes):
        return None
    several = Intent.ELIGIBILITY if len(facts) > 1 or concludes else Intent.FAQ
    return replace(
        query,
        intent=several,
        facts=facts,
        topic=Topic(),
        conditions=(),
        fields=(),
        order=None,
        unknown_name="",
    )


def same_again(query: Question, previous: Turn) -> Question | None:
    """还有吗: the same question again; the whole answer was given."""
    bare = not (query.conditions or query.topic.terms or query.fields or query.companies)
    if bare and patterns().same.search(query.folded):
        return previous.question
    return None


def without(query: Question, previous: Turn) -> Question | None:
    """去掉批次限制: the last question with a condition taken off."""
    if not patterns().without.search(query.folded) or previous.question.intent not in REPEATABLE:
        return None
    fields = {f for f, pattern in patterns().dropped.items() if pattern.search(query.folded)}
    named = {value for one in query.conditions for value in one.values}
    before = previous.question
    kept = tuple(
        one for one in before.conditions if one.field not in fields and not one.values & named
    )
    terms = {*query.topic.terms, *query.topic.excluded}
    drop_topic = "topic" in fields or bool(terms & set(before.topic.terms))
    if len(kept) == len(before.conditions) and not drop_topic:
        return None
    known = {value for one in before.conditions for value in one.values}
    instead = tuple(one for one in query.conditions if not one.negated and not one.values & known)
    topic = Topic() if drop_topic else before.topic
    return replace(before, conditions=(*kept, *instead), topic=topic)


def asked_again(query: Question, previous: Turn) -> Question | None:
    """那上海的呢, 不是北京，是上海, 再加上未上市: the last question with something put in."""
    before = previous.question
    corrected = bool(patterns().corrected.search(query.folded))
    told = patterns()
    added = bool(told.added.search(query.folded))
    pointing = any(one.search(query.folded) for one in (told.instead, told.narrower, told.replaced))
    pointing = pointing or added
    if (same_place := _same_place(query, before)) is not None:
        return same_place
    if not (corrected or pointing or _elliptical(query) or _only_rules_out(query)):
        return None
    if query.companies and before.intent in ABOUT_COMPANIES and before.companies:
        fields = query.fields or before.fields
        intent = Intent.LOOKUP if fields else before.intent
        return replace(query, intent=intent, fields=fields, absent=query.absent or before.absent)
    if query.companies or before.intent not in REPEATABLE:
        return None
    says = query.conditions or query.topic or query.topic.excluded or query.order
    if not (says or query.excluded):
        return None
    if replaced := patterns().replaced.search(query.folded):
        old = replaced["old"]
        kept = tuple(one for one in query.conditions if one.label not in old)
        query = replace(query, conditions=kept or query.conditions[-1:])
    if corrected:
        wanted = tuple(one for one in query.conditions if not one.negated)
        query = replace(query, conditions=wanted, topic=replace(query.topic, excluded=()))
    return _merged(query, before, added=added)


def _elliptical(query: Question) -> bool:
    """Return whether a question is only a condition: 员工1000人以上的."""
    others = set(query.fields) - {one.field for one in query.conditions}
    says = bool(query.conditions) and not query.topic and not others
    alone = {"list", "company", "count", "rules", "listed_here"} & query.cues
    return says and not alone and query.folded.rstrip("?？。!！呢").endswith("的")


def _only_rules_out(query: Question) -> bool:
    """Return whether a question only says what is not wanted: 北京的不要."""
    negated = bool(query.conditions) and all(one.negated for one in query.conditions)
    rules_out = negated or bool(query.excluded or query.topic.excluded)
    return rules_out and not query.topic.terms and not {"list", "count"} & query.cues


def _same_place(query: Question, before: Question) -> Question | None:
    """代表企业有哪些: of the place whose statistics were just told."""
    details = {"statistics_domains", "statistics_representatives"} & query.cues
    areas = tuple(areas_of(before.conditions))
    details = details or {"domain"} & set(query.fields)
    if before.intent not in REPEATABLE or not details or query.conditions or not areas:
        return None
    return replace(query, intent=Intent.STATS, conditions=areas, topic=Topic(), unknown_name="")


def _merged(query: Question, before: Question, *, added: bool = False) -> Question:
    """Return ``before`` with the conditions, the topic and the order of ``query`` put in.

    What is ``added`` stands beside the conditions of its kind; else it takes their place.
    """
    axes = {axis(one) for one in query.conditions if not one.negated and not added}
    kept = tuple(one for one in before.conditions if axis(one) not in axes)
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
