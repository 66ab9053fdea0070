"""What the form of a question asks for: companies, a rule, or anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Explain
from index.regex import regex

# 什么是 and a name.
_DEFINITION = 3
# Who makes or takes in a list, which its rows do not say: 这榜单谁发布的, 清单收不收分公司.
_OF_LISTS = regex(
    r"(?:榜单?|名单|清单|名录)[^,，。]{0,3}(?:谁|哪(?:个|家)?(?:机构|单位|部门|协会)?)"
    r"(?:发布|公布|评|发|出|编|做|整理)(?:的|出)|收不收"
)
_HOW_MANY = regex(r"几(?:年|天|个?月|次|项|条|岁|级|步|轮|成)")
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


def _asks_definition(spans: Sequence[Span]) -> bool:
    """Return whether it is asked what the companies of a list are: 什么是瞪羚企业."""
    told = [one for one in spans if one.value != "courtesy"]
    return (
        len(told) >= _DEFINITION
        and told[0].value == "what"
        and told[1].text == "是"
        and all(one.category in (Category.NOUN, Category.LIST) for one in told[2:])
    )


def asks_for_other(reading: Reading) -> bool:
    """Return whether a question asks for something else than companies.

    How, why and when ask for none, but 怎么分布 and 怎么排 do; 哪个部门 and 什么概念 ask for what
    their noun says.
    """
    spans = reading.spans
    if _asks_definition(spans) or _OF_LISTS.search(reading.text.folded):
        return True
    manner = any(
        one.value == "manner" and not _takes_apart(after)
        for one, after in zip(spans, [*spans[1:], None], strict=False)
    )
    return (
        manner
        or asks_amount(reading)
        or any(one.value in ("which", "what") for one in _before_things(spans))
    )


def asks_amount(reading: Reading) -> bool:
    """Return whether it is asked how much there is of what no company is: 多少补贴, 几年."""
    counted = (one.text for one in reading.spans if one.rule.startswith("tag."))
    return any(one.text == "多少" for one in _before_things(reading.spans)) or any(
        _HOW_MANY.fullmatch(text) for text in counted
    )


def _before_things(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands before a noun that nothing links and that names no companies."""
    for before, one, after in zip(spans, spans[1:], [*spans[2:], None], strict=False):
        thing = one.category is Category.WORD and str(one.value).startswith(_NOUNS)
        if thing and not (after is not None and after.category is Category.NOUN):
            yield before
