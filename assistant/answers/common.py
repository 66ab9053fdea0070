"""What several kinds of answers share: wording of conditions, values to tell, suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.compose import Said
from assistant.find import TopicFinder
from assistant.types import Condition, Hit, Query
from index.columns import load_schema
from index.places import Gazetteer
from index.reader import IndexReader
from index.types import Company, Corpus, RegionRow, Value

SUGGESTIONS = 3

# Names up to this length are what people call a company.
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Context:
    """What answering needs besides the query.

    Attributes:
        index: The opened index.
        gazetteer: Places.
        companies: Companies by id.
        finder: Finds companies by topic.
        list_limit: How many companies a text lists at most.
    """

    index: IndexReader
    gazetteer: Gazetteer
    companies: Mapping[str, Company]
    finder: TopicFinder
    list_limit: int

    @property
    def corpus(self) -> Corpus:
        """Everything the index holds."""
        return self.index.corpus

    def find(self, ids: Sequence[str]) -> tuple[Company, ...]:
        """Return companies by their ids."""
        return tuple(self.companies[company_id] for company_id in ids)

    def region_of(self, query: Query) -> RegionRow | None:
        """Return the statistics of the one area that ``query`` names, if the sources have any."""
        places = {str(value) for one in query.conditions for value in one.values}
        found = [region for region in self.corpus.regions if region.place in places]
        return found[0] if len(found) == 1 else None


# Asked for as a field of its own, though it stands in the listing.
_CODE_LABEL = "股票代码"


def label_of(field: str) -> Said:
    """Return a field's label."""
    return Said(_CODE_LABEL if field == "code" else load_schema().label(field))


def short_name(company: Company) -> str:
    """Return what people call a company: the shortest name a row gives, else the shortest alias.

    A form with trade words (敏芯微) says more than the bare core (敏芯), so the core is only
    taken where nothing else is short.
    """
    if len(company.name) <= _SHORT:
        return company.name
    written = [row.name for row in company.rows if row.name != company.name]
    if written:
        return min(written, key=len)
    aliases = sorted(company.aliases, key=len)
    readable = [alias for alias in aliases if len(alias) >= 3]
    return next(iter(readable or aliases), company.name)


def city_value(company: Company) -> Value | None:
    """Return the city as people say it, cited by the heading or cell that says so."""
    for row in company.rows:
        if row.facts.city and "city" in row.values:
            return Value(row.facts.city, row.values["city"].origin)
    return None


def name_value(company: Company) -> Value:
    """Return the company's name, cited by its first row."""
    return Value(company.name, company.rows[0].origin)


def values_of(company: Company, field: str) -> tuple[Value, ...]:
    """Return what the rows say of a field; the city in the form people say."""
    if field == "city":
        city = city_value(company)
        return (city,) if city else ()
    return company.values("listing" if field == "code" else field)


def heading_proofs(hits: Sequence[Hit], conditions: Sequence[Condition]) -> tuple[Value, ...]:
    """Return the headings that put companies in a place, where an area was asked for."""
    if not any(one.field in ("city", "province", "region") for one in conditions):
        return ()
    proofs = {}
    for hit in hits:
        city = city_value(hit.company)
        if city and city.origin.quote.lstrip().startswith("#"):
            proofs[city.origin.line_start, city.origin.source] = city
    return tuple(proofs.values())


def describe(query: Query) -> Said:
    """Return the conditions in words: 苏州的 MEMS 小巨人企业, 深圳南山区未上市的小巨人企业."""
    by_field: dict[str, list[str]] = {}
    for condition in query.conditions:
        by_field.setdefault(condition.field, []).append(condition.label)
    places = [name for field in ("region", "province", "city") for name in by_field.get(field, ())]
    where = "、".join(places) + "、".join(by_field.get("district", ()))
    how = [f"{text}的" for text in by_field.get("listing", ())]
    how += [f"{text.removesuffix('的')}成立的" for text in by_field.get("founded", ())]
    how += [f"员工{text}的" for text in by_field.get("headcount", ())]
    if exchanges := by_field.get("exchange"):
        how.append(f"{'、'.join(exchanges)}上市的")
    if batches := by_field.get("batch"):
        how.append("、".join(batches))
    words = query.topic.labels if query.topic.either else (query.topic.phrase,)
    topic = "或".join(words)
    spaced = f" {topic} " if topic.isascii() and topic else topic
    return Said(
        f"{where}{'的' if where and not how else ''}{''.join(how)}{spaced}小巨人企业".strip()
    )
