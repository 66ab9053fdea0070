"""Reading of company tables: names, cells by field, and the city of each row.

The city is taken from a column, a grouping row or heading, the title of the file, an address or an
authority, in this order, and cited by the lines that it is taken from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index.companies.above import Above, is_authority, place_of_row
from index.companies.inferred import place_of_name, unmarked
from index.companies.names import code_in_name, is_full_name, plain_name
from index.companies.slips import slipped_columns
from index.places.gazetteer import Gazetteer
from index.places.localities import city_in, district_in, province_in
from index.regex import regex
from index.schema.dates import parse_year, serial_day
from index.schema.exchanges import is_listing, parse_listing
from index.schema.fields import header_key, registry
from index.schema.headers import plain_header
from index.schema.subjects import patterns
from index.schema.values import parse_batch, parse_headcount, parse_website
from index.schema.words import is_blank
from index.text import fold, split_list
from index.types import (
    Cell,
    CompanyRow,
    Facts,
    Listing,
    ListingStatus,
    Origin,
    Row,
    Slip,
    Table,
    Value,
)

# A name cell that lists several names of such lengths names a group of companies.
_SHORTEST_NAME, _LONGEST_NAME = 2, 12
_AND_OTHERS = regex(r"等(?:\s*\d+\s*家)?(?:企业|公司|机构)?$")
_LINE_BREAK = regex(r"\s*<br\s*/?>\s*", re.IGNORECASE)

# A table without any of these fields tells no places.
_PLACES = frozenset({"city", "province", "district", "address"})

# Cells that stand for the text of the cell above.
_DITTO = frozenset({"同上", "〃", "”", '"', "″", "..."})


@dataclass
class CompanyTable:
    """Reader of one table whose rows are companies.

    Attributes:
        table: The table.
        columns: The column number of each known field.
        gazetteer: The places.
        above: What stands above the rows.
    """

    table: Table
    columns: Mapping[str, int]
    gazetteer: Gazetteer
    above: Above
    _above: dict[int, Value] = field(default_factory=dict)
    _names: dict[int, str] = field(init=False)
    _numbering: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self._names = _field_names(self.table.header, self.columns)
        self._numbering = _numbering(self.table)

    def read(self, row: Row) -> list[CompanyRow]:
        """Return one company row for each company that the row names."""
        cell = row.cells[self.columns["name"]]
        values, slips = self._values(row)
        if (code := code_in_name(cell.text)) and "listing" not in values:
            values["listing"] = Value(code, row.origin)
        values |= self._told_elsewhere(values)
        values |= district_of(values, self.gazetteer)
        companies = []
        for written in names_in(cell):
            told = values | {"name": Value(written, cell.origin or row.origin)}
            if not (_PLACES & self.columns.keys() or _PLACES & told.keys()):
                told |= place_of_name(told["name"], self.gazetteer)
            facts = facts_of(told, self.gazetteer)
            companies.append(CompanyRow(written, told, facts, row.origin, slips))
        return companies

    def _values(self, row: Row) -> tuple[dict[str, Value], tuple[Slip, ...]]:
        """Return the texts of a row by field, and the texts of shifted cells."""
        texts = [
            _shown(cell, "website") if number == self.columns.get("website") else cell.text
            for number, cell in enumerate(row.cells)
        ]
        astray = slipped_columns(self.columns, texts)
        values: dict[str, Value] = {}
        slips: list[Slip] = []
        for number, cell in enumerate(row.cells):
            name = self._names.get(number, f"第{number + 1}列")
            origin = cell.origin or row.origin
            if number in astray:
                slips.append(Slip(name, cell.text, origin))
            elif (value := self._value(number, cell, name, origin)) is not None:
                values[name] = value
        return values, tuple(slips)

    def _value(self, number: int, cell: Cell, name: str, origin: Origin) -> Value | None:
        """Return the value of a cell, of the one above if it is repeated; None if blank."""
        above = self._above.get(number)
        if cell.text in _DITTO:
            return above
        grouping = number < self.columns["name"] and name in registry().role("grouping")
        if not cell.text and grouping and above:
            return above
        if is_blank(cell.text) or number in self._numbering:
            return None
        value = Value(_shown(cell, name), origin)
        self._above[number] = value
        return value

    def _told_elsewhere(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return place, batch and industry of a row by what stands above and beside it."""
        placed = "city" in values
        own = values.get("province")
        municipality = self.gazetteer.first_city(own.text) if own and not placed else None
        if own and municipality:
            # 北京 is a province and a city.
            found = {"city": Value(municipality.name, own.origin)}
        else:
            found = {} if placed else self.above.place()
        found |= self.above.industry(placed=placed, found="city" in found)
        if not placed and "city" not in found:
            for further in (self.above.place_of_title(), place_of_row(values, self.gazetteer)):
                found = further | found
                if "city" in found:
                    break
        if "province" in values or "city" in found:
            found.pop("province", None)
        if "batch" not in values:
            found |= self.above.batch()
        return found


def district_of(values: Mapping[str, Value], gazetteer: Gazetteer) -> dict[str, Value]:
    """Return the district or county-level city of a row out of its address or place.

    昆山市 out of 江苏省昆山市玉山镇; {} where the row has a column of districts.
    """
    if "district" in values:
        return {}
    city = city_in(values["city"].text, gazetteer) if "city" in values else None
    for key in ("address", "city", *(key for key in values if is_authority(key))):
        value = values.get(key)
        if value and (found := district_in(value.text, city, gazetteer)):
            return {"district": Value(found, value.origin)}
    return {}


def names_in(cell: Cell) -> list[str]:
    """Return the companies that a name cell names.

    百度、字节跳动、小米 names three; a text with a legal form in its middle is one name.
    """
    broken = [plain_name(part) for part in _LINE_BREAK.split(cell.raw)]
    if len(broken) > 1 and not is_full_name(broken[-1]) and all(map(_may_be_listed, broken)):
        return broken
    text = _AND_OTHERS.sub("", cell.text)
    names = [plain_name(name) for name in split_list(text)] if re.search("[、，；]", text) else []
    group = len(names) > 1 and all(map(_may_be_listed, names))
    return names if group else [plain_name(cell.text)]


def _may_be_listed(name: str) -> bool:
    return _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or is_full_name(name)


def _field_names(header: Row, columns: Mapping[str, int]) -> dict[int, str]:
    """Return a distinct name for every column: the key of its field, else its header.

    A second column of the same header is numbered (营收 2); one without a header is 第3列.
    """
    fields = {number: name for name, number in columns.items()}
    taken = Counter(columns)
    names: dict[int, str] = {}
    for number, cell in enumerate(header.cells):
        name = fields.get(number)
        if name is None:
            text = plain_header(cell.text) if header_key(cell.text) else f"第{number + 1}列"
            taken[text] += 1
            name = text if taken[text] == 1 else f"{text} {taken[text]}"
        names[number] = name
    return names


def _numbering(table: Table) -> frozenset[int]:
    """Return the columns without a header that only number the rows, as data frames have them."""
    return frozenset(
        number
        for number, header in enumerate(table.header.cells)
        if not header.text
        and all(row.cells[number].text.isdecimal() for row in table.rows if number < len(row.cells))
    )


def _shown(cell: Cell, field_name: str) -> str:
    """Return the text of a cell: the URL for a homepage, text and URL for other links.

    The number of a spreadsheet is the day that it means where the column is one of dates.
    """
    if field_name == "founded" and (day := serial_day(cell.text)) is not None:
        return day
    if not cell.links:
        return cell.text
    url = cell.links[0].url
    if field_name == "website":
        return url
    return cell.text if url in cell.text else f"{cell.text} {url}"


def _listing(texts: Mapping[str, str]) -> Listing | None:
    """Return the listing, its code taken from a separate column if need be: 科创板 | 688256."""
    listing = parse_listing(texts.get("listing", ""))
    if listing is None or listing.status is not ListingStatus.LISTED:
        return listing
    if listing.code:
        return listing if listing.exchange else replace(listing, exchange=_board(texts))
    code = patterns()["columns"]["code"]
    own = (parse_listing(text) for name, text in texts.items() if code.search(fold(name)))
    known = next((one.code for one in own if one and one.code and not one.exchange), None)
    return replace(listing, code=known)


def _board(texts: Mapping[str, str]) -> str | None:
    """Return the exchange or board in a column of its own beside that of the codes."""
    hint = patterns()["hints"]["listing"]
    own = (text for name, text in texts.items() if name != "listing" and hint.search(fold(name)))
    known = (parse_listing(text) for text in own if is_listing(text))
    return next((one.exchange for one in known if one and one.exchange), None)


def facts_of(values: Mapping[str, Value], gazetteer: Gazetteer) -> Facts:
    """Return the typed facts of a row's texts."""
    texts = {name: unmarked(value) for name, value in values.items()}
    city = city_in(texts.get("city", ""), gazetteer)
    return Facts(
        founded=parse_year(texts.get("founded", ""), serials=True),
        headcount=parse_headcount(texts.get("headcount", "")),
        listing=_listing(texts),
        batch=parse_batch(texts.get("batch", "")),
        city=city.short if city else None,
        province=city.province if city else province_in(texts, gazetteer),
        district=texts.get("district"),
        website=parse_website(texts.get("website", "")),
    )
