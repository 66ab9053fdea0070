"""Company profiles: a heading with bullets of fields below it, read as a table of one row.

    #### 极飞科技
    **基本信息**
    - 企业名称：广州极飞科技股份有限公司
    - 成立时间：2007年

    **核心业务**
    - 农业植保无人机系统

Bullets with a colon are fields; the bullets below a line in bold are the field of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from index.companies.names import is_full_name, plain_name
from index.places.gazetteer import load_gazetteer
from index.regex import regex
from index.schema.columns import columns_of
from index.schema.fields import TableKind
from index.schema.layout import heading_name, is_profile
from index.text import plain_heading
from index.types import Cell, Heading, Link, Origin, Row, Span, Table

_FIELD = regex(
    r"(?:[^\w*\s]+\s*)?(?:\*\*(?P<bold>[^：:，。,;；*\s]{2,12})(?:\*\*\s*[：:]|[：:]\s*\*\*)"
    r"|(?P<plain>[^：:，。,;；*\s]{2,12})\s*[：:])\s*(?P<value>\S.*)"
)
# Outside of a list, only what is written in bold is a field.
_BOLD_FIELD = regex(r"\*\*[^：:，。,;；*\s]{2,12}(?:\*\*\s*[：:]|[：:]\s*\*\*)\s*\S.*")
_LABEL = regex(r"\*\*(?P<key>[^*：:]{2,16})\*\*[：:]?")

# A heading with so many known fields below it is a company, if one of them may only be one's.
_FEWEST_FIELDS = 2

Plain = Callable[[str], tuple[str, tuple[Link, ...]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or list item: its Markdown, its lines, whether it is a bullet."""

    content: str
    origin: Origin
    bullet: bool
    token: Token


@dataclass
class _Field:
    """A field of a profile with the bullets that tell it."""

    key: str
    texts: list[tuple[str, Origin]] = field(default_factory=list)


def read_profile(
    items: Sequence[Item], headings: Sequence[Heading], plain: Plain
) -> tuple[Table | None, Sequence[Item]]:
    """Return the profile that the items under a heading make, and the items that are not of it.

    Args:
        items: Paragraphs and list items in reading order.
        headings: The headings above them, outermost first.
        plain: Returns the visible text of Markdown, and its links.
    """
    fields, rest = _fields(items)
    known = columns_of(TableKind.COMPANY, [one.key for one in fields])
    named = "name" in known
    heading = heading_name(headings, load_gazetteer())
    sure = named or (heading is not None and is_full_name(plain_heading(heading.text)))
    if not headings or len(known) < _FEWEST_FIELDS + (not sure):
        return None, items
    if not is_profile({one.key: one.texts[0][0] for one in fields}, heading):
        return None, items
    if heading is None and not named:
        return None, items
    if heading is not None:
        # The heading is the name where no bullet gives one, and another name where one does.
        key = "简称" if named else "企业名称"
        name = plain_name(plain_heading(heading.text))
        told = [text for one in fields for text, _ in one.texts]
        if not named or ("alias" not in known and name not in told):
            fields.insert(0, _Field(key, [(name, heading.origin)]))
    return _table(fields, headings, plain), rest


def _fields(items: Sequence[Item]) -> tuple[list[_Field], list[Item]]:
    fields: list[_Field] = []
    rest: list[Item] = []
    label: _Field | None = None
    for item in _by_line(items):
        single = "\n" not in item.content
        if item.bullet and single and (match := _FIELD.fullmatch(item.content)):
            fields.append(_Field(_key(match), [(match["value"], item.origin)]))
        elif item.bullet and label is not None:
            label.texts.append((item.content, item.origin))
        elif not item.bullet and (match := _LABEL.fullmatch(item.content.strip())):
            label = _Field(match["key"])
            fields.append(label)
        else:
            label = None
            rest.append(item)
    return [one for one in fields if one.texts], rest


def _by_line(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, a paragraph of nothing but fields line by line: **总部**：江苏常州."""
    for item in items:
        lines = item.content.split("\n")
        quotes = item.origin.quote.split("\n")
        if item.bullet or not _are_fields(lines) or len(lines) != len(quotes):
            yield item
            continue
        for number, (line, quote) in enumerate(zip(lines, quotes, strict=True)):
            at = item.origin.line_start + number
            origin = replace(item.origin, line_start=at, line_end=at, quote=quote)
            yield Item(line.strip(), origin, bullet=True, token=item.token)


def _key(match: re.Match[str]) -> str:
    return match["bold"] or match["plain"]


def _are_fields(lines: Sequence[str]) -> bool:
    """Return whether all lines of a paragraph are fields: in bold, or most of them known."""
    if all(_BOLD_FIELD.fullmatch(line.strip()) for line in lines):
        return True
    told = [_FIELD.fullmatch(line.strip()) for line in lines]
    keys = [_key(match) for match in told if match]
    known = columns_of(TableKind.COMPANY, keys)
    return all(told) and len(known) >= _FEWEST_FIELDS and len(known) * 2 >= len(keys)


def _table(fields: Sequence[_Field], headings: Sequence[Heading], plain: Plain) -> Table:
    cells = tuple(_cell(one, plain) for one in fields)
    # The row is cited by the line of its name; every other field by lines of its own.
    place = columns_of(TableKind.COMPANY, [one.key for one in fields])["name"]
    origin = fields[place].texts[0][1]
    header = Row(tuple(_header(one, origin) for one in fields), origin)
    # The nearest heading is the company's own: it says nothing of what the company is in.
    return Table(header=header, rows=(Row(cells, origin),), headings=tuple(headings[:-1]))


def _header(one: _Field, origin: Origin) -> Cell:
    line = origin.line_start
    return Cell(text=one.key, raw=one.key, links=(), span=Span(line, line, 0, 0))


def _cell(one: _Field, plain: Plain) -> Cell:
    told = [plain(text) for text, _ in one.texts]
    origin = _spanning([origin for _, origin in one.texts])
    return Cell(
        text="；".join(text for text, _ in told),
        raw="\n".join(text for text, _ in one.texts),
        links=tuple(link for _, links in told for link in links),
        span=Span(origin.line_start, origin.line_end, 0, 0),
        origin=origin,
    )


def _spanning(origins: Sequence[Origin]) -> Origin:
    """Return the lines of all origins, or of the first where others stand between them."""
    whole = origins[0]
    for one in origins[1:]:
        if one.line_start != whole.line_end + 1:
            return origins[0]
        whole = replace(whole, line_end=one.line_end, quote=f"{whole.quote}\n{one.quote}")
    return whole
