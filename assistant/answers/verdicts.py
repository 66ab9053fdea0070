"""An applicant's own figures against the criteria of each list: met, not met, or not stated."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Sentence, Text, Verdict, Verdicts
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.quoting import authority_notice, requirement, source_line
from assistant.answers.rulings import not_said
from assistant.answers.runs import in_counts, joined, text
from assistant.query import Judge
from assistant.requirements.demands import labels_of, tier_of
from assistant.requirements.judging import Judged, Result, judge_all
from index.places.gazetteer import load_gazetteer
from index.types import Clause, Value


def draft_verdicts(brief: Brief) -> Drafted:
    """Return a verdict on each requirement, and promise nothing beyond them.

    Of the lists named; else of every list that what was told decides anything of, and of all if
    that is none. Requirements of a place count only for who is there.
    """
    ask = brief.ask
    assert isinstance(ask, Judge)  # noqa: S101 - the dispatch is by type
    clauses = [
        one for one in brief.evidence.clauses if not ask.sources or one.origin.source in ask.sources
    ]
    judged = judge_all(clauses, ask.facts)
    concerned = {one.clause.origin.source for one in judged if one.facts}
    judged = [one for one in judged if not concerned or one.clause.origin.source in concerned]
    apart = [one for one in judged if one.result is Result.APART]
    judged = [one for one in judged if one.result is not Result.APART]
    here = [one for one in judged if _holds_here(one.clause, ask.places)]
    if not ask.whole:
        here = [one for one in here if one.facts]
    if not here:
        return not_said(brief)
    elsewhere = [one.clause for one in judged if one not in here and not ask.places and ask.whole]
    sources = {one.clause.origin.source for one in here}
    warning = "这里只对照资料写明的标准，不代表认定结果；"
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            Sentence(text(_against(sources, brief.context), _outcome(ask, here))),
            *_tiers(here, apart, brief.cite),
            *_lists(ask, here, brief.context, brief.cite),
            *_elsewhere(elsewhere, brief.cite),
            authority_notice(brief.context, sources, warning),
        ),
        values=tuple(
            (one.clause.text, "eligibility", one.result.value)
            for one in here
            if ask.whole or one.result is not Result.OPEN
        ),
        suggestions=brief.context.examples[:1],
    )


def _holds_here(clause: Clause, places: Sequence[str]) -> bool:
    """Return whether a requirement holds for the applicant's place: those of all places do."""
    bound = {place.short for place in load_gazetteer().find(clause.dimension)}
    return not bound or bool(bound & set(places))


def _outcome(ask: Judge, judged: Sequence[Judged]) -> Text:
    """Return what the verdicts come to: whether it is enough, and how many are what."""
    alone = len({one.clause.origin.source for one in judged}) == 1
    if not ask.facts:
        return text("资料里的标准有这些要求，请说明各项情况后再对照：")
    counts = [(one, sum(two.result is one for two in judged)) for one in Result]
    numbers = {one: count for one, count in counts if count}
    told = "，".join(
        f"{in_counts(count)}项{'还没有说明' if one is Result.OPEN else one.value}"
        f"{_named(judged, one) if ask.whole and alone else ''}"
        for one, count in numbers.items()
    )
    if Result.NOT_MET in numbers:
        start = "不符合全部标准" if ask.whole else "不符合"
    elif Result.OPEN not in numbers:
        start = "各项标准都达到了" if ask.whole else "符合"
    elif Result.MET in numbers:
        start = "已说明的都达到了，还不能判断是否符合全部标准"
    else:
        start = "按已说明的情况还不能判断"
    return text(f"{start}：{told}。")


def _against(sources: Collection[str], context: Context) -> str:
    """Return which document is no longer in force, where the verdict is by that one alone."""
    gone = [one for one in sources if not context.force.current(one)]
    if len(sources) > 1 or not gone:
        return ""
    return f"对照已不再执行的《{context.title(gone[0])}》，"


def _named(judged: Sequence[Judged], result: Result) -> str:
    """Return what the requirements of a result are about, in brackets, but for those met."""
    if result is Result.MET:
        return ""
    labels = dict.fromkeys(
        label for one in judged if one.result is result for label in labels_of(one.clause)
    )
    return f"（{'、'.join(labels)}）" if labels else ""


def _tiers(
    judged: Sequence[Judged], apart: Sequence[Judged], cite: Citations
) -> tuple[Sentence, ...]:
    """Return which tier counts for the applicant, or what decides it."""
    tiers = [(one, tier) for one in judged if (tier := tier_of(one.clause))]
    if not tiers:
        return ()
    label = tiers[0][1].requirement.label
    if len({tier.interval for _, tier in tiers}) > 1 or not apart:
        return (Sentence(text(f"要求按{label}分档，说明{label}后才能确定适用哪一档。")),)
    clause = tiers[0][0].clause
    words = Value(clause.dimension if clause.column else clause.text, clause.origin)
    return (Sentence(text(f"按{label}适用的一档：", cite.cite(words), "。")),)


def _lists(
    ask: Judge, judged: Sequence[Judged], context: Context, cite: Citations
) -> tuple[Block, ...]:
    """Return the verdicts of each list, with where they come from and of when."""
    by_source: dict[str, list[Judged]] = {}
    for one in judged:
        by_source.setdefault(one.clause.origin.source, []).append(one)
    titled = len(by_source) > 1
    return tuple(
        block
        for document in context.force.documents
        if (found := by_source.get(document.source))
        for block in (
            Verdicts(
                document.title if titled else "",
                tuple(_verdict(one, cite) for one in found),
                _outcome(ask, found) if titled else (),
            ),
            Sentence(source_line(document, context, cite, titled=False)),
        )
    )


def _verdict(one: Judged, cite: Citations) -> Verdict:
    words = "、".join(fact.label for fact in one.facts)
    unclear = "，还不能确定" if one.unclear else ""
    return Verdict(
        dimension=(cite.cite(Value(one.clause.dimension, one.clause.origin)),),
        requirement=requirement(one.clause, cite),
        result=one.result.value,
        told=f"您说的是“{words}”{unclear}" if words else "",
    )


def _elsewhere(clauses: Sequence[Clause], cite: Citations) -> tuple[Sentence, ...]:
    """Return whose places have requirements of their own."""
    places = {one.dimension: Value(one.dimension, one.origin) for one in clauses}
    if not places:
        return ()
    names = joined([(cite.cite(one),) for one in places.values()])
    return (Sentence(text(names, "另有各自的要求，说明企业所在城市可以一并对照。")),)
