"""The stages of a build, unseen: measurements print only their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Run a stage; the function that comes back does nothing."""
        yield lambda _: None
