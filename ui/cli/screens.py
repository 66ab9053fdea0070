"""What the command line says of itself, in Chinese: help screens and errors of usage.

Typer's own screens are in English and measure a Chinese character as one column.
"""

from __future__ import annotations

import io
import shutil
from difflib import get_close_matches
from typing import Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from ui.errors import UsageError

_WIDEST = 100

_BUILT_IN = {
    "help": "显示这段说明",
    "install_completion": "给当前的 shell 装上命令补全",
    "show_completion": "显示补全脚本，供自行安装",
}
_KINDS = {
    "<str>": "文字",
    "<int range>": "整数",
    "<path>": "路径",
    "<list[Path]>": "路径…",
    "<list[str]>": "文字…",
}


class Command(TyperCommand):
    """A command whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(_help(self, ctx))


class Group(TyperGroup):
    """The command with its subcommands, whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        commands = {name: one.help or "" for name, one in self.commands.items()}
        told = {name: text.partition("\n")[0] for name, text in commands.items()}
        formatter.write(_help(self, ctx, told))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the subcommand that the arguments name.

        Raises:
            UsageError: there is none of that name.
        """
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            close = get_close_matches(name, self.commands, 1)
            hint = f"，是不是 {close[0]}？" if close else "；xiaojuren --help 列出全部命令"
            raise UsageError(f"没有命令 {name}{hint}")
        return super().resolve_command(ctx, args)


def usage_problem(error: typer.TyperException) -> str:
    """Return what is wrong with a command line, in one line."""
    told: Any = error
    match type(error).__name__:
        case "NoSuchOption":
            close = f"，是不是 {'、'.join(told.possibilities)}？" if told.possibilities else ""
            problem = f"没有选项 {told.option_name}{close}"
        case "BadOptionUsage":
            without = "does not take" in told.message
            problem = f"选项 {told.option_name} {'不带值' if without else '缺少值'}"
        case "MissingParameter":
            problem = f"缺少 {_named(told.param)}"
        case "BadParameter" if told.param is not None:
            problem = f"{_named(told.param)} 的值不可用，应为{_kind(told.param, told.ctx)}"
        case _:
            problem = f"不认识的参数 {told.message.partition('(s) (')[2].rstrip(')')}".strip()
    return f"用法有误：{problem}（加 --help 显示用法）"


def _help(command: Any, ctx: Any, commands: dict[str, str] | None = None) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    console = Console(file=io.StringIO(), width=width, highlight=False, color_system=None)
    console.print(Text(" ".join((f"用法：{ctx.command_path}", *command.collect_usage_pieces(ctx)))))
    console.print(Padding(Text((command.help or "").strip()), (1, 2, 0, 2)))
    shown = command.get_params(ctx)
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = [one for one in shown if one.param_type_name == "option"]
    parts = (
        ("参数", [_row(one, ctx) for one in arguments]),
        ("选项", [_row(one, ctx) for one in options]),
        ("命令", list((commands or {}).items())),
    )
    for title, rows in parts:
        if rows:
            console.print(f"\n{title}：")
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(overflow="fold")
            table.add_column(overflow="fold")
            for left, right in rows:
                table.add_row(Text(left), Text(right))
            console.print(Padding(table, (0, 0, 0, 2)))
    told: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in told.rstrip().splitlines())


def _row(param: Any, ctx: typer.Context) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len)) if param.param_type_name == "option" else ""
    kind = "" if getattr(param, "is_flag", False) else _kind(param, ctx)
    left = f"{names} {kind}".strip() if names else _named(param)
    return left, _BUILT_IN.get(param.name, param.help or "")


def _named(param: Any) -> str:
    return (
        str(max(param.opts, key=len)) if param.param_type_name == "option" else str(param.metavar)
    )


def _kind(param: Any, ctx: typer.Context) -> str:
    kind = _KINDS.get(param.display_type(ctx), "")
    low, high = getattr(param, "min", None), getattr(param, "max", None)
    return f"{kind}（{low} 到 {high}）" if low is not None and high is not None else kind
