"""Records of lists, written to a database and read back, without any vector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.browsing.catalog import Catalog
from index.checks import findings
from index.corpus import find_sources, merge_sources, read_sources
from index.store.chunks import make_chunks
from index.store.columns import ColumnStore
from index.store.content import Content
from index.store.database import RECORDS_NAME, create_file, open_file
from index.store.records import Records
from index.store.writer import write_records
from index.types import Company


def catalog_of(records: Records) -> Catalog:
    """Return all companies of some records, to be browsed."""
    return Catalog(records, ColumnStore(records))


def everyone(records: Records) -> tuple[Company, ...]:
    """Return all companies of some records."""
    return records.companies(range(records.count()))


def records_of(sources: Sequence[Path], folder: Path) -> Records:
    """Return the records of files, kept below ``folder``."""
    found = find_sources(sources)
    reading = read_sources(found)
    corpus = merge_sources(reading)
    file = folder / RECORDS_NAME
    engine = create_file(file)
    read = {one.summary.source for one in reading.sources}
    paths = [str(path) for path, name in found if name in read]
    write_records(engine, Content(reading, corpus, make_chunks(corpus), findings(corpus), paths))
    engine.dispose()
    return Records(open_file(file), str(file))
