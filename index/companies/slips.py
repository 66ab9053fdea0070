"""Detection of rows whose values are shifted by one column.

    | 企业 | 核心技术   | 员工规模          | 企业主页   |
    | 甲   | 200-500人 | https://jia.com  | 科创板:… |

A row is shifted if a cell has the form of another field's values: a head count under 主页. Then
neither this cell nor the cells that it displaced are used; cells that fit their column still are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.schema.fields import ValueType, registry
from index.schema.shapes import fits, has_shape, look, looks_like, type_of
from index.schema.words import is_blank

# Types whose form a name may have.
_IN_NAMES = (ValueType.BATCH, ValueType.LISTING)


def slipped_columns(columns: Mapping[str, int], texts: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the cells of a row that do not belong to their column."""
    fields = {number: field for field, number in columns.items()}
    held = [number for number, text in enumerate(texts) if not is_blank(text)]
    astray = [number for number in held if _is_astray(fields.get(number), texts[number])]
    if not astray:
        return frozenset()
    sure = {
        number
        for number in held
        if fields.get(number) == "name" or _is_sure(fields.get(number), texts[number])
    } - set(astray)
    odd = {*astray, *(n for n in held if _misfits(fields.get(n), texts[n]))}
    first, last = min(odd), max(odd)
    if not _balanced(fields, texts, range(first, last + 1)):
        # A cell is missing or superfluous, so the texts next to it are shifted too.
        first, last = _moved(first, last, sure, len(texts))
    return frozenset(n for n in held if first <= n <= last and n not in sure)


def _is_astray(field: str | None, text: str) -> bool:
    """Return whether a text has the form of another field's values than its column's."""
    found = look(text)
    if found is None or field is None or found is type_of(field):
        return False
    if has_shape(field):
        return not fits(field, text)
    return field in registry().role("words") and not (field == "name" and found in _IN_NAMES)


def _is_sure(field: str | None, text: str) -> bool:
    return field is not None and has_shape(field) and looks_like(field, text)


def _misfits(field: str | None, text: str) -> bool:
    return field is not None and not fits(field, text)


def _balanced(fields: Mapping[int, str], texts: Sequence[str], span: range) -> bool:
    """Return whether the cells of a span are the values of its columns in another order."""
    held = (fields.get(number) for number in span)
    wanted = Counter(type_of(field) for field in held if field is not None and has_shape(field))
    found = Counter(kind for number in span if (kind := look(texts[number])) is not None)
    return wanted == found


def _moved(first: int, last: int, sure: set[int], width: int) -> tuple[int, int]:
    """Return the span extended on both sides up to the next cell that certainly fits."""
    while first > 0 and first - 1 not in sure:
        first -= 1
    while last < width - 1 and last + 1 not in sure:
        last += 1
    return first, last
