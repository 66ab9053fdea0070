"""What is not answered says why, and what comes nearest."""

from __future__ import annotations

from assistant.query import In, Named, Query, Reason, Relation, Unanswerable
from assistant.search.evidence import Evidence

SUZHOU = In("city", ("苏州",), "苏州")


def test_off_topic_names_what_the_lists_are(desk):
    answer = desk.answer(Query(Unanswerable(Reason.OFF_TOPIC)), Evidence())
    assert (answer.status, answer.intent) == ("out_of_scope", "other")
    assert desk.corpus.documents[0].title in answer.answer


def test_lacking_column_shows_what_the_rest_selects_as_related(desk):
    query = Query(Unanswerable(Reason.LACKING_FIELD, ("营收",)), SUZHOU)
    answer = desk.answer(query, Evidence(desk.selected(*desk.in_city("苏州"))))
    assert answer.answer.startswith("清单没有「营收」这一项")
    assert "苏州的小巨人企业有 5 家" in answer.answer
    assert (answer.status, answer.intent, answer.records) == ("no_match", "list", ())
    assert len(answer.related) == 5


def test_lacking_column_of_a_company_shows_the_field_like_it(desk):
    named = (desk.company("敏芯微"),)
    query = Query(Unanswerable(Reason.LACKING_FIELD, ("上市时间",)), Named(desk.ids("敏芯微")))
    answer = desk.answer(query, Evidence(named=named))
    assert "相近的一项是上市情况" in answer.answer
    assert answer.intent == "lookup"


def test_lacking_list_is_named(desk):
    query = Query(Unanswerable(Reason.LACKING_LIST, ("独角兽",)), SUZHOU)
    answer = desk.answer(query, Evidence(desk.selected("敏芯微")))
    assert answer.answer.startswith("资料里没有「独角兽」的名单")
    rules = Query(Unanswerable(Reason.LACKING_LIST, ("独角兽",)), relation=Relation.REQUIREMENTS)
    assert desk.answer(rules, Evidence()).intent == "faq"


def test_unknown_name_is_told(desk):
    answer = desk.answer(Query(Unanswerable(Reason.UNKNOWN_NAME, ("华为",))), Evidence())
    assert "没有收录「华为」" in answer.answer
    assert answer.status == "no_match"


def test_ambiguous_name_asks_back_with_what_was_asked(desk):
    ids = desk.ids("北京燧原", "上海燧原")
    ask = Unanswerable(Reason.AMBIGUOUS, ("燧原",), ids, ("product",))
    evidence = Evidence(named=desk.context.companies(ids), unresolved=desk.corpus.unresolved)
    answer = desk.answer(Query(ask, Named(ids, "燧原")), evidence)
    assert answer.status == "clarify"
    assert "AI训练芯片" in answer.answer
    assert "AI推理芯片" in answer.answer
    assert {26, 35, 84} <= {one.line_start for one in answer.citations}
    assert answer.blocks[1].choices[0].question == "北京燧原科技有限公司的主导产品是什么？"


def test_field_of_no_company_asks_back(desk):
    query = Query(Unanswerable(Reason.NO_COMPANY, fields=("website",)))
    answer = desk.answer(query, Evidence())
    assert answer.status == "clarify"
    assert "哪一家企业的企业主页" in answer.answer
