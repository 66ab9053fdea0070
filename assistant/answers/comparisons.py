"""Companies side by side: who comes first, and a table in which every cell is cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Sentence, Table, Text
from assistant.answers.cards import next_questions, values_asked
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Drafted
from assistant.answers.orders import superlative
from assistant.answers.runs import joined, text
from assistant.answers.values import PROFILE_FIELDS, label_of, short_name, values_of
from assistant.query import Compare, Order
from assistant.search.evidence import Hit
from index.schema.numbers import parse_amount
from index.types import Company, Headcount

_PAIR = 2


def draft_comparison(brief: Brief) -> Drafted:
    """Return the companies named, field by field; the fields asked for, or all."""
    ask, companies = brief.ask, brief.evidence.named
    assert isinstance(ask, Compare)  # noqa: S101 - the dispatch is by type
    ordered = (ask.order.field,) if ask.order else ()
    wanted = tuple(dict.fromkeys((*ordered, *ask.fields))) or _all_fields(companies)
    fields = [one for one in wanted if any(values_of(company, one) for company in companies)]
    first = _first(companies, ask.order) if ask.order else []
    hits = tuple(map(Hit, companies))
    judged = bool(first) or (ask.order is None and bool(fields))
    return Drafted(
        status=Status.ANSWERED if judged else Status.NO_MATCH,
        blocks=(
            Sentence(_sentence(ask, companies, fields, first, brief.cite)),
            _table(companies, fields or wanted[:1], brief.cite),
        ),
        hits=hits if judged else (),
        related=() if judged else hits,
        values=values_asked(companies, wanted),
        suggestions=next_questions(companies, wanted, f"介绍一下{short_name(companies[0])}"),
    )


def _all_fields(companies: Sequence[Company]) -> tuple[str, ...]:
    own = (field for one in companies for row in one.rows for field in row.values)
    fields = dict.fromkeys((*PROFILE_FIELDS, *own))
    return tuple(one for one in fields if one not in ("name", "alias"))


def _sentence(
    ask: Compare,
    companies: Sequence[Company],
    fields: Sequence[str],
    first: Sequence[Company],
    cite: Citations,
) -> Text:
    """Return who comes first with both values, or what is the same and what differs."""
    if ask.order is None:
        return _differences(companies, fields, cite)
    if not first:
        silent = [one for one in companies if _key(one, ask.order.field) is None]
        label = label_of(ask.order.field)
        names = joined([(cite.name(company, strong=True),) for company in silent])
        open_to = f"无法判断谁{_ahead(ask.order, companies)}。"
        if silent:
            return text("清单没有写明 ", names, f" 的{label}，{open_to}")
        return text(f"清单写的{label}互有重叠，{open_to}")
    if len(first) == len(companies):
        values = joined([_told(one, ask.order.field, cite) for one in first])
        return text(values, f" 的{label_of(ask.order.field)}相同。")
    ahead = joined([_told(one, ask.order.field, cite) for one in first])
    others = [one for one in companies if one not in first]
    rest = joined([_told(one, ask.order.field, cite) for one in others])
    open_ended = any(_is_open(one, ask.order.field) for one in companies)
    bound = "带“+”的数字是下限，按下限比较。" if open_ended else ""
    return text(f"{_ahead(ask.order, companies)}的是 ", ahead, "；", rest, f"。{bound}")


def _ahead(order: Order, companies: Sequence[Company]) -> str:
    """Return what who comes first is: 成立更早 of two, 成立最早 of more."""
    words = superlative(order)
    return words.replace("最", "更") if len(companies) == _PAIR else words


def _is_open(company: Company, field: str) -> bool:
    fact = next(iter(company.facts(field)), None) if field == "headcount" else None
    return isinstance(fact, Headcount) and fact.high is None


def _told(company: Company, field: str, cite: Citations) -> Text:
    values = [(cite.cite(value),) for value in values_of(company, field)]
    return text(cite.name(company, strong=True), "（", joined(values, "；"), "）")


def _differences(companies: Sequence[Company], fields: Sequence[str], cite: Citations) -> Text:
    names = joined([(cite.name(company, strong=True),) for company in companies], "与 ")
    told = {one: [{v.text for v in values_of(c, one)} for c in companies] for one in fields}
    same = [
        label_of(one)
        for one, texts in told.items()
        if texts[0] and all(other == texts[0] for other in texts)
    ]
    common = f"，{'、'.join(same)}相同" if same else "，写明的各项都不同"
    return text(names, f" 的对比{common if len(fields) > 1 else ''}：")


def _table(companies: Sequence[Company], fields: Sequence[str], cite: Citations) -> Table:
    header = (text(""), *((cite.name(company),) for company in companies))
    rows = tuple(
        (text(label_of(field)), *(_cell(company, field, cite) for company in companies))
        for field in fields
    )
    return Table(header, rows)


def _cell(company: Company, field: str, cite: Citations) -> Text:
    values = [(cite.cite(value),) for value in values_of(company, field)]
    return joined(values, "；") or text("未写明")


def _first(companies: Sequence[Company], order: Order) -> list[Company]:
    """Return who certainly comes first, several on a tie; none where that cannot be judged."""
    keys = [_key(company, order.field) for company in companies]
    if any(key is None for key in keys):
        return []
    bounds = [key for key in keys if key is not None]
    if order.descending:
        best = max(low for low, _ in bounds)
        ahead = [key for key in bounds if key[0] == best]
        unsure = any(key[1] > best for key in bounds if key not in ahead)
    else:
        best = min(low for low, _ in bounds)
        ahead = [key for key in bounds if key[0] == best]
        unsure = False
    if unsure:
        return []
    return [one for one, key in zip(companies, keys, strict=True) if key in ahead]


def _key(company: Company, field: str) -> tuple[float, float] | None:
    """Return the bounds of what a company is compared by; None where its rows do not say."""
    fact = next(iter(company.facts(field)), None) if field in _FACTS else None
    if isinstance(fact, Headcount):
        return fact.low, fact.high or fact.low
    if isinstance(fact, int):
        return fact, fact
    amounts = (parse_amount(value.text, field) for value in values_of(company, field))
    return next(((one, one) for one in amounts if one is not None), None)


_FACTS = ("founded", "headcount", "batch")
