"""Example questions of different kinds, each made from what the index holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answers.common import short_name
from index.types import Company, Corpus

# What the companies of all lists are called, where that is so, and else.
_GIANTS, _COMPANIES = "小巨人", "企业"

# An applicant's own figures, against criteria such as every list of them has.
_APPLICANT = "研发费用占比4%，有效发明专利3项，能申报吗"

_FEWEST_RANKED = 3


def examples(corpus: Corpus) -> list[tuple[str, str]]:
    """Return example questions as (kind, question), each answerable from ``corpus``."""
    found: list[tuple[str, str]] = []
    companies = corpus.companies
    noun = _noun(corpus)
    cities = Counter(str(city) for one in companies for city in one.facts("city"))
    fields = Counter(
        (str(city), one.text("domain"))
        for one in companies
        for city in one.facts("city")
        if one.text("domain")
    )
    for (city, domain), _ in fields.most_common(1):
        found.append(("找企业", f"{city}有哪些{domain}{noun}"))
    known = _best_known(companies)
    if known:
        found.append(("查一家", f"{short_name(known[0])}的主导产品是什么"))
    for city, _ in cities.most_common(1):
        found.append(("数一数", f"{city}有多少家{noun}"))
    if corpus.regions:
        found.append(("看统计", f"{corpus.regions[0].place}的主要领域是什么"))
    if corpus.clauses:
        found.append(("问规则", f"{corpus.clauses[-1].dimension}的认定标准是什么"))
        found.append(("做自测", _APPLICANT))
    if sum(bool(one.facts("founded")) for one in companies) >= _FEWEST_RANKED:
        found.append(("排名次", f"成立最早的三家{noun}"))
    if len(known) > 1:
        found.append(("比一比", f"{short_name(known[0])}和{short_name(known[1])}对比"))
    return found


def _noun(corpus: Corpus) -> str:
    giants = all(_GIANTS in document.title for document in corpus.documents)
    return _GIANTS if giants else _COMPANIES


def _best_known(companies: Sequence[Company]) -> list[Company]:
    """Return the companies with a product, those first of which the lists tell most."""
    described = [one for one in companies if one.text("product")]
    return sorted(described, key=lambda one: -len({key for row in one.rows for key in row.values}))
