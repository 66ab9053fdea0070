"""What the form of a question asks for: companies, a rule, or anything else."""

from __future__ import annotations

from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Explain

_NOUNS = ("n", "vn", "l", "j", "i")


def asks_requirement(reading: Reading, ask: Explain) -> bool:
    """Return whether a question names a requirement that the lists make."""
    companies = reading.conditions or reading.fields or reading.of(Category.ORDER, Category.NOUN)
    if ask.others and (reading.asks("verdict") or not companies):
        return True
    return bool(ask.requirements or reading.of(Category.REQUIREMENT))


def _takes_apart(span: Span | None) -> bool:
    """Return whether a word after 怎么 asks for groups or an order: 分布, 排."""
    return span is not None and (span.category is Category.ORDER or span.value == "spread")


def interrogative(reading: Reading) -> bool:
    """Return whether how, when, why or what is asked."""
    return any(one.value in ("manner", "what") for one in reading.spans)


def asks_for_other(reading: Reading) -> bool:
    """Return whether a question asks for something else than companies.

    How, why and when ask for none, but 怎么分布 and 怎么排 do; 哪个部门 and 什么概念 ask for what
    their noun says.
    """
    spans = reading.spans
    return any(
        one.value == "manner" and not _takes_apart(after)
        for one, after in zip(spans, [*spans[1:], None], strict=False)
    ) or any(
        one.category is Category.WORD
        and str(one.value).startswith(_NOUNS)
        and (before.value == "which" or before.value == "what")
        and not (after is not None and after.category is Category.NOUN)
        for before, one, after in zip(spans, spans[1:], [*spans[2:], None], strict=False)
    )
