"""Source files in, everything they hold out.

    files ── read_sources ──▶ Reading (SourceRows per file) ── merge_sources ──▶ Corpus

A file that an index already holds need not be read again: its rows are handed in.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from index.companies.inferred import only_needed
from index.companies.merge import merge_rows, merged_rows
from index.errors import SourceError
from index.places.gazetteer import load_gazetteer
from index.regex import regex
from index.rules.regulation import read_regulation
from index.schema.sidecar import corrected, fill_city, read_corrections
from index.sources import READERS, read_source
from index.sources.content import SUFFIX, file_hash
from index.sources.worker import Limits, Worker
from index.tables import TypedRows, read_tables
from index.types import (
    Clause,
    CompanyRow,
    Corpus,
    Document,
    DocumentSummary,
    Passage,
    SkippedRow,
    StatisticsRow,
    Value,
)

_AS_OF = regex(
    r"(?:信息|数据|统计)[^，。；]{0,6}截[至止]|截[至止]\s*\d{4}\s*年"
    r"|(?:lastUpdated|更新(?:时间|日期)|最后更新)\s*[：:]"
)


# How Excel names the files by which it locks those that are open.
_LOCK_FILE = "~$"


@dataclass(frozen=True, slots=True)
class SourceRows:
    """What one file holds, in reading order, before rows of one company are joined."""

    summary: DocumentSummary
    companies: tuple[CompanyRow, ...]
    statistics: tuple[StatisticsRow, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[Passage, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from several files.

    Attributes:
        sources: The files that could be read, in the order in which they were named.
        broken: Each of the others, with the line at fault and the reason.
    """

    sources: tuple[SourceRows, ...]
    broken: tuple[SkippedRow, ...]


def find_sources(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return every source file with the name it is cited by: its path below the folder given.

    Raises:
        SourceError: a path is missing, a folder holds no source, or two files have one name.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise SourceError(path, "没有这个文件或文件夹，请检查路径")
        files = sorted(_files_below(path)) if path.is_dir() else [path]
        if not files:
            raise SourceError(path, f"文件夹里没有可读的清单（{'、'.join(READERS)}）")
        for file in files:
            name = file.name if file == path else file.relative_to(path).as_posix()
            if found.setdefault(name, file) != file:
                raise SourceError(file, f"与 {found[name]} 重名，引用会分不清，请改名")
    return [(file, name) for name, file in found.items()]


def passed_over(paths: Sequence[Path]) -> list[str]:
    """Return the files in the folders among ``paths`` that are not read, in order.

    Their format is not known, or they are links that lead out of the folder.
    """
    folders = [path for path in paths if path.is_dir()]
    return sorted(
        file.relative_to(folder).as_posix()
        for folder in folders
        for file in _visible_files(folder)
        if not file.name.endswith(SUFFIX)
        and (file.suffix.lower() not in READERS or not _within(folder, file))
    )


def _files_below(folder: Path) -> Iterable[Path]:
    """Yield the lists in a folder."""
    return (
        file
        for file in _visible_files(folder)
        if file.suffix.lower() in READERS and _within(folder, file)
    )


def _visible_files(folder: Path) -> Iterable[Path]:
    """Yield the files in a folder, without hidden ones and those of a program at work."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not path.is_dir() and not hidden and not path.name.startswith(_LOCK_FILE):
            yield path


def _within(folder: Path, file: Path) -> bool:
    """Return whether a file lies in a folder, also where it is a link."""
    return file.resolve().is_relative_to(folder.resolve())


def read_corpus(sources: Sequence[tuple[Path, str]]) -> Corpus:
    """Return everything in ``sources``, normalised and merged.

    Raises:
        SourceError: no file can be read or holds anything; the first is named.
    """
    return merge_sources(read_sources(sources))


def read_sources(
    sources: Sequence[tuple[Path, str]],
    known: Callable[[str, str | None], SourceRows | None] = lambda _, __: None,
    progress: Callable[[int], None] = lambda _: None,
    limits: Limits | None = None,
) -> Reading:
    """Return what each of ``sources`` holds.

    A file that cannot be read keeps no other out: it is named with the reason.

    Args:
        sources: Files with the names they are cited by.
        known: Returns what a file of a name and a hash holds, if it was read before.
        progress: Gets the number of files done at every step.
        limits: What reading one file may take; the usual ones if None.

    Raises:
        SourceError: no file can be read or holds anything; the first is named.
    """
    read: list[SourceRows] = []
    broken: list[SkippedRow] = []
    first: SourceError | None = None
    for path, name in sources:
        try:
            read.append(known(name, file_hash(path)) or read_apart(path, name, limits))
        except SourceError as error:
            first = first or error
            broken.append(SkippedRow(name, error.line or 1, error.problem))
        progress(1)
    if first and not read:
        raise first
    return Reading(tuple(read), tuple(broken))


_apart = threading.Lock()


def read_apart(path: Path, name: str, limits: Limits | None = None) -> SourceRows:
    """Return what a file holds, read in a process of its own.

    Raises:
        SourceError: it cannot be read, or not within the limits.
    """
    with _apart:
        rows: SourceRows = _worker(limits or Limits()).call(read_list, path, name)
    return rows


@lru_cache(1)
def _worker(limits: Limits) -> Worker:
    worker = Worker(limits)
    atexit.register(worker.close)
    return worker


def read_list(path: Path, name: str) -> SourceRows:
    """Return what a file holds.

    Raises:
        SourceError: it cannot be read.
    """
    document = read_source(path, name)
    if not (document.tables or document.profiles or document.passages):
        raise SourceError(path, "没有找到表格、企业简介或文字，没有可收录的内容，请检查文件")
    corrections = read_corrections(path)
    document = corrected(document, corrections)
    rows = read_tables(document, load_gazetteer())
    rows.companies = fill_city(only_needed(rows.companies), corrections, path, name)
    summary = DocumentSummary(
        source=document.source,
        title=document.title,
        sha256=document.sha256,
        tables=len(document.tables),
        rows=rows.rows + len(rows.skipped),
        profiles=rows.profiles,
        passages=len(rows.passages) + len(rows.clauses) + len(rows.statistics),
        as_of=_as_of(document.passages),
        other_rows=rows.others,
        slipped=tuple(rows.slipped),
        notices=tuple(_notices(rows, document)),
        regulation=read_regulation(document),
    )
    return SourceRows(
        summary,
        tuple(rows.companies),
        tuple(rows.statistics),
        tuple(rows.clauses),
        tuple(rows.passages),
        tuple(rows.skipped),
    )


def _notices(rows: TypedRows, document: Document) -> Iterator[str]:
    """Yield what the user should know of how a file was read."""
    yield from document.notices
    if any(not any(cell.text for cell in table.header.cells) for table in document.tables):
        yield "没有表头，按内容认出企业名称和地点；请在第一行写上列名"
    remedy = f"在 {document.source}{SUFFIX} 里写明"
    for header in dict.fromkeys(rows.guessed):
        yield f"按企业名单读入：{header} 列；若不是企业，请{remedy}"
    if rows.companies:
        return
    if document.tables:
        told = f"{len(document.tables)} 张表格按统计或说明收录"
        yield f"没有读出企业，{told}；若是企业名单，请{remedy}名称列"
    else:
        told = f"要求 {len(rows.clauses)} 条，段落 {len(rows.passages)}"
        yield f"没有企业名单，按规定或说明收录：{told}"


def merge_sources(reading: Reading) -> Corpus:
    """Return everything that was read, the rows of one company joined."""
    rows = [row for source in reading.sources for row in source.companies]
    statistics = [row for source in reading.sources for row in source.statistics]
    companies, unresolved = merge_rows(rows, statistics, load_gazetteer())
    sources = reading.sources
    merged = merged_rows(companies)
    return Corpus(
        documents=tuple(
            replace(source.summary, merged=merged[source.summary.source]) for source in sources
        ),
        companies=companies,
        unresolved=unresolved,
        statistics=tuple(chain.from_iterable(source.statistics for source in sources)),
        clauses=tuple(chain.from_iterable(source.clauses for source in sources)),
        notes=tuple(chain.from_iterable(source.notes for source in sources)),
        skipped=(*reading.broken, *chain.from_iterable(source.skipped for source in sources)),
    )


def _as_of(passages: Sequence[Passage]) -> Value | None:
    """Return the sentence that says from when the document's information is; the last one counts.

    A note such as 信息截至2025年12月 stands at the end; an introduction may date a single figure.
    """
    dated = [passage for passage in passages if _AS_OF.search(passage.text)]
    return Value(dated[-1].text, dated[-1].origin) if dated else None
