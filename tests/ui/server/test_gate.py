"""The password before what changes the index."""

from __future__ import annotations

import pytest

from ui.errors import LockedError
from ui.server.gate import Gate


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate("正确的密码", clock)


def test_right_password_gives_a_key_that_is_good(gate: Gate) -> None:
    gate.require(gate.unlock("正确的密码"))


@pytest.mark.parametrize("password", ["", "正确的密", "正确的密码 "])
def test_wrong_password_gives_none(gate: Gate, password: str) -> None:
    with pytest.raises(LockedError, match="密码不对"):
        gate.unlock(password)


@pytest.mark.parametrize("key", ["", "x"])
def test_key_that_was_never_given_is_refused(gate: Gate, key: str) -> None:
    with pytest.raises(LockedError):
        gate.require(key)


def test_even_the_right_password_waits_after_too_many_tries(gate: Gate, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(LockedError, match="密码不对"):
            gate.unlock("x")
    with pytest.raises(LockedError, match="请等 6"):
        gate.unlock("正确的密码")
    clock.now += 61
    gate.require(gate.unlock("正确的密码"))


def test_key_expires_an_hour_after_its_last_use(gate: Gate, clock: Clock) -> None:
    key = gate.unlock("正确的密码")
    clock.now += 3000
    gate.require(key)
    clock.now += 3000
    gate.require(key)
    clock.now += 3600
    with pytest.raises(LockedError, match="过期"):
        gate.require(key)
