"""Lists: all companies that satisfy the conditions, in the order asked for, and what is near."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Companies, Sentence, Text
from assistant.answers.cards import (
    TOLD,
    by_meaning,
    card,
    headings,
    next_questions,
    proof_fields,
    related,
    unknown,
    values_asked,
    wants_topic,
)
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.describe import by_meaning as nearly
from assistant.answers.describe import describe
from assistant.answers.orders import head_words, place_words, superlative, whole_order
from assistant.answers.regional import region_sentence
from assistant.answers.runs import joined, text
from assistant.answers.values import label_of, ordered_by
from assistant.predicates import conjuncts
from assistant.query import EVERYTHING, Order, Query, Rows
from assistant.search.evidence import Hit, Selected
from index.types import Company, UnresolvedRow

_FEWEST_ORDERED = 3


def draft_listing(brief: Brief) -> Drafted:
    """Return the companies that a query selects, or that there are none, with the nearest."""
    selected, ask = brief.selected, brief.ask
    assert isinstance(ask, Rows)  # noqa: S101 - the dispatch is by type
    if not selected.hits:
        return nothing(brief)
    hits = selected.hits[: brief.context.list_limit]
    ranked = ask.order is not None
    order = (ask.order.field,) if ask.order else proof_fields(ask.preferred)
    told = (*order, *TOLD, *proof_fields(brief.where), *ask.fields)
    sentence = _sentence(brief, selected)
    cards = tuple(card(hit, brief.query, brief.cite, first=order) for hit in hits)
    blocks: tuple[Block, ...] = (
        Sentence(sentence),
        Companies(cards, _shown_of(selected, ask.order), ordered=True),
        *by_meaning(selected),
        *unknown(selected, brief.where, brief.cite, order),
        *related(selected.related, brief.query, brief.cite),
    )
    companies = [hit.company for hit in hits]
    return Drafted(
        status=Status.ANSWERED,
        blocks=blocks,
        hits=selected.hits,
        ids=selected.ids,
        total=_shown_of(selected, ask.order),
        related=selected.related,
        values=_values(companies, ask),
        suggestions=next_questions(companies, told, *_about_all(companies, ranked=ranked)),
    )


def _shown_of(selected: Selected, order: Order | None) -> int:
    """Return how many there are; of an order's head as many as it has, ties included."""
    cut = order is not None and (order.limit is not None or order.place is not None)
    return len(selected.hits) if cut else max(selected.total, len(selected.hits))


def _values(companies: Sequence[Company], ask: Rows) -> tuple[tuple[str, str, str], ...]:
    """Return the fields asked for of every company listed; of an order the value it goes by."""
    if ask.order is None:
        return values_asked(companies, ask.fields)
    first = tuple(
        (company.name, ask.order.field, value.text)
        for company in companies
        for value in ordered_by(company, ask.order)
    )
    others = [one for one in ask.fields if one != ask.order.field]
    return (*first, *values_asked(companies, others))


def _sentence(brief: Brief, selected: Selected) -> Text:
    """Return the sentence that says what follows, with its whole scope."""
    assert isinstance(brief.ask, Rows)  # noqa: S101 - see above
    what = described(brief.query, brief.context, near=selected.by_meaning)
    hits = selected.hits
    order = brief.ask.order
    if order is None:
        proofs = headings(hits, brief.where, brief.cite)
        total = f"共 {max(selected.total, len(hits))} 家"
        return text(what, total, proofs, _preference(brief.ask, selected, brief.context), "：")
    if order.limit == 1 or order.place is not None:
        return _first(what, order, hits, brief.cite)
    if order.limit is None:
        return text(f"{what}{whole_order(order)}，共 {max(selected.total, len(hits))} 家：")
    ties = f"（并列，共 {len(hits)} 家）" if len(hits) > order.limit else ""
    few = f"（只有 {len(hits)} 家可排）" if len(hits) < order.limit else ""
    return text(f"{what}中{head_words(order)}{ties or few}：")


def _preference(ask: Rows, selected: Selected, context: Context) -> str:
    """Return how many are as the question prefers; preferring excludes none."""
    if ask.preferred == EVERYTHING:
        return ""
    what = describe(ask.preferred, context, "企业")
    if not selected.preferred:
        return f"，其中没有{what}"
    if selected.preferred == selected.total:
        return f"，都是{what}"
    return f"，其中 {selected.preferred} 家是{what}，排在前面"


def _first(what: str, order: Order, hits: Sequence[Hit], cite: Citations) -> Text:
    """Return who stands first, or at a place, with the value that says so."""
    told = [
        text(cite.name(hit.company, strong=True), _in_brackets(hit.company, order, cite))
        for hit in hits[:3]
    ]
    more = f"等 {len(hits)} 家" if len(hits) > len(told) else ""
    tied = "，并列" if len(hits) > 1 else ""
    words = superlative(order) if order.place is None else place_words(order)
    return text(f"{what}中，{words}的是 ", joined(told), more, tied, "。")


def _in_brackets(company: Company, order: Order, cite: Citations) -> Text:
    values = ordered_by(company, order)
    return text("（", cite.cite(values[0]), "）") if values else ()


def described(query: Query, context: Context, *, near: bool = False) -> str:
    """Return what a query selects, named as that of the lists where nothing narrows it.

    Args:
        query: What is asked.
        context: Knows names and titles.
        near: Whether only meaning led to what was found.
    """
    where = nearly(query.where) if near else query.where
    what = describe(where, context)
    return what if query.where != EVERYTHING else f"清单收录的{what}"


def nothing(brief: Brief) -> Drafted:
    """Say that nothing fits; the statistics of the place still have something to say of it."""
    selected, ask = brief.selected, brief.ask
    order = (ask.order.field,) if isinstance(ask, Rows) and ask.order else ()
    if order and selected.unknown and not selected.total:
        what = (
            f"清单没有写明{describe(brief.where, brief.context)}的{label_of(order[0])}，无法排序。"
        )
    else:
        what = f"清单中没有收录{describe(brief.where, brief.context)}。"
    rows = brief.evidence.statistics
    blocks: tuple[Block, ...] = (
        Sentence(text(what)),
        *(Sentence(_fitting(row, brief.cite)) for row in brief.evidence.unresolved),
        *(Sentence(region_sentence(row, brief.context, brief.cite)) for row in rows),
        *unknown(selected, brief.where, brief.cite, order),
        *related(selected.related, brief.query, brief.cite),
    )
    only_place = len(conjuncts(brief.where)) == 1 and not wants_topic(brief.where) and bool(rows)
    companies = [hit.company for hit in selected.related]
    return Drafted(
        status=Status.ANSWERED if only_place else Status.NO_MATCH,
        blocks=blocks,
        related=selected.related,
        suggestions=next_questions(companies, TOLD) or brief.context.examples[:1],
    )


def _about_all(companies: Sequence[Company], *, ranked: bool) -> tuple[str, ...]:
    """Return a question that orders what was listed, where enough of it can be."""
    known = sum(bool(company.facts("founded")) for company in companies)
    return ("其中成立最早的是哪家？",) if known >= _FEWEST_ORDERED and not ranked else ()


def _fitting(unresolved: UnresolvedRow, cite: Citations) -> Text:
    """Return that a row fulfils what is asked though it is open which company it is about."""
    values = unresolved.row.values
    told = [(cite.cite(values[one]),) for one in ("city", *TOLD) if one in values]
    name = cite.cite(values["name"])
    what = ("（", joined(told, "，"), "）") if told else ()
    return text("清单有一行只写作「", name, "」", *what, "，符合条件，但无法确定是哪一家企业。")
