"""What an update of the index changed, or would change, told in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from index.changes import Changes, Loss
from ui.cli.console import OUT

# So many names of companies are told; the rest are counted.
_NAMED = 10


def changes_dict(changes: Changes) -> dict[str, Any]:
    """Return what changed, in the form that ``xiaojuren index --json`` prints."""
    return {
        "new": list(changes.new),
        "changed": list(changes.changed),
        "unchanged": list(changes.unchanged),
        "gone": [_loss_dict(loss) for loss in changes.gone],
        "broken": [_loss_dict(loss) | {"line": loss.line} for loss in changes.broken],
        "chunks": {
            "added": changes.chunks_added,
            "removed": changes.chunks_removed,
            "kept": changes.chunks_kept,
        },
        "companies": {
            "added": list(changes.companies_added),
            "removed": list(changes.companies_removed),
        },
        "rebuilt": list(changes.rebuilt),
    }


def _loss_dict(loss: Loss) -> dict[str, Any]:
    return {"source": loss.source, "reason": loss.reason, "rows": loss.rows}


def show_changes(changes: Changes, *, planned: bool) -> None:
    """Print what changed; ``planned`` if it is only what would."""
    for line in _lines(changes, planned=planned):
        OUT.print(Text(line))


def show_passed_over(files: Sequence[str]) -> None:
    """Print the files of folders that are in no format that is read."""
    if files:
        named = "、".join(files[:_NAMED]) + (" 等" if files[_NAMED:] else "")
        OUT.print(Text(f"文件夹里有 {len(files)} 个文件不是能读的格式，没有收录：{named}"))


def _lines(changes: Changes, *, planned: bool) -> Iterator[str]:
    if planned:
        yield "试运行：以下是更新会带来的变化，没有写入任何内容"
    if not changes.anything:
        yield "没有变化，索引保持不变"
    for reason in changes.rebuilt:
        yield f"全部重建：{reason}"
    yield (
        f"文件：新增 {len(changes.new)}，改动 {len(changes.changed)}，"
        f"未变 {len(changes.unchanged)}，移除 {len(changes.gone)}，读不了 {len(changes.broken)}"
    )
    yield from (f"  新增 {name}" for name in changes.new)
    yield from (f"  改动 {name}" for name in changes.changed)
    yield from (f"  移除 {loss.source}：{loss.reason}{_lost(loss)}" for loss in changes.gone)
    yield from (
        f"  读不了 {loss.source}:{loss.line}：{loss.reason}{_lost(loss)}" for loss in changes.broken
    )
    if changes.anything:
        yield (
            f"段落：新增 {changes.chunks_added}，移除 {changes.chunks_removed}，"
            f"保留 {changes.chunks_kept}"
        )
        yield from _companies("新增", changes.companies_added)
        yield from _companies("移除", changes.companies_removed)


def _lost(loss: Loss) -> str:
    return f"；原有 {loss.rows} 行不再收录" if loss.rows else ""


def _companies(what: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        rest = " 等" if len(names) > _NAMED else ""
        yield f"{what}企业 {len(names)} 家：{'、'.join(names[:_NAMED])}{rest}"
