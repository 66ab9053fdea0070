"""The command ``xiaojuren``: a thin skin that reads settings, calls the engine and prints.

Results go to stdout; progress, warnings and errors to stderr. Exit codes: 0 success, 2 bad usage
or bad input with one line that says what is wrong, 1 an internal fault.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from index.errors import XiaojurenError
from ui.cli import answering, comparing, serving, storing
from ui.cli.base import JsonOption, StoreOption, app, command, notice, opened_engine, print_json
from ui.cli.console import ERR, OUT
from ui.cli.screens import usage_problem

__all__ = ["answering", "app", "comparing", "main", "serving", "storing"]


@app.callback()
def _start(
    ctx: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,  # noqa: FBT002
) -> None:
    if show_version:
        from importlib.metadata import version

        typer.echo(version("xiaojuren"))
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@command(name="eval")
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(metavar="题目", help="题目文件，默认 eval/ 里的全部题目")
    ] = None,
    split: Annotated[str | None, typer.Option(help="只用一半题目：dev 或 test")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """运行评测题目，按能力显示得分，并与简单检索比较。"""
    from eval.run import report

    with opened_engine(store) as engine:
        figures = report(engine, [file] if file else None, split, OUT, quiet=as_json)
    if as_json:
        print_json(figures, indent=2)


def main() -> None:
    """Run the command line; every error the user can mend is one line and exit code 2."""
    try:
        code = app(prog_name="xiaojuren", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        _fail(usage_problem(error))
    except XiaojurenError as error:
        _fail(str(error))
    except BrokenPipeError:
        _end_of_pipe()
    except SystemExit as end:
        # Typer makes 1 of a closed pipe.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _end_of_pipe()
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last resort: show everything, exit with 1
        ERR.print_exception()
        _fail(f"内部错误：{type(error).__name__}: {error}", code=1)
    sys.exit(code if isinstance(code, int) else 0)


def _end_of_pipe() -> NoReturn:
    """End well where whoever reads has had enough, as head has."""
    # Python would still flush what nobody takes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _fail(message: str, code: int = 2) -> None:
    notice(" ".join(message.split()))
    sys.exit(code)
