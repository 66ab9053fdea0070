"""Criteria, statistics and passages of lists of any kind, asked alone and together."""

from __future__ import annotations

from contextlib import closing

import pytest

from assistant.answers.answer import Status
from assistant.engine import Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

GAZELLES = """# 瞪羚企业清单（2025年）

## 1. 主题介绍
瞪羚企业是指跨越创业期、进入高速成长期的中小企业。全国瞪羚企业达278家。

## 2. 认定标准

### 2.1 通用标准

| 维度 | 核心要求 |
|---|---|
| 企业资格 | 注册满3年，具有独立法人资格 |
| 营收规模 | 最近一年营收1000万-10亿元 |
| 创新能力 | 研发投入占比≥3% |

### 2.2 各地标准差异

| 地区 | 营收要求 | 增速要求 |
|---|---|---|
| 上海 | 2000万-5亿 | 连续3年≥25% |
| 深圳 | 1000万-10亿 | 连续2年≥20% |

## 3. 企业列表

| 企业名称 | 城市 | 领域 |
|---|---|---|
| 甲药科技有限公司 | 上海 | 医疗健康 |
| 乙云科技有限公司 | 深圳 | 云计算 |

## 4. 按行业分布

| 行业领域 | 瞪羚企业数量 | 占比 | 代表企业 |
|---|---|---|---|
| 医疗健康/生物医药 | 75+ | 27% | 甲药 |
| 人工智能 | 55+ | 20% | 乙云 |
| 消费/新零售 | 15+ | 5% | 丙食 |
| 其他 | 8+ | 3% | 多个领域 |

## 5. 历年数量

| 年份 | 数量 |
|---|---|
| 2023年 | 210 |
| 2024年 | 278 |

## 6. 发展特点

### 6.1 面临挑战
- 高端人才不足
- 融资渠道较窄

### 6.2 产业园区
- 张江药谷
- 南山科技园

## 7. 备注
- 数据截至2025年12月
- 融资信息来源于公开披露
"""

CHAMPIONS = """# 单项冠军企业名单

## 入选条件
1. 专注领域：从事该领域10年以上
2. 研发：研发费用占比不低于3%，拥有有效发明专利5项以上

## 申报流程
企业自愿申报，由省级部门推荐。

## 主要投资机构
- 国有资本：国开金融、农银投资

## 名单

| 企业名称 | 城市 |
|---|---|
| 丁轴承股份有限公司 | 宁波 |

## 各批次数量

| 批次 | 公布时间 | 企业数量 |
|---|---|---|
| 第一批 | 2017年1月 | 54家 |
| 第二批 | 2017年12月 | 71家 |

## 按省份统计

| 省份 | 上榜企业数 | 营收合计（亿元） |
|---|---|---|
| 浙江 | 92家 | 720 |
| 广东 | 58家 | 850 |
"""


def _engine(folder, texts):
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    store = folder / "store"
    build_index(
        BuildRequest([folder / name for name in texts], store, FakeEncoder()), SilentProgress()
    )
    return Engine(open_index(store, FakeEncoder()), Settings())


@pytest.fixture(scope="module")
def gazelles(tmp_path_factory):
    with closing(_engine(tmp_path_factory.mktemp("one"), {"g.md": GAZELLES})) as engine:
        yield engine


@pytest.fixture(scope="module")
def champions(tmp_path_factory):
    with closing(_engine(tmp_path_factory.mktemp("two"), {"c.md": CHAMPIONS})) as engine:
        yield engine


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    texts = {"g.md": GAZELLES, "c.md": CHAMPIONS}
    with closing(_engine(tmp_path_factory.mktemp("both"), texts)) as engine:
        yield engine


def _cited(answer):
    return "\n".join(one.quote for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("瞪羚的认定标准是什么", ["注册满3年", "2000万-5亿"], []),
        ("上海认定瞪羚企业，对营收和增速有什么要求", ["2000万-5亿", "≥25%"], ["1000万-10亿；"]),
        ("公司注册几年以上才有资格评瞪羚", ["注册满3年"], ["研发投入"]),
        ("研发投入占比要求多高", ["≥3%"], ["注册满"]),
    ],
)
def test_criteria_are_told_by_what_the_question_names(gazelles, question, told, not_told):
    answer = gazelles.reply(question).answer
    assert answer.status is Status.ANSWERED
    assert all(text in answer.answer and text.rstrip("；") in _cited(answer) for text in told)
    assert not any(text in answer.answer for text in not_told)


def test_criteria_of_a_place_that_the_list_lacks_are_not_made_up(gazelles):
    answer = gazelles.reply("成都的瞪羚认定标准是什么").answer
    assert answer.status is Status.NO_MATCH
    assert "2000万" not in answer.answer
    assert "注册满3年" in answer.answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("医疗健康有几家瞪羚", [("医疗健康/生物医药", "75+")]),
        ("瞪羚企业最扎堆的是哪个行业", [("医疗健康/生物医药", "75+")]),
        ("人工智能领域的瞪羚占比是多少", [("人工智能", "20%")]),
        ("2023年有多少家瞪羚", [("2023年", "210")]),
        ("瞪羚数量最少的行业是哪个", [("消费/新零售", "15+")]),
        (
            "各行业的瞪羚数量",
            [
                ("医疗健康/生物医药", "75+"),
                ("人工智能", "55+"),
                ("消费/新零售", "15+"),
                ("其他", "8+"),
            ],
        ),
    ],
)
def test_statistics_are_looked_up_and_ranked_by_any_dimension(gazelles, question, values):
    answer = gazelles.reply(question).answer
    told = [(one.name, one.value) for one in answer.values]
    assert told[: len(values)] == values
    assert all(name in _cited(answer) for name, _ in values)


def test_companies_listed_stand_beside_the_number_of_the_statistics(gazelles):
    answer = gazelles.reply("医疗健康有几家瞪羚").answer
    assert [one.name for one in answer.records] == ["甲药科技有限公司"]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("第二批公布了多少家", [("第二批", "71家")]),
        ("哪个省的上榜企业营收合计最高", [("广东", "850")]),
        ("浙江上榜企业的营收合计是多少", [("浙江", "720")]),
    ],
)
def test_batches_and_places_have_figures_of_their_own(champions, question, values):
    answer = champions.reply(question).answer
    assert [(one.name, one.value) for one in answer.values] == values


def test_sum_over_rows_is_told(champions):
    assert "125" in champions.reply("前两批一共多少家").answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("瞪羚企业面临哪些挑战", ["高端人才不足", "融资渠道较窄"]),
        ("发展中有什么困难", ["高端人才不足", "融资渠道较窄"]),
        ("有哪些产业园区", ["张江药谷", "南山科技园"]),
        ("融资信息是从哪里来的", ["公开披露"]),
        ("什么是瞪羚企业", ["跨越创业期"]),
        ("全国一共有多少家瞪羚企业", ["278家"]),
        ("这份名单数据到什么时候", ["2025年12月"]),
    ],
)
def test_passages_answer_with_their_lines(gazelles, question, told):
    answer = gazelles.reply(question).answer
    assert answer.status is Status.ANSWERED
    assert all(text in answer.answer and text in _cited(answer) for text in told)


def test_procedure_is_told_by_its_section(champions):
    answer = champions.reply("怎么申报单项冠军").answer
    assert "省级部门推荐" in answer.answer
    assert "10年以上" not in answer.answer


def test_what_no_source_says_stays_open(gazelles):
    assert gazelles.reply("评上瞪羚能拿多少补贴").answer.status is not Status.ANSWERED


def test_question_without_a_list_asks_all_under_their_titles(both):
    answer = both.reply("认定标准是什么").answer
    first, second = answer.answer.index("《单项冠军"), answer.answer.index("《瞪羚企业")
    assert answer.answer.index("10年以上") > first
    assert answer.answer.index("注册满3年") > second
    assert {one.source for one in answer.citations} == {"g.md", "c.md"}


def test_list_that_is_named_answers_alone(both):
    answer = both.reply("单项冠军的认定标准").answer
    assert "注册满3年" not in answer.answer
    assert {one.source for one in answer.citations} == {"c.md"}


@pytest.mark.parametrize(
    ("question", "results"),
    [
        (
            "我们公司注册4年，营收3000万，研发占5%，能评瞪羚吗",
            {"注册满3年": "满足", "最近一年营收1000万-10亿元": "满足", "研发投入占比≥3%": "满足"},
        ),
        (
            "注册2年，营收500万，研发占比2%，够瞪羚的标准吗",
            {"注册满3年": "不满足", "最近一年营收1000万-10亿元": "不满足"},
        ),
        ("我司在上海，注册5年，营收1500万，符合瞪羚要求吗", {"2000万-5亿": "不满足"}),
    ],
)
def test_applicant_is_judged_by_the_criteria_of_the_list(gazelles, question, results):
    told = {one.name: one.value for one in gazelles.reply(question).answer.values}
    assert results.items() <= told.items()


def test_places_that_were_not_told_are_not_judged(gazelles):
    answer = gazelles.reply("我们公司注册4年，营收3000万，研发占5%，能评瞪羚吗").answer
    assert "2000万-5亿" not in {one.name for one in answer.values}
    assert "另有各自的要求" in answer.answer


def test_applicant_is_judged_by_every_list_that_asks_for_what_was_told(both):
    answer = both.reply("我们公司研发占5%，发明专利6项，够不够条件").answer
    assert "**《单项冠军企业名单》**" in answer.answer
    assert "**《瞪羚企业清单（2025年）》**" in answer.answer


def test_what_a_passage_says_word_by_word_is_no_column_that_companies_lack(champions):
    answer = champions.reply("主要投资机构有哪些").answer
    assert answer.status is Status.ANSWERED
    assert "国开金融" in answer.answer
