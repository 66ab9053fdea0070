"""What all commands share: options, settings, an open engine, and ways to print."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.store.collector import collector_paused
from ui.cli.console import ERR
from ui.cli.screens import Command, Group

# Commands import what they need when they run: help and completion wait for nothing.
if TYPE_CHECKING:
    from assistant.engine import Engine
    from assistant.settings import Settings
    from index.store.reader import IndexReader

app = typer.Typer(
    name="xiaojuren",
    help="回答专精特新“小巨人”企业的问题：完整、准确、每个事实都注明出处。",
    cls=Group,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
command = partial(app.command, cls=Command, options_metavar="[选项]")

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="索引所在的文件夹（XIAOJUREN_STORE）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def settings_with(**overrides: Any) -> Settings:
    """Return the settings with the options that were given."""
    from assistant.settings import load_settings

    return load_settings(**{name: told for name, told in overrides.items() if told is not None})


@contextmanager
def opened_engine(store: Path | None) -> Iterator[Engine]:
    """Yield an engine over a store; says which lists changed since it was built."""
    with collector_paused():
        from assistant.engine import open_engine

        opened = open_engine(settings_with(store=store))
        # What is open now stays until the process ends.
        gc.freeze()
    with closing(opened) as engine:
        warn_of_changes(engine.index)
        yield engine


def print_json(value: dict[str, Any] | list[dict[str, Any]], indent: int | None = None) -> None:
    """Print a value as JSON to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()


def notice(message: str) -> None:
    """Print a line to stderr."""
    ERR.print(message, markup=False)


def warn_of_changes(served: IndexReader) -> None:
    """Say which lists changed since an index was built."""
    changed = served.changed_sources()
    if changed:
        files = "、".join(changed)
        notice(f"提醒：{files} 在建索引后有改动，请运行 xiaojuren index 更新")


def mention_packaged(settings: Settings) -> None:
    """Say where the packaged list stands in for a missing folder of seeds."""
    from assistant.building import PACKAGED, seeds_of

    if seeds_of(settings) == PACKAGED and not settings.seeds.exists():
        notice(
            f"没有 {settings.seeds}/，用随程序附带的清单（48 家企业的节选）；"
            "自己的清单用 xiaojuren index 文件 …"
        )
