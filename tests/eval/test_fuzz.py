"""Hostile input of every kind."""

from __future__ import annotations

import random

from eval.fuzz import Fuzz, fuzz_lists, questions
from index.errors import XiaojurenError


def raising(error: Exception) -> None:
    raise error


def test_same_seed_makes_the_same_questions() -> None:
    one, two = (list(questions(random.Random(7), 50)) for _ in range(2))  # noqa: S311
    assert one == two
    assert len(set(one)) > 25


def test_error_of_the_user_is_no_fault_and_any_other_is_one() -> None:
    found = Fuzz()
    found.run("a", lambda: raising(XiaojurenError("说明")))
    found.run("b", lambda: raising(KeyError("b")))
    assert found.tried == 2
    assert [fault[:8] for fault in found.faults] == ["KeyError"]


def test_damaged_lists_break_no_reader() -> None:
    assert fuzz_lists(random.Random(3), 4).faults == []  # noqa: S311
