"""What the terminal shows: answers with their sources, statistics, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.pretty import Pretty, pretty_repr
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.answers.answer import Answer, Citation
from assistant.dialogue.reply import Reply
from assistant.parser import Trace
from index.store.manifest import Manifest
from index.types import SkippedRow

# Results go to stdout, everything else to stderr.
OUT = Console(soft_wrap=True, highlight=False)
ERR = Console(stderr=True, soft_wrap=True, highlight=False)


def show_answer(answer: Answer) -> None:
    """Print an answer with its sources; as formatted text only where a person reads it."""
    if OUT.is_terminal:
        from rich.markdown import Markdown

        OUT.print(Markdown(answer.answer))
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


def show_stats(stats: dict[str, Any]) -> None:
    """Print what an index holds as a table."""
    table = Table()
    for heading in ("来源", "标题", "表格", "企业行", "其他行", "简介", "并入", "段落"):
        table.add_column(heading, overflow="fold")
    for one in stats["documents"]:
        keys = ("tables", "rows", "other_rows", "profiles", "merged", "passages")
        counts = (str(one[key]) for key in keys)
        table.add_row(one["source"], one["title"], *counts)
    OUT.print(table)
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
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        quiet = not ERR.is_terminal
        with Progress(*columns, TimeElapsedColumn(), console=ERR, disable=quiet) as progress:
            task = progress.add_task(name, total=total)
            yield lambda steps: progress.advance(task, steps)
