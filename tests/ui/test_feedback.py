"""Verdicts on answers: stored one a line, read back, shown."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ui import feedback as module
from ui.errors import FeedbackError
from ui.feedback import Feedback, add_feedback, feedback_file, now, read_feedback

ONE = Feedback(now(), "苏州有哪些小巨人", "answered", "up", "很好\n谢谢", ("前一问",))


def test_verdicts_are_read_back_in_order(tmp_path: Path) -> None:
    file = feedback_file(tmp_path)
    other = Feedback(now(), "问", "no_match", "down")
    add_feedback(file, ONE)
    add_feedback(file, other)
    assert read_feedback(file) == [ONE, other]
    assert len(file.read_text("utf-8").splitlines()) == 2


def test_no_file_is_no_verdict(tmp_path: Path) -> None:
    assert read_feedback(feedback_file(tmp_path)) == []


def test_verdicts_given_at_once_are_all_kept(tmp_path: Path) -> None:
    file = feedback_file(tmp_path)
    threads = [threading.Thread(target=add_feedback, args=(file, ONE)) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_feedback(file) == [ONE] * 40


def test_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = feedback_file(tmp_path)
    add_feedback(file, ONE)
    monkeypatch.setattr(module, "_MOST_BYTES", file.stat().st_size + 10)
    with pytest.raises(FeedbackError, match="已满"):
        add_feedback(file, ONE)
    assert read_feedback(file) == [ONE]


def test_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="请管理员检查权限"):
        add_feedback(tmp_path / "gone" / "feedback.jsonl", ONE)


@pytest.mark.parametrize("line", ["{", "[]", '{"time": "x"}'])
def test_line_that_is_no_verdict_is_named(tmp_path: Path, line: str) -> None:
    file = feedback_file(tmp_path)
    add_feedback(file, ONE)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
    with pytest.raises(FeedbackError, match="第 2 行"):
        read_feedback(file)
