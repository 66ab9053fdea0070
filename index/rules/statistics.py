"""Tables that are not about companies: the source's own statistics by place, and trade."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.schema.columns import columns_of
from index.schema.fields import TableKind
from index.schema.values import parse_count
from index.schema.words import is_blank
from index.text import plain_heading
from index.types import PLACE, Row, StatisticsRow, Table, Value

# A column that only numbers the rows tells of none of them.
_SERIAL = regex(r"序号|编号|排名|排序|名次|no\.?|#", re.IGNORECASE)


def read_statistics(table: Table, row: Row, gazetteer: Gazetteer) -> StatisticsRow | None:
    """Return a row as what it says of its label, or None if it says nothing of it.

    The label stands in the first column that does more than number the rows. A place without a
    number is still one of the statistics.
    """
    header = [cell.text for cell in table.header.cells]
    values = _values(row, header)
    first = next((name for name, _ in values.items() if not _SERIAL.fullmatch(name)), None)
    if first is None or (len(values) == 1 and first != PLACE):
        return None
    written = values[first].text
    places = gazetteer.find(written) if first == PLACE else ()
    count, open_ended = parse_count(values["count"].text if "count" in values else "")
    return StatisticsRow(
        dimension=first,
        label=places[0].short if places else written,
        heading=_heading(table),
        header=Value("；".join(header), table.header.origin),
        values=values,
        count=count,
        open_ended=open_ended,
        origin=row.origin,
    )


def _values(row: Row, header: list[str]) -> Mapping[str, Value]:
    """Return the cells by canonical column; a column of the table's own keeps its header."""
    known = {number: name for name, number in columns_of(TableKind.REGION, header).items()}
    return {
        known.get(number, name): Value(cell.text, row.origin)
        for number, (name, cell) in enumerate(zip(header, row.cells, strict=False))
        if name and not is_blank(cell.text)
    }


def _heading(table: Table) -> Value | None:
    """Return the nearest heading above a table, without its number."""
    if not table.headings:
        return None
    heading = table.headings[-1]
    return Value(plain_heading(heading.text), heading.origin)
