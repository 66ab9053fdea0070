"""What openpyxl leaves out of a sheet that it reads row by row, read from the sheet's own XML.

These are the merged cells, the hyperlinks, the formulas, and where the last value stands: the
bounds that a file states of itself are often wrong, such as all 1,048,576 rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from openpyxl.packaging.relationship import get_dependents
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

from index.regex import regex

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _MERGED, _HYPERLINK = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("row", "c", "v", "f", "is", "mergeCell", "hyperlink")
)
_LINK_FORMULA = regex(
    r'\s*HYPERLINK\(\s*"(?P<url>[^"]+)"\s*(?:,\s*"(?P<label>[^"]*)"\s*)?\)\s*', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, bounds included, rows and columns counted from 1."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Extras:
    """What a sheet holds beside its values.

    Attributes:
        rows: How many rows have a value.
        last_row: Last row with a value, 0 if there is none.
        last_column: Last column with a value.
        merged: The merged cells.
        links: Cells and the address that they link to.
        labels: Labels of link formulas that were never computed, by row and column.
        uncomputed: Row and column of every other formula that was never computed.
    """

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    merged: list[Area] = field(default_factory=list)
    links: list[tuple[Area, str]] = field(default_factory=list)
    labels: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)


def read_extras(archive: ZipFile, part: str) -> Extras:
    """Return what the sheet in ``part`` of a workbook holds beside its values.

    Raises:
        ValueError: a row, a cell or a range lies nowhere; others where the XML is damaged.
    """
    extras = Extras()
    targets = _link_targets(archive, part)
    row = 0
    with archive.open(part) as source:
        # The expat of Python 3.11 and newer bounds the growth of entities.
        for _, element in iterparse(source):  # noqa: S314
            if element.tag == _ROW:
                row = int(element.get("r") or row + 1)
                _add_row(extras, element, row)
                # A sheet of a million rows need not be in memory twice.
                element.clear()
            elif element.tag == _MERGED:
                extras.merged.append(_area(element.get("ref", "")))
            elif element.tag == _HYPERLINK:
                url = targets.get(element.get(f"{{{REL_NS}}}id", ""))
                if url:
                    extras.links.append((_area(element.get("ref", "")), url))
    return extras


def _link_targets(archive: ZipFile, part: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    return {str(one.Id): str(one.Target) for one in get_dependents(archive, relations)}


def _add_row(extras: Extras, row: Element, number: int) -> None:
    if not 1 <= number <= LAST_ROW:
        raise ValueError(f"no row of a sheet: {number}")
    last = 0
    for column, cell in _cells(row):
        has_value = bool(cell.findtext(_VALUE)) or cell.find(_INLINE) is not None
        if has_value:
            last = column
        formula = cell.find(_FORMULA)
        if formula is not None:
            # A formula that gave an empty text was computed.
            computed = has_value or cell.get("t") == "str"
            _add_formula(extras, formula.text or "", number, column, computed=computed)
    if last:
        extras.rows += 1
        extras.last_row = max(extras.last_row, number)
        extras.last_column = max(extras.last_column, last)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with their columns; one that does not tell it follows the last."""
    column = 0
    for cell in row.iterfind(_CELL):
        place = cell.get("r")
        column = coordinate_to_tuple(place)[1] if place else column + 1
        if not 1 <= column <= LAST_COLUMN:
            raise ValueError(f"no column of a sheet: {place}")
        yield column, cell


def _add_formula(extras: Extras, text: str, row: int, column: int, *, computed: bool) -> None:
    link = _LINK_FORMULA.fullmatch(text)
    if link:
        extras.links.append((Area(column, row, column, row), link["url"]))
        if not computed:
            extras.labels[row, column] = link["label"] or link["url"]
    elif not computed:
        extras.uncomputed.append((row, column))


def _area(reference: str) -> Area:
    """Return the cells of a reference such as ``A1:C2``; a whole column has all rows."""
    left, top, right, bottom = range_boundaries(reference)
    return Area(left or 1, top or 1, right or LAST_COLUMN, bottom or LAST_ROW)
