"""Words with numbers in files that are mapped into memory, and where they are kept."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from index.language.wordtable import WordTable, prepared

NUMBERS = {"苏州": 3, "苏": 0, "mems传感器": 70_000}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda _: str(tmp_path / "cache"))
    return tmp_path / "cache"


def write(folder: Path) -> None:
    WordTable.write(folder, NUMBERS)


def test_table_returns_the_number_of_each_word_and_none_for_others(tmp_path: Path) -> None:
    write(tmp_path / "table")
    table = WordTable(tmp_path / "table")
    assert {word: table.get(word) for word in NUMBERS} == NUMBERS
    assert table.get("苏州市") is None
    assert table.total == 70_003


def test_what_is_kept_is_written_once(cache: Path) -> None:
    written = []

    def noted(folder: Path) -> None:
        written.append(folder)
        write(folder)

    assert prepared("words", noted, WordTable).get("苏州") == 3
    assert prepared("words", noted, WordTable).get("苏州") == 3
    assert len(written) == 1
    assert [one.name for one in cache.iterdir()] == ["words"]


@pytest.mark.parametrize("name", ["words.marisa", "numbers.npy"])
def test_damaged_file_is_written_anew(cache: Path, name: str) -> None:
    prepared("words", write, WordTable)
    (cache / "words" / name).write_bytes(b"")
    assert prepared("words", write, WordTable).get("苏州") == 3


def test_cache_that_cannot_be_written_costs_time_alone(cache: Path) -> None:
    cache.write_text("no folder")
    assert prepared("words", write, WordTable).get("苏州") == 3
