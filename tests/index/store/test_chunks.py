"""The units of retrieval: identity, targets, and the questions that lead to answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.store.chunks import FACET_FIELDS, clause_subject, make_chunks
from index.types import (
    Chunk,
    ChunkKind,
    Corpus,
)

TEXT = """# 清单

| 维度 | 要求 |
|---|---|
| 精细化 | 研发费用占比不低于3%，拥有发明专利2项以上 |

## 3.5 苏州市

| 企业名称 | 领域 | 成立时间 |
|---|---|---|
| 苏州敏芯微电子股份有限公司 | MEMS、传感器 | 2007年 |
| 苏州纳芯微电子股份有限公司 | 模拟芯片 | 2013年 |

## 5. 统计

| 地区 | 数量 |
|---|---|
| 苏州 | 500+ |

- 信息截至2025年12月
"""


@pytest.fixture(scope="module")
def seed_chunks(seed_corpus: Corpus) -> list[Chunk]:
    return make_chunks(seed_corpus)


def chunks_of(tmp_path: Path, text: str) -> list[Chunk]:
    path = tmp_path / "清单.md"
    path.write_text(text, "utf-8")
    return make_chunks(read_corpus([(path, path.name)]))


def keys(chunks: list[Chunk]) -> dict[str, str]:
    return {chunk.id: f"{chunk.kind} {chunk.text}" for chunk in chunks}


# --- identity ---------------------------------------------------------------------------------


def test_ids_are_unique_and_every_kind_is_there(seed_chunks: list[Chunk]) -> None:
    kinds = Counter(chunk.kind for chunk in seed_chunks)
    assert len({chunk.id for chunk in seed_chunks}) == len(seed_chunks)
    assert kinds.keys() == set(ChunkKind)
    assert (kinds[ChunkKind.ROW], kinds[ChunkKind.STATISTICS]) == (61, 10)
    assert (kinds[ChunkKind.CLAUSE], kinds[ChunkKind.NOTE]) == (7, 13)


def test_second_run_gives_the_same_chunks(seed_corpus: Corpus, seed_chunks: list[Chunk]) -> None:
    assert make_chunks(seed_corpus) == seed_chunks


def test_ids_stay_when_lines_are_inserted_above(tmp_path: Path) -> None:
    before = chunks_of(tmp_path, TEXT)
    after = chunks_of(tmp_path, TEXT.replace("# 清单\n", "# 清单\n\n新的一句。\n\n"))
    assert keys(before).items() < keys(after).items()
    assert set(keys(after).values()) - set(keys(before).values()) == {"note 新的一句。"}
    lines = {chunk.id: chunk.origin.line_start for chunk in after}
    assert all(lines[chunk.id] == chunk.origin.line_start + 3 for chunk in before if chunk.payload)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("2007年", "2008年", {"row"}),
        ("模拟芯片", "数字芯片", {"row", "facet"}),
        ("500+", "600+", {"statistics", "question"}),
        ("不低于3%", "不低于5%", {"clause", "question"}),
        ("2025年12月", "2026年1月", {"note", "question"}),
    ],
)
def test_changed_cell_changes_the_ids_of_what_it_is_part_of_only(
    tmp_path: Path, old: str, new: str, changed: set[str]
) -> None:
    before = {chunk.id: chunk for chunk in chunks_of(tmp_path, TEXT)}
    after = {chunk.id: chunk for chunk in chunks_of(tmp_path, TEXT.replace(old, new))}
    assert {before[key].kind.value for key in before.keys() - after.keys()} == changed
    assert {after[key].kind.value for key in after.keys() - before.keys()} == changed


def test_same_row_twice_has_two_ids(tmp_path: Path) -> None:
    row = "| 苏州纳芯微电子股份有限公司 | 模拟芯片 | 2013年 |\n"
    rows = [
        chunk
        for chunk in chunks_of(tmp_path, TEXT.replace(row, row * 2))
        if chunk.kind is ChunkKind.ROW
    ]
    assert len({chunk.id for chunk in rows}) == 3


# --- targets ---------------------------------------------------------------------------------


def test_row_leads_to_its_company(seed_chunks: list[Chunk], seed_corpus: Corpus) -> None:
    chunk = next(c for c in seed_chunks if c.kind is ChunkKind.ROW and "敏芯" in c.text)
    company = next(c for c in seed_corpus.companies if "敏芯" in c.name)
    assert chunk.targets == (company.id,)


def test_unresolved_row_leads_to_no_company(seed_chunks: list[Chunk]) -> None:
    rows = [chunk for chunk in seed_chunks if chunk.kind is ChunkKind.ROW]
    (chunk,) = [row for row in rows if not row.targets]
    assert "燧原科技" in chunk.text


def test_facets_are_each_companys_distinct_words_by_field(
    seed_chunks: list[Chunk], seed_corpus: Corpus
) -> None:
    company = next(c for c in seed_corpus.companies if "旷视" in c.name)
    facets = [c for c in seed_chunks if c.kind is ChunkKind.FACET and company.id in c.targets]
    assert {chunk.field for chunk in facets} == set(FACET_FIELDS)
    assert [chunk.text for chunk in facets if chunk.field == "technology"] == [
        "深度学习、人脸识别",
        "深度学习",
        "人脸识别",
    ]
    assert {c.text for c in facets if c.field == "domain"} == {"人工智能", "计算机视觉"}


def test_facet_of_several_companies_is_one_chunk_that_means_them_all(tmp_path: Path) -> None:
    rows = "| 甲有限公司 | 芯片、雷达 |\n| 乙有限公司 | 芯片 |\n"
    chunks = chunks_of(tmp_path, f"| 企业名称 | 领域 |\n|---|---|\n{rows}")
    companies = [chunk.targets[0] for chunk in chunks if chunk.kind is ChunkKind.ROW]
    facets = {chunk.text: chunk for chunk in chunks if chunk.kind is ChunkKind.FACET}
    assert {text: chunk.targets for text, chunk in facets.items()} == {
        "芯片、雷达": (companies[0],),
        "芯片": tuple(companies),
        "雷达": (companies[0],),
    }


def test_questions_lead_to_rules_notes_and_statistics(seed_chunks: list[Chunk]) -> None:
    by_id = {chunk.id: chunk for chunk in seed_chunks}
    questions = [chunk for chunk in seed_chunks if chunk.kind is ChunkKind.QUESTION]
    for question in questions:
        (answer,) = question.targets
        target = by_id[answer]
        assert target.kind in (ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE)
        assert target.origin == question.origin
        assert "{" not in question.text
    asked = {question.text: by_id[question.targets[0]].text for question in questions}
    assert asked["苏州有多少家小巨人"].startswith("苏州；500+")
    assert asked["研发费用占比要求多少"] == "精细化：研发费用占比不低于3%"
    assert asked["信息截至什么时候"] == "信息截至2025年12月"


def test_every_clause_and_region_can_be_asked_for(seed_chunks: list[Chunk]) -> None:
    asked = {one for c in seed_chunks if c.kind is ChunkKind.QUESTION for one in c.targets}
    answers = [c for c in seed_chunks if c.kind in (ChunkKind.STATISTICS, ChunkKind.CLAUSE)]
    assert asked >= {chunk.id for chunk in answers}


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("研发费用占比不低于3%", "研发费用占比"),
        ("主营业务收入占比70%以上", "主营业务收入占比"),
        ("拥有有效发明专利2项以上", "发明专利"),
        ("细分市场占有率全国前10%或省内前5%", "细分市场占有率"),
        ("从事特定细分市场3年以上", "特定细分市场"),
        ("拥有自主知识产权的核心技术", "自主知识产权的核心技术"),
        ("3年以上", "3年以上"),
    ],
)
def test_subject_of_a_clause_is_without_verb_and_threshold(clause: str, subject: str) -> None:
    assert clause_subject(clause) == subject
