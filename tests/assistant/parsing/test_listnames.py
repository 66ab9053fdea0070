"""Lists named by a part of their title, and all lists at once."""

from __future__ import annotations

import pytest

from assistant.parsing.listnames import list_spans
from assistant.parsing.spans import Category
from assistant.query import And, Listed

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
