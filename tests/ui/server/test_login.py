"""Names and passwords from the settings."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from assistant.settings import load_settings
from index.errors import SettingsError
from ui.errors import LockedError
from ui.server.login import CLIENT, Brake, Gate, read_logins


def test_no_setting_means_no_login() -> None:
    assert read_logins(None) == ()


@pytest.mark.parametrize(
    ("setting", "logins"),
    [
        ("li:x", (("li", "x"),)),
        ("li:x,wang:y", (("li", "x"), ("wang", "y"))),
        (" li : x , wang:y ", (("li", "x"), ("wang", "y"))),
        ("li:a:b", (("li", "a:b"),)),
        ("李:密码", (("李", "密码"),)),
    ],
)
def test_logins_are_names_with_passwords(setting: str, logins: object) -> None:
    assert read_logins(SecretStr(setting)) == logins


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("", "第 1 项不是“用户名:密码”"),
        ("geheim", "第 1 项不是“用户名:密码”"),
        (":geheim", "第 1 项不是“用户名:密码”"),
        ("li:", "第 1 项不是“用户名:密码”"),
        ("li:x,geheim", "第 2 项不是“用户名:密码”"),
        ("li:geheim,li:y", "第 2 项的用户名与前面的重复"),
    ],
)
def test_wrong_form_is_told_in_one_line_without_the_password(setting: str, problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_logins(SecretStr(setting))
    assert problem in str(caught.value)
    assert "XIAOJUREN_AUTH" in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_do_not_show_the_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOJUREN_AUTH", "li:geheim")
    settings = load_settings()
    assert "geheim" not in repr(settings)
    assert read_logins(settings.auth) == (("li", "geheim"),)


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
    monkeypatch.setattr("ui.server.login._MOST_KEPT", 10)
    brake = Brake(lambda: 0.0)
    for number in range(50):
        CLIENT.set(f"10.0.1.{number}")
        brake.check("li", wrong)
    assert len(brake._wrong) <= 10


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
