"""Plain text as documents: a table between tabs, else paragraphs below a title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.sources.delimited import decode, read_delimited
from index.sources.markdown import read_markdown
from index.types import Document, Heading, Origin, Passage

_LONGEST_TITLE = 60

# So large a share of the lines has tabs in a table that a spreadsheet program saved as text.
_TABBED = 0.6


def read_text(path: Path, data: bytes, source: str, sha256: str) -> Document:
    """Return everything in a text file that is cited as ``source``.

    Raises:
        SourceError: the file is no text, or in no known encoding.
    """
    text = decode(path, data)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and sum("\t" in line for line in lines) >= _TABBED * len(lines):
        return read_delimited(path, data, source, sha256)
    return _titled(read_markdown(text, source, sha256))


def _titled(document: Document) -> Document:
    """Return a document without headings below its first line, if that may be its title."""
    first = next(iter(document.passages), None)
    if first is None or document.headings or not may_be_title(first.text):
        return document
    heading = Heading(first.text, 1, _below(first.origin, first.text))
    return replace(
        document,
        title=first.text,
        headings=(heading,),
        tables=tuple(replace(table, headings=(heading,)) for table in document.tables),
        passages=tuple(_moved(passage, first.text) for passage in document.passages[1:]),
    )


def may_be_title(text: str) -> bool:
    """Return whether a first paragraph may be the title of its document."""
    return len(text) <= _LONGEST_TITLE and text[-1] not in "。；：;:，,"


def _moved(passage: Passage, title: str) -> Passage:
    return replace(passage, origin=_below(passage.origin, title))


def _below(origin: Origin, title: str) -> Origin:
    return replace(origin, section=(title, *origin.section))
