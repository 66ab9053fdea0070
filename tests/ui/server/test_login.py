"""Names and passwords from the settings."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from assistant.settings import load_settings
from index.errors import SettingsError
from ui.server.login import read_logins


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
