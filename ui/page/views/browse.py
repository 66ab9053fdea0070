"""All companies: searched as one types, narrowed by facets, sorted, chosen to compare, saved.

What is shown stands in the address, ``#/browse?q=芯片&city=苏州&sort=founded&page=2``, so that it
can be shared; the name of a facet may stand there several times, with keys or labels of values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import gradio as gr
from pydantic import BaseModel

from assistant.browsing.catalog import Catalog
from assistant.browsing.comparison import MOST
from assistant.browsing.facets import UNKNOWN, facet_kinds
from assistant.browsing.profile import ProfileField, findings_about, flags_of, profile_of
from assistant.browsing.selection import Selection
from assistant.engine import Engine
from index.schema.fields import registry
from index.store.records import Records
from index.types import Company
from ui.export import Format, download_companies
from ui.page.address import address, read_address
from ui.page.assets import script
from ui.page.html import render

# Words that are searched for may be so long together.
_LONGEST_TEXT = 200

# Values of a facet that are shown at once.
_FEW = 8

_NAME = "name"

_DOWN = "desc"


class _Export(BaseModel):
    """What the browser sends to save a selection: the address, and the form of file."""

    query: str
    form: Format


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table.

    Attributes:
        field: Canonical name of the field.
        label: Its header.
        link: Address that sorts by it; empty if it cannot be sorted by.
        order: ``ascending`` or ``descending`` if it is sorted by, else ``none``.
    """

    field: str
    label: str
    link: str
    order: str


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def browse_view(query: object) -> dict[str, str]:
        opened = engine()
        return browse_html(opened.browsing.catalog, opened.index.records, query)

    def browse_export(wanted: object) -> dict[str, str]:
        told = _Export.model_validate(wanted)
        catalog = engine().browsing.catalog
        found = catalog.matching(catalog.named(selection_from(told.query)))
        return download_companies(catalog.companies(found), told.form).to_dict()

    gr.HTML(
        render("browse", most=MOST),
        elem_id="xj-browse",
        apply_default_css=False,
        js_on_load=script("browse.js"),
        server_functions=[browse_view, browse_export],
    )


def selection_from(query: object) -> Selection:
    """Return what an address wants; whatever it says that cannot be wanted is left out.

    Args:
        query: The part of the address after ``?``, as the browser sent it.
    """
    told = read_address(query)

    def last(name: str) -> str:
        return told.get(name, [""])[-1]

    page = last("page")
    return Selection(
        text=last("q")[:_LONGEST_TEXT],
        chosen={
            kind.key: tuple(dict.fromkeys(told[kind.key]))
            for kind in facet_kinds()
            if kind.key in told
        },
        sort=last("sort") if last("sort") in _sortable() else "",
        descending=last("order") == _DOWN,
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def address_of(selection: Selection) -> str:
    """Return the address that shows a selection."""
    told = [("q", selection.text)] if selection.text else []
    told += [(facet, value) for facet, values in selection.chosen.items() for value in values]
    if selection.sort:
        told.append(("sort", selection.sort))
        if selection.descending:
            told.append(("order", _DOWN))
    if selection.page > 1:
        told.append(("page", str(selection.page)))
    return address("browse", told)


def browse_html(catalog: Catalog, records: Records, query: object) -> dict[str, str]:
    """Return the parts of the view as HTML: ``facets``, ``chips``, ``count``, ``table``.

    Args:
        catalog: The companies.
        records: Where they stand, and what looks wrong with them.
        query: The part of the address after ``?``, as the browser sent it.
    """
    selection = catalog.named(selection_from(query))
    found = catalog.select(selection)
    selection = replace(selection, page=found.page)
    titles = {one.source: one.title for one in records.documents()}
    findings = findings_about(found.companies, records)
    return {
        "facets": render("browse_facets", facets=found.facets, few=_FEW, unknown=UNKNOWN),
        "chips": render(
            "browse_chips", selection=selection, found=found, address=address_of, unknown=UNKNOWN
        ),
        "count": render("browse_count", total=found.total, of=catalog.total),
        "table": render(
            "browse_table",
            columns=_columns(catalog, selection),
            companies=found.companies,
            several=len(titles) > 1,
            titles=titles,
            cells=_cells,
            flags_of=lambda company: flags_of(company, findings),
            selection=selection,
            pages=found.pages,
            turned=_turned(selection),
        ),
    }


def _sortable() -> frozenset[str]:
    return frozenset(field.key for field in registry().shown("sorts"))


def _columns(catalog: Catalog, selection: Selection) -> list[TableColumn]:
    """Return the columns of the table: the name, and those that any company has."""
    shown = (field.key for field in registry().shown("table") if field.key in catalog.fields)
    return [
        TableColumn(
            field, registry().label(field), _sorted_by(field, selection), _order(field, selection)
        )
        for field in (_NAME, *shown)
    ]


def _order(field: str, selection: Selection) -> str:
    if field != selection.sort:
        return "none"
    return "descending" if selection.descending else "ascending"


def _sorted_by(field: str, selection: Selection) -> str:
    """Return the address that sorts by a field, then the other way round, then not at all."""
    if field not in _sortable():
        return ""
    known = registry().field(field)
    # Numbers are looked at from the largest.
    first = known is not None and known.numeric
    if field != selection.sort:
        wanted = replace(selection, sort=field, descending=first, page=1)
    elif selection.descending == first:
        wanted = replace(selection, descending=not first, page=1)
    else:
        wanted = replace(selection, sort="", descending=False, page=1)
    return address_of(wanted)


def _cells(company: Company, columns: Sequence[TableColumn]) -> dict[str, ProfileField]:
    told = profile_of(company, [column.field for column in columns])
    return {one.field: one for one in told}


def _turned(selection: Selection) -> Callable[[int], str]:
    """Return what gives the address of another page of the same selection."""
    return lambda page: address_of(replace(selection, page=page))
