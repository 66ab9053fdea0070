"""Guessing passwords."""

from __future__ import annotations

import pytest

from ui.errors import LockedError
from ui.server.brake import CLIENT, Brake


def wrong() -> bool:
    return False


def right() -> bool:
    return True


def test_sixth_wrong_try_waits_a_minute_and_locks_nobody_else_out() -> None:
    now = [0.0]
    brake = Brake(lambda: now[0])
    CLIENT.set("10.0.0.1")
    assert not any(brake.check("li", wrong) for _ in range(5))
    with pytest.raises(LockedError, match="60"):
        brake.check("li", right)
    assert brake.check("wang", right)
    CLIENT.set("10.0.0.2")
    assert brake.check("li", right)
    CLIENT.set("10.0.0.1")
    now[0] = 61.0
    assert brake.check("li", right)


def test_client_that_tries_many_accounts_is_stopped() -> None:
    brake = Brake(lambda: 0.0)
    CLIENT.set("10.0.0.3")
    for number in range(20):
        brake.check(f"user{number}", wrong)
    with pytest.raises(LockedError):
        brake.check("another", right)


def test_memory_of_tries_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.server.brake._MOST_KEPT", 10)
    brake = Brake(lambda: 0.0)
    for number in range(50):
        CLIENT.set(f"10.0.1.{number}")
        brake.check("li", wrong)
    assert len(brake._wrong) <= 10
