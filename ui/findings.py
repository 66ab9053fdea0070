"""Findings as programs and spreadsheets read them: titles, JSON and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

from index.checks import Finding, Rule
from ui.export import harmless

TITLES = {
    Rule.EXCHANGE_CODE: "交易所与股票代码不符",
    Rule.YEAR_RANGE: "成立年份不合理",
    Rule.UNREADABLE: "内容读不出",
    Rule.INVALID_HOMEPAGE: "主页不是网址",
    Rule.SHARED_CODE: "几家企业同一股票代码",
    Rule.SHARED_HOMEPAGE: "几家企业同一主页",
    Rule.CONFLICT: "同一企业前后不一",
    Rule.DUPLICATE: "重复的行",
    Rule.MISSING_FIELD: "缺少关键内容",
    Rule.AMBIGUOUS: "简称指不明哪家企业",
    Rule.SLIPPED: "整行错列",
}
"""What users see of each rule."""

_COLUMNS = ("rule", "severity", "source", "line", "company", "field", "value", "message")


def finding_dict(finding: Finding) -> dict[str, str | int]:
    """Return a finding as ``--json`` prints it.

    Lines after the first, and the sheet of a spreadsheet's row, stand in the message.
    """
    first = finding.origins[0]
    sheet = f"（工作表「{first.sheet}」）" if first.sheet else ""
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "source": first.source,
        "line": first.line_start,
        "company": finding.company,
        "field": finding.field,
        "value": finding.value,
        "message": finding.message + sheet,
    }


def write_csv(found: Iterable[Finding], file: IO[str]) -> None:
    """Write findings with a header, one a row; no cell runs as a formula in a spreadsheet."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for finding in found:
        cells = (
            " ".join(harmless(str(cell)).splitlines()) for cell in finding_dict(finding).values()
        )
        writer.writerow(cells)
