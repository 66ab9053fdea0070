"""Questions over other lists: every one names its files, and no file is in both halves."""

from __future__ import annotations

import json

from eval.lists import PATTERN, QUESTIONS, by_sources


def test_every_question_names_the_files_that_it_is_asked_of() -> None:
    for path in QUESTIONS.glob(PATTERN):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            assert entry.get("sources") or entry["source"], entry["id"]


def test_halves_share_no_list() -> None:
    development, test = (
        {name for sources in by_sources(split) for name in sources} for split in ("dev", "test")
    )
    assert development
    assert test - {"seed"}
    assert development & test <= {"seed"}
