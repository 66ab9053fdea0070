"""What holds of every answer: marks, records, limits, asides, JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace

import pytest

from assistant.answers.blocks import Cited, Notice, NoticeKind, Plain
from assistant.answers.drafting import compose
from assistant.query import (
    EVERYTHING,
    Compare,
    Count,
    Explain,
    Fact,
    Group,
    In,
    Judge,
    Lookup,
    Named,
    Order,
    Query,
    Relation,
    Rows,
)
from assistant.search.evidence import Evidence, Grouped, Hit, Selected
from index.schema.interval import Interval

BY_COUNT = Order("count", descending=True)
SUZHOU = In("city", ("苏州",), "苏州")


def runs(value):
    """Yield all runs of blocks, however deep they stand."""
    if isinstance(value, Plain | Cited):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from runs(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from runs(getattr(value, one.name))


def _explains(block):
    """Return whether a block explains a doubtful value in our words, followed by its marks."""
    return isinstance(block, Notice) and block.kind is NoticeKind.FLAGGED


@pytest.fixture(scope="module")
def all_of_them(desk):
    companies = desk.corpus.companies
    return Selected(tuple(map(Hit, companies)), tuple(c.id for c in companies), len(companies))


def _by_batch(companies):
    groups = {}
    for company in companies:
        for value in company.values("batch"):
            groups.setdefault(value.text, []).append(company)
    return tuple(Grouped(key, key, len(own), tuple(own)) for key, own in groups.items())


@pytest.fixture(scope="module")
def answers(desk, all_of_them):
    named = tuple(desk.corpus.companies)
    ids = tuple(one.id for one in named)
    return [
        desk.answer(Query(Rows()), Evidence(all_of_them)),
        desk.answer(Query(Count()), Evidence(all_of_them)),
        desk.answer(Query(Lookup(), Named(ids)), Evidence(named=named)),
        desk.answer(Query(Compare(), Named(ids)), Evidence(named=named[:3])),
        desk.answer(Query(Group("batch")), Evidence(groups=_by_batch(named))),
        desk.answer(
            Query(Rows(("domains",), BY_COUNT), EVERYTHING, Relation.STATISTICS),
            Evidence(statistics=desk.corpus.statistics),
        ),
        desk.answer(
            Query(Explain("标准", whole=True)),
            Evidence(clauses=desk.corpus.clauses, passages=desk.corpus.notes),
        ),
        desk.answer(
            Query(Judge((Fact("research", Interval.point(4), "4%"),))),
            Evidence(clauses=desk.corpus.clauses),
        ),
        desk.answer(
            Query(Lookup(("website", "founded", "code")), Named(ids)), Evidence(named=named)
        ),
    ]


def test_no_words_of_a_source_stand_without_a_mark(desk, answers):
    rows = [row for company in desk.corpus.companies for row in company.rows]
    values = [value for row in (*rows, *desk.corpus.statistics) for value in row.values.values()]
    texts = {value.text for value in values if len(value.text) > 3}
    texts |= {one.text for one in (*desk.corpus.clauses, *desk.corpus.notes)}
    for answer in answers:
        told = tuple(one for one in answer.blocks if not _explains(one))
        plain = "\n".join(one.text for one in runs(told) if isinstance(one, Plain))
        assert not [one for one in texts if one in plain]


def test_marks_lead_to_citations_numbered_from_one(answers):
    for answer in answers:
        numbers = [one.id for one in answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        marks = {
            mark for run in runs(answer.blocks) if isinstance(run, Cited) for mark in run.marks
        }
        assert marks <= set(numbers)


def test_first_marks_are_those_of_the_text(answers):
    for answer in answers:
        marks = [
            mark for run in runs(answer.blocks) if isinstance(run, Cited) for mark in run.marks
        ]
        assert marks[0] == 1


def test_doubtful_values_are_flagged_and_explained(desk):
    answer = desk.answer(Query(Rows(("listing",))), Evidence(desk.selected("汇顶")))
    assert any(one.flagged for one in runs(answer.blocks) if isinstance(one, Cited))
    assert answer.warnings[0].rule == "exchange-code-mismatch"
    assert "\n⚠ 深圳市汇顶科技股份有限公司：" in answer.answer


def test_records_beyond_those_told_are_fetched_and_cited_by_their_first_row(desk, all_of_them):
    context = replace(desk.context, list_limit=2, record_limit=10)
    page = replace(all_of_them, hits=all_of_them.hits[:4])
    answer = compose(Query(Rows()), Evidence(page), context)
    assert (len(answer.records), answer.total, answer.cursor) == (10, 48, "10")
    assert [one.name for one in answer.records] == [one.name for one in desk.corpus.companies[:10]]
    assert all(len(one.citations) == 1 for one in answer.records[2:])
    assert "（其余 46 家见记录列表。）" in answer.answer


def test_words_not_read_are_told_before_the_list(desk):
    query = Query(Rows(), SUZHOU, unread=("供应商",), corrections=(("敏新微", "敏芯微"),))
    answer = desk.answer(query, Evidence(desk.selected("敏芯微")), "问")
    assert answer.unread == ("供应商",)
    assert answer.answer.split("\n\n")[:3] == [
        "苏州的小巨人企业共 1 家 [1]。",
        "已把「敏新微」当作「敏芯微」。",
        "没有读懂「供应商」，这里没有考虑。",
    ]


def test_json_has_the_keys_of_the_contract_and_typed_blocks(desk):
    answer = desk.answer(Query(Rows(), SUZHOU), Evidence(desk.selected("敏芯微")), "苏州的")
    told = json.loads(json.dumps(answer.to_dict(), ensure_ascii=False))
    assert list(told) == [
        "question", "status", "intent", "answer", "filters", "records", "related", "values",
        "citations", "suggestions", "warnings", "total", "unread", "blocks",
    ]  # fmt: skip
    assert [one["type"] for one in told["blocks"]] == ["sentence", "companies"]
    card = told["blocks"][1]["cards"][0]
    assert card["name"] == {"text": "苏州敏芯微电子技术股份有限公司", "marks": [2], "strong": True}
    assert "sheet" not in told["citations"][0]
