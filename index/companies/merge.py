"""Merging of the rows of one company into one record; ambiguous rows stay apart."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.companies.names import (
    NameParts,
    bracketed,
    is_generic,
    is_place_name,
    plain_name,
    split_brackets,
    split_name,
)
from index.places.gazetteer import Gazetteer, load_gazetteer
from index.schema.exchanges import share_keys
from index.text import fold, split_list
from index.types import Company, CompanyRow, StatisticsRow, UnresolvedRow

_SHORTEST = 2
_GROUPS = ("集团", "控股")


@dataclass
class _Draft:
    """A company whose rows are still being collected."""

    rows: list[CompanyRow]
    names: dict[str, str] = field(default_factory=dict)  # folded form → as it is written

    def cities(self) -> set[str]:
        return {row.facts.city for row in self.rows if row.facts.city}


def merge_rows(
    rows: Sequence[CompanyRow], regions: Sequence[StatisticsRow], gazetteer: Gazetteer
) -> tuple[tuple[Company, ...], tuple[UnresolvedRow, ...]]:
    """Return the companies that ``rows`` are about, and the rows that may belong to several.

    Each full name (one with a legal form) is a company. Every other row joins the company that its
    name is a form of, unless their cities differ. If several companies have that form, the row
    joins the only one of them that its own file contains; if the file contains several of them it
    stays unresolved, and if it contains none it is a company of that name. Rows with the same stock
    code are joined if one name contains the other; similar names and equal homepages never join.
    """
    parts = {row.name: split_name(row.name, gazetteer) for row in rows}
    drafts = _Drafts(parts)
    for row in rows:
        if parts[row.name].legal:
            drafts.add_full(row)
    unresolved = []
    for row in rows:
        if parts[row.name].legal:
            continue
        candidates = drafts.candidates(row)
        if len(candidates) > 1:
            candidates = _by_that_name(row, candidates) or (
                candidates if _beside(row, candidates) else []
            )
        if len(candidates) > 1:
            unresolved.append((row, candidates))
        else:
            drafts.join(row, candidates[0] if candidates else None)
    _add_representatives(drafts.all, regions)
    companies = tuple(_company(draft) for draft in drafts.all)
    ids = {id(draft): company.id for draft, company in zip(drafts.all, companies, strict=True)}
    return companies, tuple(
        UnresolvedRow(row, tuple(ids[id(draft)] for draft in candidates))
        for row, candidates in unresolved
    )


def _by_that_name(row: CompanyRow, drafts: Iterable[_Draft]) -> list[_Draft]:
    """Return the company whose name is exactly that of a row, unless their cities differ."""
    name, city = fold(row.name), row.facts.city
    return [
        draft
        for draft in drafts
        if fold(draft.rows[0].name) == name and (not city or city in (draft.cities() or {city}))
    ][:1]


def _beside(row: CompanyRow, drafts: Iterable[_Draft]) -> bool:
    """Return whether the file of a row contains one of the companies."""
    source = row.origin.source
    return any(one.origin.source == source for draft in drafts for one in draft.rows)


def merged_rows(companies: Iterable[Company]) -> Counter[str]:
    """Return by source how many rows were merged into a company of an earlier row."""
    return Counter(row.origin.source for company in companies for row in company.rows[1:])


class _Drafts:
    """Companies whose rows are being collected, indexed by names and stock codes.

    Attributes:
        all: All companies, those with full names first.
    """

    def __init__(self, parts: Mapping[str, NameParts]) -> None:
        self.all: list[_Draft] = []
        self._parts = parts
        self._full: dict[str, _Draft] = {}
        self._by_name: defaultdict[str, dict[int, _Draft]] = defaultdict(dict)
        self._by_code: defaultdict[tuple[str, str], dict[int, _Draft]] = defaultdict(dict)

    def add_full(self, row: CompanyRow) -> None:
        """Add a row with a full name to the company of that name."""
        name = fold(row.name)
        draft = self._full.get(name) or next(iter(self._of_code(row, self._parts[row.name])), None)
        self._full[name] = self.join(row, draft)

    def join(self, row: CompanyRow, draft: _Draft | None) -> _Draft:
        """Add a row to a company, or to a new one if it is None; return the company."""
        if draft is None:
            draft = _Draft([])
            self.all.append(draft)
        draft.rows.append(row)
        forms = _forms(row, self._parts)
        draft.names |= forms
        for form in forms:
            self._by_name[form][id(draft)] = draft
        for key in _codes(row):
            self._by_code[key][id(draft)] = draft
        return draft

    def candidates(self, row: CompanyRow) -> list[_Draft]:
        """Return the companies that a short-name row may be a row of.

        All companies of that core name are candidates, whatever their city: 燧原科技 in 上海 may
        be the 北京 company by its name or the 上海 company by its city. A single candidate in
        another city is not the same company. If no name matches, the company with the same stock
        code is the candidate if its name contains this one.
        """
        parts = self._parts[row.name]
        twice = bracketed(row.name, load_gazetteer()) or ()
        # A group is none of its companies: 小米集团 is not 小米汽车.
        core = () if row.name.endswith(_GROUPS) else (fold(parts.core),)
        keys = (fold(row.name), *core, *map(fold, twice[:1]))
        found = {at: one for key in keys for at, one in self._by_name.get(key, {}).items()}
        named = list(found.values())
        if len(named) == 1 and row.facts.city:
            cities = named[0].cities()
            named = named if row.facts.city in cities or not cities else []
        return _of_source(named, row) or self._of_code(row, parts)

    def _of_code(self, row: CompanyRow, parts: NameParts) -> list[_Draft]:
        same = {at: one for key in _codes(row) for at, one in self._by_code.get(key, {}).items()}
        core = fold(parts.core)
        kindred = [one for one in same.values() if any(core in name for name in one.names)]
        if parts.legal:
            kindred = [one for one in kindred if self._is_kin(parts, one)]
        return kindred if len(kindred) == 1 else []

    def _is_kin(self, parts: NameParts, draft: _Draft) -> bool:
        """Return whether a full name differs from that of a company by place or legal form only.

        甲信息技术有限公司 and 甲智能科技有限公司 are two companies of a group that share a code.
        """
        other = self._parts[draft.rows[0].name]
        forms = set(map(fold, parts.forms))
        return not other.legal or bool(
            fold(other.forms[0]) in forms or fold(parts.forms[0]) in draft.names
        )


def _of_source(named: list[_Draft], row: CompanyRow) -> list[_Draft]:
    """Return the only one of several companies that the row's own file contains, else all."""
    own = [one for one in named if any(r.origin.source == row.origin.source for r in one.rows)]
    if len(named) < 2 or len(own) != 1:
        return named
    cities = own[0].cities()
    return own if not cities or row.facts.city in (None, *cities) else named


def _codes(row: CompanyRow) -> Iterator[tuple[str, str]]:
    """Yield market and code of each share of a row."""
    value, listing = row.values.get("listing"), row.facts.listing
    if value:
        yield from share_keys(value.text)
    if listing and listing.code:
        yield from share_keys(f"{listing.exchange or ''}:{listing.code}".lstrip(":"))


def _forms(row: CompanyRow, parts: Mapping[str, NameParts]) -> dict[str, str]:
    """Return the names of the company of ``row``: its own, its forms and the column 简称."""
    alias = row.values.get("alias")
    named = [plain_name(name) for name in split_list(alias.text)] if alias else []
    both = [form for name in named for form in split_brackets(name)]
    bare = [_placeless(name, row.facts.city) for name in named]
    told = [name for name in (*named, *both, *bare) if not is_place_name(name, load_gazetteer())]
    return {fold(form): form for form in (row.name, *parts[row.name].forms, *told)}


def _placeless(alias: str, city: str | None) -> str:
    """Return a short name without the city of its row, which tells a branch: 日立 of 日立广州."""
    bare = alias.removesuffix(city).removeprefix(city) if city else alias
    return bare if len(bare) >= _SHORTEST and not is_generic(bare, load_gazetteer()) else alias


def _add_representatives(drafts: list[_Draft], regions: Sequence[StatisticsRow]) -> None:
    """Add aliases from statistics: 海康 is the only company of 杭州 whose name starts so."""
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
    """Return for every folded name and alias the companies that it may mean."""
    owners: defaultdict[str, list[Company]] = defaultdict(list)
    for company in companies:
        for name in dict.fromkeys(fold(name) for name in (company.name, *company.aliases)):
            owners[name].append(company)
    return {name: tuple(found) for name, found in owners.items()}
