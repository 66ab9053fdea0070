"""Companies side by side: what the sources say of each, the differences standing out.

The address names them, ``#/compare?ids=<id>,<id>``, so that a comparison can be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import gradio as gr
from pydantic import BaseModel, StringConstraints, ValidationError

from assistant.browsing.catalog import Catalog
from assistant.browsing.comparison import MOST, compared
from assistant.browsing.profile import about, findings_about, flags_of
from assistant.engine import Engine
from index.store.records import Records
from index.types import Company
from ui.page.address import compare_address, read_address
from ui.page.assets import script
from ui.page.html import render

# Companies that a search to add one offers.
_OFFERED = 8


class _Search(BaseModel):
    """What the browser sends to find companies to be added: words, and the address so far."""

    text: Annotated[str, StringConstraints(strict=True, max_length=200)]
    query: str


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def compare_view(query: object) -> dict[str, str]:
        opened = engine()
        return compare_html(opened.browsing.catalog, opened.index.records, query)

    def compare_search(sought: object) -> str:
        return offers_html(engine().browsing.catalog, sought)

    gr.HTML(
        render("compare"),
        elem_id="xj-compare",
        apply_default_css=False,
        js_on_load=script("compare.js"),
        server_functions=[compare_view, compare_search],
    )


def companies_from(catalog: Catalog, query: object) -> tuple[Company, ...]:
    """Return the companies that an address names, each once, as many as can be compared.

    Args:
        catalog: The companies.
        query: The part of the address after ``?``, as the browser sent it.
    """
    named = ",".join(read_address(query).get("ids", ()))
    return catalog.find(named.split(","))[:MOST]


def compare_html(catalog: Catalog, records: Records, query: object) -> dict[str, str]:
    """Return the parts of the view as HTML: ``table``, and ``room`` if one more can be added.

    Args:
        catalog: The companies.
        records: Where they stand, and what looks wrong with them.
        query: The part of the address after ``?``, as the browser sent it.
    """
    companies = companies_from(catalog, query)
    titles = {one.source: one.title for one in records.documents()}
    findings = findings_about(companies, records)
    return {
        "table": render(
            "compare_table",
            companies=companies,
            fields=compared(companies),
            flags=[flags_of(company, findings) for company in companies],
            lists=[
                list(dict.fromkeys(titles.get(row.origin.source, "") for row in company.rows))
                for company in companies
            ],
            without=lambda one: compare_address(_without(companies, one)),
            most=MOST,
        ),
        "room": "yes" if len(companies) < MOST else "",
    }


def offers_html(catalog: Catalog, sought: object) -> str:
    """Return companies to be added to a comparison, those that are named by the words first.

    Args:
        catalog: The companies.
        sought: The words as ``text`` and the part of the address after ``?`` as ``query``, as the
            browser sent them.
    """
    try:
        told = _Search.model_validate(sought)
    except ValidationError:
        told = _Search(text="", query="")
    words = told.text
    companies = companies_from(catalog, told.query)
    chosen = {one.id for one in companies}
    found = catalog.search(words, _OFFERED + MOST)
    return render(
        "compare_offers",
        offers=[one for one in found if one.id not in chosen][:_OFFERED],
        asked=bool(words.strip()),
        about=about,
        beside=lambda one: compare_address((*companies, one)),
    )


def _without(companies: Sequence[Company], left_out: Company) -> list[Company]:
    return [one for one in companies if one.id != left_out.id]
