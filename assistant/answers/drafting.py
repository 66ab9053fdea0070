"""The one way from a query and its evidence to an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answers.answer import Answer, AnswerValue, Record
from assistant.answers.blocks import Block, Notice, NoticeKind, Plain, Sentence
from assistant.answers.citations import Citations
from assistant.answers.combined import draft_combined
from assistant.answers.comparisons import draft_comparison
from assistant.answers.context import SUGGESTIONS, Brief, Context, Drafted
from assistant.answers.counts import draft_count
from assistant.answers.groups import draft_groups
from assistant.answers.guidance import draft_help
from assistant.answers.listings import draft_listing
from assistant.answers.lookups import draft_lookup
from assistant.answers.markdown import render
from assistant.answers.membership import draft_exists, draft_member
from assistant.answers.quantities import draft_aggregate, draft_share
from assistant.answers.refusals import draft_refusal
from assistant.answers.regulations import draft_regulations
from assistant.answers.rulings import draft_explanation, draft_provenance
from assistant.answers.runs import text
from assistant.answers.shown import filters_of, intent_of
from assistant.answers.tables import draft_statistics
from assistant.answers.values import PROFILE_FIELDS
from assistant.answers.verdicts import draft_verdicts
from assistant.query import (
    Aggregate,
    Ask,
    Combine,
    Compare,
    Count,
    Exists,
    Explain,
    Group,
    Help,
    Judge,
    Lookup,
    Member,
    Provenance,
    Query,
    Regulations,
    Relation,
    Rows,
    Share,
    Unanswerable,
)
from assistant.search.evidence import Evidence, Hit
from index.types import Company

Drafting = Callable[[Brief], Drafted]

_BY_ASK: Mapping[type[Ask], Drafting] = {
    Rows: draft_listing,
    Lookup: draft_lookup,
    Count: draft_count,
    Share: draft_share,
    Exists: draft_exists,
    Member: draft_member,
    Group: draft_groups,
    Aggregate: draft_aggregate,
    Compare: draft_comparison,
    Explain: draft_explanation,
    Regulations: draft_regulations,
    Judge: draft_verdicts,
    Provenance: draft_provenance,
    Help: draft_help,
    Unanswerable: draft_refusal,
}

# How many questions are suggested where the answer itself leads nowhere.
_FALLBACK = 2

# Asks that rows of statistics answer in a way of their own.
_OF_STATISTICS = (Rows, Count, Aggregate)


def compose(query: Query, evidence: Evidence, context: Context, question: str = "") -> Answer:
    """Return the answer to a query.

    Args:
        query: What is asked.
        evidence: Everything that was found for it.
        context: What answering needs besides.
        question: The question as asked, which the answer only repeats.
    """
    cite = Citations(context.records)
    cite.prepare(_companies(evidence, context.list_limit))
    drafted = draft(Brief(query, evidence, context, cite))
    blocks = (*_with_asides(query, drafted.blocks), *cite.notices())
    records = _records(drafted, context, cite)
    total = max(drafted.total or 0, len(records))
    told = [hit.company for hit in (*drafted.hits[: context.list_limit], *drafted.related)]
    return Answer(
        question=question,
        status=drafted.status,
        intent=intent_of(query, evidence),
        answer=render(blocks),
        filters=filters_of(query),
        records=records,
        related=tuple(record_of(hit, cite) for hit in drafted.related),
        values=tuple(AnswerValue(*value) for value in drafted.values),
        warnings=cite.remarks(told),
        citations=cite.citations,
        suggestions=drafted.suggestions[:SUGGESTIONS] or context.examples[:_FALLBACK],
        total=total,
        cursor=str(len(records)) if total > len(records) else None,
        unread=query.unread,
        blocks=blocks,
    )


def draft(brief: Brief) -> Drafted:
    """Return what a query comes to, by the type of its ask."""
    if isinstance(brief.ask, Combine):
        return draft_combined(brief, draft)
    if brief.query.relation is Relation.STATISTICS and isinstance(brief.ask, _OF_STATISTICS):
        return draft_statistics(brief)
    if isinstance(brief.ask, Lookup) and not brief.evidence.named:
        # None of the companies named fulfils what else is asked.
        brief = replace(brief, query=replace(brief.query, ask=Rows(brief.ask.fields)))
    return _BY_ASK[type(brief.ask)](brief)


def _companies(evidence: Evidence, limit: int) -> Iterable[Company]:
    """Return the companies that an answer may tell of, whose findings are looked up at once."""
    selected = evidence.selected
    hits = (*selected.hits[:limit], *selected.related)
    yield from evidence.named
    yield from (hit.company for hit in hits)
    yield from chain.from_iterable(_companies(part, limit) for part in evidence.parts)


def _with_asides(query: Query, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with what was read otherwise, or not at all, after the first sentence."""
    asides = tuple(_asides(query))
    return (_closed(blocks[0]), *asides, *blocks[1:]) if asides else tuple(blocks)


def _closed(block: Block) -> Block:
    """Return a first sentence that ends, rather than announcing what follows."""
    if not isinstance(block, Sentence) or not block.text:
        return block
    *runs, last = block.text
    if not isinstance(last, Plain) or not last.text.endswith("："):
        return block
    return Sentence((*runs, Plain(f"{last.text[:-1]}。", last.strong)))


def _asides(query: Query) -> Iterable[Notice]:
    if query.corrections:
        told = "，".join(f"「{wrong}」当作「{right}」" for wrong, right in query.corrections)
        yield Notice(NoticeKind.CORRECTED, text(f"已把{told}。"))
    if query.unread:
        told = "、".join(f"「{word}」" for word in query.unread)
        yield Notice(NoticeKind.UNREAD, text(f"没有读懂{told}，这里没有考虑。"))


def _records(drafted: Drafted, context: Context, cite: Citations) -> tuple[Record, ...]:
    """Return all companies of an answer up to the limit; those not told by their first row."""
    hits = drafted.hits[: context.record_limit]
    rest = drafted.ids[len(hits) : context.record_limit]
    companies = context.companies(rest) if rest else ()
    told = (record_of(hit, cite) for hit in hits[: context.list_limit])
    others = (*hits[context.list_limit :], *map(Hit, companies))
    return (*told, *(record_of(hit, cite, rows=1) for hit in others))


def record_of(hit: Hit, cite: Citations, rows: int | None = None) -> Record:
    """Return a company as an answer hands it out.

    Args:
        hit: The company with its score.
        cite: Numbers the lines.
        rows: How many of its rows are cited; all if not given.
    """
    company = hit.company
    return Record(
        id=company.id,
        name=company.name,
        aliases=company.aliases,
        score=round(hit.score, 4),
        fields=_fields(company),
        citations=tuple(dict.fromkeys(cite.number(row.origin) for row in company.rows[:rows])),
    )


def _fields(company: Company) -> dict[str, str]:
    """Return the fields of a company as its sources write them; disagreeing rows give both."""
    told: dict[str, dict[str, None]] = {}
    for row in company.rows:
        for field, value in row.values.items():
            told.setdefault(field, {})[value.text] = None
    if cities := company.facts("city"):
        told["city"] = dict.fromkeys(map(str, cities))
    fields = dict.fromkeys((*PROFILE_FIELDS, *told))
    return {
        field: "；".join(told[field]) for field in fields if field in told and field not in _NAMES
    }


# What a record gives apart from its fields.
_NAMES = ("name", "alias")
