"""A question understood in the old way, as a query of the algebra: what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.adapter.known import Known
from assistant.adapter.predicates import named, narrowing, selection
from assistant.adapter.statistics import (
    figures_query,
    is_about_statistics,
    ordered,
    places_ranked,
    statistics_query,
)
from assistant.answers.answer import Intent
from assistant.predicates import atoms, conjunction
from assistant.query import (
    EVERYTHING,
    Ask,
    Combine,
    Compare,
    Count,
    Explain,
    Fact,
    Group,
    Help,
    In,
    Judge,
    Lookup,
    Member,
    Named,
    Predicate,
    Query,
    Reason,
    Relation,
    Rows,
    Unanswerable,
)
from assistant.understanding.axes import areas_of
from assistant.understanding.types import LISTS, Condition, Question
from index.schema.interval import Interval
from index.store.chunks import TOPIC_FIELDS

_OF_RULES = (Intent.FAQ, Intent.ELIGIBILITY)
_ASIDE = (Intent.HELP, Intent.OTHER)
_OF_NAMED = (Intent.LOOKUP, Intent.PROFILE, Intent.COMPARE)

# Groups of years, which an order of companies does not order.
_BY_YEAR = ("founded", "decade")

# Conditions that only say of what a field is asked: 在深圳的哪个区, 港股代码.
_TOLD_WITH = {"district": ("city", "province"), "code": ("exchange",)}

# The field that a condition put as a question asks for.
_FIELD_OF_CONDITION = {"exchange": "listing", "region": "city"}


class Adapter:
    """Makes queries of the algebra.

    Args:
        known: What the sources hold.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._makers: Mapping[Intent, Callable[[Question], Query]] = {
            Intent.LIST: self._list,
            Intent.COUNT: self._count,
            Intent.LOOKUP: self._lookup,
            Intent.PROFILE: self._lookup,
            Intent.STATS: self._statistics,
            Intent.RANK: self._rank,
            Intent.COMPARE: self._compare,
            Intent.FAQ: self._rules,
            Intent.ELIGIBILITY: self._verdicts,
            Intent.HELP: lambda _: Query(Help()),
            Intent.OTHER: lambda _: Query(Unanswerable(Reason.OFF_TOPIC)),
        }

    def to_query(self, question: Question) -> Query:
        """Return what a question asks."""
        query = self._lacking(question) or self._makers[question.intent](question)
        return replace(query, corrections=question.corrections)

    def holds(self, condition: Condition, where: Predicate) -> bool:
        """Return whether a predicate still has a condition of a question."""
        wanted = set(atoms(narrowing([condition], self._known)))
        return wanted <= set(atoms(where))

    def _selected(self, question: Question, ask: Ask) -> Query:
        return Query(ask, selection(question, self._known))

    def _lacking(self, question: Question) -> Query | None:
        """Return that a list or a column is not there, with what else is asked.

        The rules of a list that is not there may still stand in the notes of another.
        """
        if question.intent in _ASIDE:
            return None
        missing = question.missing_lists
        if question.intent in _OF_RULES:
            missing = tuple(one for one in missing if not self._known.is_said(one))
            lacking: tuple[str, ...] = ()
        else:
            lacking = question.lacking
        if not (missing or lacking):
            return None
        reason = Reason.LACKING_LIST if missing else Reason.LACKING_FIELD
        ask = Unanswerable(reason, missing or lacking)
        if question.intent in _OF_RULES:
            return Query(ask, relation=Relation.REQUIREMENTS)
        if question.companies:
            ids = (one for ids in question.companies for one in ids)
            return Query(ask, named(ids, self._known))
        return self._selected(question, ask)

    def _list(self, question: Question) -> Query:
        return self._selected(question, Rows(question.fields))

    def _count(self, question: Question) -> Query:
        return self._selected(question, Count())

    def _lookup(self, question: Question) -> Query:
        """Return a look-up, a profile, a yes or no, or why there is none."""
        if question.unknown_name:
            return Query(Unanswerable(Reason.UNKNOWN_NAME, (question.unknown_name,)))
        if not question.companies:
            return self._of_nobody(question)
        meant = [self._meant(ids, question.fields) for ids in question.companies]
        ambiguous = next((ids for ids in meant if len(ids) > 1), None)
        if ambiguous:
            where = named(ambiguous, self._known)
            return _ambiguous(ambiguous, question.fields, where)
        where = named((ids[0] for ids in meant), self._known)
        if question.intent is Intent.PROFILE:
            return Query(Lookup(), where)
        if question.absent and not question.fields:
            return Query(Unanswerable(Reason.LACKING_FIELD, question.absent), where)
        asked = self._put_as_question(question)
        member = Query(Member(where.ids), asked)
        fields = self._asked_besides(question)
        if asked != EVERYTHING and not fields:
            return member
        others = (one for ids in question.companies for one in ids if (one,) not in meant)
        lookup = Query(Lookup(fields or question.fields, tuple(dict.fromkeys(others))), where)
        return lookup if asked == EVERYTHING else Query(Combine("each", (lookup, member)))

    def _meant(self, ids: tuple[str, ...], fields: Sequence[str]) -> tuple[str, ...]:
        """Return the one of several companies of a name that the fields asked for are told of.

        All of them where that is none, or more than one.
        """
        telling = self._known.telling(ids, fields) if len(ids) > 1 and fields else ()
        return (telling[0],) if len(telling) == 1 else ids

    def _of_nobody(self, question: Question) -> Query:
        """Return what names that are no company's ask: those that stand among 代表企业, or none."""
        if not question.representatives:
            return Query(Unanswerable(Reason.NO_COMPANY, fields=question.fields))
        names = question.representatives
        where = In("representatives", names, "、".join(names), contains=True)
        return Query(Rows(question.fields), where, Relation.STATISTICS)

    def _put_as_question(self, question: Question) -> Predicate:
        """Return the conditions that a question asks of companies: 敏芯微在科创板上市吗."""
        told = tuple(
            one
            for one in question.conditions
            if not any(one.field in _TOLD_WITH.get(field, ()) for field in question.fields)
        )
        conditions = narrowing(told, self._known)
        if question.fields == TOPIC_FIELDS and question.topic.terms:
            topic = replace(question, conditions=(), either=(), excluded=(), within=None)
            return conjunction((conditions, selection(topic, self._known)))
        return conditions

    def _asked_besides(self, question: Question) -> tuple[str, ...]:
        """Return the fields asked for that neither a condition nor a topic asks for."""
        if question.fields == TOPIC_FIELDS and question.topic.terms:
            return ()
        implied = {_FIELD_OF_CONDITION.get(one.field, one.field) for one in question.conditions}
        return tuple(one for one in question.fields if one not in implied)

    def _compare(self, question: Question) -> Query:
        ids = dict.fromkeys(one for ids in question.companies for one in ids)
        order = replace(ordered(question.order), limit=None) if question.order else None
        return Query(Compare(question.fields, order), named(ids, self._known))

    def _statistics(self, question: Question) -> Query:
        figures = self._known.figures(question)
        if figures:
            return figures_query(question, figures, self._known)
        if question.within is not None or question.excluded:
            return self._count(question)
        told = statistics_query(question, self._known)
        return told or replace(self._rules(question), relation=Relation.STATISTICS)

    def _rank(self, question: Question) -> Query:
        """Return companies in an order, places by their number, or companies counted by a field."""
        order = question.order
        if order and order.field != "count" and question.group not in _BY_YEAR:
            return self._selected(question, Rows(question.fields, ordered(order)))
        if is_about_statistics(question, self._known):
            return places_ranked(question, self._known, ordered(order) if order else None)
        by_count = ordered(order) if order and order.field == "count" else None
        bounds = [one for one in question.conditions if one.field == "count"]
        ask = Group(question.group or "city", order=by_count, interval=_interval(bounds))
        return self._selected(question, ask)

    def _rules(self, question: Question) -> Query:
        """Return what is asked of the rules, or a verdict on the one figure that is told."""
        if question.facts:
            return self._verdicts(question)
        ask = Explain(
            question.text,
            requirements=self._known.requirements_named(question.folded),
            whole="rules_all" in question.cues,
            sources=question.sources,
            explained=question.explained,
            before=question.context,
        )
        places = [one for one in question.conditions if one.field not in LISTS]
        return Query(ask, narrowing(places, self._known), Relation.REQUIREMENTS)

    def _verdicts(self, question: Question) -> Query:
        facts = tuple(
            Fact(one.requirement, Interval.point(one.value), one.label) for one in question.facts
        )
        areas = areas_of(question.conditions)
        places = tuple(dict.fromkeys(str(value) for area in areas for value in area.values))
        ask = Judge(facts, question.sources, places, whole=question.intent is not Intent.FAQ)
        return Query(ask, relation=Relation.REQUIREMENTS)


def _ambiguous(ids: tuple[str, ...], fields: tuple[str, ...], where: Named) -> Query:
    return Query(Unanswerable(Reason.AMBIGUOUS, (where.label,), ids, fields), where)


def _interval(bounds: list[Condition]) -> Interval | None:
    """Return the figures that bounds on a count leave; None where there are none."""
    if not bounds:
        return None
    interval = Interval()
    for bound in bounds:
        low = float("-inf") if bound.low is None else bound.low
        high = float("inf") if bound.high is None else bound.high
        interval = interval.intersection(Interval(low, high))
    return interval
