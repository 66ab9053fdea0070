"""What the stretches of a question mean: numbers by pattern, the rest by the best cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.understanding.batches import read_batches
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.negation import Negation
from assistant.understanding.numbers import Bound, order_stretches, read_bounds
from assistant.understanding.types import Kind, Mention
from assistant.understanding.words import Words

# Places that an exchange is meant by, where companies are listed in them.
_LISTED_AT = re.compile(
    r"(?P<places>(?:(?:香港|美国|纽约|境外|海外|国外|内地|境内|国内)(?:或者|或|和|、|及|以及|与|还是)?)+)"
    r"(?:那边|这边|地区|的)?(?:股市|市场|交易所)?(?:上市|挂牌|上的市|上了市|ipo)"
)

# Several one-character names of cities, where what follows shows that they are no other word;
# 沪深两市 is the stock market.
_ABBREVIATED = (
    r"(?<![\u3400-\u9fff])(?P<cities>{one}(?:[、和]?{one}){1,5})(?<!沪深)"
    r"(?=(?:这|那)?[两二三四五六几]?个?(?:地|市|城)|之外|以外|除外|都?(?:合计|一共|加起来|哪|谁|有)|不|别|都|的|之间|，|,|$|企|公司|小巨人)"
)

# Two Latin words in a row, wherever the first of them stands.
_LATIN_WORDS = re.compile(r"(?<![a-z])(?=(?P<name>[a-z]+(?:\s[a-z]+){1,2}))")

# Kinds that can be turned into their opposite.
_VALUES = frozenset(
    {
        Kind.COMPANY,
        Kind.CITY,
        Kind.PROVINCE,
        Kind.REGION,
        Kind.DISTRICT,
        Kind.BATCH,
        Kind.EXCHANGE,
        Kind.LISTING,
        Kind.TOPIC,
        Kind.VALUE,
        Kind.SOURCE,
        Kind.REPRESENTATIVE,
    }
)
# Names weigh more than turns of phrase: 成都|有哪些, not 成|都有哪些.
_NAMES = frozenset(
    {Kind.COMPANY, Kind.CITY, Kind.PROVINCE, Kind.REGION, Kind.DISTRICT, Kind.EXCHANGE}
)
_NAME_SHARE = 3.0
_FILLER_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found in a question.

    Attributes:
        mentions: What words mean, from left to right.
        bounds: What numbers bound.
        numbers: The stretches of bounds, orders and groups.
        covered: The stretches that mean something; the rest is loose.
    """

    mentions: tuple[Mention, ...]
    bounds: tuple[Bound, ...]
    numbers: tuple[tuple[int, int], ...]
    covered: tuple[tuple[int, int], ...]


class Linker:
    """Links questions to a lexicon.

    Args:
        lexicon: Knows what stretches may mean.
        words: For what joins and negates.
        this_year: The year that "the last ten years" count from.
    """

    def __init__(self, lexicon: Lexicon, words: Words, this_year: int) -> None:
        self._words = words
        self._negation = Negation(words)
        self._this_year = this_year
        one = f"[{''.join(words.abbreviations)}]"
        self._abbreviated = re.compile(_ABBREVIATED.replace("{one}", one))
        self._lexicon = lexicon

    def joined(self, folded: str) -> str:
        """Return a question with the Latin names of companies in one word: aac technologies."""
        for match in _LATIN_WORDS.finditer(folded):
            name = re.sub(r"\s", "", match["name"])
            meaning = self._lexicon.meaning(name)
            if meaning and meaning.kind is Kind.COMPANY:
                folded = folded.replace(match["name"], name)
        return folded

    def link(self, folded: str) -> Linked:
        """Return what the stretches of a folded question mean, without overlaps."""
        batches = [*read_batches(folded), *self._markets(folded), *self._cities(folded)]
        masked = _masked(folded, [(one.start, one.end) for one in batches])
        bounds = list(read_bounds(masked, self._this_year))
        masked = _masked(masked, [(one.start, one.end) for one in bounds])
        mentions = sorted([*batches, *self._words_of(masked)], key=lambda mention: mention.start)
        numbers = [*((one.start, one.end) for one in bounds), *order_stretches(masked)]
        return Linked(
            mentions=tuple(self._with_negation(folded, mentions)),
            bounds=tuple(self._with_sign(folded, one, mentions) for one in bounds),
            numbers=tuple(numbers),
            covered=tuple(sorted([*((one.start, one.end) for one in mentions), *numbers])),
        )

    def _with_sign(self, folded: str, bound: Bound, mentions: Sequence[Mention]) -> Bound:
        """Return a bound, negated where 不是2010年以后成立 or 2010年以后的不要 turns it round."""
        before = any(one.kind is Kind.NEGATION and one.end == bound.start for one in mentions)
        starts = _value_starts(mentions)
        limit = min((at for at in starts if at >= bound.end), default=len(folded))
        negated = before or self._negation.follows(folded, bound.end, limit, starts)
        return replace(bound, condition=replace(bound.condition, negated=negated))

    def _markets(self, folded: str) -> Iterator[Mention]:
        """Yield the places where companies are listed: 在香港或美国上市 names no city."""
        for match in _LISTED_AT.finditer(folded):
            for label, exchange in self._words.exchanges.items():
                for place in exchange.places:
                    at = match["places"].find(place)
                    if at >= 0:
                        start = match.start("places") + at
                        end = start + len(place)
                        yield Mention(start, end, place, Kind.EXCHANGE, (label,))

    def _cities(self, folded: str) -> Iterator[Mention]:
        """Yield cities named by one character each: 京沪两地."""
        for match in self._abbreviated.finditer(folded):
            for at in range(match.start("cities"), match.end("cities")):
                if city := self._words.abbreviations.get(folded[at]):
                    yield Mention(at, at + 1, folded[at], Kind.CITY, (city,))

    def _joins(self, folded: str, one: Mention, two: Mention | None) -> bool:
        """Return whether nothing or an "and" stands between two values of a kind."""
        if two is None:
            return False
        gap = folded[one.end : two.start].strip()
        same = one.kind is two.kind
        # 广东、深圳以外 is Guangdong without Shenzhen, 北京和江苏以外 neither of both.
        return (gap in self._words.either and (same or gap != "、")) or (not gap and same)

    def _words_of(self, masked: str) -> list[Mention]:
        """Return the cover of the text by words of the lexicon that weighs most.

        A word weighs the square of its length, so that one long word beats two short ones that
        overlap it: 多少员工 wins over 有多少. A filler weighs half.
        """
        ending: dict[int, list[Mention]] = {}
        for one in self._lexicon.find(masked):
            mention = Mention(one.start, one.end, one.text, one.meaning.kind, one.meaning.values)
            ending.setdefault(one.end, []).append(mention)
        best: list[tuple[float, Mention | None]] = [(0.0, None)]
        for end in range(1, len(masked) + 1):
            choice: tuple[float, Mention | None] = (best[end - 1][0], None)
            for mention in ending.get(end, ()):
                weight = best[mention.start][0] + _weight(mention)
                if weight > choice[0]:
                    choice = (weight, mention)
            best.append(choice)
        return _traced(best)

    def _with_negation(self, folded: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the mentions, those marked that the question turns into their opposite.

        不在北京 negates what follows, also several joined by 和; 北京以外 what stands before.
        """
        mentions = self._negated_from_behind(folded, mentions)
        negating, last = False, 0
        negated: Mention | None = None
        for mention in mentions:
            gap = folded[last : mention.start].strip()
            last = mention.end
            if mention.kind is Kind.NEGATION:
                negating, negated = True, None
                continue
            if negating and not self._carries_on(gap, mention, negated):
                negating = False
            if mention.kind in _VALUES and negating:
                negated = mention
                yield replace(mention, negated=True)
            else:
                yield mention

    def _carries_on(self, gap: str, mention: Mention, negated: Mention | None) -> bool:
        """Return whether a negation reaches ``mention`` across ``gap``."""
        if negated is None:
            return not gap or (len(gap) == 1 and gap not in "的，,。；;")
        joined = gap in self._words.either or (not gap and mention.kind is negated.kind)
        return mention.kind in _VALUES and joined

    def _negated_from_behind(self, folded: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return the mentions, those negated that 以外, 除外, 不算 or the like follows.

        Several joined by 和 are negated together: 杭州和深圳的不要.
        """
        told = list(mentions)
        starts = _value_starts(mentions)
        for at in range(len(told) - 1, -1, -1):
            if told[at].kind not in _VALUES:
                continue
            limit = min((one for one in starts if one >= told[at].end), default=len(folded))
            following = told[at + 1] if at + 1 < len(told) else None
            joined = following is not None and following.negated
            joined = joined and self._joins(folded, told[at], following)
            behind = self._negation.follows(folded, told[at].end, limit, starts)
            if behind or joined:
                told[at] = replace(told[at], negated=True)
        return told


def _value_starts(mentions: Sequence[Mention]) -> frozenset[int]:
    return frozenset(one.start for one in mentions if one.kind in _VALUES)


def _weight(mention: Mention) -> float:
    share = _FILLER_SHARE if mention.kind is Kind.FILLER else 1.0
    return len(mention.text) ** 2 * (_NAME_SHARE if mention.kind in _NAMES else share)


def _traced(best: Sequence[tuple[float, Mention | None]]) -> list[Mention]:
    """Return the mentions of a best cover, from right to left."""
    found, end = [], len(best) - 1
    while end > 0:
        mention = best[end][1]
        if mention is not None:
            found.append(mention)
        end = mention.start if mention else end - 1
    return found


def _masked(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """Return ``text`` with the stretches blanked out, length unchanged."""
    characters = list(text)
    for start, end in stretches:
        characters[start:end] = "\n" * (end - start)
    return "".join(characters)


def leftovers(folded: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the stretches of a question that nothing covers, with their position."""
    position = 0
    for start, end in covered:
        if start > position:
            yield position, folded[position:start]
        position = max(position, end)
    if position < len(folded):
        yield position, folded[position:]
