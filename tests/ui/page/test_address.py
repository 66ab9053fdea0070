"""What addresses tell, and how they are written."""

from __future__ import annotations

import pytest

from index.types import Corpus
from ui.page.address import address, compare_address, read_address


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=%E8%8A%AF%E7%89%87&city=a&city=b", {"q": ["芯片"], "city": ["a", "b"]}),
        ("", {}),
        ("q=", {}),
        ("q", {}),
        (None, {}),
        (["q=1"], {}),
        ({"q": "1"}, {}),
        (5, {}),
        ("q=" + "长" * 8_000, {}),
        ("&".join("a=1" for _ in range(500)), {}),
    ],
)
def test_address_is_read_or_tells_nothing(query: object, told: dict[str, list[str]]) -> None:
    assert read_address(query) == told


def test_address_read_again_tells_the_same() -> None:
    told = [("q", "A&B=芯片 #1"), ("city", "苏州"), ("city", "杭州")]
    written = address("browse", told)
    assert written.startswith("#/browse?")
    assert read_address(written.partition("?")[2]) == {
        "q": ["A&B=芯片 #1"],
        "city": ["苏州", "杭州"],
    }
    assert address("browse", []) == "#/browse"


def test_comparison_names_its_companies(seed_corpus: Corpus) -> None:
    two = seed_corpus.companies[:2]
    told = read_address(compare_address(two).partition("?")[2])
    assert told == {"ids": [f"{two[0].id},{two[1].id}"]}
