"""What the rows of a delimited file and of a spreadsheet have in common: title, header, notes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from index.companies.names import is_full_name
from index.regex import regex
from index.schema.columns import TableKind, classify
from index.types import Origin, Passage, Row, Span, Table

MAX_ROWS = 1_000_000
# The widest sheet of Excel, and what it lets a cell hold.
MAX_COLUMNS = 16_384
MAX_CELL = 32_767

# Rows searched for the header, and rows after a candidate that it is compared with.
_SEARCHED = 50
_COMPARED = 5

# A row is known by its words to be a header if it names so many fields.
_FEWEST_FIELDS = 2

# A lone cell that begins or ends so is a note, not a company without other fields.
_NOTE = regex(
    r"^(?:注|备注|附注|说明|(?:数据|资料|信息)?来源)\s*\d*\s*[：:]"
    r"|^(?:信息|数据|统计|名单|资料)?(?:截[至止]|更新)"
    r"|。[）)]?$"
)
# A lone cell that begins so heads the rows below it.
_GROUP = regex(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")


# What numbers the paper that a title is the title of.
_NUMBER = regex(r"附(?:件|表|录)\s*[\d一二三四五六七八九十]*\s*[:：]?")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the position of the header among ``rows``, or None where no row can be one.

    That is the first row that names fields of a known kind of table; where none does, the first
    row with at least two filled cells that the rows after it do not exceed by much, so that
    neither a title nor 填报单位：… is taken for it. Texts that a merged cell repeats count once. A
    list whose first row names a company has no header.

    Args:
        rows: The texts of the cells of each row; blank rows are left out.
    """
    filled = [_filled(row) for row in rows[:_SEARCHED]]
    widest = max(map(len, filled), default=0)
    named = min(widest, _FEWEST_FIELDS)
    for position, texts in enumerate(filled):
        if len(texts) >= named and _fields(texts) >= max(named, 1):
            return position
    candidates = [position for position, texts in enumerate(filled) if len(texts) > 1]
    if candidates and any(map(is_full_name, filled[candidates[0]])):
        return None
    for position in candidates:
        after = [len(texts) for texts in filled[position + 1 :] if len(texts) > 1][:_COMPARED]
        if not after or len(filled[position]) * 4 >= median(after) * 3:
            return position
    return candidates[0] if candidates else None


def _filled(row: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in row if text))


def _fields(texts: Sequence[str]) -> int:
    """Return how many fields a row names, 0 if it is no header of a known kind."""
    kind, fields = classify(texts)
    return 0 if kind is TableKind.OTHER else len(fields)


def notes_below(rows: Sequence[Sequence[str]], across: Collection[int] = ()) -> set[int]:
    """Return the positions of the rows below a header that are not of the table.

    Those are notes (注：…, 数据截至…) and what heads no row: 一、… at the end.

    Args:
        rows: The texts of the cells of each row below the header.
        across: Positions of rows of one cell over all columns.
    """
    notes: set[int] = set()
    last = True
    for position in range(len(rows) - 1, -1, -1):
        filled = _filled(rows[position])
        lone = len(filled) == 1
        if lone and _NOTE.search(filled[0]):
            notes.add(position)
        elif lone and (position in across or _GROUP.search(filled[0])):
            if last:
                notes.add(position)
        else:
            last = False
    return notes


def headless(rows: Sequence[Row]) -> tuple[Table | None, list[Row]]:
    """Return rows of cells below no header as a table with blank headers, and the other rows.

    Args:
        rows: All rows of a file or sheet without a header.
    """
    wide = [row for row in rows if sum(bool(cell.text) for cell in row.cells) > 1]
    if not wide:
        return None, list(rows)
    first = wide[0]
    width = max(len(row.cells) for row in wide)
    blank = replace(first.cells[0], text="", raw="", links=())
    header = Row((blank,) * width, first.origin)
    return Table(header, tuple(wide), headings=()), [row for row in rows if row not in wide]


def title_of(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the position of the first row with one text among the ``rows`` above a header.

    附件1 above the title only numbers it.
    """
    lone = ((i, _filled(row)) for i, row in enumerate(rows))
    return next((i for i, row in lone if len(row) == 1 and not _NUMBER.fullmatch(row[0])), None)


def row_passage(row: Row) -> Passage:
    """Return a row that is not of the table, such as a title or a note, as one passage."""
    filled = [cell for cell in row.cells if cell.text]
    first, last = filled[0].span, filled[-1].span
    return Passage(
        text="；".join(dict.fromkeys(cell.text for cell in filled)),
        raw=_stretch(row.origin, first, last),
        links=tuple(link for cell in filled for link in cell.links),
        span=Span(first.line, last.end_line, first.start, last.end),
        origin=row.origin,
    )


def _stretch(origin: Origin, first: Span, last: Span) -> str:
    """Return what stands from the start of one cell to the end of another of the same row."""
    lines = origin.quote.split("\n")
    if len(lines) > 1:
        # Only a text file has such rows, and its spans count the lines as its origins do.
        lines = lines[first.line - origin.line_start : last.end_line - origin.line_start + 1]
    lines[-1] = lines[-1][: last.end]
    lines[0] = lines[0][first.start :]
    return "\n".join(lines)
