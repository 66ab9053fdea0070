"""Many users at once: what is asked, what is counted, and a small run against a real server."""

from __future__ import annotations

import io

import pytest
import typer
from rich.console import Console

from assistant.engine import Engine
from eval.load import Asked, call, direct_answer, plan, report, run_users, served
from eval.measure import percentile
from eval.questions import load_questions

pytestmark = pytest.mark.model

QUESTIONS = load_questions()


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1.0), (0.5, 2.0), (0.75, 3.0), (0.95, 4.0), (1.0, 4.0)]
)
def test_percentile_is_the_value_that_the_share_does_not_exceed(share: float, value: float) -> None:
    assert percentile([4.0, 2.0, 1.0, 3.0], share) == value


def test_no_question_is_asked_twice_and_every_run_asks_the_same() -> None:
    planned = plan(QUESTIONS, 3, 4)
    assert [len(one) for one in planned] == [4, 4, 4]
    assert len({question.id for one in planned for question in one}) == 12
    assert planned == plan(QUESTIONS, 3, 4)


def test_more_questions_than_there_are_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="there are"):
        plan(QUESTIONS[:5], 2, 3)


@pytest.fixture
def printed() -> Console:
    return Console(file=io.StringIO(), width=80)


def test_right_wrong_and_failed_answers_are_counted(engine: Engine, printed: Console) -> None:
    first, second, third = plan(QUESTIONS, 1, 3)[0]
    asked = [
        Asked(first, 0.1, direct_answer(engine, first.turns), ""),
        Asked(second, 0.2, {"status": "answered"}, ""),
        Asked(third, 0.3, None, "URLError: gone"),
    ]
    assert not report(asked, 0.5, engine, printed)
    text = printed.file.getvalue()  # type: ignore[attr-defined]
    figures = dict(line.strip("│ ").split("│") for line in text.splitlines() if "│" in line)
    told = {name.strip(): figure.strip() for name, figure in figures.items()}
    assert (told["right"], told["wrong"], told["errors"]) == ("1", "1", "1")
    assert (told["p50"], told["max"]) == ("200 ms", "300 ms")
    assert f"{third.id}: URLError: gone" in text


def test_users_get_what_the_engine_answers_directly(engine: Engine, settings) -> None:
    with served(settings.store) as url:
        asked = run_users(url, plan(QUESTIONS, 4, 2))
        with pytest.raises(RuntimeError, match="event: error"):
            call(url, "ask", {"question": " "})
    assert len(asked) == 8
    assert report(asked, 1.0, engine, Console(file=io.StringIO()))
