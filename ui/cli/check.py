"""What ``xiaojuren check`` prints: findings by rule, each with file and line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rich.text import Text

from index.checks import Finding, Rule, Severity, place_of
from ui.cli.console import OUT
from ui.findings import TITLES

_LEVELS = {Severity.ERROR: ("错误", "red"), Severity.WARNING: ("存疑", "yellow")}


def show_findings(found: Sequence[Finding]) -> None:
    """Print findings by rule, each with file and line, and how many there are."""
    by_rule: defaultdict[Rule, list[Finding]] = defaultdict(list)
    for finding in found:
        by_rule[finding.rule].append(finding)
    for rule in Rule:
        if by_rule[rule]:
            OUT.print(Text(f"{TITLES[rule]}（{rule.value}）：{len(by_rule[rule])} 处", "bold"))
            for finding in by_rule[rule]:
                OUT.print(_line(finding))
            OUT.print()
    counts = Counter(finding.severity for finding in found)
    told = "，".join(f"{_LEVELS[level][0]} {counts[level]}" for level in Severity if counts[level])
    OUT.print(Text(f"共 {len(found)} 处：{told}" if found else "没有发现问题"))


def _line(finding: Finding) -> Text:
    level, style = _LEVELS[finding.severity]
    return Text.assemble(
        "  ",
        (level, style),
        " ",
        (place_of(finding.origins[0]), "cyan"),
        f" {finding.company}：{finding.message}",
    )
