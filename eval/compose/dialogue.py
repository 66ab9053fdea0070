"""Conversations: a set, then turns that narrow it, change it or ask of it."""

from __future__ import annotations

from eval.compose.composer import TOPS, Composer, called, expected, first_of, shown
from eval.compose.conditions import Condition, Truth, combined
from eval.compose.words import DROP, FIELDS, HOW_MANY, LIST, NARROW, REPLACE, UNDO
from eval.questions import Question
from eval.tables import Firm


def narrowed(composer: Composer) -> Question | None:
    """A set, then a condition more; at times the number of what is left."""
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    turns = [composer.ask(LIST, chosen[0]), _narrow(composer, chosen[1])]
    sure = composer.exact(*chosen)
    if sure and composer.chance.random() < 0.3:
        values = ({"field": "count", "value": str(len(sure))},)
        turns.append(composer.chance.choice(HOW_MANY))
        return composer.case("dialogue: count", turns, expected(("answered",), values=values))
    return composer.set_case("dialogue: narrow", turns, combined(chosen))


def _narrow(composer: Composer, condition: Condition) -> str:
    return composer.chance.choice(NARROW).format(c=composer.phrase(condition))


def replaced(composer: Composer) -> Question | None:
    """A set narrowed once or not at all, then a value in the place of another."""
    chosen = composer.drawn(2)
    if chosen is None or not chosen[0].value:
        return None
    after = composer.other(chosen[0])
    if after is None:
        return None
    turns = [composer.ask(LIST, chosen[0])]
    kept = [after]
    if composer.chance.random() < 0.5:
        turns.append(_narrow(composer, chosen[1]))
        kept.append(chosen[1])
    turns.append(composer.chance.choice(REPLACE).format(v=after.value))
    return composer.set_case("dialogue: replace", turns, combined(kept))


def dropped(composer: Composer) -> Question | None:
    """Two conditions, then one of them no more."""
    chosen = composer.drawn(2)
    if chosen is None or chosen[1].kind not in DROP:
        return None
    turns = [composer.ask(LIST, *chosen), composer.chance.choice(DROP[chosen[1].kind])]
    return composer.set_case("dialogue: drop", turns, combined(chosen[:1]))


def undone(composer: Composer) -> Question | None:
    """A narrowing taken back."""
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    turns = [composer.ask(LIST, chosen[0]), _narrow(composer, chosen[1])]
    turns.append(composer.chance.choice(UNDO))
    return composer.set_case("dialogue: undo", turns, chosen[0].holds)


def excluded(composer: Composer) -> Question | None:
    """A set, then one of its companies taken out by name."""
    chosen = composer.drawn(1)
    sure = composer.sets(chosen[0].holds)[0] if chosen else ()
    if chosen is None or len(sure) < 2:
        return None
    out = composer.chance.choice([firm for firm in composer.firms if firm.name in sure])
    name = called(out, composer)
    turn = composer.chance.choice((f"去掉{name}", f"除了{name}还有谁", f"不要{name}，还剩哪些"))

    def holds(firm: Firm) -> Truth:
        return False if firm is out else chosen[0].holds(firm)

    return composer.set_case("dialogue: exclude", [composer.ask(LIST, chosen[0]), turn], holds)


def topped(composer: Composer) -> Question | None:
    """A set, then its oldest, youngest or largest."""
    chosen = composer.drawn(1)
    name, key = composer.chance.choice(list(TOPS.items()))
    winner = first_of(composer, chosen[0], key) if chosen else None
    if chosen is None or winner is None:
        return None
    turns = [
        composer.ask(LIST, *chosen),
        f"{composer.chance.choice(('其中', '里面', ''))}{name}的是哪家",
    ]
    return composer.case("dialogue: rank", turns, expected(("answered",), (winner,)))


def field_of_it(composer: Composer) -> Question | None:
    """A set of one company, then a field of it."""
    chosen = composer.drawn(2)
    sure, open_ = composer.sets(combined(chosen)) if chosen else ((), frozenset())
    if chosen is None or len(sure) != 1 or open_:
        return None
    firm = next(firm for firm in composer.firms if firm.name == sure[0])
    column = composer.chance.choice([*FIELDS])
    texts = firm.texts(column)
    if len(texts) != 1:
        return None
    asked = f"它{composer.chance.choice(('的', ''))}{composer.chance.choice(FIELDS[column])}"
    values = ({"name": firm.name, "value": shown(texts[0])},)
    turns = [composer.ask(LIST, *chosen), asked]
    return composer.case("dialogue: field", turns, expected(("answered",), values=values))
