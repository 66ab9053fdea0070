"""What the five tools answer, over the seeds."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from assistant.engine import Engine
from assistant.errors import CriteriaError, QuestionError
from assistant.requirements.vocabulary import load_requirements
from assistant.tools import Tools

pytestmark = pytest.mark.model

MEMS = "苏州敏芯微电子技术股份有限公司"


def names(records) -> list[str]:
    return [record["name"] for record in records]


def lines(told, numbers) -> list[int]:
    by_id = {one["id"]: one["line_start"] for one in told["citations"]}
    return [by_id[number] for number in numbers]


def test_ask_is_the_answer_of_the_engine(call, engine: Engine) -> None:
    question = "苏州有哪些MEMS小巨人"
    direct = json.loads(json.dumps(engine.reply(question).answer.to_dict()))
    assert call("ask", question=question) == direct


def test_ask_understands_what_points_back_into_the_history(call) -> None:
    told = call("ask", question="它的主页呢", history=["苏州有哪些MEMS小巨人"])
    assert [value["value"] for value in told["values"]] == ["https://www.memsensing.com"]


def test_limit_of_ask_keeps_the_text_and_what_is_cited(call) -> None:
    whole = call("ask", question="列出所有企业")
    told = call("ask", question="列出所有企业", limit=2)
    assert told["answer"] == whole["answer"]
    assert told["records"] == whole["records"][:2]
    kept = [citation["id"] for citation in told["citations"]]
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", told["answer"])}
    needed = marks | {number for record in told["records"] for number in record["citations"]}
    assert set(kept) == needed
    assert len(kept) < len(whole["citations"])
    assert len(whole["records"]) > 2


def test_cursor_leads_through_all_records(call) -> None:
    whole = call("ask", question="列出所有企业")
    found, cursor = [], None
    while True:
        told = call("ask", question="列出所有企业", limit=20, cursor=cursor)
        found += told["records"]
        cited = {citation["id"] for citation in told["citations"]}
        assert {number for one in told["records"] for number in one["citations"]} <= cited
        assert told["total"] == len(whole["records"])
        cursor = told.get("cursor")
        if cursor is None:
            break
    assert names(found) == names(whole["records"])


def test_search_finds_by_words_and_keeps_the_near_apart(call) -> None:
    told = call("search", text="苏州 传感器")
    assert told["status"] == "answered"
    assert not told["by_meaning"]
    assert told["filters"] == {"city": ["苏州"], "topic": ["传感器"]}
    assert MEMS in names(told["records"])
    assert told["total"] == len(told["records"])
    assert not set(names(told["records"])) & set(names(told["related"]))


def test_search_without_the_words_finds_by_meaning_and_says_so(call) -> None:
    told = call("search", text="会飞的拍照机器")
    assert told["by_meaning"]
    assert names(told["records"]) == ["深圳市大疆创新科技有限公司"]


def test_search_for_something_else_finds_nothing(call) -> None:
    told = call("search", text="今天天气怎么样")
    assert (told["status"], told["total"], told["related"]) == ("no_match", 0, [])


def test_search_returns_as_many_as_asked_and_tells_how_many_there_are(call) -> None:
    told = call("search", text="芯片", limit=2)
    assert len(told["records"]) == 2
    assert told["total"] > 2


@pytest.mark.parametrize("name", ["688286", "敏芯微", MEMS, "https://www.memsensing.com"])
def test_company_is_found_by_code_short_name_name_and_homepage(call, name: str) -> None:
    told = call("company", name=name)
    assert told["status"] == "answered"
    company = told["company"]
    assert company["name"] == MEMS
    assert company["facts"]["founded"] == [2007]
    assert company["facts"]["listing"] == [
        {"status": "listed", "exchange": "科创板", "code": "688286"}
    ]
    fields = {field["field"]: field for field in company["fields"]}
    [website] = fields["website"]["values"]
    assert website["value"] == "https://www.memsensing.com"
    assert lines(told, website["citations"]) == [73]
    # The city is the heading's.
    [city] = fields["city"]["values"]
    assert lines(told, city["citations"]) == [66]
    assert lines(told, company["citations"]) == [73]


def test_company_of_an_id_is_the_one_that_carries_it(call) -> None:
    [record] = call("ask", question="苏州有哪些MEMS小巨人")["records"]
    assert call("company", name=record["id"])["company"]["name"] == MEMS


def test_name_of_two_companies_leaves_the_choice(call) -> None:
    told = call("company", name="燧原")
    assert told["status"] == "clarify"
    assert told["company"] is None
    assert len(told["records"]) == 2


@pytest.mark.parametrize("name", ["不存在的公司", "http://[x", "https://nowhere.example/"])
def test_company_that_no_list_has_is_told(call, name: str) -> None:
    told = call("company", name=name)
    assert (told["status"], told["company"]) == ("no_match", None)


def test_company_shows_what_looks_wrong_in_its_rows(call_unicorns) -> None:
    told = call_unicorns("company", name="甲光科技")
    remarks = told["company"]["remarks"]
    assert "深交所:688001" in [remark["value"] for remark in remarks]
    assert all(remark["citations"] for remark in remarks)


def test_eligibility_compares_every_requirement(call) -> None:
    told = call("check_eligibility", rd_ratio=4, patents=1)
    verdicts = {verdict["requirement"]: verdict for verdict in told["verdicts"]}
    research = verdicts["研发费用占比不低于3%"]
    assert research["verdict"] == "met"
    assert research["checks"] == [
        {"requirement": "research", "threshold": 3.0, "at_most": False, "told": 4.0}
    ]
    assert verdicts["拥有有效发明专利2项以上"]["verdict"] == "not_met"
    assert verdicts["从事特定细分市场3年以上"]["verdict"] == "not_stated"
    assert all(lines(told, verdict["citations"]) for verdict in told["verdicts"])


def test_one_of_two_alternatives_is_enough(call) -> None:
    told = call("check_eligibility", market_rank_national=20, market_rank_provincial=5)
    [verdict] = [one for one in told["verdicts"] if "省内前5%" in one["requirement"]]
    assert verdict["verdict"] == "met"


def test_eligibility_without_figures_lists_the_requirements(call) -> None:
    told = call("check_eligibility")
    assert {one["verdict"] for one in told["verdicts"]} == {"not_stated"}
    assert told["answer"].startswith("资料里的标准有这些要求")


def test_every_known_requirement_can_be_told(call) -> None:
    figures = {
        "years": 1,
        "rd_ratio": 1,
        "patents": 1,
        "main_business_share": 1,
        "market_rank_national": 1,
        "market_rank_provincial": 1,
        "own_ip": True,
        "standards": False,
        "others": {
            key: 1
            for key in load_requirements()
            if key not in ("years", "research", "patents", "revenue", "property", "standards")
            and not key.startswith("share_")
        },
    }
    told = call("check_eligibility", **figures)["verdicts"]
    checked = {check["requirement"] for one in told for check in one["checks"]}
    assert checked
    assert checked <= set(load_requirements())
    assert all(check["told"] is not None for one in told for check in one["checks"])


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("ask", {}, "参数 question：没有给，请补上"),
        ("ask", {"question": 5}, "参数 question：应为文字"),
        ("ask", {"question": "芯片", "mode": 1}, "参数 mode：没有这个参数，请去掉或改正名字"),
        (
            "ask",
            {"question": "它", "history": ["芯片"] * 21},
            "history：最多 20 项，给了 21 项",
        ),
        ("search", {"text": "芯片", "limit": 0}, "参数 limit：应不小于 1"),
        ("search", {"text": "芯片", "limit": 201}, "参数 limit：应不大于 200"),
        ("search", {"text": " "}, "参数 text：是空的"),
        ("company", {"name": "名" * 201}, "参数 name：超过 200 字，请缩短"),
        ("list", {"city": ["苏州", 5]}, "参数 city[1]：应为文字"),
        ("list", {"city": ["苏州"] * 51}, "参数 city：最多 50 项，给了 51 项"),
        ("list", {"columns": {"主导产品": {"most": 1}}}, "没有这一项，可用的是 min、max"),
        ("list", {"listed": "也许"}, "参数 listed：应为 true 或 false"),
        ("list", {"headcount_min": "很多"}, "参数 headcount_min：应为整数"),
        ("check_eligibility", {"rd_ratio": 150}, "参数 rd_ratio：应不大于 100"),
        ("check_eligibility", {"years": float("nan")}, "参数 years：应为有限的数字"),
    ],
)
def test_arguments_of_a_wrong_kind_or_size_are_told_in_one_line(
    call, name: str, arguments: dict[str, object], problem: str
) -> None:
    with pytest.raises(CriteriaError) as caught:
        call(name, **arguments)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_blank_question_is_refused(call) -> None:
    with pytest.raises(QuestionError, match="问题是空的"):
        call("ask", question=" ")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": "苏州有哪些MEMS小巨人", "history": ["有哪些芯片企业"]}),
        ("search", {"text": "芯片", "limit": 3}),
        ("company", {"name": "大疆"}),
        ("list", {"city": ["苏州"], "batch": [3, "第二批"], "founded_from": 2000}),
        ("check_eligibility", {"rd_ratio": 4, "own_ip": True}),
    ],
)
def test_arguments_and_results_fit_their_schemas(
    call, engine: Engine, name: str, arguments: dict[str, object]
) -> None:
    [tool] = [one for one in Tools(lambda: engine).all() if one.name == name]
    jsonschema.validate(arguments, tool.input_schema)
    jsonschema.validate(call(name, **arguments), tool.output_schema)


def test_every_tool_and_parameter_is_described_in_both_languages(engine: Engine) -> None:
    for tool in Tools(lambda: engine).all():
        texts = [tool.description]
        texts += [one["description"] for one in tool.input_schema["properties"].values()]
        for text in texts:
            assert any("\u4e00" <= character <= "\u9fff" for character in text), text
            assert any("a" <= character <= "z" for character in text), text
        assert "Raises" not in tool.description
