"""What conditions of a question narrow, so that those that narrow the same are alternatives."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.understanding.types import Condition

# Conditions of one axis are alternatives (北京或上海), those of different axes must all hold.
_AXES = {"city": "area", "province": "area", "region": "area", "exchange": "market"}


def axis(condition: Condition) -> str:
    """Return what a condition narrows; a city and a province narrow the same."""
    return _AXES.get(condition.field, condition.field)


def areas_of(conditions: Iterable[Condition]) -> list[Condition]:
    """Return the conditions on places; order is kept."""
    return [one for one in conditions if axis(one) == "area"]
