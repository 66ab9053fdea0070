"""What a spreadsheet would run, and what it would not."""

from __future__ import annotations

import pytest

from ui.cells import harmless


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("－1", "'－1"),
        ("\tx", "'\tx"),
        ("1=1", "1=1"),
        ("科创板:688286", "科创板:688286"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_cell_does_not_run(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
