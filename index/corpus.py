"""Source files in, everything they hold out; and the same again from the stored chunks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from index.chunks import CLAUSE_PAYLOAD, NOTE_PAYLOAD, ROW_PAYLOAD, STATISTICS_PAYLOAD
from index.errors import SourceError
from index.merge import merge_rows, merged_rows
from index.places import Gazetteer, load_gazetteer
from index.readers import READERS, read_source
from index.sidecar import corrected, fill_city, read_corrections
from index.tables import TypedRows, read_tables
from index.types import (
    Chunk,
    ChunkKind,
    Company,
    CompanyRow,
    Corpus,
    Document,
    DocumentSummary,
    Passage,
    SkippedRow,
    UnresolvedRow,
    Value,
)

_AS_OF = re.compile(
    r"(?:信息|数据|统计)[^，。；]{0,6}截[至止]|截[至止]\s*\d{4}\s*年"
    r"|(?:lastUpdated|更新(?:时间|日期)|最后更新)\s*[：:]"
)


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


def _files_below(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix.lower() in READERS:
            yield path


def read_corpus(
    sources: Sequence[tuple[Path, str]], progress: Callable[[int], None] = lambda _: None
) -> Corpus:
    """Return everything in ``sources``, normalised and merged.

    A file that cannot be read keeps no other out: it is named among what was skipped.

    Raises:
        SourceError: no file can be read or holds a table or a profile; the first is named.
    """
    gazetteer = load_gazetteer()
    documents: list[Document] = []
    typed: list[TypedRows] = []
    broken: list[SourceError] = []
    skipped: list[SkippedRow] = []
    for path, name in sources:
        try:
            document = _read_list(path, name)
            tables = read_tables(document, gazetteer)
            tables.companies = fill_city(tables.companies, read_corrections(path), path, name)
        except SourceError as error:
            broken.append(error)
            skipped.append(SkippedRow(name, error.line or 1, error.problem))
        else:
            documents.append(document)
            typed.append(tables)
        progress(1)
    if not documents and broken:
        raise broken[0]
    return _corpus(documents, typed, gazetteer, skipped)


def _read_list(path: Path, name: str) -> Document:
    document = read_source(path, name)
    if not (document.tables or document.profiles):
        raise SourceError(path, "没有找到表格，也没有企业简介，无法当作清单，请检查内容")
    return corrected(document, read_corrections(path))


def _corpus(
    documents: Sequence[Document],
    typed: Sequence[TypedRows],
    gazetteer: Gazetteer,
    broken: Sequence[SkippedRow],
) -> Corpus:
    rows = [row for tables in typed for row in tables.companies]
    statistics = tuple(row for tables in typed for row in tables.statistics)
    companies, unresolved = merge_rows(rows, statistics, gazetteer)
    merged = merged_rows(companies)
    summaries = tuple(
        _summary(document, tables, merged[document.source])
        for document, tables in zip(documents, typed, strict=True)
    )
    return Corpus(
        documents=summaries,
        companies=companies,
        unresolved=unresolved,
        statistics=statistics,
        clauses=tuple(clause for tables in typed for clause in tables.clauses),
        notes=tuple(note for tables in typed for note in tables.passages),
        skipped=(*broken, *(skipped for tables in typed for skipped in tables.skipped)),
    )


def _summary(document: Document, tables: TypedRows, merged: int) -> DocumentSummary:
    return DocumentSummary(
        source=document.source,
        title=document.title,
        sha256=document.sha256,
        tables=len(document.tables),
        rows=tables.rows + len(tables.skipped),
        profiles=tables.profiles,
        passages=len(tables.passages) + len(tables.clauses) + len(tables.statistics),
        as_of=_as_of(document.passages),
        other_rows=tables.others,
        merged=merged,
        slipped=tuple(tables.slipped),
    )


def _as_of(passages: Sequence[Passage]) -> Value | None:
    """Return the sentence that says from when the document's information is; the last one counts.

    A note such as 信息截至2025年12月 stands at the end; an introduction may date a single figure.
    """
    dated = [passage for passage in passages if _AS_OF.search(passage.text)]
    return Value(dated[-1].text, dated[-1].origin) if dated else None


def corpus_from_chunks(
    chunks: Iterable[Chunk],
    documents: tuple[DocumentSummary, ...],
    skipped: tuple[SkippedRow, ...],
) -> Corpus:
    """Return the corpus that ``chunks`` were made from."""
    by_kind: dict[ChunkKind, list[Chunk]] = {kind: [] for kind in ChunkKind}
    for chunk in chunks:
        by_kind[chunk.kind].append(chunk)
    rows: dict[str, list[tuple[Chunk, CompanyRow]]] = {}
    unresolved = []
    for chunk in by_kind[ChunkKind.ROW]:
        row = ROW_PAYLOAD.validate_json(chunk.payload)
        if "company" in chunk.metadata:
            rows.setdefault(str(chunk.metadata["company"]), []).append((chunk, row))
        else:
            unresolved.append(UnresolvedRow(row, _strings(chunk, "candidates")))
    return Corpus(
        documents=documents,
        companies=tuple(_stored_company(key, found) for key, found in rows.items()),
        unresolved=tuple(unresolved),
        statistics=tuple(
            STATISTICS_PAYLOAD.validate_json(chunk.payload)
            for chunk in by_kind[ChunkKind.STATISTICS]
        ),
        clauses=tuple(
            CLAUSE_PAYLOAD.validate_json(chunk.payload) for chunk in by_kind[ChunkKind.CLAUSE]
        ),
        notes=tuple(NOTE_PAYLOAD.validate_json(chunk.payload) for chunk in by_kind[ChunkKind.NOTE]),
        skipped=skipped,
    )


def _stored_company(key: str, found: Sequence[tuple[Chunk, CompanyRow]]) -> Company:
    first = found[0][0]
    return Company(
        id=key,
        name=str(first.metadata["name"]),
        aliases=_strings(first, "aliases"),
        rows=tuple(row for _, row in found),
    )


def _strings(chunk: Chunk, key: str) -> tuple[str, ...]:
    stored = chunk.metadata.get(key, [])
    return tuple(stored) if isinstance(stored, list) else (str(stored),)
