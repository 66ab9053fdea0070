"""What rule documents say of themselves."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from index.corpus import read_list
from index.types import Regulation

DOCUMENTS = Path(str(files("eval"))) / "documents"


def regulation(name: str) -> Regulation:
    found = read_list(DOCUMENTS / name, name).summary.regulation
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "number", "issuer", "starts", "ends"),
    [
        ("measure_2026.md", "工信样企业〔2026〕2号", "工业和信息化部", "2026-04-01", ""),
        (
            "measure_2022.txt",
            "工信样企业〔2022〕63号",
            "工业和信息化部",
            "2022-08-01",
            "2026-03-31",
        ),
        ("province_2025.docx", "浙样企〔2025〕15号", "浙江省经济和信息化厅", "2025-10-01", ""),
        ("notice_2026.html", "样例省工信函〔2026〕118号", "样例省工业和信息化厅", "2026-04-08", ""),
    ],
)
def test_number_issuer_and_dates_are_its_own_lines(
    name: str, number: str, issuer: str, starts: str, ends: str
) -> None:
    found = regulation(name)
    assert found.number
    assert found.issuer
    assert (found.number.text, found.issuer.text) == (number, issuer)
    assert (found.starts, found.ends) == (starts, ends)
    assert number in found.number.origin.quote


def test_what_a_document_repeals_is_told_by_title_and_number() -> None:
    assert "工信样企业〔2022〕63号" in regulation("measure_2026.md").repeals


def test_a_table_of_scores_is_no_rule_document() -> None:
    assert read_list(DOCUMENTS / "score_table.csv", "s.csv").summary.regulation is None


def test_a_term_of_years_ends_a_document(tmp_path: Path) -> None:
    path = tmp_path / "办法.md"
    path.write_text("# 某办法\n\n本办法自2024年5月1日起施行，有效期5年。\n", "utf-8")
    found = read_list(path, path.name).summary.regulation
    assert found is not None
    assert found.ends == "2029-05-01"


def test_questions_of_a_guide_head_their_answers() -> None:
    notes = read_list(DOCUMENTS / "guide.md", "guide.md").notes
    answer = next(one for one in notes if one.text == "答：不能。")
    assert answer.origin.section[-1] == "分公司能申报吗？"
