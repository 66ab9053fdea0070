"""Places in a list's own ranking."""

from __future__ import annotations

import pytest

from assistant.engine import Engine
from assistant.settings import Settings
from assistant.understanding.ranks import is_inside, read_rank
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

RANKING = """# 2025年民营企业榜

| 排名 | 企业名称 | 城市 | 成立时间 | 营业收入（亿元） |
|---|---|---|---|---|
| 1 | 甲光科技有限公司 | 深圳 | 2001年 | 30 |
| 2 | 乙云科技有限公司 | 苏州 | 2015年 | 90 |
| 3 | 丙药科技有限公司 | 深圳 | 2010年 | 20 |
| 4 | 丁电科技有限公司 | 杭州 | 2019年 | 80 |

## 纳税排名前2

| 排名 | 企业名称 | 纳税额（亿元） |
|---|---|---|
| 1 | 丁电科技有限公司 | 9 |
| 2 | 乙云科技有限公司 | 8 |
"""


@pytest.fixture(scope="module")
def ranked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ranked")
    (folder / "a.md").write_text(RANKING, "utf-8")
    build_index(BuildRequest([folder], folder / "store", FakeEncoder()), SilentProgress())
    engine = Engine(open_index(folder / "store", FakeEncoder()), Settings())
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("前两名有哪些", "甲乙"),
        ("榜首是谁", "甲"),
        ("第3名是哪家", "丙"),
        ("排名2到3的企业", "乙丙"),
        ("前三强里有哪些深圳企业", "甲丙"),
        ("前三强里成立时间最晚的是哪家", "乙"),
        ("营业收入前两名", "乙丁"),
        ("成立最晚的前两名", "丁乙"),
        ("排名最后的两家", "丁丙"),
        ("深圳排名最靠前的是哪家", "甲"),
    ],
)
def test_places_of_the_ranking_are_conditions_and_orders(ranked, question, names):
    found = [record.name[0] for record in ranked.reply(question).answer.records]
    assert found == list(names)


@pytest.mark.parametrize(
    ("text", "places"),
    [("前十名有哪些", (1, 10)), ("top 3 企业", (1, 3)), ("第五名", (5, 5)), ("有哪些企业", None)],
)
def test_place_is_read_in_digits_and_numerals(text, places):
    rank = read_rank(text, "排名")
    assert (rank and (rank.condition.low, rank.condition.high)) == places


@pytest.mark.parametrize(("rest", "inside"), [("里成立最晚的", True), ("的企业", False)])
def test_inside_is_told_by_the_word_after_the_place(rest, inside):
    assert is_inside(rest) is inside
