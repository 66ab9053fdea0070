"""The made-up lists that measurements index."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.national.lists import FORMATS, made_up_rows
from index.corpus import find_sources, read_corpus


def test_rows_are_always_the_same_and_no_two_share_a_name() -> None:
    rows = made_up_rows(200)
    assert rows == made_up_rows(200)
    assert len({row[0] for row in rows}) == 200


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_read_as_so_many_companies(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"national{suffix}"
    FORMATS[suffix](made_up_rows(40), path)
    assert len(read_corpus(find_sources([path])).companies) == 40
