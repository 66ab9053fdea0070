"""Why a question is not answered: what is lacking, who is unknown, which of several is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import (
    Block,
    Choice,
    Choices,
    Companies,
    Notice,
    NoticeKind,
    Sentence,
    Text,
)
from assistant.answers.cards import MOST_RELATED, card, next_questions, open_row
from assistant.answers.citations import Citations
from assistant.answers.context import SUGGESTIONS, Brief, Drafted
from assistant.answers.describe import describe
from assistant.answers.guidance import titles
from assistant.answers.quoting import quotations
from assistant.answers.regional import mentioned
from assistant.answers.runs import joined, text
from assistant.answers.values import PROFILE_FIELDS, label_of, values_of
from assistant.predicates import named_ids
from assistant.query import EVERYTHING, Query, Reason, Relation, Unanswerable
from assistant.search.evidence import Evidence, Hit
from index.types import Company

# The field of a near name begins with as many characters of what was asked for.
_LIKE = 2


def draft_refusal(brief: Brief) -> Drafted:
    """Say why a question is not answered, and what comes nearest."""
    ask = brief.ask
    assert isinstance(ask, Unanswerable)  # noqa: S101 - the dispatch is by type
    return _BY_REASON[ask.reason](brief, ask)


def _off_topic(brief: Brief, _: Unanswerable) -> Drafted:
    told = f"这个问题超出了资料的范围。我只回答{titles(brief.context)}里写明的内容。"
    return Drafted(
        Status.OUT_OF_SCOPE,
        (Sentence(text(told)),),
        suggestions=brief.context.examples[:SUGGESTIONS],
    )


def _lacking(brief: Brief, ask: Unanswerable) -> Drafted:
    """Say which list or column is not there, then what the rest of the question selects."""
    words = "、".join(f"「{word}」" for word in ask.words)
    named = brief.evidence.named or brief.context.companies(named_ids(brief.where))
    if ask.reason is Reason.LACKING_DOCUMENT:
        first = text(f"资料里没有{words}，没有收录这份文件，不能回答其中的规定。")
    elif ask.reason is Reason.LACKING_LIST:
        first = text(f"资料里没有{words}的名单，无法判断哪些企业属于它。")
        if brief.query.relation is not Relation.COMPANIES:
            first = text(f"资料里没有{words}的内容，无法回答。")
    elif named:
        names = joined([(brief.cite.name(one, strong=True),) for one in named])
        first = text("清单没有写 ", names, f" 的{words}，没有这一项。")
    else:
        first = text(f"清单没有{words}这一项，不能据此列出、筛选或排序。")
    blocks: list[Block] = [Sentence(first)]
    hits = tuple(map(Hit, named)) or _others(brief.query, brief.evidence)
    if named:
        blocks.extend(Sentence(one) for one in _near_fields(named, ask.words, brief.cite))
    elif hits:
        blocks.extend(_rest(brief, hits))
    if brief.evidence.near:
        blocks.append(Notice(NoticeKind.NEAR, text("最接近的内容（不是对这个问题的回答）：")))
        blocks.extend(quotations(brief.evidence.near, brief.context, brief.cite))
    blocks.append(Notice(NoticeKind.HINT, text(f"现有资料：{titles(brief.context)}。")))
    total = str(max(brief.evidence.selected.total, len(hits)))
    what = describe(brief.query.where, brief.context)
    suggestions = next_questions(named, ()) if named else brief.context.examples[:SUGGESTIONS]
    return Drafted(
        Status.NO_MATCH,
        tuple(blocks),
        related=hits[:MOST_RELATED],
        values=() if named or not hits else ((what, "count", total),),
        suggestions=suggestions,
    )


def _others(query: Query, evidence: Evidence) -> tuple[Hit, ...]:
    """Return what the rest of a question selects; nothing where nothing else narrows it."""
    return evidence.selected.hits if query.where != EVERYTHING else ()


def _rest(brief: Brief, hits: Sequence[Hit]) -> tuple[Block, ...]:
    shown = hits[:MOST_RELATED]
    total = max(brief.selected.total, len(hits))
    example = "，例如" if total > len(shown) else ""
    told = f"只看其余条件，{describe(brief.where, brief.context)}有 {total} 家{example}："
    cards = tuple(card(hit, brief.query, brief.cite) for hit in shown)
    return (Sentence(text(told)), Companies(cards, len(shown), related=True))


def _near_fields(
    companies: Sequence[Company], words: Sequence[str], cite: Citations
) -> tuple[Text, ...]:
    """Return the fields whose label begins as what was asked for: 上市情况 for 上市时间."""
    fields = [
        one
        for one in PROFILE_FIELDS
        if any(label_of(one)[:_LIKE] == word[:_LIKE] for word in words)
    ]
    return tuple(
        text(
            f"相近的一项是{label_of(field)}：",
            cite.name(company),
            " 写的是「",
            joined([(cite.cite(value),) for value in values], "；"),
            "」。",
        )
        for company in companies
        for field in fields
        if (values := values_of(company, field))
    )


def _unknown_name(brief: Brief, ask: Unanswerable) -> Drafted:
    """Say that no company has a name; that it stands for a place in the statistics, if it does."""
    names = "、".join(f"「{word}」" for word in ask.words)
    rows = brief.evidence.statistics
    if rows:
        told = mentioned(names, rows, brief.cite)
        return Drafted(Status.ANSWERED, (Sentence(told),), suggestions=brief.context.examples[:1])
    told = text(f"清单中没有收录{names}，因此无法回答。")
    return Drafted(
        Status.NO_MATCH, (Sentence(told),), suggestions=brief.context.examples[:SUGGESTIONS]
    )


def _ambiguous(brief: Brief, ask: Unanswerable) -> Drafted:
    """Ask back which company is meant, and say of each what was asked."""
    companies = brief.evidence.named or brief.context.companies(ask.choices)
    fields = ask.fields or ("city", "product")
    name = next(iter(ask.words), "") or getattr(brief.where, "label", "")
    called = f"「{name}」这个名称" if name and "、" not in name else "这个名称"
    choices = tuple(_choice(company, fields, ask.fields, brief.cite) for company in companies)
    between = [row for row in brief.evidence.unresolved if set(row.candidates) & set(ask.choices)]
    told = filter(None, (open_row(row, brief.cite) for row in between))
    return Drafted(
        status=Status.CLARIFY,
        blocks=(
            Sentence(text(f"有 {len(companies)} 家企业符合{called}，您问的是哪一家？")),
            Choices(choices),
            *(Sentence(one) for one in told),
        ),
        hits=tuple(map(Hit, companies)),
        suggestions=tuple(one.question for one in choices[:SUGGESTIONS]),
    )


def _choice(
    company: Company, fields: Sequence[str], asked: Sequence[str], cite: Citations
) -> Choice:
    told = [
        text(f" · {label_of(field)}：", joined([(cite.cite(one),) for one in values], "；"))
        for field in fields
        if (values := values_of(company, field))
    ]
    label = text(cite.name(company, strong=True), *told)
    question = f"的{label_of(asked[0])}是什么？" if asked else "的基本信息"
    return Choice(label, f"{company.name}{question}")


def _no_company(brief: Brief, ask: Unanswerable) -> Drafted:
    labels = "、".join(map(label_of, ask.fields)) or "、".join(ask.words)
    what = f"的{labels}" if labels else ""
    told = f"您想查哪一家企业{what}？请写出企业的全称、简称或股票代码。"
    return Drafted(
        Status.CLARIFY, (Sentence(text(told)),), suggestions=brief.context.examples[:SUGGESTIONS]
    )


Refusing = Callable[[Brief, Unanswerable], Drafted]

_BY_REASON: Mapping[Reason, Refusing] = {
    Reason.OFF_TOPIC: _off_topic,
    Reason.LACKING_FIELD: _lacking,
    Reason.LACKING_LIST: _lacking,
    Reason.LACKING_DOCUMENT: _lacking,
    Reason.UNKNOWN_NAME: _unknown_name,
    Reason.AMBIGUOUS: _ambiguous,
    Reason.NO_COMPANY: _no_company,
}
