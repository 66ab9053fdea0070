"""What stretches of a question may mean: the nodes of the lattice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Category(StrEnum):
    """What kind of thing a stretch is; the grammar composes by it."""

    # Values of the store and of the gazetteer.
    COMPANY = "company"
    CODE = "code"
    PLACE = "place"
    DISTRICT = "district"
    BATCH = "batch"
    MEASURE = "measure"
    LISTING = "listing"
    EXCHANGE = "exchange"
    VALUE = "value"
    LIST = "list"
    SECTION = "section"
    MISSING = "missing"
    DOCUMENT = "document"
    REPRESENTATIVE = "representative"
    TOPIC = "topic"
    # Words that name fields and requirements.
    FIELD = "field"
    LACKING = "lacking"
    REQUIREMENT = "requirement"
    # Operators.
    ASK = "ask"
    ORDER = "order"
    LIMIT = "limit"
    EACH = "each"
    NOT = "not"
    EXCEPT = "except"
    JOIN = "join"
    POINTER = "pointer"
    EDIT = "edit"
    # Everything else.
    NOUN = "noun"
    DOING = "doing"
    GRAMMAR = "grammar"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a question read as something.

    Attributes:
        start: Where it starts in the folded text.
        end: Where it ends, exclusive.
        text: The stretch, folded.
        category: What kind of thing it is.
        value: What it is: ids, a field key, an operator, a measure; by the category.
        rule: Id of the rule that read it.
        weight: How much the cover gains by it.
    """

    start: int
    end: int
    text: str
    category: Category
    value: Any
    rule: str
    weight: float = 1.0

    def overlaps(self, other: Span) -> bool:
        """Return whether both cover a character."""
        return self.start < other.end and other.start < self.end


CONTENT = frozenset(Category) - {Category.GRAMMAR, Category.NOUN, Category.JOIN}
"""Categories whose words must show in the query that is run."""


def only(spans: Sequence[Span], start: int, end: int, allowed: frozenset[Category]) -> bool:
    """Return whether all spans of a stretch of a cover are of some categories."""
    return all(span.category in allowed for span in spans[start:end])


def pauses(text: str, start: int, end: int) -> bool:
    """Return whether a clause ends in a stretch of a text."""
    return any(mark in text[start:end] for mark in ",，。;；!！?？")
