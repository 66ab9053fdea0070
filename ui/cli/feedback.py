"""What ``xiaojuren feedback`` prints: the verdicts on answers, the newest first."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from ui.cli.console import OUT
from ui.feedback import Feedback, Verdict

_TITLES: dict[Verdict, tuple[str, str]] = {"up": ("有用", "green"), "down": ("有问题", "red")}


def show_feedback(found: list[Feedback]) -> None:
    """Print verdicts as a table, the newest first, and how many there are."""
    if not found:
        OUT.print("还没有评价")
        return
    table = Table()
    for heading in ("时间", "评价", "问题", "回答", "意见"):
        table.add_column(heading, overflow="fold")
    for one in reversed(found):
        title, style = _TITLES[one.verdict]
        told = (one.question, one.status, one.comment)
        table.add_row(one.time, Text(title, style), *map(Text, told))
    OUT.print(table)
    up = sum(one.verdict == "up" for one in found)
    OUT.print(f"共 {len(found)} 条：有用 {up}，有问题 {len(found) - up}")
