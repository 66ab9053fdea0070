"""All companies: searched as one types, narrowed by facets, sorted, chosen to compare, saved.

What is shown stands in the address, ``#/browse?q=芯片&city=苏州&sort=founded&page=2``, so that it
can be shared; the name of a facet may stand there several times, with keys or labels of values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import gradio as gr
from pydantic import BaseModel

from assistant.catalog import SORTS, Catalog, Facet, Selected, Selection
from assistant.comparison import MOST
from assistant.facets import FACETS, UNKNOWN
from assistant.profile import ProfileField, flags_of, profile_of
from index.checks import Finding
from index.schema.columns import load_schema
from index.types import Company, Corpus
from ui.export import Format, download_companies
from ui.page.address import address, read_address
from ui.page.assets import asset
from ui.page.html import render
from ui.page.site import Site

PAGE_ROWS = 50
"""How many companies stand on one page."""

# Words that are searched for may be so long together.
_LONGEST_TEXT = 200

# Values of a facet that are shown at once, and with "more".
_FEW, _MANY = 8, 60

# The table's columns after the name; those that no company has are left out.
_COLUMNS = ("city", "domain", "product", "founded", "headcount", "listing")

# Numbers are looked at from the largest.
_LARGEST_FIRST = frozenset(("founded", "headcount"))

_DOWN = "desc"


class _Export(BaseModel):
    """What the browser sends to save a selection: the address, and the form of file."""

    query: str
    form: Format


@dataclass(frozen=True, slots=True)
class Column:
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


def build(site: Site) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def browse_view(query: object) -> dict[str, str]:
        engine = site.engine()
        return browse_html(engine.catalog, engine.index.corpus, query, engine.index.findings)

    def browse_export(wanted: object) -> dict[str, str]:
        told = _Export.model_validate(wanted)
        catalog = site.engine().catalog
        found = catalog.select(catalog.named(selection_from(told.query)))
        return download_companies(found.companies, told.form).to_dict()

    gr.HTML(
        render("browse", most=MOST),
        elem_id="xj-browse",
        apply_default_css=False,
        js_on_load=asset("address.js") + asset("download.js") + asset("browse.js"),
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
            kind.key: tuple(dict.fromkeys(told[kind.key])) for kind in FACETS if kind.key in told
        },
        sort=last("sort") if last("sort") in SORTS else "",
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


def browse_html(
    catalog: Catalog, corpus: Corpus, query: object, findings: Sequence[Finding] = ()
) -> dict[str, str]:
    """Return the parts of the view as HTML: ``facets``, ``chips``, ``count``, ``table``.

    Args:
        catalog: The companies.
        corpus: Where they stand.
        query: The part of the address after ``?``, as the browser sent it.
        findings: What looks wrong in the sources, to be marked.
    """
    selection = catalog.named(selection_from(query))
    found = catalog.select(selection)
    pages = max(1, -(-found.total // PAGE_ROWS))
    selection = replace(selection, page=min(max(selection.page, 1), pages))
    return {
        "facets": render("browse_facets", facets=found.facets, few=_FEW, cut=_cut, unknown=UNKNOWN),
        "chips": render(
            "browse_chips", selection=selection, found=found, address=address_of, unknown=UNKNOWN
        ),
        "count": render("browse_count", total=found.total, of=len(catalog.companies)),
        "table": render(
            "browse_table",
            columns=_columns(catalog, selection),
            companies=_page(found, selection.page),
            several=len(corpus.documents) > 1,
            titles=corpus.titles,
            cells=_cells,
            flags_of=lambda company: flags_of(company, findings),
            selection=selection,
            pages=pages,
            turned=_turned(selection),
        ),
    }


def _cut(facet: Facet) -> tuple[Sequence[object], int]:
    """Return the values of a facet that are sent to the browser, and how many are not."""
    chosen = [value for value in facet.values[_MANY:] if value.chosen]
    shown = [*facet.values[:_MANY], *chosen]
    return shown, len(facet.values) - len(shown)


def _columns(catalog: Catalog, selection: Selection) -> list[Column]:
    schema = load_schema()
    fields = ("name", *(field for field in _COLUMNS if field in catalog.fields))
    return [
        Column(field, schema.label(field), _sorted_by(field, selection), _order(field, selection))
        for field in fields
    ]


def _order(field: str, selection: Selection) -> str:
    if field != selection.sort:
        return "none"
    return "descending" if selection.descending else "ascending"


def _sorted_by(field: str, selection: Selection) -> str:
    """Return the address that sorts by a field, then the other way round, then not at all."""
    if field not in SORTS:
        return ""
    first = field in _LARGEST_FIRST
    if field != selection.sort:
        wanted = replace(selection, sort=field, descending=first, page=1)
    elif selection.descending == first:
        wanted = replace(selection, descending=not first, page=1)
    else:
        wanted = replace(selection, sort="", descending=False, page=1)
    return address_of(wanted)


def _page(found: Selected, page: int) -> tuple[Company, ...]:
    return found.companies[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]


def _cells(company: Company, columns: Sequence[Column]) -> dict[str, ProfileField]:
    told = profile_of(company, [column.field for column in columns])
    return {one.field: one for one in told}


def _turned(selection: Selection) -> Callable[[int], str]:
    """Return what gives the address of another page of the same selection."""
    return lambda page: address_of(replace(selection, page=page))
