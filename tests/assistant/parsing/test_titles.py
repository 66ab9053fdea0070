"""Words that a list brings by its title and its cells."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.parsing.cells import holders, parts_of_addresses
from assistant.parsing.spans import Category
from assistant.parsing.titles import in_all_lists, kinds_of_companies, list_spans, trade_of
from assistant.query import And, Listed
from index.places.gazetteer import load_gazetteer


@dataclass
class _Titled:
    source: str
    title: str


def _kinds(*titles: str) -> dict[str, tuple[str, ...]]:
    documents = [_Titled(f"{number}.md", title) for number, title in enumerate(titles)]
    return dict(kinds_of_companies(documents, load_gazetteer()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["机器人公司", "上海机器人企业", "上海市机器人厂商"])
def test_title_of_a_list_names_its_companies(name: str) -> None:
    assert _kinds("上海机器人企业清单")[name] == ("0.md",)


def test_trade_of_several_titles_names_the_companies_of_all() -> None:
    found = _kinds("广州云计算企业清单", "杭州云计算企业清单")
    assert found["云计算企业"] == ("0.md", "1.md")
    assert found["杭州云计算企业"] == ("1.md",)


def test_trade_without_a_word_for_companies_is_no_name() -> None:
    assert "机器人" not in _kinds("上海机器人企业清单")


def test_last_word_of_a_trade_is_shortened_before_companies() -> None:
    assert "新能源车企" in _kinds("北京新能源汽车企业清单")


def test_trade_of_a_title_keeps_its_place() -> None:
    assert trade_of("上海新能源行业企业清单") == "上海新能源"


def test_parts_of_addresses_stand_for_them() -> None:
    told = parts_of_addresses(
        ["总部：天津市滨海新区华苑产业区海泰发展六道", "贵安新区腾讯数据中心"]
    )
    words = {word for word, _ in told}
    assert {"华苑产业区", "贵安新区"} <= words


def test_holder_in_a_remark_gathers_its_companies() -> None:
    found = dict(holders(["上汽集团控股", "千方科技子公司", "员工"]))
    assert {"上汽系", "上汽集团控股的", "千方科技子公司"} <= found.keys()
    assert "员工系" not in found


@pytest.mark.parametrize(
    ("text", "found"),
    [("哪些企业两份名单都有", True), ("两份名单各多少家", False), ("三份清单里都有的", False)],
)
def test_standing_in_all_lists_is_asked_by_their_number(text: str, found: bool) -> None:
    assert bool(list(in_all_lists(text, ("a.md", "b.md")))) is found


_TITLES = {"a.md": "国家级专精特新小巨人企业清单", "b.md": "杭州3c行业企业清单"}


@pytest.mark.parametrize(
    ("text", "part"), [("3c名单里没有的", "3c名单"), ("杭州3c清单里做芯片的", "杭州3c清单")]
)
def test_a_part_of_one_title_names_its_list(text: str, part: str) -> None:
    found = list(list_spans(text, _TITLES, ()))
    assert [(one.text, one.category, one.value) for one in found] == [
        (part, Category.LIST, ("b.md",))
    ]


@pytest.mark.parametrize("text", ["企业名单", "杭州名单里的"])
def test_what_all_titles_share_and_places_name_no_list(text: str) -> None:
    assert not list(list_spans(text, _TITLES, ("杭州",)))


@pytest.mark.parametrize("text", ["两份名单都有的", "同时在两份清单里的"])
def test_all_lists_at_once_are_conditions_of_their_own(text: str) -> None:
    values = [one.value for one in list_spans(text, _TITLES, ())]
    assert values == [And((Listed(("a.md",)), Listed(("b.md",))))]
