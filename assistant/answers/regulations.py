"""Rule documents themselves: what they are, which is in force, and in what two of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Quotation, Sentence, Table, Text
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.quoting import authority_notice, requirement, standing
from assistant.answers.runs import joined, text
from assistant.query import Regulations
from assistant.requirements.demands import demands_of, tier_of
from assistant.requirements.vocabulary import load_requirements
from index.types import Clause, DocumentSummary, Value

_FEWEST = 2


def draft_regulations(brief: Brief) -> Drafted:
    """Return what documents say of themselves, newest in force first, or their differences."""
    ask, context = brief.ask, brief.context
    assert isinstance(ask, Regulations)  # noqa: S101 - the dispatch is by type
    rules = [one for one in context.force.documents if one.regulation]
    named = [one for one in rules if one.source in ask.sources] or rules
    if ask.aspect == "differences" and len(named) >= _FEWEST:
        return _differences(brief, ask, named[:_FEWEST])
    current = [one for one in named if context.force.current(one.source)]
    told = [*current, *(one for one in named if one not in current)]
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            *(Sentence(_identity(one, context, brief.cite)) for one in told),
            authority_notice(context, [one.source for one in told]),
        ),
        values=tuple((one.title, "document", _state(one, context)) for one in told),
        suggestions=context.examples,
    )


def _state(document: DocumentSummary, context: Context) -> str:
    return "现行有效" if context.force.current(document.source) else "已不再执行"


def _identity(document: DocumentSummary, context: Context, cite: Citations) -> Text:
    """Return a document with its number and issuer, its dates, and whether it is in force."""
    told = document.regulation
    number = cite.cite(told.number) if told and told.number else ()
    issuer = cite.cite(told.issuer) if told and told.issuer else ()
    return text(
        f"《{document.title}》", text("（", number, "）") if number else "",
        text("，", issuer, " 发布或解释") if issuer else "，资料没有写明发布机构",
        "，", joined(standing(document, context, cite), "，"), "。",
    )  # fmt: skip


def _differences(brief: Brief, ask: Regulations, documents: Sequence[DocumentSummary]) -> Drafted:
    """Return what two documents demand, requirement by requirement, both cited."""
    context, cite = brief.context, brief.cite
    new, old = documents
    rows, changed = [], []
    for label, found in _by_requirement(ask, brief.evidence.clauses):
        sides = [[one for one in found if one.origin.source == two.source] for two in documents]
        same = {_demanded(one) for one in sides[0]} == {_demanded(one) for one in sides[1]}
        if not same:
            changed.append(label)
        cells = [
            joined([_of_tier(one, cite) for one in side], "；") or text("没有写明")
            for side in sides
        ]
        rows.append((text(label), *cells, text("相同" if same else "不同")))
    states = [joined(standing(one, context, cite), "，") for one in documents]
    first = f"《{new.title}》与《{old.title}》在{'、'.join(changed)}上不同。" if changed else (
        f"《{new.title}》与《{old.title}》写明的数值要求相同。" if rows else
        f"《{new.title}》与《{old.title}》没有可以逐项对照的数值要求。"
    )  # fmt: skip
    header = (text("要求"), text(f"《{new.title}》"), text(f"《{old.title}》"), text("比较"))
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            Sentence(text(first)),
            *([Table(header, tuple(rows))] if rows else ()),
            Quotation("", tuple(text(f"《{one.title}》：", state)
                      for one, state in zip(documents, states, strict=True))),
            authority_notice(context, [one.source for one in documents]),
        ),
        values=tuple((label, "difference", label) for label in changed),
    )  # fmt: skip


def _of_tier(clause: Clause, cite: Citations) -> Text:
    """Return a requirement after the tier that it holds for, where a table gives one."""
    if not (clause.column and tier_of(clause)):
        return requirement(clause, cite)
    tier = cite.cite(Value(clause.dimension, clause.origin))
    return text(tier, "：", cite.cite(Value(clause.text, clause.origin)))


def _by_requirement(
    ask: Regulations, clauses: Sequence[Clause]
) -> Iterator[tuple[str, list[Clause]]]:
    """Yield each requirement that is asked of, with the clauses that make it."""
    for key, one in load_requirements().items():
        found = [
            clause
            for clause in clauses
            if any(demand.is_of(key) for told in demands_of(clause) for demand in told)
        ]
        if found and (not ask.requirements or key in ask.requirements):
            yield one.label, found


def _demanded(clause: Clause) -> object:
    tier = tier_of(clause)
    return tier and tier.interval, demands_of(clause)
