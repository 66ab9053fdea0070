from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings, load_settings
from index.errors import SettingsError

ROOT = Path(__file__).parents[2]


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("XIAOJUREN_STORE", "/somewhere/else")
    monkeypatch.setenv("XIAOJUREN_PORT", "9000")
    settings = load_settings()
    assert settings.store == Path("/somewhere/else")
    assert settings.port == 9000


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("PORT", "70000"), ("THREADS", "0"), ("LIST_LIMIT", "-1")]
)
def test_unusable_value_names_the_variable_and_the_value(monkeypatch, name, value):
    monkeypatch.setenv(f"XIAOJUREN_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"XIAOJUREN_{name}" in str(caught.value)
    assert value in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_setting_stands_in_the_readme_with_its_default(readme):
    text = (ROOT / readme).read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`XIAOJUREN_{name.upper()}`" in text
        if field.default is not None:
            assert f"`{field.default}`" in text


def test_only_settings_read_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for package in ("assistant", "index", "ui", "eval")
        for path in (ROOT / package).rglob("*.py")
        if "os.getenv" in (text := path.read_text("utf-8")) or "os.environ.get" in text
    ]
    assert readers == []
