"""What every view of the page is built from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.engine import Engine


@dataclass(frozen=True, slots=True)
class Site:
    """What every view of the page is built from.

    Attributes:
        engine: Returns the engine to ask; called for every request, so that a rebuilt index takes
            over without a restart.
    """

    engine: Callable[[], Engine]
