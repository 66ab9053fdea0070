"""Questions of one turn about figures of a set, its order, and what holds for it or for one."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from eval.compose import words
from eval.compose.composer import TOPS, Composer, called, expected
from eval.compose.conditions import Condition, combined
from eval.questions import Question
from eval.tables import Firm

_FEWEST = 2
_MOST = 5


def _years(composer: Composer, *chosen: Condition) -> list[int]:
    """Return the founding years of a set that nobody can dispute; none where one is not told."""
    names = composer.exact(*chosen) or ()
    years = [firm.founded for firm in composer.firms if firm.name in names]
    return [] if None in years or len(years) < _FEWEST else [one for one in years if one]


def middled(composer: Composer) -> Question | None:
    """The mean or the median of the founding years of a set."""
    chosen = composer.drawn(1)
    years = _years(composer, *chosen) if chosen else []
    if chosen is None or not years:
        return None
    mean = composer.chance.random() < 0.6
    figure = statistics.fmean(years) if mean else statistics.median(years)
    asked = composer.ask(words.MEAN if mean else words.MEDIAN, *chosen)
    expect = replace(expected(("answered",)), contains=(f"{int(figure)}",))
    return composer.case("mean" if mean else "median", [asked], expect)


def bounded(composer: Composer) -> Question | None:
    """The earliest or latest founding year of a set."""
    chosen = composer.drawn(1)
    years = _years(composer, *chosen) if chosen else []
    if chosen is None or not years:
        return None
    template, bound = composer.chance.choice(list(words.BOUND_YEAR.items()))
    expect = replace(expected(("answered",)), contains=(f"{bound(years)}",))
    return composer.case("least or most", [composer.ask([template], *chosen)], expect)


def combined_counts(composer: Composer) -> Question | None:
    """By how many two sets differ, or how many times one is the other."""
    chosen = composer.drawn(1)
    other = composer.other(chosen[0]) if chosen else None
    # Of places the statistics may be meant.
    if chosen is None or other is None or chosen[0].kind == "place":
        return None
    one, two = composer.exact(*chosen), composer.exact(other)
    if not one or not two or len(one) <= len(two):
        return None
    named = {"a": composer.noun_phrase(*chosen), "b": composer.noun_phrase(other)}
    if len(one) % len(two) == 0 and composer.chance.random() < 0.5:
        asked, figure = composer.chance.choice(words.RATIO), len(one) // len(two)
        kind = "ratio"
    else:
        asked, figure = composer.chance.choice(words.DIFFERENCE), len(one) - len(two)
        kind = "difference"
    expect = replace(expected(("answered",)), contains=(f"{figure}",))
    return composer.case(kind, [asked.format(**named)], expect)


def _ranked(composer: Composer, condition: Condition, order: str) -> list[Firm]:
    """Return a set in an order, the first of which nobody can dispute; none where one is open."""
    names = composer.exact(condition) or ()
    members = [firm for firm in composer.firms if firm.name in names]
    keyed = [(TOPS[order](firm), firm) for firm in members]
    if any(key is None for key, _ in keyed):
        return []
    return [firm for _, firm in sorted(keyed, key=lambda one: one[0] or 0)]


def topped(composer: Composer) -> Question | None:
    """The first few of a set, or the second, by founding year or head count."""
    chosen = composer.drawn(1)
    order = composer.chance.choice(list(TOPS))
    ranked = _ranked(composer, chosen[0], order) if chosen else []
    count = composer.chance.choice((2, 3))
    if chosen is None or len(ranked) <= count:
        return None
    keys = [TOPS[order](firm) for firm in ranked]
    if composer.chance.random() < 0.3:
        if len(set(keys[:3])) < min(3, len(keys)):
            return None
        asked = composer.chance.choice(words.PLACE).format(
            np=composer.noun_phrase(*chosen), o=order[-1]
        )
        asked = asked if order[:2] == "成立" else asked.replace("第二多", "员工第二多")
        return composer.case("place", [asked], expected(("answered",), (ranked[1].name,)))
    if keys[count - 1] == keys[count]:
        return None
    number = composer.chance.choice((str(count), "一二三"[count - 1] if count != 2 else "两"))
    asked = composer.chance.choice(words.TOP).format(
        np=composer.noun_phrase(*chosen), o=order, k=number
    )
    return composer.case(
        "top", [asked], expected(("answered",), tuple(one.name for one in ranked[:count]))
    )


def ordered(composer: Composer) -> Question | None:
    """A whole set from the oldest to the youngest."""
    chosen = composer.drawn(1)
    ranked = _ranked(composer, chosen[0], "成立最早") if chosen else []
    years = [firm.founded for firm in ranked]
    if chosen is None or len(set(years)) < len(years) or len(years) < _FEWEST:
        return None
    names = tuple(firm.name for firm in ranked)
    return composer.case(
        "sorted",
        [composer.ask(words.SORTED, *chosen)],
        expected(("answered",), names, ordered=True),
    )


def every(composer: Composer) -> Question | None:
    """Whether all of a set satisfy one condition more."""
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    names = composer.exact(chosen[0]) or ()
    truths = [chosen[1].holds(firm) for firm in composer.firms if firm.name in names]
    if not truths or None in truths:
        return None
    asked = composer.chance.choice(words.EVERY).format(
        np=composer.noun_phrase(chosen[0]), c=composer.phrase(chosen[1])
    )
    expect = expected(("answered", "no_match"), None)
    if all(truths):
        return composer.case("every", [asked], replace(expect, excludes=("不是，", "不都")))
    held = [word for word in ("不是", "不都", "没有", "不全") if word]
    return composer.case("every: no", [asked], replace(expect, contains=(held[0],)))


def whether(composer: Composer) -> Question | None:
    """Whether one company satisfies a condition."""
    chosen = composer.drawn(1)
    firm = composer.chance.choice(composer.firms)
    truth = chosen[0].holds(firm) if chosen else None
    if chosen is None or truth is None or (truth is False and chosen[0].kind == "topic"):
        return None
    asked = composer.chance.choice(words.MEMBER).format(
        name=called(firm, composer), c=composer.phrase(chosen[0])
    )
    kept = expected(("answered", "no_match"), None)
    expect = replace(kept, excludes=("不是，",)) if truth else replace(kept, contains=("不是",))
    return composer.case(f"whether: {'yes' if truth else 'no'}", [asked], expect)


def which_of(composer: Composer) -> Question | None:
    """Which of two values one company has."""
    chosen = composer.drawn(1)
    other = composer.other(chosen[0]) if chosen else None
    if chosen is None or other is None or chosen[0].kind not in ("place", "exchange", "batch"):
        return None
    true = [one for one in composer.firms if chosen[0].holds(one) and other.holds(one) is False]
    if not true:
        return None
    firm = composer.chance.choice(true)
    pair = [chosen[0].value, other.value]
    composer.chance.shuffle(pair)
    asked = composer.chance.choice(words.EITHER[: 2 if chosen[0].kind != "batch" else 1]).format(
        name=called(firm, composer), a=pair[0], b=pair[1]
    )
    expect = replace(expected(("answered",), None), contains=(chosen[0].value,))
    return composer.case("either or", [asked], expect)


def left_out(composer: Composer) -> Question | None:
    """A set without those of another condition, said after or before."""
    chosen = composer.drawn(2)
    if chosen is None or not chosen[1].negated:
        return None
    asked = composer.chance.choice(words.OUT).format(
        a=composer.phrase(chosen[0]), b=composer.phrase(chosen[1]), n=_noun(composer)
    )
    return composer.set_case("left out", [asked], combined((chosen[0], chosen[1].opposite())))


def _noun(composer: Composer) -> str:
    return composer.chance.choice(words.NOUNS[:4])


def twice_negated(composer: Composer) -> Question | None:
    """Two conditions, both said in the negative."""
    chosen = composer.drawn(2)
    if chosen is None or not all(one.negated for one in chosen):
        return None
    opposites = [one.opposite() for one in chosen]
    return composer.set_case(
        "negation: both", [composer.ask(words.LIST, *opposites)], combined(opposites)
    )


def told_at_length(composer: Composer) -> Question | None:
    """A set asked for at the end of a story."""
    chosen = composer.drawn(composer.chance.choice((1, 2)))
    if chosen is None:
        return None
    asked = composer.ask(words.LIST[:2], *chosen)
    story = composer.chance.choice(words.STORIES).format(q=asked)
    return composer.set_case("story", [story], combined(chosen))


def like_in(composer: Composer) -> Question | None:
    """The companies that share a district, a batch, a market or a founding year with one."""
    firm = composer.chance.choice(composer.firms)
    kind, asked = composer.chance.choice(_SHARED)
    own = [
        one
        for one in composer.available
        if one.kind == kind and one.holds(firm) is True and one.negated
    ]
    if len(own) != 1:
        return None
    sure, open_ = composer.sets(own[0].holds)
    rest = tuple(one for one in sure if one != firm.name)
    if not rest:
        return None
    question = composer.chance.choice(asked).format(name=called(firm, composer))
    return composer.case(
        "shared", [question], expected(("answered",), rest, frozenset((firm.name, *open_)))
    )


_SHARED: Sequence[tuple[str, Sequence[str]]] = (
    ("batch", ("和{name}同一批的企业", "跟{name}同批次认定的有哪些", "与{name}一批的还有谁")),
    ("exchange", ("和{name}在同一个交易所上市的企业", "跟{name}上市地一样的有哪些")),
)
