from __future__ import annotations

import pytest

from assistant import compose
from assistant.compose import Derived, Ledger, Said, escape
from assistant.errors import UncitedValueError
from index.types import Origin, Value

ORIGIN = Origin("list.md", ("Title", "1. Section"), 7, 7, "| 甲公司 | 机器人 |")
OTHER = Origin("list.md", ("Title", "1. Section"), 8, 8, "| 乙公司 | 无人机 |")


def render(template: str, **slots: object) -> tuple[str, Ledger]:
    ledger = Ledger()
    text = compose._environment().from_string(template).render(**slots, ledger=ledger)
    ledger.close()
    return text, ledger


def test_value_is_told_with_a_mark_that_leads_to_its_lines():
    text, ledger = render("{{ name }} {{ cite() }}", name=Value("甲公司", ORIGIN))
    assert text == "甲公司 [1]"
    (citation,) = ledger.citations
    assert (citation.section, citation.line_start, citation.quote) == (
        "1. Section",
        7,
        ORIGIN.quote,
    )


def test_values_of_one_line_share_a_mark_and_other_lines_get_the_next():
    text, _ = render(
        "{{ a }}{{ b }}{{ cite() }}{{ c }}{{ cite() }}",
        a=Value("甲", ORIGIN),
        b=Value("乙", ORIGIN),
        c=Value("丙", OTHER),
    )
    assert text == "甲乙[1]丙[2]"


def test_value_left_without_a_mark_raises():
    with pytest.raises(UncitedValueError, match="甲公司"):
        render("{{ name }}", name=Value("甲", ORIGIN))


@pytest.mark.parametrize("bare", ["甲公司", 7, None, ["甲"]])
def test_anything_without_a_citation_raises(bare):
    with pytest.raises(UncitedValueError):
        render("{{ bare }}", bare=bare)


def test_missing_slot_raises():
    with pytest.raises(UncitedValueError):
        render("{{ nothing }} {{ cite() }}")


def test_own_words_and_counts_need_no_mark():
    text, ledger = render("{{ a }}共 {{ n }} 家", a=Said("苏州"), n=Derived("3"))
    assert text == "苏州共 3 家"
    assert ledger.citations == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("500-1000人", "500-1000人"),
        ("https://www.a_b.com", "https://www.a_b.com"),
        ("a|b", r"a\|b"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("**粗**", r"\*\*粗\*\*"),
    ],
)
def test_markup_of_sources_is_escaped(text, shown):
    assert escape(text) == shown
