"""Imports run one way: ui → assistant → index; eval looks at both and only the commands at it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ALLOWED = {
    "index": {"index"},
    "assistant": {"assistant", "index"},
    "eval": {"eval", "assistant", "index"},
    "ui": {"ui", "assistant", "index"},
}

MODULES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add((node.module or "").partition(".")[0])
    return found


def test_every_package_has_modules() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_imports_only_what_lies_below_it(path: Path) -> None:
    name = path.relative_to(ROOT)
    allowed = set(ALLOWED[name.parts[0]])
    if name == Path("ui/cli/app.py"):
        allowed.add("eval")
    assert imported(path) & (ALLOWED.keys() | {"tests"}) <= allowed


def test_only_one_module_calls_chroma() -> None:
    callers = {path.relative_to(ROOT) for path in MODULES if "chromadb" in imported(path)}
    assert callers == {Path("index/store/vectors.py")}


# The engine opens the parser; passages are found by the words of questions that it knows.
READING = "assistant/parsing"
READERS = {"assistant/engine.py", "assistant/search/passage_words.py"}


def test_nothing_else_reads_the_text_of_questions() -> None:
    importing = set()
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        reads = f"from {READING.replace('/', '.')}" in text
        if reads and not name.startswith((READING, "eval/")):
            importing.add(name)
    assert importing <= READERS
