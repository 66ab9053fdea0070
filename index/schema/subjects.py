"""Recognition of tables: rows of companies, of statistics or of requirements, and their columns.

Headers decide first (企业名称), then the first column that does not number the rows and the cells
in it: 典型企业 is a column of companies; with a column 岗位 beside 公司 the rows are jobs; names
that mostly end in 园区 or 工程师 are not companies, whatever the header. The patterns are those of
``data/subjects.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files

from index.companies.names import is_full_name, plain_name
from index.places.gazetteer import Gazetteer, Level
from index.regex import regex
from index.schema.columns import FieldHeader, OwnHeader, classify, columns_of, field_of
from index.schema.dates import parse_year
from index.schema.fields import TableKind, header_key, registry
from index.schema.shapes import fits, has_shape, look, looks_like
from index.schema.values import parse_headcount, parse_website
from index.schema.words import is_blank
from index.text import fold, split_list
from index.types import Table

_FEWEST = 2

# Share of the cells of a column that must be of a kind for the column to be of that kind.
_MOST = 0.5

# A column with a smaller share of cells that fit the field of its header is not of that field.
_FITTING = 0.34
_NEARLY = 0.8

# A word of Latin letters and digits with a digit in it.
_CODE = regex(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z._/\-]{2,31}")


@cache
def patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Return the patterns of ``data/subjects.toml`` by section and key."""
    data = tomllib.loads((files("index") / "data/subjects.toml").read_text("utf-8"))
    return {
        section: {key: regex(text) for key, text in words.items()}
        for section, words in data.items()
    }


def recognise(table: Table, gazetteer: Gazetteer) -> tuple[TableKind, dict[str, int]]:
    """Return a table's kind and the column number of each of its known fields.

    Headers declared by the user take precedence over what the cells look like.
    """
    kind, columns = _recognise(table, gazetteer)
    header = [cell.text for cell in table.header.cells]
    said = {
        field: number
        for number, text in enumerate(header)
        if isinstance(text, FieldHeader)
        and (field := field_of(TableKind.COMPANY, text)) is not None
    }
    if "name" in said and kind is not TableKind.COMPANY:
        kind, columns = TableKind.COMPANY, columns_of(TableKind.COMPANY, header)
    if kind is not TableKind.COMPANY:
        return kind, columns
    kept = {
        field: number
        for field, number in columns.items()
        if number not in said.values() and not isinstance(header[number], OwnHeader)
    }
    columns = kept | said
    return (kind, columns) if "name" in columns else (TableKind.OTHER, {})


def _recognise(table: Table, gazetteer: Gazetteer) -> tuple[TableKind, dict[str, int]]:
    header = [cell.text for cell in table.header.cells]
    kind, columns = classify(header)
    subject = _subject(table, header)
    if kind is TableKind.CRITERIA and not _of_companies(table, subject):
        return kind, columns
    region = columns_of(TableKind.REGION, header)
    if {"place", "count"} <= region.keys() and region["place"] == subject:
        return TableKind.REGION, region
    name = _name_column(table, header, subject, gazetteer)
    if name is None or _names_others(texts_of(table, name), gazetteer):
        return (kind, columns) if kind is TableKind.CRITERIA else (TableKind.OTHER, {})
    fields = company_fields(table, header, gazetteer, name)
    fields = {field: number for field, number in fields.items() if number != name}
    return TableKind.COMPANY, {"name": name, **fields}


def company_fields(
    table: Table, header: Sequence[str], gazetteer: Gazetteer, name: int
) -> dict[str, int]:
    """Return the columns of all fields but the name, by headers first, then by cells."""
    fields = {
        field: number
        for field, number in _fitting(table, header).items()
        if number != name and field != "name"
    }
    for number, text in enumerate(header):
        if number != name and number not in fields.values() and not isinstance(text, OwnHeader):
            field = _field_by_cells(header_key(text), texts_of(table, number))
            if field is not None:
                fields.setdefault(field, number)
    return _placed(table, fields, gazetteer, name)


def _fitting(table: Table, header: Sequence[str]) -> dict[str, int]:
    """Return the columns by headers; one whose cells are others' leaves its field to the next."""
    left = list(header)
    while True:
        columns = columns_of(TableKind.COMPANY, left)
        others = [
            number for field, number in columns.items() if _holds_others(table, field, number)
        ]
        if not others:
            return columns
        for number in others:
            left[number] = OwnHeader(left[number])


def _field_by_cells(header: str, texts: Sequence[str]) -> str | None:
    """Return the field that a header hints at and nearly all cells fit, None if there is none."""
    for section, test in (("hints", looks_like), ("counts", fits)):
        for field, hint in patterns()[section].items():
            if hint.search(header) and share_of(texts, partial(test, field)) >= _NEARLY:
                return field
    return None


def _subject(table: Table, header: Sequence[str]) -> int:
    """Return the first column that does not number, date or code the rows.

    A column without a header counts if its cells are words.
    """
    ordinal = patterns()["columns"]["ordinal"]
    for number, text in enumerate(header):
        if not ordinal.search(header_key(text)) and not _holds_codes(table, header, number):
            return number
        if not text and share_of(texts_of(table, number), _has_words) > _MOST:
            return number
    return 0


def _holds_codes(table: Table, header: Sequence[str], number: int) -> bool:
    """Return whether a column holds codes or certificates: 002991, 000991.SZ, GR202433000017."""
    named = field_of(TableKind.COMPANY, header[number]) == "name"
    return not named and share_of(texts_of(table, number), _is_code) >= _NEARLY


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(plain_name(text)) is not None


def _has_words(text: str) -> bool:
    return sum(character.isalpha() for character in plain_name(text)) >= _FEWEST


def _of_companies(table: Table, column: int) -> bool:
    """Return whether most cells of a column are full names of companies, branches or institutes."""
    institute = patterns()["names"]["institute"]
    names = [plain_name(text) for text in texts_of(table, column)]
    return share_of(names, lambda name: is_full_name(name) or bool(institute.search(name))) >= _MOST


def _holds_others(table: Table, field: str, column: int) -> bool:
    """Return whether most cells of a column do not fit the field of its header.

    The 规模 of a list may be an amount of money, its 链接 a picture.
    """
    texts = texts_of(table, column)
    if field == "website" and any(
        row.cells[column : column + 1] and row.cells[column].links for row in table.rows
    ):
        return False
    if not has_shape(field):
        # 主板 and 创业板 under 板块 are no trades.
        return field in registry().role("words") and share_of(texts, _is_typed) >= _NEARLY
    if len(texts) < _FEWEST:
        return False
    return share_of(texts, lambda text: fits(field, text)) < _FITTING


def _is_typed(text: str) -> bool:
    return look(text) is not None


def _name_column(
    table: Table, header: Sequence[str], subject: int, gazetteer: Gazetteer
) -> int | None:
    """Return the column of company names, None if the rows are about something else."""
    words, first = patterns()["columns"], header_key(header[subject]) if header else ""
    fields = company_fields(table, header, gazetteer, subject)
    typed = {field for field in registry().role("telling") if field in fields} - {"website"}
    known = len(fields.keys() - {"website", "alias"})
    if words["acting"].search(first) or _is_of_others(header, typed):
        return None
    named = _named(header, subject)
    sure = _of_companies(table, subject)
    enough = known >= (1 if _about_companies(table) else _FEWEST)
    perhaps = words["perhaps"].search(first)
    if named == subject or (named is None and words["company"].search(first)):
        return subject if not perhaps or sure or enough else None
    if named is not None:
        aside = words["perhaps"].search(header_key(header[named]))
        instead = words["instead"].search(first) and not (
            words["project"].search(first) and known >= _FEWEST
        )
        return None if aside or instead or (words["thing"].search(first) and not typed) else named
    if words["instead"].search(first) or field_of(TableKind.COMPANY, first) == "city":
        return None
    if (short := _short_names(header)) is not None:
        return short
    if sure or (perhaps and enough):
        return subject
    return subject if _unnamed(header, subject) and not words["other"].search(first) else None


def _short_names(header: Sequence[str]) -> int | None:
    """Return the column of short names that stands beside one of codes: 证券代码 | 证券简称."""
    code = patterns()["columns"]["code"]
    if not any(code.search(header_key(text)) for text in header):
        return None
    columns = columns_of(TableKind.COMPANY, header)
    return columns.get("alias")


def _is_of_others(header: Sequence[str], typed: Collection[str]) -> bool:
    """Return whether another column shows that rows are events, jobs or persons."""
    words, keys = patterns()["columns"], [header_key(text) for text in header]
    event = any(words["event"].search(key) for key in keys) and not typed
    person = any(words["person"].search(key) for key in keys) and not set(typed) - {"city"}
    return event or person


def _about_companies(table: Table) -> bool:
    """Return whether the nearest heading announces a table of companies."""
    return bool(table.headings) and bool(
        patterns()["about"]["company"].search(table.headings[-1].text)
    )


def _named(header: Sequence[str], subject: int) -> int | None:
    """Return the column whose header means a company name, the least ambiguous of several."""
    perhaps = patterns()["columns"]["perhaps"]
    found = [
        number for number, text in enumerate(header) if field_of(TableKind.COMPANY, text) == "name"
    ]
    sure = [number for number in found if not perhaps.search(header_key(header[number]))]
    return next(iter(sure or found), None) if found != [subject] else subject


def _unnamed(header: Sequence[str], subject: int) -> bool:
    """Return whether the other columns are typical of companies while the subject has no field."""
    fields = columns_of(TableKind.COMPANY, header)
    telling = registry().role("telling")
    others = [field for field, number in fields.items() if number != subject and field in telling]
    return subject not in fields.values() and len(others) >= _FEWEST


def texts_of(table: Table, column: int) -> list[str]:
    """Return the texts of the cells of a column, without blank ones."""
    cells = (row.cells[column].text for row in table.rows if column < len(row.cells))
    return [text for text in cells if not is_blank(text)]


def share_of(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    """Return the share of texts that pass a test, from 0 to 1; 0 if there are none."""
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _names_others(names: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return whether most names are those of places, parks, jobs or programmes."""
    return len(names) >= _FEWEST and share_of(names, lambda name: is_other(name, gazetteer)) > _MOST


def is_other(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text cannot be a company name: a place, a park, a job, a number, a year."""
    plain, words = plain_name(name), patterns()["names"]
    if words["company"].search(plain):
        return False
    return (
        bool(words["ending"].search(plain))
        or not any(character.isalpha() for character in plain)
        or bool(gazetteer.find(plain))
        or gazetteer.region(plain) is not None
        or words["sum"].search(fold(plain)) is not None
    )


def _placed(
    table: Table, columns: dict[str, int], gazetteer: Gazetteer, name: int
) -> dict[str, int]:
    """Return the columns, with city or province added if another column holds such places.

    Headers such as 地区 and 省市 leave the level open; the cells decide it.
    """
    if "city" in columns:
        return columns
    others = [
        number
        for number, cell in enumerate(table.header.cells)
        if (_is_place(cell.text) or not (cell.text or number == name))
        and not isinstance(cell.text, OwnHeader)
    ]
    mapped = [columns[field] for field in ("province", "district") if field in columns]
    for number in dict.fromkeys((*mapped, *others)):
        if share_of(texts_of(table, number), lambda text: names_city(text, gazetteer)) >= _MOST:
            kept = {field: column for field, column in columns.items() if column != number}
            return {**kept, "city": number}
    for number in others:
        provinces = share_of(texts_of(table, number), lambda text: names_province(text, gazetteer))
        if "province" not in columns and number not in columns.values() and provinces >= _MOST:
            return {**columns, "province": number}
    return columns


def _is_place(header: str) -> bool:
    """Return whether a header may mean the location of the companies."""
    words, text = patterns(), header_key(header)
    near = words["places"]["city"].search(text) and not words["places"]["other"].search(text)
    return bool(words["columns"]["place"].search(text) or near)


def names_city(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text names a city itself, not only one of its districts."""
    city = gazetteer.first_city(text)
    return city is not None and (city.short in text or city.name in text)


def names_province(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text is the name of a province."""
    return any(place.level is Level.PROVINCE for place in gazetteer.find(text))


def is_company(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text may be a company name, judged by the text alone."""
    short = len(split_list(name)) == 1 and _FEWEST <= len(plain_name(name)) <= 40
    numbers = parse_year(name) or parse_website(name) or _is_headcount(name)
    return short and not numbers and not is_other(name, gazetteer)


def _is_headcount(text: str) -> bool:
    return text.endswith("人") and parse_headcount(text) is not None
