"""A question's conditions as chips, and the question with one of them changed."""

from __future__ import annotations

import pytest

from assistant.dialogue.chips import chips_of
from assistant.dialogue.revise import choices, revise
from assistant.engine import Engine
from assistant.errors import RevisionError
from assistant.query import Explain, Lookup, Rows
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

pytestmark = pytest.mark.model

# A question, one of its chips, what the rest of it asks, and another choice with what that asks.
CASES = [
    (
        "长三角有哪些MEMS小巨人",
        ("region", "长三角"),
        "有哪些MEMS小巨人",
        "江苏",
        "江苏有哪些MEMS小巨人",
    ),
    ("江苏有哪些小巨人", ("province", "江苏"), "有哪些小巨人", "浙江", "浙江有哪些小巨人"),
    ("苏州有哪些小巨人", ("city", "苏州"), "有哪些小巨人", "杭州", "杭州有哪些小巨人"),
    ("苏州工业园区有哪些MEMS小巨人", ("district", "工业园区"), "苏州有哪些MEMS小巨人", None, None),
    (
        "苏州有哪些MEMS小巨人",
        ("topic", "MEMS"),
        "苏州有哪些小巨人",
        "生物医药",
        "苏州有哪些生物医药小巨人",
    ),
    ("北京已上市的小巨人", ("listing", "已上市"), "北京的小巨人", "未上市", "北京未上市的小巨人"),
    (
        "2010年以后成立的上海小巨人",
        ("founded", "2010年以后"),
        "上海的小巨人",
        "2015—2019年",
        "上海2015年到2019年成立的小巨人",
    ),
    (
        "北京1000人以上的小巨人",
        ("headcount", "1000人以上"),
        "北京的小巨人",
        "500人以上",
        "北京500人以上的小巨人",
    ),
    (
        "科创板上市的上海小巨人",
        ("exchange", "科创板"),
        "上海的小巨人",
        "港交所",
        "港交所上市的上海小巨人",
    ),
    ("第三批的深圳小巨人", ("batch", "第三批"), "深圳的小巨人", "第二批", "第二批的深圳小巨人"),
    ("不在北京的AI芯片小巨人", ("city", "非北京"), "AI芯片小巨人", "北京", "北京的AI芯片小巨人"),
    ("第三批的深圳小巨人", ("city", "深圳"), "第三批的小巨人", "非深圳", "第三批不在深圳的小巨人"),
    (
        "北京企业，未上市或者2018年后成立，满足一个就算",
        ("either", "未上市"),
        "北京2018年后成立的企业",
        "只看未上市",
        "北京未上市的企业",
    ),
    ("做机器人或者无人机的小巨人", ("topic", "机器人"), "做无人机的小巨人", None, None),
    ("除了大疆，深圳还有哪些小巨人", ("excluded", "大疆创新"), "深圳有哪些小巨人", None, None),
]


def names(reply):
    return {record.name for record in reply.answer.records}


def shown(reply, engine):
    return {(one.field, one.value) for one in chips_of(reply.query, engine.context.names)}


def labels(reply, chip, engine):
    return [one.label for one in choices(reply, *chip, engine)]


@pytest.mark.parametrize(("question", "chip", "rest", "choice", "changed"), CASES)
def test_condition_taken_away_or_exchanged_asks_what_is_left(
    engine, question, chip, rest, choice, changed
):
    reply = engine.reply(question)
    assert chip in shown(reply, engine)
    removed = revise(reply, *chip, None, engine)
    assert names(removed) == names(engine.reply(rest))
    assert chip not in {
        (one.field, one.value) for one in chips_of(removed.query, engine.context.names)
    }
    if choice is not None:
        found = {one.label: one.count for one in choices(reply, *chip, engine)}
        exchanged = revise(reply, *chip, choice, engine)
        assert names(exchanged) == names(engine.reply(changed))
        assert found[choice] == len(exchanged.answer.records)


def test_no_choice_gives_nothing_or_the_same(engine):
    reply = engine.reply("第三批的深圳小巨人")
    for field, value in (("batch", "第三批"), ("city", "深圳")):
        found = choices(reply, field, value, engine)
        assert all(one.count for one in found)
        assert value not in {one.label for one in found}


def test_topics_beside_each_other_are_not_offered_twice(engine):
    reply = engine.reply("做机器人或者无人机的小巨人")
    assert "无人机" not in labels(reply, ("topic", "机器人"), engine)


def test_order_can_be_reversed_lengthened_and_dropped(engine):
    reply = engine.reply("成立最早的三家上海小巨人")
    chip = ("order", "成立最早的三家")
    assert "成立最晚的一家" in labels(reply, chip, engine)
    youngest = revise(reply, *chip, "成立最晚的一家", engine)
    assert names(youngest) == names(engine.reply("成立最晚的上海小巨人是哪家"))
    dropped = revise(reply, *chip, None, engine)
    assert dropped.query.ask == Rows()
    assert names(dropped) == names(engine.reply("上海的小巨人"))


def test_group_can_be_exchanged_for_another(engine):
    reply = engine.reply("清单里各城市有多少家MEMS企业")
    assert labels(reply, ("group", "所在城市"), engine) == [
        "省份",
        "所属区域",
        "认定批次",
        "上市情况",
    ]
    batches = revise(reply, "group", "所在城市", "认定批次", engine)
    assert "第二批" in batches.answer.answer


def test_fields_and_companies_of_a_lookup(engine):
    reply = engine.reply("敏芯微和纳芯微的主页和成立时间")
    alone = revise(reply, "company", "纳芯微", None, engine)
    assert [value.name for value in alone.answer.values] == ["苏州敏芯微电子技术股份有限公司"] * 2
    founded = revise(alone, "field", "企业主页", None, engine)
    assert [value.value for value in founded.answer.values] == ["2007年"]
    batch = revise(founded, "field", "成立时间", "认定批次", engine)
    assert [value.value for value in batch.answer.values] == ["第二批"]
    profile = revise(founded, "field", "成立时间", None, engine)
    assert profile.query.ask == Lookup()


def test_figures_of_an_applicant_can_be_taken_back(engine):
    reply = engine.reply("研发费用占比4%，专利3项，能申报吗")
    less = revise(reply, "facts", "专利3项", None, engine)
    assert [fact.label for fact in less.query.ask.facts] == ["研发费用占比4%"]
    none = revise(less, "facts", "研发费用占比4%", None, engine)
    assert isinstance(none.query.ask, Explain)


def test_changes_are_told_once_each_and_the_question_stays(engine):
    reply = engine.reply("苏州有哪些MEMS小巨人")
    once = revise(reply, "topic", "MEMS", None, engine)
    twice = revise(once, "city", "苏州", "杭州", engine)
    assert twice.changes == ("去掉 主题：MEMS", "城市：苏州 → 杭州")
    assert twice.answer.question == "苏州有哪些MEMS小巨人（去掉 主题：MEMS；城市：苏州 → 杭州）"
    assert twice.text == "苏州有哪些MEMS小巨人"


def test_next_question_points_back_to_the_changed_one(engine):
    reply = engine.reply("苏州有哪些MEMS小巨人")
    changed = revise(reply, "city", "苏州", None, engine)
    assert names(engine.reply("那上海呢", changed)) == names(engine.reply("上海有哪些MEMS小巨人"))


@pytest.mark.parametrize(
    ("chip", "choice", "problem"),
    [
        (("city", "上海"), None, "没有这个条件"),
        (("city", "苏州"), "<b>火星</b>", "请从列出的选项里选"),
        (("topic", ""), None, "没有这个条件"),
    ],
)
def test_change_that_has_no_place_is_refused(engine, chip, choice, problem):
    reply = engine.reply("苏州有哪些小巨人")
    with pytest.raises(RevisionError, match=problem):
        revise(reply, *chip, choice, engine)


def test_the_only_company_asked_about_cannot_be_taken_away(engine):
    reply = engine.reply("敏芯微的主页")
    with pytest.raises(RevisionError, match="不能去掉"):
        revise(reply, "company", "敏芯微", None, engine)


LISTS = {
    "a.md": """# 瞪羚企业清单（2025年）

| 企业名称 | 城市 | 领域 | 估值（亿元） | 融资轮次 |
|---|---|---|---|---|
| 甲光科技有限公司 | 深圳 | 激光雷达 | 120 | D轮 |
| 乙云科技有限公司 | 深圳 | 云计算 | 80 | B轮 |
""",
    "b.md": """# 单项冠军企业名单

| 企业名称 | 城市 | 领域 | 估值（亿元） | 融资轮次 |
|---|---|---|---|---|
| 甲光科技有限公司 | 深圳 | 激光雷达 | 120 | D轮 |
| 丙药科技有限公司 | 苏州 | 创新药 | 300 | D轮 |
""",
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    for name, text in LISTS.items():
        (folder / name).write_text(text, "utf-8")
    store = folder / "store"
    build_index(BuildRequest([folder], store, FakeEncoder()), SilentProgress())
    engine = Engine(open_index(store, FakeEncoder()), Settings(store=store))
    yield engine
    engine.close()


def chip_of(reply, field, engine):
    found = [one for one in chips_of(reply.query, engine.context.names) if one.field == field]
    assert len(found) == 1
    return field, found[0].value


@pytest.mark.parametrize(
    ("question", "field", "choice", "before", "removed", "changed"),
    [
        ("瞪羚清单里有哪些企业", "list", "单项冠军企业名单", "甲乙", "甲乙丙", "甲丙"),
        (
            "只在单项冠军名单里的企业有哪些",
            "only_list",
            "瞪羚企业清单（2025年）",
            "丙",
            "甲乙丙",
            "乙",
        ),
        ("融资轮次是D轮的企业", "融资轮次", "B轮", "甲丙", "甲乙丙", "乙"),
        ("估值超过100亿的企业", "估值（亿元）", None, "甲丙", "甲乙丙", None),
    ],
)
def test_lists_and_own_columns(lists, question, field, choice, before, removed, changed):
    def found(reply):
        return "".join(
            sorted((record.name[0] for record in reply.answer.records), key="甲乙丙".index)
        )

    reply = lists.reply(question)
    assert found(reply) == before
    chip = chip_of(reply, field, lists)
    assert found(revise(reply, *chip, None, lists)) == removed
    if choice is not None:
        assert found(revise(reply, *chip, choice, lists)) == changed
