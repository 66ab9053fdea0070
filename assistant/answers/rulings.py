"""Rules, terms, notes and sources: what the sources say of them, in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Notice, NoticeKind, Quotation, Sentence, Text
from assistant.answers.cards import names_of
from assistant.answers.citations import Citations
from assistant.answers.context import SUGGESTIONS, Brief, Context, Drafted
from assistant.answers.context import Value as Told
from assistant.answers.quoting import (
    Quoted,
    article_lines,
    authority_notice,
    authority_of,
    lines_of,
    quotations,
    requirement,
    source_line,
)
from assistant.answers.runs import in_counts, joined, text
from assistant.query import EVERYTHING, Explain, Query
from assistant.requirements.judging import Agreement, agreement
from assistant.requirements.vocabulary import load_requirements
from assistant.search.evidence import Evidence
from index.types import Clause, Passage, StatisticsRow, Value

# How many companies the source of an answer is shown for.
_SHOWN = 5


def draft_explanation(brief: Brief) -> Drafted:
    """Return the requirements and passages that answer, or that none does with what is near."""
    told: tuple[Quoted, ...] = (
        *brief.evidence.clauses,
        *brief.evidence.passages,
        *brief.evidence.statistics,
    )
    if not told:
        return not_said(brief)
    if isinstance(brief.ask, Explain) and brief.ask.article:
        return _articles(brief, brief.ask, told)
    sources = {one.origin.source for one in told}
    lead = _confirmation(brief.query, brief.evidence)
    first = Sentence((*text(lead), *_first(brief, told)))
    closing = (authority_notice(brief.context, sources),) if brief.evidence.clauses else ()
    return Drafted(
        status=Status.ANSWERED,
        blocks=(first, *_quoted(told, brief.context, brief.cite), *closing),
        values=tuple(value for one in told for value in _values(one)),
        suggestions=_suggestions(brief.evidence.clauses, brief.context),
    )


def _articles(brief: Brief, ask: Explain, told: Sequence[Quoted]) -> Drafted:
    """Return an article of each document that has it, whole."""
    by_source = {
        one: lines
        for one in brief.context.force.documents
        if (lines := [two for two in told if two.origin.source == one.source])
    }
    titles = "、".join(f"《{one.title}》" for one in by_source)
    blocks = (
        Quotation(
            document.title if len(by_source) > 1 else "",
            tuple(article_lines(lines, brief.cite)),
            source_line(document, brief.context, brief.cite, titled=len(by_source) > 1),
        )
        for document, lines in by_source.items()
    )
    sources = [one.source for one in by_source]
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            Sentence(text(f"{titles}{ask.article}写明：")),
            *blocks,
            authority_notice(brief.context, sources),
        ),
        values=tuple(value for one in told for value in _values(one)),
    )


def _confirmation(query: Query, evidence: Evidence) -> str:
    """Return yes, no or not said, where a question about a rule asks for that."""
    ask = query.ask
    if not isinstance(ask, Explain) or not (ask.confirms and evidence.clauses):
        return ""
    found = {agreement(clause, claim) for claim in ask.claims for clause in evidence.clauses}
    told = found - {None}
    if told == {Agreement.SAME}:
        return "是的。"
    if told:
        return "不是。" if told == {Agreement.OTHER} else "不完全是。"
    if ask.confirms == "must" and evidence.said:
        return "是的。"
    return (
        "资料没有直接回答这一点，写明的是："
        if len(evidence.clauses) > 1
        else "资料没有直接回答这一点。"
    )


def _quoted(told: Sequence[Quoted], context: Context, cite: Citations) -> tuple[Block, ...]:
    """Return what is told in its own words; of one line that the first sentence is, the source."""
    if len(told) > 1 or not isinstance(told[0], Clause | Passage):
        return quotations(told, context, cite)
    document = next(one for one in context.documents if one.source == told[0].origin.source)
    return (Sentence(source_line(document, context, cite, titled=False, told=told)),)


def _first(brief: Brief, told: Sequence[Quoted]) -> Text:
    """Return the answer itself where one line gives it, else what follows."""
    only = told[0]
    if len(told) == 1 and isinstance(only, Clause):
        dimension = brief.cite.cite(Value(only.dimension, only.origin))
        if _is_rule(only.origin.source, brief.context):
            title = f"《{brief.context.title(only.origin.source)}》"
            return text(title, dimension, "写明：", requirement(only, brief.cite), "。")
        return text(dimension, "方面的要求是：", requirement(only, brief.cite), "。")
    if len(told) == 1 and isinstance(only, Passage):
        return text("资料写明：", brief.cite.cite(Value(only.text.rstrip("。"), only.origin)), "。")
    sources = brief.context.force.among({one.origin.source for one in told})
    foremost = [one for one in told if one.origin.source == sources[0]]
    if len(sources) > 1 and len(foremost) == 1 and _is_rule(sources[0], brief.context):
        line = foremost[0]
        if not isinstance(line, StatisticsRow):
            words = brief.cite.cite(Value(line.text.rstrip("；。"), line.origin))
            return text(f"《{brief.context.title(sources[0])}》写明：", words, "。")
    titles = "、".join(f"《{brief.context.title(one)}》" for one in sources)
    clauses = [one for one in told if isinstance(one, Clause)]
    dimensions = dict.fromkeys(one.dimension for one in clauses)
    whole = isinstance(brief.ask, Explain) and brief.ask.whole
    if whole and clauses and len(sources) == 1:
        return text(f"{titles}从{in_counts(len(dimensions))}个方面提出了要求：")
    return text(f"{titles}写明的要求：" if clauses else f"{titles}写明：")


def _is_rule(source: str, context: Context) -> bool:
    return any(one.source == source and one.regulation for one in context.documents)


def _unsaid(query: Query, evidence: Evidence) -> str:
    """Return that the sources do not say what is asked about, by name where it has one."""
    others = query.ask.others if isinstance(query.ask, Explain) else ()
    labels = (load_requirements()[key].label for key in others)
    named = evidence.unsaid or tuple(labels)
    words = "、".join(f"「{one}」" for one in named)
    return f"资料没有写明{words}" if words else "资料没有写到这一点"


def not_said(brief: Brief) -> Drafted:
    """Return that the sources do not say it, with what they say of something near, named so."""
    sources = [document.source for document in brief.context.documents]
    only = brief.context.documents[0] if len(brief.context.documents) == 1 else None
    dated = text("（", brief.cite.cite(only.as_of), "）") if only and only.as_of else ()
    authority = authority_of(brief.context, sources)
    blocks: list[Block] = [
        Sentence(
            text(_unsaid(brief.query, brief.evidence), dated, f"。可以查询{authority}的最新通知。")
        )
    ]
    if brief.evidence.near:
        blocks.append(Notice(NoticeKind.NEAR, text("最接近的内容（不是对这个问题的回答）：")))
        blocks.extend(quotations(brief.evidence.near, brief.context, brief.cite))
    return Drafted(Status.NO_MATCH, tuple(blocks), suggestions=brief.context.examples)


def _values(told: Quoted) -> list[Told]:
    if isinstance(told, Clause):
        return [(told.dimension, "requirement", told.text)]
    if isinstance(told, Passage):
        return [(told.origin.section[-1] if told.origin.section else "", "note", told.text)]
    others = [(key, value) for key, value in told.values.items() if key != told.dimension]
    return [(told.label, key, value.text) for key, value in others]


def _suggestions(told: Sequence[Clause], context: Context) -> tuple[str, ...]:
    """Return the other dimensions of the same criteria to ask for."""
    if not told:
        return ()
    dimensions = {one.dimension for one in told}
    sources = {one.origin.source for one in told}
    others = [
        one
        for one in context.records.clauses()
        if one.dimension not in dimensions and one.origin.source in sources and not one.aspect
    ]
    further = dict.fromkeys(one.dimension for one in others)
    return tuple(f"{one}有什么要求？" for one in further)[:SUGGESTIONS]


def draft_provenance(brief: Brief) -> Drafted:
    """Return which lists the last answer rests on, of when they are, and the lines themselves."""
    narrowed = brief.where != EVERYTHING
    found = (*brief.evidence.named, *(hit.company for hit in brief.selected.hits))
    known = {one.id: one for one in found}
    companies = list(known.values())[:_SHOWN] if narrowed else []
    told: tuple[Quoted, ...] = (
        *brief.evidence.clauses,
        *brief.evidence.statistics,
        *brief.evidence.passages,
    )
    origins = [*(one.rows[0].origin for one in companies), *(one.origin for one in told)]
    sources = {one.source for one in origins} or {one.source for one in brief.context.documents}
    documents = [one for one in brief.context.documents if one.source in sources]
    parts = [text(f"《{one.title}》", _dated(one.as_of, brief.cite)) for one in documents]
    blocks: list[Block] = [Sentence(text("以上内容出自", joined(parts), "。"))]
    if companies:
        names = joined(names_of(companies, brief.cite))
        more = " 等。" if brief.selected.total > len(companies) else "。"
        blocks.append(Sentence(text("依据的原文：", names, more)))
    dates = {one.as_of.origin for one in documents if one.as_of}
    lines = [
        quoted for one in told if one.origin not in dates for quoted in lines_of(one, brief.cite)
    ]
    if lines:
        blocks.append(Quotation("", tuple(lines)))
    return Drafted(
        status=Status.ANSWERED,
        blocks=tuple(blocks),
        values=tuple((one.title, "source", one.source) for one in documents),
        suggestions=brief.context.examples[:1],
    )


def _dated(as_of: Value | None, cite: Citations) -> Text:
    return text("（", cite.cite(as_of), "）") if as_of else ()
