"""What the terminal shows: answers with their sources, statistics, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from assistant.answers.answer import Answer, Citation
    from assistant.dialogue.reply import Reply, Trace
    from index.store.manifest import Manifest
    from index.types import SkippedRow


class _Console(Console):
    """A console that leaves it to the program what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Raise the error that is being handled."""
        raise


# Results go to stdout, everything else to stderr.
OUT = _Console(soft_wrap=True, highlight=False)
ERR = _Console(stderr=True, soft_wrap=True, highlight=False)


def show_answer(answer: Answer) -> None:
    """Print an answer with its sources; as formatted text only where a person reads it."""
    if OUT.is_terminal:
        from rich.markdown import Markdown

        OUT.print(Markdown(answer.answer), soft_wrap=False)
    else:
        OUT.print(Text(answer.answer))
    if answer.citations:
        OUT.print(Text("\n来源：", style="bold"))
    for citation in answer.citations:
        OUT.print(Text(f"[{citation.id}] {place(citation)}", style="cyan"))
        OUT.print(Text(f"    {citation.quote}", style="dim"))
    if OUT.is_terminal and answer.suggestions:
        OUT.print(Text(f"\n还可以问：{'  '.join(answer.suggestions)}", style="italic"))


def explain_reply(reply: Reply) -> None:
    """Print what each stage of an answer made of the question, to stderr."""
    from rich.pretty import Pretty

    if reply.trace is not None:
        _explain_trace(reply.trace)
    ERR.print(Text("执行的查询", style="bold"))
    ERR.print(Pretty(reply.query, expand_all=True))
    ERR.print(Text("依据", style="bold"))
    selected = reply.evidence.selected
    for title, hits in (("符合", selected.hits), ("相近", selected.related)):
        for hit in hits:
            ERR.print(Text(f"{title} {hit.score:.3f} {hit.company.name}"))
    ERR.print(Text("回答", style="bold"))
    for block in reply.answer.blocks:
        ERR.print(Pretty(block, expand_all=True))


def _explain_trace(trace: Trace) -> None:
    """Print the stretches of a question with their rules, and the best candidates."""
    from rich.pretty import pretty_repr

    spans = Table("片段", "类别", "规则", title="理解", title_justify="left")
    for row in trace.spans:
        spans.add_row(*map(escape, row))
    ERR.print(spans)
    candidates = Table("", "规则", "得分", "构成", "查询", title="候选", title_justify="left")
    for rank, one in enumerate(trace.candidates, start=1):
        parts = "\n".join(f"{name} {value:+.3f}" for name, value in one.parts)
        query = escape(pretty_repr(one.query, max_width=70))
        candidates.add_row(str(rank), escape(one.rule), f"{one.score:.3f}", escape(parts), query)
    ERR.print(candidates)


def place(citation: Citation) -> str:
    """Return where a citation stands: file, sheet, line or lines, section."""
    first, last = citation.line_start, citation.line_end
    lines = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
    sheet = f"工作表「{citation.sheet}」" if citation.sheet else ""
    # A sheet is its own section, and a file without headings has none.
    section = f" · {citation.section}" if citation.section not in ("", citation.sheet) else ""
    return f"{citation.source} {sheet}{lines}{section}"


def stats_dict(manifest: Manifest) -> dict[str, Any]:
    """Return what an index holds, in the form that ``xiaojuren stats --json`` prints."""
    documents = manifest.documents
    read = {document.source for document in documents}
    return {
        "documents": [
            {
                "source": document.source,
                "title": document.title,
                "tables": document.tables,
                "rows": document.rows,
                "profiles": document.profiles,
                "passages": document.passages,
                "other_rows": document.other_rows,
                "merged": document.merged,
            }
            for document in documents
        ],
        "rows_read": sum(document.rows for document in documents)
        - sum(row.source in read for row in manifest.skipped),
        "rows_skipped": [_row_dict(row) for row in manifest.skipped],
        "rows_slipped": [_row_dict(row) for document in documents for row in document.slipped],
        "notices": [
            {"source": document.source, "notice": notice}
            for document in documents
            for notice in document.notices
        ],
        "rows_merged": sum(document.merged for document in documents),
        "rows_other": sum(document.other_rows for document in documents),
        "profiles_read": sum(document.profiles for document in documents),
        "companies": manifest.companies,
        "passages": sum(document.passages for document in documents),
        "model": manifest.model,
        "built": manifest.built,
    }


def _row_dict(row: SkippedRow) -> dict[str, str | int]:
    """Return where a row stands, and what became of it; ``sheet`` only where it is in one."""
    told: dict[str, str | int] = {"source": row.source, "line": row.line, "reason": row.reason}
    return told | ({"sheet": row.sheet} if row.sheet else {})


def _row_place(row: dict[str, Any]) -> str:
    sheet = f"{row['sheet']}!" if "sheet" in row else ""
    return f"{row['source']}:{sheet}{row['line']}"


_COUNTS = {
    "tables": "表格",
    "rows": "企业行",
    "other_rows": "其他行",
    "profiles": "简介",
    "merged": "并入",
    "passages": "段落",
}


def show_stats(stats: dict[str, Any]) -> None:
    """Print what an index holds, a line for each file."""
    for one in stats["documents"]:
        counts = (f"{label} {one[key]}" for key, label in _COUNTS.items())
        OUT.print(Text(f"{one['source']}《{one['title']}》：{'，'.join(counts)}"))
    skipped = stats["rows_skipped"]
    OUT.print(
        f"读入企业行 {stats['rows_read']}，跳过 {len(skipped)}，错列 {len(stats['rows_slipped'])}，"
        f"并入同一企业 {stats['rows_merged']}；其他表格 {stats['rows_other']} 行；"
        f"合并后企业 {stats['companies']} 家；段落 {stats['passages']}"
    )
    for row in skipped:
        OUT.print(f"  跳过 {_row_place(row)}：{row['reason']}", markup=False)
    for row in stats["rows_slipped"]:
        OUT.print(f"  错列 {_row_place(row)}：{row['reason']}", markup=False)
    for one in stats["notices"]:
        OUT.print(f"  注意 {one['source']}：{one['notice']}", markup=False)
    OUT.print(f"向量模型 {stats['model']}；建立于 {stats['built']}")


class ProgressBars:
    """Shows the stages of a build as bars on stderr, where that is a terminal.

    A log file wants no bars, and an error should be the one line in it.
    """

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show one stage of ``total`` steps; the function that comes back advances it."""
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        quiet = not ERR.is_terminal
        with Progress(*columns, TimeElapsedColumn(), console=ERR, disable=quiet) as progress:
            task = progress.add_task(name, total=total)
            yield lambda steps: progress.advance(task, steps)
