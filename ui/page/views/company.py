"""One company, over whatever view is shown: all that its sources say, line by line.

The address names it, ``#/browse?company=<id>``, so that it can be shared and "back" closes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import gradio as gr
from pydantic import StringConstraints, TypeAdapter, ValidationError

from assistant.answers.cards import next_questions
from assistant.browsing.profile import about, findings_about, flags_of, profile_of
from assistant.engine import Engine
from index.types import Company
from ui.page.address import compare_address
from ui.page.assets import script
from ui.page.html import render

_SIMILAR = 5

_ID: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(strict=True, max_length=100)])


def build(engine: Callable[[], Engine]) -> None:
    """Draw the dialog and connect it, within the page that is being built."""

    def company_view(company_id: object) -> str:
        return company_html(engine(), company_id)

    gr.HTML(
        render("company"),
        elem_id="xj-company",
        apply_default_css=False,
        js_on_load=script("company.js"),
        server_functions=[company_view],
    )


def company_html(engine: Engine, company_id: object) -> str:
    """Return what the dialog shows of a company, or that there is none."""
    try:
        found = engine.browsing.catalog.find([_ID.validate_python(company_id)])
    except ValidationError:
        found = ()
    if not found:
        return render("company_none")
    company = found[0]
    profile = profile_of(company)
    records = engine.index.records
    remarks = flags_of(company, findings_about([company], records))
    shown = {one.field for one in profile}
    return render(
        "company_profile",
        company=company,
        names=_names(company),
        groups=(
            ("", [one for one in profile if one.canonical]),
            ("清单中的其他内容", [one for one in profile if not one.canonical]),
        ),
        remarks=remarks,
        others=[one for field, told in remarks.items() if field not in shown for one in told],
        titles={one.source: one.title for one in records.documents()},
        questions=_questions(company),
        similar=engine.browsing.similar.of(company, _SIMILAR),
        about=about,
        compare=compare_address,
    )


def _questions(company: Company) -> tuple[str, ...]:
    """Return questions that its rows answer, and one that leads to its like."""
    city, domain = next(iter(company.facts("city")), None), company.text("domain")
    others = (f"{city}还有哪些{domain}企业？",) if city and domain else ()
    return next_questions([company], (), *others)


def _names(company: Company) -> list[str]:
    """Return the other names that the sources write, once each."""
    written = (*(row.name for row in company.rows), *(one.text for one in company.values("alias")))
    return [name for name in dict.fromkeys(written) if name != company.name]
