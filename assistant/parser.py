"""What reads questions, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from assistant.query import Query

if TYPE_CHECKING:
    from assistant.dialogue.reply import Reply


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question read.

    Attributes:
        query: What it asks.
        reading: What the parser made of it on the way, for explanations and for the question
            after it; its own matter.
    """

    query: Query
    reading: Any = None


class Parser(Protocol):
    """Reads questions."""

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks after the turn ``previous``."""
