"""Weights: the right candidate is made to win, and what nothing tells apart stays."""

from __future__ import annotations

import tomllib

from eval.weights import Choice, cross_validated, fit, in_use, render, right_share

START = {"explained": 1.0, "cover": 1.0, "rule:set.rows": 0.2, "rule:set.count": 0.0}


def choice(name: str) -> Choice:
    """Two candidates that differ in their rule alone; the weights in use prefer the wrong one."""
    rows = {"explained": 1.0, "cover": 1.0, "rule:set.rows": 1.0}
    count = {"explained": 1.0, "cover": 1.0, "rule:set.count": 1.0}
    return Choice(name, (rows, count), (False, True))


CHOICES = [choice(f"q{number}") for number in range(40)]


def test_rule_of_right_candidates_comes_to_outweigh_that_of_wrong_ones() -> None:
    weights = fit(CHOICES, START, strength=1.0)
    assert weights["rule:set.count"] > weights["rule:set.rows"]
    assert (right_share(CHOICES, START), right_share(CHOICES, weights)) == (0.0, 1.0)


def test_feature_that_all_candidates_share_keeps_its_weight() -> None:
    weights = fit(CHOICES, START, strength=1.0)
    assert (weights["explained"], weights["cover"]) == (1.0, 1.0)


def test_strong_draw_keeps_the_weights_in_use() -> None:
    assert fit(CHOICES, START, strength=1e9) == START


def test_questions_are_judged_by_weights_fitted_without_them() -> None:
    assert cross_validated(CHOICES, START, strength=1.0) == 1.0


def test_weights_are_written_as_they_are_read() -> None:
    read = tomllib.loads(render(in_use(), {"date": "2026-12-01", "questions": 3}))
    prior = {f"rule:{rule}": weight for rule, weight in read["prior"].items()}
    assert {**read["features"], **prior} == in_use()
    assert read["learned"] == {"date": "2026-12-01", "questions": 3}
