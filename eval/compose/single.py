"""Questions of one turn, each with the answer that it must get."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from eval.compose.composer import REFUSED, TOPS, Composer, called, expected, first_of, shown
from eval.compose.conditions import cities, combined, either
from eval.compose.words import (
    COUNT,
    EXISTS,
    FIELDS,
    GROUPS,
    LACKING,
    LACKING_ASKED,
    LIST,
    NOUNS,
    OR,
    OTHER_ASKED,
    SHARE,
    SYLLABLES,
    UNKNOWN,
)
from eval.questions import Question


def listed(composer: Composer) -> Question | None:
    """One to three conditions, and the companies that satisfy them."""
    chosen = composer.drawn(composer.chance.choice((1, 2, 2, 3)))
    if chosen is None:
        return None
    return composer.set_case("list", [composer.ask(LIST, *chosen)], combined(chosen))


def negated(composer: Composer) -> Question | None:
    """Two conditions, one of them said in the negative."""
    chosen = composer.drawn(2)
    index = next((i for i, one in enumerate(chosen or ()) if one.negated), None)
    if chosen is None or index is None:
        return None
    chosen[index] = chosen[index].opposite()
    return composer.set_case("negation", [composer.ask(LIST, *chosen)], combined(chosen))


def alternatives(composer: Composer) -> Question | None:
    """Two conditions of which one is enough."""
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    first, second = chosen
    words = composer.chance.choice(OR).format(
        a=composer.phrase(first), b=composer.phrase(second), n=composer.chance.choice(NOUNS[:4])
    )
    asked = (
        composer.chance.choice(LIST[:2]).format(np=words) if words.endswith(NOUNS[:4]) else words
    )
    return composer.set_case("alternatives", [asked], either(first, second))


def counted(composer: Composer) -> Question | None:
    """How many companies satisfy some conditions; only where the list leaves none open."""
    chosen = composer.drawn(composer.chance.choice((1, 2)))
    if chosen is None:
        return None
    sure = composer.exact(*chosen)
    if sure is None:
        return None
    values = ({"field": "count", "value": str(len(sure))},)
    return composer.case(
        "count", [composer.ask(COUNT, *chosen)], expected(("answered",), values=values)
    )


def existing(composer: Composer) -> Question | None:
    """Whether there is any company of some conditions; often there is none."""
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    return composer.set_case("exists", [composer.ask(EXISTS, *chosen)], combined(chosen))


def top(composer: Composer) -> Question | None:
    """The one company that is the oldest, youngest or largest of a set."""
    chosen = composer.drawn(1)
    name, key = composer.chance.choice(list(TOPS.items()))
    winner = first_of(composer, chosen[0], key) if chosen else None
    if chosen is None or winner is None:
        return None
    asked = f"{composer.noun_phrase(*chosen)}里{name}的是哪家"
    return composer.case("rank", [asked], expected(("answered",), (winner,)))


def looked_up(composer: Composer) -> Question | None:
    """A field of one company, by its column's words or everyday ones."""
    firm = composer.chance.choice(composer.firms)
    column = composer.chance.choice([*FIELDS])
    texts = firm.texts(column)
    if len(texts) != 1:
        return None
    asked = composer.chance.choice(FIELDS[column])
    link = composer.chance.choice(("的", "", " "))
    if not link and asked[0] in "有在做第什哪":
        link = ""
    question = f"{called(firm, composer)}{link}{asked}"
    values = ({"name": firm.name, "value": shown(texts[0])},)
    return composer.case("look-up", [question], expected(("answered",), values=values))


def compared(composer: Composer) -> Question | None:
    """Which of two companies is older, or larger."""
    name, key = composer.chance.choice(list(TOPS.items()))
    first, second = composer.chance.sample(composer.firms, 2)
    one, two = key(first), key(second)
    if one is None or two is None or one == two:
        return None
    asked = f"{called(first, composer)}和{called(second, composer)}哪个{name.replace('最', '得更')}"
    winner, other = (first, second) if one < two else (second, first)
    return composer.case(
        "compare", [asked], expected(("answered",), (winner.name,), frozenset((other.name,)))
    )


def like_one(composer: Composer) -> Question | None:
    """The companies that share something with one of them, or lie before or after it."""
    firm = composer.chance.choice(composer.firms)
    year, name = firm.founded, called(firm, composer)
    if year is None:
        return None
    asked, holds = composer.chance.choice(
        (
            (f"和{name}同一年成立的还有谁", lambda one: one.founded and one.founded == year),
            (f"成立时间早于{name}的企业", lambda one: one.founded and one.founded < year),
            (f"比{name}成立晚的有哪些", lambda one: one.founded and one.founded > year),
        )
    )
    sure, _ = composer.sets(holds)
    if not set(sure) - {firm.name}:
        return None
    rest = tuple(one for one in sure if one != firm.name)
    return composer.case(
        "the same as", [asked], expected(("answered",), rest, frozenset((firm.name,)))
    )


def shared_out(composer: Composer) -> Question | None:
    """What share of all companies a set is; only whole or half per cents are asked for."""
    chosen = composer.drawn(1)
    sure = composer.exact(*chosen) if chosen else None
    if chosen is None or sure is None:
        return None
    share = 100 * len(sure) / len(composer.firms)
    asked = composer.ask(SHARE, *chosen)
    expect = replace(expected(("answered",)), contains=(f"{int(share + 0.5)}",))
    return composer.case("share", [asked], expect) if share % 1 < 0.45 else None


def grouped(composer: Composer) -> Question | None:
    """How many companies each of a few values has, where every company has one."""
    asked, column = composer.chance.choice(list(GROUPS.items()))
    told = [firm.texts(column)[:1] if column else sorted(cities(firm)) for firm in composer.firms]
    values = [one[0] for one in told if len(one) == 1]
    counts = Counter(values).most_common(2)
    if len(values) < len(composer.firms) or len(counts) < 2 or len(set(values)) > 12:
        return None
    wanted = tuple({"name": name, "value": str(count)} for name, count in counts)
    question = composer.chance.choice(("按{}分各有几家", "每个{}各多少家", "{}分布")).format(asked)
    return composer.case("group", [question], expected(("answered",), values=wanted))


def fields_of_set(composer: Composer) -> Question | None:
    """A field of every company of a small set."""
    chosen = composer.drawn(1)
    sure = composer.exact(*chosen) if chosen else None
    column = composer.chance.choice([*FIELDS])
    if chosen is None or sure is None or len(sure) > 6:
        return None
    members = [firm for firm in composer.firms if firm.name in sure and firm.texts(column)]
    if len(members) < len(sure):
        return None
    asked = f"{composer.noun_phrase(*chosen)}各自的{composer.chance.choice(FIELDS[column])}"
    wanted = tuple({"name": one.name, "value": shown(one.text(column))} for one in members)
    return composer.case("fields of a set", [asked], expected(("answered",), values=wanted))


def unknown_word(composer: Composer) -> Question | None:
    """A condition that no list holds; whatever the words, nothing may be shown as its match."""
    word = "".join(composer.chance.sample(SYLLABLES, composer.chance.choice((2, 3))))
    words = composer.chance.choice(UNKNOWN).format(x=word)
    chosen = composer.drawn(1)
    if chosen and composer.chance.random() < 0.6:
        words = f"{composer.phrase(chosen[0])}、{words}"
    asked = composer.chance.choice(LIST[:6]).format(np=f"{words}的企业")
    return composer.case("unknown word", [asked], expected(REFUSED, ()))


def unknown_name(composer: Composer) -> Question | None:
    """A company that the list does not have, asked for or compared with."""
    word = "".join(composer.chance.sample(SYLLABLES, 2))
    asked = composer.chance.choice(
        (
            f"{word}科技的官网",
            f"比{word}电子成立早的企业",
            f"{word}股份有多少员工",
            f"和{word}科技同城的企业",
        )
    )
    return composer.case("unknown name", [asked], expected(REFUSED, ()))


def lacking_field(composer: Composer) -> Question | None:
    """A field that no column carries, of a company or of a set."""
    field, firm = composer.chance.choice(LACKING), composer.chance.choice(composer.firms)
    chosen = composer.drawn(1)
    if chosen is None or any(field in line.cells for one in composer.firms for line in one.lines):
        return None
    own = composer.chance.random() < 0.6
    of = called(firm, composer) if own else composer.noun_phrase(*chosen)
    allowed = {firm.name} if own else {*sum(map(tuple, composer.sets(combined(chosen))), ())}
    asked = composer.chance.choice(
        LACKING_ASKED if own or composer.chance.random() < 0.5 else OTHER_ASKED
    )
    asked = asked.format(of=of, np=of, f=field)
    return composer.case("lacking field", [asked], expected(REFUSED, (), frozenset(allowed)))
