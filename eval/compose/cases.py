"""All kinds of questions, drawn in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from eval.compose import dialogue, measured, single
from eval.compose.composer import Composer
from eval.questions import Question

# A kind that stands twice is asked twice as often.
KINDS: tuple[Callable[[Composer], Question | None], ...] = (
    *(single.listed,) * 3,
    *(single.negated, single.counted, single.top, single.looked_up, single.like_one) * 2,
    *(single.alternatives, single.existing, single.compared, single.shared_out, single.grouped),
    *(single.fields_of_set, single.unknown_word, single.unknown_name, single.lacking_field),
    *(measured.middled, measured.bounded, measured.combined_counts, measured.topped) * 2,
    *(measured.ordered, measured.every, measured.whether, measured.which_of, measured.left_out) * 2,
    *(measured.twice_negated, measured.told_at_length, measured.like_in),
    *(dialogue.narrowed,) * 2,
    *(dialogue.replaced, dialogue.dropped, dialogue.undone, dialogue.excluded),
    *(dialogue.topped, dialogue.field_of_it),
)


def composed(composer: Composer, count: int) -> Iterator[Question]:
    """Yield ``count`` cases with ids, no question twice; fewer where a list has not so many."""
    asked: set[tuple[str, ...]] = set()
    for _ in range(20 * count):
        if len(asked) == count:
            return
        case = composer.chance.choice(KINDS)(composer)
        if case and case.turns not in asked:
            asked.add(case.turns)
            yield replace(case, id=f"{composer.name}-{len(asked):04}")
