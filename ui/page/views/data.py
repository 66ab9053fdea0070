"""The data: what is indexed, which rows were skipped and why, what looks wrong; adding a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import StringIO

import gradio as gr

from assistant.browsing.inventory import holdings, unread
from assistant.engine import Engine
from index.checks import Finding, Rule, Severity
from index.store.reader import IndexReader
from index.store.records import Records
from index.text import fold
from ui.findings import TITLES, write_csv
from ui.page.assets import script
from ui.page.html import render
from ui.page.views import adding

# Longer tables fold; the export has every finding.
SHOWN = 100

# Spreadsheet programs take a file for UTF-8 if it begins so.
_MARK = "\ufeff"


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def data_view(_: object) -> dict[str, str]:
        return data_html(engine().index)

    def findings_file(_: object) -> str:
        return findings_csv(engine().index.records.findings())

    gr.HTML(
        render("data"),
        elem_id="xj-data",
        apply_default_css=False,
        js_on_load=script("data.js"),
        server_functions=[data_view, findings_file],
    )
    adding.build(engine)


def data_html(index: IndexReader) -> dict[str, str]:
    """Return the parts of the view as HTML: ``facts``, ``lists`` and ``findings``."""
    records = index.records
    found, held = records.findings(), holdings(records)
    return {
        "facts": render(
            "data_facts",
            manifest=index.manifest,
            companies=records.count(),
            rows=sum(one.rows + one.profiles for one in held),
            skipped=sum(len(one.skipped) for one in held),
            held=held,
            found=found,
        ),
        "lists": render(
            "data_lists",
            held=held,
            unread=unread(records),
            changed=_changed(index),
            shown=SHOWN,
        ),
        "findings": findings_html(found, records),
    }


def findings_html(found: Iterable[Finding], records: Records) -> str:
    """Return findings by rule as HTML, each with its company and its lines."""
    by_rule: dict[Rule, list[Finding]] = {rule: [] for rule in Rule}
    for finding in found:
        by_rule[finding.rule].append(finding)
    shown = [finding.company for group in by_rule.values() for finding in group[:SHOWN]]
    return render(
        "data_findings",
        groups=[(TITLES[rule], rule, group) for rule, group in by_rule.items() if group],
        ids=_ids(shown, records),
        error=Severity.ERROR,
        shown=SHOWN,
    )


def _ids(names: Iterable[str], records: Records) -> dict[str, str]:
    """Return the ids of companies by their names, where a name is that of one company only."""
    folded = {fold(name): name for name in names}
    called = {
        name: [one.value for one in surfaces if one.kind == "company"]
        for name, surfaces in records.surfaces(folded).items()
    }
    return {folded[name]: ids[0] for name, ids in called.items() if len(ids) == 1}


def findings_csv(found: Iterable[Finding]) -> str:
    """Return findings as a CSV file that spreadsheet programs open."""
    file = StringIO()
    write_csv(found, file)
    return _MARK + file.getvalue()


def _changed(index: IndexReader) -> set[str]:
    """Return the sources whose files differ by now from what was indexed."""
    changed = set(index.changed_sources())
    pairs = zip(index.manifest.paths, index.manifest.documents, strict=True)
    return {document.source for path, document in pairs if path in changed}
