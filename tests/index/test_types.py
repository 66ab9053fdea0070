"""What the values compute: slices of a document, and the fields of a company with many rows."""

from __future__ import annotations

import pytest

from index.types import Company, CompanyRow, Document, Facts, Origin, Span, Value

LINES = ("一二三", "", "四五六")


def document() -> Document:
    return Document("a.md", "a", "", LINES, headings=(), tables=(), passages=())


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(1, 1, 0, 3), "一二三"),
        (Span(1, 1, 1, 2), "二"),
        (Span(3, 3, 1, 1), ""),
        (Span(1, 2, 1, 0), "二三\n"),
        (Span(1, 3, 2, 1), "三\n\n四"),
    ],
)
def test_slice_counts_lines_from_one_and_columns_from_zero(span: Span, text: str) -> None:
    assert document().slice(span) == text


def row(line: int, founded: int | None = None, **values: str) -> CompanyRow:
    origin = Origin("a.md", (), line, line, "")
    stated = {field: Value(text, origin) for field, text in values.items()}
    return CompanyRow("甲", stated, Facts(founded=founded), origin)


def test_company_gives_every_distinct_value_once_in_row_order() -> None:
    rows = (row(1, 2010, domain="AI"), row(2, 2012, domain="AI"), row(3, domain="芯片"))
    company = Company("id", "甲", (), rows)
    assert [(v.text, v.origin.line_start) for v in company.values("domain")] == [
        ("AI", 1),
        ("芯片", 3),
    ]
    assert company.text("domain") == "AI"
    assert company.facts("founded") == (2010, 2012)


def test_company_without_a_field_has_no_value_rather_than_an_empty_one() -> None:
    company = Company("id", "甲", (), (row(1),))
    assert company.values("domain") == ()
    assert company.text("domain") is None
    assert company.facts("founded") == ()
