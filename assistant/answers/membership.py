"""Yes or no: whether companies fulfil conditions, whether there are any, whether all do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Companies, Sentence, Text
from assistant.answers.cards import (
    MOST_RELATED,
    card,
    names_of,
    next_questions,
    proof_fields,
    related,
    trade_values,
    unknown,
)
from assistant.answers.citations import Citations
from assistant.answers.conditions import PLACES
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.context import Value as Told
from assistant.answers.describe import describe, said_of
from assistant.answers.listings import nothing
from assistant.answers.lookups import draft_profile
from assistant.answers.runs import joined, number, text
from assistant.answers.values import TRADE_FIELDS, label_of, values_of
from assistant.predicates import atoms, conjunction, conjuncts, field_of
from assistant.query import EVERYTHING, About, Exists, Not, Predicate
from assistant.search.evidence import Hit, Selected
from index.text import fold
from index.types import Company, Value

YES, NO = "是", "不是"


def draft_member(brief: Brief) -> Drafted:
    """Return for each company named whether it fulfils the conditions, and what says so."""
    companies, where = brief.evidence.named, brief.where
    if where == EVERYTHING:
        return _in_the_list(companies, brief.context, brief.cite)
    verdicts = dict(brief.evidence.verdicts)
    told = [
        _verdict(company, verdicts.get(company.id), where, brief.context, brief.cite)
        for company in companies
    ]
    hits = tuple(map(Hit, companies))
    known = any(verdict is not None for verdict in verdicts.values())
    values = _values(companies, where)
    answered = known or bool(values)
    return Drafted(
        status=Status.ANSWERED if answered else Status.NO_MATCH,
        blocks=tuple(map(Sentence, told)),
        hits=hits if answered else (),
        related=() if answered else hits,
        values=values,
        suggestions=next_questions(companies, _fields(where)),
    )


def _in_the_list(companies: Sequence[Company], context: Context, cite: Citations) -> Drafted:
    """Return that companies stand in the lists, with all that these say of them."""
    drafted = draft_profile(companies, cite)
    names = joined([(cite.name(company, strong=True),) for company in companies])
    sources = dict.fromkeys(row.origin.source for company in companies for row in company.rows)
    titles = "、".join(f"《{context.title(one)}》" for one in sources)
    told = Sentence(text("是，", names, f" 收录在{titles}中。"))
    return Drafted(
        drafted.status,
        (told, *drafted.blocks[1:]),
        hits=drafted.hits,
        suggestions=drafted.suggestions,
    )


def _verdict(
    company: Company,
    verdict: bool | None,  # noqa: FBT001 - yes, no or not said
    where: Predicate,
    context: Context,
    cite: Citations,
) -> Text:
    """Return yes, no or not said first, then what the rows say of it."""
    name, said = cite.name(company, strong=True), said_of(where, context)
    values = _decisive(company, where)
    proof = joined([(cite.cite(value),) for value in values], "；")
    told = text("（", proof, "）") if proof else ()
    if values and all(value.text in said for value in values):
        told = cite.marks(value.origin for value in values)
    if verdict:
        return text("是，", name, f" {said}", told, "。")
    if verdict is None:
        blank = [label_of(one) for one in _fields(where) if not values_of(company, one)]
        what = "、".join(dict.fromkeys(blank)) or "这一点"
        return text(f"清单没有写明{what}，无法判断 ", name, f" 是否{said}", told, "。")
    if _only_topics(where):
        start = text("清单没有写 ", name, f" {said}")
        return text(start, "；写的是", proof, "。") if proof else text(start, "。")
    fields = [label_of(one) for one in _fields(where) if values_of(company, one)]
    what = f" 的{fields[0]}" if len(fields) == 1 else " "
    return text("不是，", name, f"{what}写的是「", proof, f"」，不符合“{said}”。")


def _only_topics(where: Predicate) -> bool:
    bare = (one.part if isinstance(one, Not) else one for one in conjuncts(where))
    return all(isinstance(one, About) for one in bare)


def _fields(where: Predicate) -> tuple[str, ...]:
    """Return the columns that decide on a predicate, places and trades included."""
    places = (field_of(one) for one in atoms(where))
    about = any(isinstance(_bare(one), About) for one in atoms(where))
    fields = (*proof_fields(where), *(one for one in places if one in PLACES and one != "region"))
    return tuple(dict.fromkeys((*fields, *(TRADE_FIELDS if about else ()))))


def _bare(part: Predicate) -> Predicate:
    return part.part if isinstance(part, Not) else part


def _decisive(company: Company, where: Predicate) -> tuple[Value, ...]:
    """Return the values that decide; of what a company does, those that hold the words if any."""
    terms = [
        fold(term)
        for one in map(_bare, atoms(where))
        if isinstance(one, About)
        for term in one.terms
    ]
    fields = _fields(where)
    others = [
        one for field in fields if field not in TRADE_FIELDS for one in values_of(company, field)
    ]
    trades = trade_values(company) if set(TRADE_FIELDS) <= set(fields) else ()
    held = [one for one in trades if any(term in fold(one.text) for term in terms)]
    told = {value.text: value for value in reversed((*others, *(held or trades)))}
    return tuple(reversed(told.values()))


def _values(companies: Iterable[Company], where: Predicate) -> tuple[Told, ...]:
    fields = _fields(where)
    return tuple(
        (company.name, field, value.text)
        for company in companies
        for field in fields
        for value in values_of(company, field)
    )


def draft_exists(brief: Brief) -> Drafted:
    """Return whether any company fulfils the conditions, or whether all of a selection do."""
    assert isinstance(brief.ask, Exists)  # noqa: S101 - the dispatch is by type
    if brief.ask.universal and brief.evidence.whole is not None:
        return _all_of(brief, brief.ask, brief.evidence.whole)
    selected = brief.selected
    if not selected.total:
        drafted = nothing(brief)
        start = Sentence(text(f"没有。清单中没有收录{describe(brief.where, brief.context)}。"))
        return Drafted(
            drafted.status,
            (start, *drafted.blocks[1:]),
            related=drafted.related,
            suggestions=drafted.suggestions,
        )
    hits = selected.hits[: brief.context.list_limit]
    companies = [hit.company for hit in hits]
    what = describe(brief.where, brief.context)
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            Sentence(text(f"有，清单中{what}共 ", number(selected.total), " 家：")),
            Companies(
                tuple(card(hit, brief.query, brief.cite) for hit in hits),
                selected.total,
                ordered=True,
            ),
            *unknown(selected, brief.where, brief.cite),
            *related(selected.related, brief.query, brief.cite),
        ),
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        related=selected.related,
        values=((what, "count", str(selected.total)),),
        suggestions=next_questions(companies, (*proof_fields(brief.where), "product")),
    )


def _all_of(brief: Brief, ask: Exists, whole: Selected) -> Drafted:
    """Return whether all of a selection fulfil the conditions, and who does not."""
    selected = brief.selected
    what = describe(ask.whole, brief.context)
    own = [one for one in conjuncts(brief.where) if one not in conjuncts(ask.whole)]
    said = said_of(conjunction(own), brief.context)
    fulfilling = set(selected.ids)
    silent = {company.id for company in selected.unknown}
    others = {hit.company.id: hit.company for hit in (*selected.related, *whole.hits)}
    failing = [one for key, one in others.items() if key not in fulfilling | silent]
    known = whole.total - selected.unknown_total
    if selected.total == whole.total:
        first = text(f"是，{what}共 ", number(whole.total), f" 家，都{said}。")
    elif selected.total == known:
        first = text(f"写明了的都是：{what}共 ", number(whole.total), " 家，")
        first = text(first, number(selected.total), f" 家{said}。")
    else:
        count = number(selected.total)
        first = text(f"不是，{what}共 ", number(whole.total), " 家，其中 ", count, f" 家{said}。")
    blocks: list[Block] = [Sentence(first)]
    if failing:
        names = joined(names_of(failing[:MOST_RELATED], brief.cite))
        more = " 等。" if len(failing) > MOST_RELATED else "。"
        blocks.append(Sentence(text("不符合的有：", names, more)))
    blocks.extend(unknown(selected, brief.where, brief.cite))
    return Drafted(
        status=Status.ANSWERED if whole.total else Status.NO_MATCH,
        blocks=tuple(blocks),
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        values=((what, "count", str(whole.total)), (said, "count", str(selected.total))),
        suggestions=next_questions(failing, proof_fields(brief.where)),
    )
