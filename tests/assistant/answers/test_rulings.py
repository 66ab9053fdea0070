"""Rules, notes and sources in their own words."""

from __future__ import annotations

from assistant.query import Explain, Named, Provenance, Query, Relation
from assistant.search.evidence import Evidence


def explain(desk, **evidence):
    whole = evidence.pop("whole", False)
    query = Query(Explain("问", whole=whole), relation=Relation.REQUIREMENTS)
    return desk.answer(query, Evidence(**evidence))


def test_one_requirement_is_the_first_sentence(desk):
    clause = next(one for one in desk.corpus.clauses if "研发" in one.text)
    answer = explain(desk, clauses=(clause,))
    assert answer.answer.startswith("精细化方面的要求是：研发费用占比不低于3% [1]。")
    assert "信息截至2025年12月" in answer.answer
    assert "工业和信息化部的最新通知" in answer.answer
    assert [(one.name, one.field) for one in answer.values] == [("精细化", "requirement")]
    assert "精细化有什么要求？" not in answer.suggestions
    assert {11, 151} <= {one.line_start for one in answer.citations}


def test_all_requirements_are_listed(desk):
    answer = explain(desk, clauses=desk.corpus.clauses, whole=True)
    assert "从四个方面提出了要求" in answer.answer
    assert len(answer.values) == len(desk.corpus.clauses)


def test_one_note_is_the_first_sentence_and_dated_once(desk):
    note = next(one for one in desk.corpus.notes if "复核周期" in one.text)
    answer = explain(desk, passages=(note,))
    assert answer.answer.startswith("资料写明：每批认定和复核周期约为1-2年 [1]。")
    dated = next(one for one in desk.corpus.notes if "信息截至" in one.text)
    assert explain(desk, passages=(dated,)).answer.count("信息截至") == 1


def test_what_is_not_said_is_told_as_that_with_what_is_near(desk):
    note = next(one for one in desk.corpus.notes if "复核周期" in one.text)
    answer = explain(desk, near=(note,))
    assert answer.status == "no_match"
    assert answer.answer.startswith("资料没有写到这一点")
    assert "不是对这个问题的回答" in answer.answer


def test_provenance_names_the_lists_and_the_lines(desk):
    query = Query(Provenance(), Named(desk.ids("敏芯微")))
    dated = next(one for one in desk.corpus.notes if "信息截至" in one.text)
    answer = desk.answer(query, Evidence(desk.selected("敏芯微"), passages=(dated,)))
    assert answer.answer.count("信息截至") == 1
    assert answer.answer.startswith("以上内容出自《")
    assert {73, 151} <= {one.line_start for one in answer.citations}
    assert answer.intent == "faq"
