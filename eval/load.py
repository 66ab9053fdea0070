"""Many users at once: `python -m eval.load --users 20`.

The page is served in a process of its own; every user is a thread that speaks plain HTTP (Gradio's
own client needs more of a processor than the server does), and all begin together. Each asks
questions of the set that nobody else asks, one after the other, with no time to think between
them. An answer is right if it is, to the last character, what an engine over the same index
answers that is asked directly and by nobody else.
"""

from __future__ import annotations

import json
import random
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import typer
from rich.console import Console
from rich.table import Table

from assistant.dialogue import Reply
from assistant.engine import Engine, open_engine
from assistant.settings import load_settings
from eval.measure import COMMAND, percentile
from eval.questions import Question, load_questions

_START_SECONDS = 120
_STOP_SECONDS = 20

# The same questions in every run.
_SEED = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that a user asked.

    Attributes:
        question: The question.
        seconds: How long the answer took.
        answer: The answer as JSON values; None if there was an error.
        error: What went wrong; empty if nothing did.
    """

    question: Question
    seconds: float
    answer: dict[str, Any] | None
    error: str


def plan(questions: Sequence[Question], users: int, each: int) -> list[list[Question]]:
    """Return what every user asks: no question twice.

    Raises:
        typer.BadParameter: there are not so many questions.
    """
    if users * each > len(questions):
        raise typer.BadParameter(f"{users * each} questions asked for, {len(questions)} there are")
    drawn = random.Random(_SEED).sample(list(questions), users * each)  # noqa: S311 - no secret
    return [drawn[user::users] for user in range(users)]


def run_users(url: str, planned: Sequence[Sequence[Question]]) -> list[Asked]:
    """Return what all users got, asking at the same time."""
    together = threading.Barrier(len(planned))

    def user(questions: Sequence[Question]) -> list[Asked]:
        together.wait()
        return [_ask(url, question) for question in questions]

    with ThreadPoolExecutor(len(planned)) as users:
        return [one for asked in users.map(user, planned) for one in asked]


def _ask(url: str, question: Question) -> Asked:
    *earlier, last = question.turns
    began = time.perf_counter()
    answer, error = None, ""
    try:
        answer = call(url, "ask", {"question": last, "history": earlier})
    except Exception as problem:  # noqa: BLE001 - whatever a user may meet is counted
        error = f"{type(problem).__name__}: {problem}"
    return Asked(question, time.perf_counter() - began, answer, error)


def call(url: str, endpoint: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return what an endpoint of the page's server answers.

    Raises:
        OSError: the server does not answer, or refuses.
        RuntimeError: the endpoint tells of an error.
    """
    at = f"{url}/gradio_api/call"
    body, kind = json.dumps(arguments).encode(), {"Content-Type": "application/json"}
    with urlopen(Request(f"{at}/v2/{endpoint}", body, kind)) as accepted:  # noqa: S310 - http
        event = json.load(accepted)["event_id"]
    with urlopen(f"{at}/{endpoint}/{event}") as events:  # noqa: S310 - http
        last = events.read().decode().strip().rpartition("\n\n")[2]
    name, _, data = last.partition("\n")
    if name != "event: complete":
        raise RuntimeError(last)
    return dict(json.loads(data.removeprefix("data: "))[0])


def direct_answer(engine: Engine, turns: Sequence[str]) -> dict[str, Any]:
    """Return the answer to the last turn of a conversation, asked without a server."""
    reply: Reply | None = None
    for turn in turns:
        reply = engine.reply(turn, reply)
    assert reply is not None, "a conversation has a turn"  # noqa: S101
    return dict(json.loads(json.dumps(reply.answer.to_dict())))


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Serve the page in a process of its own, and give its address when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("serve", "--host", "127.0.0.1", "--port", str(port), "--store", str(store))
    process = subprocess.Popen([*COMMAND, *options], stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/health", process)
        yield url
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url):  # noqa: S310 - our own server
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def report(asked: Sequence[Asked], seconds: float, engine: Engine, console: Console) -> bool:
    """Print the figures; return whether every answer was right.

    Args:
        asked: What the users asked and got.
        seconds: How long they took together.
        engine: What answers directly, over the same index.
        console: Where to print.
    """
    failed = [one for one in asked if one.error]
    wrong = [
        one
        for one in asked
        if not one.error and one.answer != direct_answer(engine, one.question.turns)
    ]
    times = [1000 * one.seconds for one in asked]
    table = Table("what", "figure", title="users at once")
    for name, figure in (
        ("questions", f"{len(asked)}"),
        ("right", f"{len(asked) - len(failed) - len(wrong)}"),
        ("wrong", f"{len(wrong)}"),
        ("errors", f"{len(failed)}"),
        ("p50", f"{percentile(times, 0.5):.0f} ms"),
        ("p95", f"{percentile(times, 0.95):.0f} ms"),
        ("max", f"{max(times):.0f} ms"),
        ("together", f"{seconds:.1f} s, {len(asked) / seconds:.0f} answers/s"),
    ):
        table.add_row(name, figure)
    console.print(table)
    for one in failed:
        console.print(f"{one.question.id}: {one.error}", markup=False)
    for one in wrong:
        console.print(f"{one.question.id}: another answer than asked directly", markup=False)
    return not failed and not wrong


def main(
    users: Annotated[int, typer.Option(min=1, max=200, help="users at once")] = 20,
    questions: Annotated[int, typer.Option(min=1, help="questions of each user")] = 12,
    store: Annotated[
        Path | None, typer.Option(help="an index; one of the seeds is built if none is named")
    ] = None,
) -> None:
    """Let many users ask at once and check every answer; exit with 1 if one is not right."""
    planned = plan(load_questions(), users, questions)
    with tempfile.TemporaryDirectory() as folder:
        at = store or Path(folder) / "store"
        with served(at) as url:
            # By meaning, so that the model is there before the clock starts.
            call(url, "ask", {"question": "会飞的拍照机器谁在做"})
            began = time.perf_counter()
            asked = run_users(url, planned)
            seconds = time.perf_counter() - began
        with closing(open_engine(load_settings(store=at))) as engine:
            right = report(asked, seconds, engine, Console())
    if not right:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
