from __future__ import annotations

import pytest

from index.schema.fields import (
    Comparison,
    Field,
    TableKind,
    ValueType,
    header_key,
    registry,
)

KINDS = (TableKind.COMPANY, TableKind.REGION, TableKind.CRITERIA)


def field(key: str) -> Field:
    found = registry().field(key)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_header_means_two_fields_of_one_kind(kind: TableKind) -> None:
    keys = [header_key(text) for one in registry().of(kind) for text in one.headers]
    assert len(keys) == len(set(keys))


def test_no_word_of_questions_asks_for_two_fields() -> None:
    words = [word for one in registry().fields for word in one.asked]
    assert len(words) == len(set(words))


def test_every_field_has_labels_in_both_languages() -> None:
    for one in registry().fields:
        assert one.labels["zh"]
        assert one.short["zh"]
        assert one.labels["en"].isascii()


def test_fields_cite_fields_that_columns_carry_or_the_row_itself() -> None:
    stored = {one.key for kind in KINDS for one in registry().of(kind)}
    for one in registry().fields:
        assert one.cites == (one.key,) or set(one.cites) <= stored


@pytest.mark.parametrize(
    ("key", "cites"),
    [
        ("exchange", ("listing",)),
        ("code", ("listing",)),
        ("province", ("province", "city")),
        ("city", ("city",)),
        ("营收", ("营收",)),
    ],
)
def test_cells_that_prove_a_condition_on_a_field(key: str, cites: tuple[str, ...]) -> None:
    assert registry().cites(key) == cites


@pytest.mark.parametrize(
    ("header", "key"),
    [("所在城市", "city"), (" 所在 城市", "city"), ("ＷＥＢＳＩＴＥ", "website"), ("变化", None)],
)
def test_header_means_a_field(header: str, key: str | None) -> None:
    found = registry().by_header(header)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("key", "language", "label"),
    [("city", "zh", "所在城市"), ("city", "en", "City"), ("专利数", "en", "专利数")],
)
def test_label_of_a_field(key: str, language: str, label: str) -> None:
    assert registry().label(key, language) == label


def test_fields_that_are_shown_stand_in_order() -> None:
    assert [one.key for one in registry().shown("facets")][:3] == ["list", "province", "city"]
    assert next(iter(registry().shown("sorts"))).key == "name"


def test_words_of_comparison_come_from_the_type() -> None:
    founded = field("founded")
    assert founded.type is ValueType.YEAR
    assert "晚" in founded.comparison.more
    assert {"最早", "oldest"} <= set(founded.comparison.least)
    assert field("domain").comparison == Comparison()


def test_capital_is_money() -> None:
    capital = registry().by_header("注册资金")
    assert capital is not None
    assert (capital.key, capital.type, capital.currency) == ("capital", ValueType.MONEY, "元")
    assert capital.numeric
