"""Groups with their names and the first of their members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.search.buckets import Bucket
from assistant.search.evidence import Grouped
from assistant.search.library import Library
from assistant.search.proofs import cited
from assistant.search.select import Selector
from index.text import fold, split_list
from index.types import Company

_YEARS = {"founded": "{}年", "decade": "{}年代"}


# The first groups have several members; of very many groups, the last have none.
_MEMBERS = 3
_SEVERAL, _ANY = 20, 60


def groups_of_companies(
    field: str, buckets: Sequence[Bucket], library: Library, selector: Selector
) -> tuple[Grouped, ...]:
    """Return groups of companies as evidence, in their order."""
    shown = [
        bucket.members.first(_MEMBERS if place < _SEVERAL else 1)
        for place, bucket in enumerate(buckets[:_ANY])
    ]
    companies = selector.companies(*shown)
    found = []
    for place, bucket in enumerate(buckets):
        numbers = shown[place] if place < len(shown) else ()
        members = tuple(companies[int(one)] for one in numbers)
        label = group_label(field, bucket, members[:1], library.titles)
        found.append(Grouped(bucket.key, label, bucket.figure, members))
    return tuple(found)


def groups_of_statistics(
    field: str, buckets: Sequence[Bucket], library: Library, _: Selector
) -> tuple[Grouped, ...]:
    """Return groups of rows of statistics as evidence; a group of one row has it."""
    found = []
    for one in buckets:
        rows = [library.statistics[number] for number in one.members.first(2).tolist()]
        label = group_label(field, one, (), library.titles)
        row = rows[0] if len(rows) == 1 else None
        found.append(Grouped(one.key, label, one.figure, (), row))
    return tuple(found)


def group_label(
    field: str, bucket: Bucket, members: Sequence[Company], titles: Mapping[str, str]
) -> str:
    """Return a group's value as it is told: in the words of its first member's cell.

    Args:
        field: What is grouped by.
        bucket: The group.
        members: Companies in it, none where they are not fetched.
        titles: What each list is called, by its source.
    """
    if field in _YEARS:
        return _YEARS[field].format(bucket.key)
    if field == "list":
        return titles.get(bucket.key, bucket.key)
    told = [value.text for one in members for value in cited(one, bucket.field)]
    for text in (*told, *(item for cell in told for item in split_list(cell))):
        if fold(text) == fold(bucket.key):
            return text
    numeric = bucket.key[:1].isdigit() or bucket.field == "listing"
    return told[0] if told and numeric else bucket.key
