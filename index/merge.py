"""Rows of one company joined into one record, and what is ambiguous left apart."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.names import NameParts, split_brackets, split_list, split_name
from index.normalize import fold
from index.places import Gazetteer
from index.types import Company, CompanyRow, StatisticsRow, UnresolvedRow


@dataclass
class _Draft:
    """A company while its rows are being gathered."""

    rows: list[CompanyRow]
    names: dict[str, str] = field(default_factory=dict)  # folded form → as it is written

    def cities(self) -> set[str]:
        return {row.facts.city for row in self.rows if row.facts.city}


def merge_rows(
    rows: Sequence[CompanyRow], regions: Sequence[StatisticsRow], gazetteer: Gazetteer
) -> tuple[tuple[Company, ...], tuple[UnresolvedRow, ...]]:
    """Return one company per distinct company of ``rows``, and the rows that fit several.

    Rows with a legal form in their name open companies; every other row joins the one company
    that its name is a form of, provided no city contradicts. A name that several companies
    share joins none of them: beside one of them in the same file the row stays open, in a file
    of its own it is a company by that name. A similar name or the same homepage never joins
    anything.
    """
    parts = {row.name: split_name(row.name, gazetteer) for row in rows}
    drafts = _full_names(row for row in rows if parts[row.name].legal)
    for draft in drafts:
        for row in draft.rows:
            draft.names |= _forms(row, parts)
    unresolved = []
    opened: list[_Draft] = []
    for row in rows:
        if parts[row.name].legal:
            continue
        candidates = _candidates(row, parts[row.name], [*drafts, *opened])
        if len(candidates) > 1:
            candidates = _by_that_name(row, opened) or (
                candidates if _beside(row, candidates) else []
            )
        if len(candidates) > 1:
            unresolved.append((row, candidates))
        elif candidates:
            candidates[0].rows.append(row)
            candidates[0].names |= _forms(row, parts)
        else:
            opened.append(_Draft([row], _forms(row, parts)))
    drafts += opened
    _add_representatives(drafts, regions)
    companies = tuple(_company(draft) for draft in drafts)
    ids = {id(draft): company.id for draft, company in zip(drafts, companies, strict=True)}
    return companies, tuple(
        UnresolvedRow(row, tuple(ids[id(draft)] for draft in candidates))
        for row, candidates in unresolved
    )


def _by_that_name(row: CompanyRow, opened: Iterable[_Draft]) -> list[_Draft]:
    """Return the company that goes by the very name of a row, unless the cities contradict."""
    name, city = fold(row.name), row.facts.city
    return [
        draft
        for draft in opened
        if fold(draft.rows[0].name) == name and (not city or city in (draft.cities() or {city}))
    ][:1]


def _beside(row: CompanyRow, drafts: Iterable[_Draft]) -> bool:
    """Return whether the file of a row also names one of the companies in full."""
    source = row.origin.source
    return any(one.origin.source == source for draft in drafts for one in draft.rows)


def merged_rows(companies: Iterable[Company]) -> Counter[str]:
    """Return by source how many rows joined a company that another row had opened."""
    return Counter(row.origin.source for company in companies for row in company.rows[1:])


def _full_names(rows: Iterable[CompanyRow]) -> list[_Draft]:
    """Return one draft for each full name, in reading order."""
    by_name: dict[str, _Draft] = {}
    for row in rows:
        by_name.setdefault(fold(row.name), _Draft([])).rows.append(row)
    return list(by_name.values())


def _forms(row: CompanyRow, parts: dict[str, NameParts]) -> dict[str, str]:
    """Return the names that mean the company of ``row``: its own, its forms, the column 简称."""
    alias = row.values.get("alias")
    named = split_list(alias.text) if alias else []
    both = [form for name in named for form in split_brackets(name)]
    return {fold(form): form for form in (row.name, *parts[row.name].forms, *named, *both)}


def _candidates(row: CompanyRow, parts: NameParts, drafts: list[_Draft]) -> list[_Draft]:
    """Return the companies that a short-name row may be a row of.

    All companies of that core are candidates, wherever they are: 燧原科技 in 上海 is as much the
    北京 company by its name as it is the 上海 company by its city. A single candidate in another
    city is another company.
    """
    keys = {fold(row.name), fold(parts.core)}
    named = [draft for draft in drafts if keys & draft.names.keys()]
    if len(named) == 1 and row.facts.city:
        cities = named[0].cities()
        return named if row.facts.city in cities or not cities else []
    return named


def _add_representatives(drafts: list[_Draft], regions: Sequence[StatisticsRow]) -> None:
    """Learn aliases from the statistics: 海康 is the one company of 杭州 whose name starts so."""
    for region in regions:
        value = region.values.get("representatives")
        for mention in split_list(value.text if value else ""):
            folded = fold(mention)
            if any(folded in draft.names for draft in drafts):
                continue
            starting = [
                draft
                for draft in drafts
                if region.place in draft.cities()
                and any(name.startswith(folded) for name in draft.names)
            ]
            if len(starting) == 1:
                starting[0].names[folded] = mention


def _company(draft: _Draft) -> Company:
    name = draft.rows[0].name
    cities = "、".join(sorted(draft.cities()))
    identity = hashlib.sha256(f"company:1:{fold(name)}:{cities}".encode()).hexdigest()[:16]
    aliases = [form for folded, form in draft.names.items() if folded != fold(name)]
    return Company(
        id=identity,
        name=name,
        aliases=tuple(sorted(aliases, key=lambda alias: (-len(alias), alias))),
        rows=tuple(draft.rows),
    )


def name_owners(companies: Iterable[Company]) -> dict[str, tuple[Company, ...]]:
    """Return every folded name and alias with the companies it may mean."""
    owners: defaultdict[str, list[Company]] = defaultdict(list)
    for company in companies:
        for name in dict.fromkeys(fold(name) for name in (company.name, *company.aliases)):
            owners[name].append(company)
    return {name: tuple(found) for name, found in owners.items()}
