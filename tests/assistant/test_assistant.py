"""The assistant as programs hold it: the examples of its documentation run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xiaojuren
from assistant.building import PACKAGED, seeds_of
from assistant.engine import Engine
from assistant.settings import Settings
from tests.conftest import SEED

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_of_the_documentation_runs(
    example: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIAOJUREN_STORE", str(engine.settings.store))
    exec(example, {})  # noqa: S102 - our own page


def test_assistant_is_what_the_module_exports() -> None:
    assert xiaojuren.Assistant.list is xiaojuren.Assistant.list_companies


def test_packaged_list_is_used_only_where_no_folder_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert seeds_of(Settings()) == PACKAGED
    assert (PACKAGED / SEED.name).is_file()
    assert seeds_of(Settings(seeds=Path("lists"))) == Path("lists")
    (tmp_path / "seeds").mkdir()
    assert seeds_of(Settings()) == Path("seeds")
