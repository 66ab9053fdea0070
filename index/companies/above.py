"""What the lines above a row say of it: rows that head a group, headings, the title of the file.

    第六批专精特新“小巨人”企业名单      ──▶ batch
    一、浙江省（2家）                  ──▶ province
    （一）杭州市                       ──▶ city
    1 | 杭州苕上泵业有限公司

Every value is cited by the line that says it. The nearest line counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.companies.names import plain_name
from index.places.gazetteer import Gazetteer
from index.places.localities import city_in, city_of_heading, province_of_heading
from index.regex import regex
from index.schema.subjects import patterns
from index.schema.values import parse_batch
from index.text import fold, plain_heading
from index.types import Heading, Origin, Table, Value

_BATCH = regex(r"(?:20\d\d年度?)?(?:第[一二三四五六七八九十百\d]+|首)批(?!次数)")

# The numbers of groups, from the widest to the narrowest.
_NUMBERS = (
    regex(r"第[一二三四五六七八九十\d]+(?:部分|章|类)"),
    regex(r"[一二三四五六七八九十]{1,3}[、.．]"),
    regex(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    regex(r"\d{1,3}[、.．]"),
    regex(r"[（(]\d{1,3}[)）]"),
)
# How many companies follow: 浙江省（2家）, 浙江省：共2家.
_COUNT = regex(r"\s*(?:[（(：:]\s*)?(?:共|合计|计)?\s*\d+\s*(?:家|户|个)(?:企业)?\s*[)）]?\s*$")


@dataclass
class Above:
    """What stands above the rows of one table.

    Attributes:
        table: The table.
        gazetteer: The places.
        title: The title of the file, None where it has none.
    """

    table: Table
    gazetteer: Gazetteer
    title: Heading | None
    _groups: list[tuple[int, Value]] = field(default_factory=list)

    def add_group(self, text: str, origin: Origin) -> None:
        """Add a row that heads those below it, up to the next of its rank."""
        bare = text.strip().strip("*_")
        level = next((n for n, mark in enumerate(_NUMBERS) if mark.match(bare)), len(_NUMBERS))
        self._groups = [one for one in self._groups if one[0] < level]
        told = _COUNT.sub("", plain_heading(plain_name(bare))) or bare
        self._groups.append((level, Value(told, origin)))

    def tells(self) -> bool:
        """Return whether the last group names a place or a batch."""
        told = self._near()[:1]
        return any(
            city_in(one.text, self.gazetteer)
            or province_of_heading(one.text, self.gazetteer)
            or parse_batch(one.text)
            for one in told
        )

    def place(self) -> dict[str, Value]:
        """Return the city that a group or heading names, else their province; {} if neither."""
        for told in (*self._near(), *self._headings()):
            if self._is_foreign(told):
                break
            place = city_in(told.text, self.gazetteer) if told in self._near() else None
            place = place or city_of_heading(told.text, self.gazetteer)
            if place is not None:
                return {"city": Value(place.name, told.origin)}
            if (province := province_of_heading(told.text, self.gazetteer)) is not None:
                return {"province": Value(province.name, told.origin)}
        return {}

    def place_of_title(self) -> dict[str, Value]:
        """Return the city or province that the title of the file names."""
        foreign = patterns()["headings"]["foreign"]
        title = self.title
        outside = any(foreign.search(text) for text in self.table.header.origin.section)
        if title is None or foreign.search(title.text) or outside:
            return {}
        if (place := city_of_heading(title.text, self.gazetteer)) is not None:
            return {"city": Value(place.name, title.origin)}
        province = province_of_heading(title.text, self.gazetteer)
        return {"province": Value(province.name, title.origin)} if province else {}

    def batch(self) -> dict[str, Value]:
        """Return the batch of the nearest line above that names one, and no other."""
        title = [Value(self.title.text, self.title.origin)] if self.title else []
        for told in (*self._near(), *self._headings(), *title):
            if found := list(dict.fromkeys(match.group() for match in _BATCH.finditer(told.text))):
                numbers = {parse_batch(text) for text in found}
                return {"batch": Value(found[-1], told.origin)} if len(numbers) == 1 else {}
        return {}

    def industry(self, *, placed: bool, found: bool) -> dict[str, Value]:
        """Return the nearest heading if it names a trade.

        That is where the row has a city of its own, or a heading above says that the list is
        arranged by trades.
        """
        heading = next(iter(self._headings()), None)
        if heading is None:
            return {}
        sorted_so = any(
            patterns()["headings"]["sorted"].search(above.text)
            for above in self.table.headings[:-1]
        )
        told = (placed or sorted_so) and not self._says_nothing(heading.text)
        foreign = not placed and not found and self._is_foreign(heading)
        return {"industry": heading} if told or foreign else {}

    def _near(self) -> list[Value]:
        """Return the groups that the row is in, the nearest first."""
        return [value for _, value in reversed(self._groups)]

    def _headings(self) -> Iterator[Value]:
        """Yield the headings above the table without their numbers, the nearest first."""
        for heading in reversed(self.table.headings):
            yield Value(plain_heading(heading.text), heading.origin)

    def _is_foreign(self, told: Value) -> bool:
        return patterns()["headings"]["foreign"].search(told.text) is not None

    def _says_nothing(self, heading: str) -> bool:
        """Return whether a heading names no trade: a place, a batch, 企业列表, 按规模分类."""
        words = patterns()["headings"]
        place = self.gazetteer.first_city(heading) is not None
        place = place or province_of_heading(heading, self.gazetteer) is not None
        return (
            place
            or parse_batch(heading) is not None
            or words["general"].search(fold(heading)) is not None
        )


def place_of_row(values: Mapping[str, Value], gazetteer: Gazetteer) -> dict[str, Value]:
    """Return the city of a row by what else it says: province, district, address, authority.

    A province that is also a city (上海) is one. Where none names a city, the province that an
    authority is named after is returned.
    """
    for key in ("province", "district", "address"):
        value = values.get(key)
        if value and (place := gazetteer.first_city(value.text)):
            return {"city": Value(place.name, value.origin)}
    provinces: dict[str, Value] = {}
    for value in _authorities(values):
        if place := gazetteer.first_city(value.text):
            return {"city": Value(place.name, value.origin)}
        if province := province_of_heading(value.text, gazetteer):
            provinces.setdefault("province", Value(province.name, value.origin))
    return {} if "province" in values else provinces


def _authorities(values: Mapping[str, Value]) -> Iterator[Value]:
    return (value for key, value in values.items() if is_authority(key))


def is_authority(header: str) -> bool:
    """Return whether a column names authorities: 登记机关, 推荐单位."""
    return patterns()["columns"]["authority"].search(fold(header)) is not None
