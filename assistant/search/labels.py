"""What groups are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.search.buckets import Bucket
from assistant.search.proofs import cited
from index.text import fold, split_list
from index.types import Company

_YEARS = {"founded": "{}年", "decade": "{}年代"}


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
