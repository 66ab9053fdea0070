"""Requirements in tables, lists and sentences."""

from __future__ import annotations

import pytest

from index.corpus import read_corpus
from index.rules.criteria import defines

COMPANIES = "| 企业名称 | 城市 |\n|---|---|\n| 甲光科技有限公司 | 苏州 |\n"


def _corpus(tmp_path, text):
    (tmp_path / "list.md").write_text(f"# 清单\n\n{text}\n\n## 名单\n\n{COMPANIES}", "utf-8")
    return read_corpus([(tmp_path / "list.md", "list.md")])


def test_columns_of_requirements_stay_apart_and_keep_their_headers(tmp_path):
    text = "## 各地标准\n\n| 地区 | 营收要求 | 增速要求 |\n|---|---|---|\n| 上海 | 2000万 | ≥25% |"
    told = [(one.dimension, one.aspect.text, one.text) for one in _corpus(tmp_path, text).clauses]
    assert told == [("上海", "营收要求", "2000万"), ("上海", "增速要求", "≥25%")]


def test_header_of_a_requirement_is_cited_by_the_line_of_headers(tmp_path):
    text = "## 各地标准\n\n| 地区 | 营收要求 | 增速要求 |\n|---|---|---|\n| 上海 | 2000万 | ≥25% |"
    clause = _corpus(tmp_path, text).clauses[0]
    assert clause.aspect.origin.quote == "| 地区 | 营收要求 | 增速要求 |"
    assert clause.origin.quote == "| 上海 | 2000万 | ≥25% |"


def test_sentences_under_a_heading_of_criteria_are_requirements(tmp_path):
    found = _corpus(tmp_path, "## 入选条件\n- 研发：费用占比不低于3%，发明专利2项以上").clauses
    assert [(one.dimension, one.text) for one in found] == [
        ("研发", "费用占比不低于3%"),
        ("研发", "发明专利2项以上"),
    ]


def test_sentences_under_other_headings_are_notes(tmp_path):
    corpus = _corpus(tmp_path, "## 备注\n- 各地标准存在差异")
    assert corpus.clauses == ()
    assert [note.text for note in corpus.notes] == ["各地标准存在差异"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("瞪羚企业是指高速成长的中小企业", True),
        ("仅收录总部位于苏州的企业", True),
        ("数据截至2025年12月", False),
    ],
)
def test_definition_says_what_a_company_is_or_who_is_let_in(text, expected):
    assert defines(text) is expected
