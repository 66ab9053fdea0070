"""Counts: how many satisfy the conditions, beside what the sources' own statistics say."""

from __future__ import annotations

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Companies, Sentence
from assistant.answers.cards import (
    by_meaning,
    headings,
    name_cards,
    next_questions,
    proof_fields,
    related,
    unknown,
    values_asked,
)
from assistant.answers.citations import Citations
from assistant.answers.conditions import EARLIER
from assistant.answers.context import Brief, Context, Drafted, Value
from assistant.answers.describe import by_meaning as nearly
from assistant.answers.describe import describe, said_of
from assistant.answers.listings import described, nothing
from assistant.answers.regional import (
    COUNT,
    count_values,
    counts_sentence,
    region_questions,
    sum_sentence,
)
from assistant.answers.runs import number, text
from assistant.query import Query
from assistant.search.evidence import Selected


def draft_count(brief: Brief) -> Drafted:
    """Return how many companies satisfy a query, and who they are."""
    selected = brief.selected
    if brief.evidence.statistics:
        return beside_statistics(brief)
    if not selected.total:
        return nothing(brief)
    what = described(brief.query, brief.context, near=selected.by_meaning)
    plain = describe(nearly(brief.where) if selected.by_meaning else brief.where, brief.context)
    fields = getattr(brief.ask, "fields", ())
    shown = selected.hits[: brief.context.list_limit]
    companies = [hit.company for hit in shown]
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            _counted(
                f"清单中{plain}" if what == plain and not _placed(plain) else what,
                brief.query,
                selected,
                brief.cite,
            ),
            Companies(name_cards(shown, brief.cite), selected.total),
            *by_meaning(selected),
            *unknown(selected, brief.where, brief.cite),
            *related(selected.related, brief.query, brief.cite),
        ),
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        related=selected.related,
        values=((plain, "count", str(selected.total)), *values_asked(companies, fields)),
        suggestions=next_questions(companies, proof_fields(brief.where)),
    )


def _placed(what: str) -> bool:
    """Return whether words say which companies are counted already: 上述企业, 《…》."""
    return what.startswith((EARLIER, "《"))


def _counted(what: str, query: Query, selected: Selected, cite: Citations) -> Sentence:
    proofs = headings(selected.hits, query.where, cite)
    return Sentence(text(what, "共 ", number(selected.total), " 家", proofs, "："))


def beside_statistics(brief: Brief) -> Drafted:
    """Return the figures of the statistics, then how many of those the lists themselves hold."""
    # Without companies the total counts rows of the statistics.
    rows, selected = brief.evidence.statistics, brief.selected
    selected = selected if selected.hits else Selected()
    if not rows and not selected.total:
        what = describe(brief.where, brief.context)
        told = f"清单中没有收录{what}，地区统计里也没有这个地区的数量。"
        return Drafted(Status.NO_MATCH, (Sentence(text(told)),), suggestions=brief.context.examples)
    told_rows = (Sentence(counts_sentence(rows, brief.context, brief.cite)),) if rows else ()
    return Drafted(
        status=Status.ANSWERED,
        blocks=(*told_rows, *map(Sentence, sum_sentence(rows)), *listed_beside(brief, selected)),
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        values=(*count_values(rows), listed_value(brief.query, selected, brief.context)),
        suggestions=region_questions(rows, (COUNT,), listed=bool(selected.total)),
    )


def listed_beside(brief: Brief, selected: Selected) -> tuple[Block, ...]:
    """Return how many companies the lists hold of what the statistics count, and who they are."""
    what = f"{said_of(brief.where, brief.context).removeprefix('位于')}{brief.context.noun}"
    proofs = headings(selected.hits, brief.where, brief.cite)
    end = "：" if selected.total else "。"
    told = text(f"清单收录的{what}有 ", number(selected.total), " 家", proofs, end)
    if not selected.total:
        return (Sentence(told),)
    shown = selected.hits[: brief.context.list_limit]
    return (Sentence(told), Companies(name_cards(shown, brief.cite), selected.total))


def listed_value(query: Query, selected: Selected, context: Context) -> Value:
    """Return how many the lists hold, as a value of its own: 清单收录的北京小巨人企业."""
    place = said_of(query.where, context).removeprefix("位于")
    return (f"清单收录的{place}{context.noun}", "count", str(selected.total))
