"""The access log: who asked for what, and never what was asked unless it is wanted."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant.engine import Engine
from ui.server.access import log_to
from ui.server.server import launch

pytestmark = pytest.mark.model

QUESTION = "敏芯微的主页"


@pytest.fixture
def restored() -> Iterator[None]:
    """Takes back what a test does to the loggers."""
    loggers = [logging.getLogger(name) for name in ("ui.server.access", "assistant.engine")]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def used(engine: Engine, *, questions: bool) -> list[str]:
    """Return the log of one page load, a question, one that is refused, and a page not there."""
    stream = io.StringIO()
    log_to(stream, questions=questions)
    with launch(lambda: engine, "127.0.0.1", 0) as server:
        urlopen(f"{server.url}/?q={quote(QUESTION)}", timeout=10).close()  # noqa: S310
        assert server.ready.wait(120)
        urlopen(f"{server.url}/health", timeout=10).close()  # noqa: S310
        client = Client(server.url, verbose=False, analytics_enabled=False)
        client.predict(QUESTION, api_name="/ask")
        with pytest.raises(AppError):
            client.predict(" ", api_name="/ask")
        with pytest.raises(HTTPError) as missing:
            urlopen(f"{server.url}/a%0Ab", timeout=10)  # noqa: S310
        missing.value.close()
    return stream.getvalue().splitlines()


@pytest.mark.usefixtures("restored")
def test_log_tells_time_kind_status_and_duration_but_no_question(engine: Engine) -> None:
    lines = used(engine, questions=False)
    text = "\n".join(lines)
    assert QUESTION not in text
    assert quote(QUESTION) not in text
    time = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ "
    for use in (r"127\.0\.0\.1 GET / 200", "api /ask ok", "api /ask refused", ".*GET /a%0Ab 404"):
        assert re.search(rf"{time}{use} \d+ms$", text, re.M), use
    assert "/health" not in text
    assert "/assets/" not in text


@pytest.mark.usefixtures("restored")
def test_questions_are_told_where_they_are_wanted(engine: Engine) -> None:
    lines = used(engine, questions=True)
    assert any(line.endswith(f'question "{QUESTION}"') for line in lines)
