"""What an address tells a view: the part after ``?``, as the browser sent it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from pydantic import StringConstraints, TypeAdapter, ValidationError

from index.types import Company

_LONGEST, _MOST_FIELDS = 8_000, 400

_QUERY: TypeAdapter[str] = TypeAdapter(
    Annotated[str, StringConstraints(strict=True, max_length=_LONGEST)]
)


def read_address(query: object) -> dict[str, list[str]]:
    """Return the values told by name, in order; nothing from what is no such text or too long."""
    try:
        pairs = parse_qsl(_QUERY.validate_python(query), max_num_fields=_MOST_FIELDS)
    except (ValidationError, ValueError):
        return {}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def address(view: str, told: Sequence[tuple[str, str]]) -> str:
    """Return the address of a view that is told something."""
    return f"#/{view}?{urlencode(told)}" if told else f"#/{view}"


def compare_address(companies: Iterable[Company]) -> str:
    """Return the address that shows companies side by side."""
    return address("compare", [("ids", ",".join(company.id for company in companies))])
