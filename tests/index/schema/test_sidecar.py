"""Corrections of a list in the small file beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.errors import SourceError
from index.schema.columns import classify
from index.schema.fields import TableKind
from index.schema.sidecar import (
    IGNORE,
    OWN,
    Corrections,
    fields,
    read_corrections,
    write_corrections,
)
from index.sources.content import sidecar_of, source_hash
from index.types import Corpus

_LIST = """实体,规模,备注,公司地址
甲乙科技有限公司,12台,秘密,
丙丁科技有限公司,9台,秘密,上海市浦东新区一号
"""


def read(folder: Path, corrections: Corrections, text: str = _LIST) -> Corpus:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    write_corrections(path, corrections)
    return read_corpus([(path, "名单.csv")])


def test_list_without_corrections_has_empty_ones(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "名单.csv") == Corrections()


def test_corrections_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    corrections = Corrections(
        title='苏州"名单"', city="苏州", columns={"单 位\n\t\\": "name", "x\x7f": OWN, "c": IGNORE}
    )
    write_corrections(path, corrections)
    assert read_corrections(path) == corrections
    write_corrections(path, Corrections())
    assert not sidecar_of(path).exists()


def test_column_is_taken_for_the_field_it_is_said_to_be(tmp_path: Path) -> None:
    columns = {"实体": "name", "规模": "headcount"}
    corpus = read(tmp_path, Corrections(title="我的清单", columns=columns))
    assert [company.name for company in corpus.companies] == [
        "甲乙科技有限公司",
        "丙丁科技有限公司",
    ]
    assert corpus.documents[0].title == "我的清单"
    row = corpus.companies[0].rows[0]
    assert row.origin.quote == "甲乙科技有限公司,12台,秘密,"
    assert row.values["headcount"].text == "12台"


def test_column_stays_under_its_own_name_or_is_left_out(tmp_path: Path) -> None:
    columns = {"实体": "name", "规模": OWN, "备注": IGNORE}
    company = read(tmp_path, Corrections(columns=columns)).companies[0]
    assert company.text("规模") == "12台"
    assert company.text("headcount") is None
    assert company.text("备注") is None
    assert "秘密" not in {value.text for value in company.rows[0].values.values()}


def test_field_given_to_another_column_is_taken_from_the_first(tmp_path: Path) -> None:
    text = "企业名称,实际名称,所在城市\n旧名,甲乙科技有限公司,苏州\n"
    company = read(tmp_path, Corrections(columns={"实际名称": "name"}), text).companies[0]
    assert company.name == "甲乙科技有限公司"
    assert company.text("企业名称") == "旧名"


def test_what_is_said_of_a_column_counts_before_its_cells(tmp_path: Path) -> None:
    text = "企业名称,代号,成立时间\n甲乙科技有限公司,阿尔法,2001年\n"
    columns = {"代号": "name", "成立时间": OWN}
    company = read(tmp_path, Corrections(columns=columns), text).companies[0]
    assert company.name == "阿尔法"
    assert company.text("企业名称") == "甲乙科技有限公司"
    assert company.text("成立时间") == "2001年"
    assert company.facts("founded") == ()


def test_header_that_is_repeated_is_still_no_company(tmp_path: Path) -> None:
    text = "实体,备注\n甲乙科技有限公司,好\n实体,备注\n丙丁科技有限公司,好\n"
    corpus = read(tmp_path, Corrections(columns={"实体": "name"}), text)
    assert len(corpus.companies) == 2
    assert [(row.line, row.reason) for row in corpus.skipped] == [(3, "重复的表头")]


def test_city_is_given_to_companies_that_tell_none_and_cites_its_line(tmp_path: Path) -> None:
    corpus = read(tmp_path, Corrections(title="x", city="苏州", columns={"实体": "name"}))
    first, second = corpus.companies
    assert first.facts("city") == ("苏州",)
    assert first.facts("province") == ("江苏",)
    origin = first.values("city")[0].origin
    assert (origin.source, origin.line_start) == ("名单.csv.columns.toml", 2)
    assert origin.quote == 'city = "苏州"'
    assert second.facts("city") == ("上海",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "TOML"),
        ("name = 'x'", "name"),
        ("[columns]\n'单位' = 'nonsense'", "nonsense"),
        ("city = '乌有城'", "乌有城"),
        ("title = 7", "title"),
    ],
)
def test_corrections_that_make_no_sense_name_their_file(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "名单.csv"
    sidecar_of(path).write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_corrections(path)
    assert "名单.csv.columns.toml" in str(caught.value)
    assert told in str(caught.value)


def test_hash_of_a_list_changes_with_its_corrections(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    before = source_hash(path, b"x")
    write_corrections(path, Corrections(city="苏州"))
    assert source_hash(path, b"x") != before


@pytest.mark.parametrize("field", fields())
def test_header_for_every_field_is_understood_as_it(field: str) -> None:
    kind, columns = classify(["企业名称", fields()[field]])
    assert kind is TableKind.COMPANY
    assert field in columns
