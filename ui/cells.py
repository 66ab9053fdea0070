"""Cells of files that spreadsheets open: no text from a source or a user runs as a formula."""

from __future__ import annotations

import unicodedata

# What makes a spreadsheet take a cell for a formula; some take the full-width forms too.
_FORMULA = frozenset("=+-@")
_BEFORE = frozenset("\t\r\n")


def harmless(cell: str) -> str:
    """Return a cell's text, with a ``'`` before what a spreadsheet would run."""
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _FORMULA or cell[:1] in _BEFORE else cell
