"""What several kinds of answers share: wording of conditions, values to tell, suggestions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.answers.values import city_value as city_value
from assistant.answers.values import name_value as name_value
from assistant.answers.values import row_city as row_city
from assistant.answers.values import short_name as short_name
from assistant.answers.values import values_of as values_of
from assistant.compose import Derived, Said
from assistant.figures import FigureFinder
from assistant.find import TopicFinder
from assistant.search.passages import PassageFinder
from assistant.types import Condition, Hit, Query
from index.places.gazetteer import Gazetteer
from index.schema.columns import load_schema
from index.store.reader import IndexReader
from index.types import Company, Corpus, StatisticsRow, Value

SUGGESTIONS = 3

_PLACES = frozenset({"region", "province", "city", "district"})

# How many of the companies that cannot be judged are named.
_NAMED_UNKNOWN = 5

# The field of a row that shows a condition is fulfilled; places stand in the opening sentence.
# Conditions that a description has words of its own for; others are told as they were asked.
_WORDED = frozenset(
    {
        "region",
        "province",
        "city",
        "district",
        "listing",
        "founded",
        "headcount",
        "exchange",
        "batch",
        "list",
        "only_list",
        "count",
    }
)

_FIELD_OF_CONDITION = {"exchange": "listing", "province": "city", "region": "city"}


@dataclass(frozen=True, slots=True)
class Context:
    """What answering needs besides the query.

    Attributes:
        index: The opened index.
        gazetteer: Places.
        companies: Companies by id.
        finder: Finds companies by topic.
        passages: Finds rules, notes and rows of statistics by words.
        figures: Finds statistics by what they are told apart by.
        examples: Questions to suggest where one leads nowhere.
        list_limit: How many companies a text lists at most.
    """

    index: IndexReader
    gazetteer: Gazetteer
    companies: Mapping[str, Company]
    finder: TopicFinder
    passages: PassageFinder
    figures: FigureFinder
    examples: tuple[str, ...]
    list_limit: int

    @property
    def corpus(self) -> Corpus:
        """Everything the index holds."""
        return self.index.corpus

    def find(self, ids: Sequence[str]) -> tuple[Company, ...]:
        """Return companies by their ids."""
        return tuple(self.companies[company_id] for company_id in ids)

    def region_of(self, query: Query) -> StatisticsRow | None:
        """Return the statistics of the one area that ``query`` names, if the sources have any."""
        places = {str(value) for one in query.conditions for value in one.values}
        found = [region for region in self.corpus.regions if region.place in places]
        return found[0] if len(found) == 1 else None


# Asked for as a field of its own, though it stands in the listing.
_CODE_LABEL = "股票代码"


def label_of(field: str) -> Said:
    """Return a field's label."""
    return Said(_CODE_LABEL if field == "code" else load_schema().label(field))


def item(company: Company, fields: Sequence[str], query: Query) -> dict[str, object]:
    """Return what a list tells of a company: ``fields``, and those that show why it is in it."""
    either = (condition for branch in query.either for condition in branch.conditions)
    conditions = (*query.conditions, *either)
    proving = [_FIELD_OF_CONDITION.get(one.field, one.field) for one in conditions]
    shown = dict.fromkeys((*fields, *proving, *query.fields))
    values = [value for field in shown for value in values_of(company, field) if field != "city"]
    # A row and its short twin often say the same in two columns (硅片 as domain and as product).
    told = {value.text: value for value in reversed(values)}
    return {"name": name_value(company), "told": list(reversed(told.values()))}


def distinct(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return every company once, where it comes first."""
    return tuple({hit.company.id: hit for hit in reversed(list(hits))}.values())[::-1]


def unknown_slots(unknown: Sequence[Company]) -> dict[str, object]:
    """Return what a template tells of companies that could not be judged."""
    return {
        "unknown_count": Derived(str(len(unknown))),
        "unknown": [name_value(company) for company in unknown[:_NAMED_UNKNOWN]],
        "unknown_more": len(unknown) > _NAMED_UNKNOWN,
    }


def lies_in(place: str, area: Condition, context: Context) -> bool:
    """Return whether a place of the statistics lies in an area."""
    found = context.gazetteer.find(place)
    province, city = (found[0].province, found[0].city) if found else (None, None)
    if area.field == "region":
        region = context.gazetteer.region(area.label)
        return region is not None and region.covers(province, city or place)
    return place in area.values or (area.field == "province" and province in area.values)


def documents_of(context: Context, sources: Sequence[str]) -> list[dict[str, object]]:
    """Return title and as-of date of the documents that ``sources`` name."""
    return [
        {"title": Said(document.title), "as_of": document.as_of}
        for document in context.corpus.documents
        if document.source in sources
    ]


@cache
def _authorities() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = tomllib.loads((files("assistant") / "data/rulebook.toml").read_text("utf-8"))
    return tuple((re.compile(titles), name) for titles, name in told["authorities"])


def authority_of(context: Context, sources: Collection[str]) -> Said:
    """Return who decides on what the lists of ``sources`` are about, by their titles."""
    titles = [one.title for one in context.corpus.documents if one.source in sources]
    names = {
        next(name for pattern, name in _authorities() if pattern.search(title)) for title in titles
    }
    return Said(names.pop() if len(names) == 1 else _authorities()[-1][1])


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
    plain = [one for one in query.conditions if one.field in _WORDED and not one.blank]
    for condition in plain:
        by_field.setdefault(condition.field, []).append(_told(condition))
    places = [name for field in ("region", "province", "city") for name in by_field.get(field, ())]
    where = "、".join(places) + "、".join(by_field.get("district", ()))
    how = [f"{text}的" for text in by_field.get("listing", ())]
    how += [
        f"{text.removesuffix('的').removesuffix('成立')}成立的"
        for text in by_field.get("founded", ())
    ]
    how += [f"员工{text.removeprefix('员工')}的" for text in by_field.get("headcount", ())]
    if exchanges := by_field.get("exchange"):
        how.append(f"{'、'.join(exchanges)}上市的")
    if batches := by_field.get("batch"):
        how.append("、".join(batches))
    how += [f"{_told(one).removesuffix('的')}的" for one in query.conditions if one not in plain]
    how += [f"{name}中的" for field in ("list", "only_list") for name in by_field.get(field, ())]
    how += [f"不做{term}的" for term in query.topic.excluded]
    if query.either:
        how.append("或".join("".join(branch.labels()) for branch in query.either) + "的")
    words = query.topic.labels if query.topic.either else (query.topic.phrase,)
    topic = "或".join(words)
    spaced = f" {topic} " if topic.isascii() and topic else topic
    return Said(
        f"{where}{'的' if where and not how else ''}{''.join(how)}{spaced}{query.noun}".strip()
    )


def _told(condition: Condition) -> str:
    """Return a condition as it is told; a negated one says what is left."""
    if not condition.negated:
        return condition.label
    return f"{condition.label}以外" if condition.field in _PLACES else f"非{condition.label}"
