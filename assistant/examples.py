"""Example questions of different kinds, each made from what the index holds."""

from __future__ import annotations

from collections import Counter

from assistant.answers.common import short_name
from index.types import Corpus


def examples(corpus: Corpus) -> list[tuple[str, str]]:
    """Return example questions as (kind, question), each answerable from ``corpus``."""
    found: list[tuple[str, str]] = []
    companies = corpus.companies
    cities = Counter(str(city) for one in companies for city in one.facts("city"))
    fields = Counter(
        (str(city), one.text("domain"))
        for one in companies
        for city in one.facts("city")
        if one.text("domain")
    )
    for (city, domain), _ in fields.most_common(1):
        found.append(("找企业", f"{city}有哪些{domain}小巨人"))
    described = [one for one in companies if one.text("product")]
    if described:
        found.append(("查一家", f"{short_name(described[len(described) // 2])}的主导产品是什么"))
    for city, _ in cities.most_common(1):
        found.append(("数一数", f"{city}有多少家小巨人"))
    if corpus.regions:
        found.append(("看统计", f"{corpus.regions[0].place}的主要领域是什么"))
    if corpus.clauses:
        found.append(("问规则", f"{corpus.clauses[-1].dimension}的认定标准是什么"))
    return found
