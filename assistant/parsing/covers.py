"""Covers of a text: the sequences of spans without overlaps that weigh most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.parsing.spans import Category, Span

# Covers kept at each position.
_KEPT = 3
# Of readings of the same stretch the first of these is taken where the grammar has no say.
PRIORITY = tuple(Category)


def covered(cover: Iterable[Span]) -> int:
    """Return how many characters a cover reads."""
    return sum(span.end - span.start for span in cover)


def best_covers(folded: str, spans: Iterable[Span]) -> list[tuple[float, list[Span]]]:
    """Return the heaviest sequences of spans without overlaps."""
    ending: dict[int, dict[tuple[int, Category], Span]] = {}
    for span in spans:
        at = ending.setdefault(span.end, {})
        known = at.get((span.start, span.category))
        if known is None or known.weight < span.weight:
            at[(span.start, span.category)] = span
    best: list[list[tuple[float, Span | None, int]]] = [[(0.0, None, 0)]]
    for end in range(1, len(folded) + 1):
        choices: list[tuple[float, Span | None, int]] = [
            (weight, None, rank) for rank, (weight, _, _) in enumerate(best[end - 1])
        ]
        for span in ending.get(end, {}).values():
            tie = 0.001 * (len(PRIORITY) - PRIORITY.index(span.category))
            choices += [
                (weight + span.weight + tie, span, rank)
                for rank, (weight, _, _) in enumerate(best[span.start])
            ]
        choices.sort(key=lambda one: -one[0])
        best.append(choices[:_KEPT])
    return [_traced(best, rank) for rank in range(len(best[-1]))]


def _traced(
    best: Sequence[Sequence[tuple[float, Span | None, int]]], rank: int
) -> tuple[float, list[Span]]:
    found, end = [], len(best) - 1
    weight = best[end][rank][0]
    while end > 0:
        _, span, before = best[end][rank]
        if span is not None:
            found.append(span)
        end = span.start if span else end - 1
        rank = before
    return weight, found[::-1]
