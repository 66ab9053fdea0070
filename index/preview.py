"""One list read without indexing it: how its columns are understood and what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.corpus import read_corpus
from index.places.gazetteer import load_gazetteer
from index.schema.columns import classify
from index.schema.fields import TableKind, header_key
from index.schema.sidecar import IGNORE, OWN, Corrections, corrected, read_corrections
from index.schema.subjects import recognise
from index.schema.words import is_blank
from index.sources import read_source
from index.types import Corpus, Document, Row, Table

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header and what it is taken for.

    Attributes:
        header: As it stands in the file.
        meaning: A field of the table's kind, ``own`` for a column under its own name, or
            ``ignore``.
        samples: A few distinct texts of it.
    """

    header: str
    meaning: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Tables of one kind with the same headers.

    Attributes:
        kind: What their rows are about.
        profiles: Whether they are companies under headings of their own.
        heading: The nearest heading above the first; empty if there is none.
        line: The line of its header.
        tables: How many tables there are.
        rows: How many rows they have together.
    """

    kind: TableKind
    profiles: bool
    heading: str
    line: int
    tables: int
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What indexing a list would read.

    Attributes:
        title: What the list is called in the file itself.
        corrections: What its user said of it.
        layouts: Its tables, those of companies first.
        corpus: What they hold, as if the list were the only one.
    """

    title: str
    corrections: Corrections
    layouts: tuple[Layout, ...]
    corpus: Corpus


def preview_list(path: Path, name: str) -> Preview:
    """Return what a list holds, with the corrections beside it.

    Raises:
        SourceError: the list or its corrections cannot be read, or it holds no table.
    """
    corpus = read_corpus([(path, name)])
    document, corrections = read_source(path, name), read_corrections(path)
    return Preview(document.title, corrections, _layouts(document, corrections), corpus)


@dataclass(frozen=True, slots=True)
class _Look:
    """What tables are told apart by: kind, headers, and what these are taken for."""

    kind: TableKind
    profiles: bool
    headers: tuple[str, ...]
    meanings: tuple[str, ...]


def _layouts(document: Document, corrections: Corrections) -> tuple[Layout, ...]:
    meant = corrected(document, corrections)
    groups: defaultdict[_Look, list[Table]] = defaultdict(list)
    for profiles, written, after in (
        (True, document.profiles, meant.profiles),
        (False, document.tables, meant.tables),
    ):
        for table, other in zip(written, after, strict=True):
            # A profile's fields name themselves; a table's cells tell as well.
            told = [cell.text for cell in other.header.cells]
            kind, fields = classify(told) if profiles else recognise(other, load_gazetteer())
            headers = tuple(cell.text for cell in table.header.cells)
            meanings = tuple(_meanings(headers, fields, corrections))
            groups[_Look(kind, profiles, headers, meanings)].append(table)
    found = [_layout(look, tables) for look, tables in groups.items()]
    return tuple(sorted(found, key=lambda one: one.kind is not TableKind.COMPANY))


def _meanings(
    headers: Iterable[str], fields: Mapping[str, int], corrections: Corrections
) -> Iterator[str]:
    """Yield what each column of a table is taken for."""
    told = {header_key(header): meaning for header, meaning in corrections.columns.items()}
    names = {number: field for field, number in fields.items()}
    # Columns that are ignored are not counted.
    kept = 0
    for header in headers:
        if told.get(header_key(header)) == IGNORE:
            yield IGNORE
        else:
            yield names.get(kept, OWN)
            kept += 1


def _layout(look: _Look, tables: Sequence[Table]) -> Layout:
    first = tables[0]
    rows = [row for table in tables for row in table.rows]
    pairs = zip(look.headers, look.meanings, strict=True)
    return Layout(
        kind=look.kind,
        profiles=look.profiles,
        heading=first.headings[-1].text if first.headings else "",
        line=first.header.origin.line_start,
        tables=len(tables),
        rows=len(rows),
        columns=tuple(
            Column(header, meaning, _samples(rows, number))
            for number, (header, meaning) in enumerate(pairs)
        ),
    )


def _samples(rows: Iterable[Row], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        text = row.cells[column].text if column < len(row.cells) else ""
        if not is_blank(text):
            found.setdefault(text)
        if len(found) == _SAMPLES:
            break
    return tuple(found)
