"""What the command line says of itself: in Chinese, at any width, without loading the engine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
import typer.main
from rich.cells import cell_len

from tests.conftest import SEED
from ui.cli import app as cli

NAMES = list(typer.main.get_command(cli.app).commands)

# Names and formats that are the same in Chinese.
LATIN = re.compile(r"--?[a-z-]+|[A-Z_]{3,}|CSV|shell|stdin|stdout|stderr|/")


@pytest.fixture
def run(monkeypatch, capsys):
    def run_with(*arguments: str, width: int = 80) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["xiaojuren", *arguments])
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        return exit_.value.code, *capsys.readouterr()

    return run_with


def test_version_is_that_of_the_distribution(run):
    assert run("--version") == (0, f"{version('xiaojuren')}\n", "")


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_help_names_every_command(run, arguments):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert all(f"\n  {name} " in out for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 80])
def test_help_of_a_command_is_chinese_and_fits_the_terminal(run, name, width):
    code, out, _ = run(name, "--help", width=width)
    assert code == 0
    assert out.startswith(f"用法：xiaojuren {name}")
    assert max(map(cell_len, out.splitlines())) <= width
    words = re.findall(r"[A-Za-z]{4,}", LATIN.sub(" ", out))
    same = {"xiaojuren", "seeds", "test", "eval", "Schema", "Lines", "backup", "list", name}
    assert set(words) <= same


def test_help_loads_neither_engine_nor_server():
    program = (
        "import sys; from ui.cli import main; sys.argv = ['xiaojuren', '--help']\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=SEED.parents[1],
    )
    loaded = set(done.stderr.split())
    heavy = {"numpy", "pydantic", "sqlalchemy", "chromadb", "torch", "gradio", "mcp", "jieba"}
    assert not loaded & heavy


def test_schemas_are_printed_without_an_index(run):
    code, out, _ = run("schema", "list")
    assert code == 0
    assert json.loads(out)["answer"]["properties"]["cursor"]
    assert list(json.loads(run("schema")[1])) == [
        "ask",
        "search",
        "company",
        "list",
        "check_eligibility",
    ]
    assert run("schema", "none")[0] == 2


def test_shell_completes_commands(run, monkeypatch):
    monkeypatch.setenv("_XIAOJUREN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "xiaojuren st")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert run()[1].split() == ["stats"]
