"""A list being added to the index: how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.browsing.inventory import Holding


@dataclass
class Stage:
    """One stage of a build: ``done`` of ``total`` steps."""

    name: str
    total: int
    done: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What adding a list has changed.

    Attributes:
        holding: What the list brought in.
        before: Companies of the index before.
        after: Companies of the index now.
        findings: How many things look wrong in the list.
    """

    holding: Holding
    before: int
    after: int
    findings: int


@dataclass
class Job:
    """One list being added; shows the build's stages as :class:`index.build.Progress` asks.

    Attributes:
        name: The list's file.
        stages: The stages so far, the last one running.
        error: Why it failed; empty if it did not.
        report: What it changed; None until it is done.
    """

    name: str
    stages: list[Stage] = field(default_factory=list)
    error: str = ""
    report: Report | None = None

    @property
    def finished(self) -> bool:
        """Whether it has ended, well or not."""
        return bool(self.error) or self.report is not None

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Begin a stage of ``total`` steps; the function that comes back advances it."""
        stage = Stage(name, total)
        self.stages.append(stage)

        def advance(steps: int) -> None:
            stage.done += steps

        yield advance
        stage.done = stage.total
