"""What a question can ask companies to satisfy, drawn from the values of a list."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from eval.tables import LISTING, Firm
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import Level, load_gazetteer
from index.text import fold

Truth = bool | None

ADDRESS = ("办公地址", "杭州办公地址", "总部位置", "所属区域", "总部所在地", "总部城市", "所在城市")
DOMAIN = ("业务领域", "细分领域", "主营业务", "核心产品", "主导产品", "代表产品/服务", "代表产品")

_DISTRICT = re.compile(r"(?:[市：:\s]|^)([\u4e00-\u9fff]{2,3}(?:新区|区))")
_CITY = re.compile(r"^[\u4e00-\u9fff]{2,3}$")
_CITY_HEADING = re.compile(r"([\u4e00-\u9fff]{2,3})市")
_SPLIT = re.compile(r"[、,，/；;]")
_TOPIC = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}")
_BATCH = re.compile(r"第[一二三四五六]批")

# Exchanges as lists and questions call them; a board counts for its exchange only where it says so.
EXCHANGES = {
    "科创板": ("科创板",),
    "深交所": ("深交所",),
    "上交所": ("上交所",),
    "港交所": ("港交所", "港股"),
    "纳斯达克": ("纳斯达克", "NASDAQ"),
    "纽交所": ("纽交所", "NYSE", "纽约证券"),
    "新三板": ("新三板",),
}
_BOARDS = {"上交所": ("科创板",), "深交所": ("创业板",)}


REGIONS = {
    "广东": frozenset(("广东",)),
    "浙江": frozenset(("浙江",)),
    "江苏": frozenset(("江苏",)),
    "江浙沪": frozenset(("江苏", "浙江", "上海")),
    "江浙": frozenset(("江苏", "浙江")),
    "华南": frozenset(("广东", "广西", "海南")),
}

# Kinds of which a list may leave open what they mean: a related word, a range that a bound cuts.
VAGUE = frozenset(("topic", "headcount"))


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    Attributes:
        kind: Two conditions of one kind can replace each other.
        phrases: How it is said before 的, such as 位于浦东新区.
        negated: How its opposite is said; empty where nobody would.
        value: The bare value, with which a follow-up replaces one of the same kind.
        holds: Whether a company satisfies it; None where the list leaves it open.
    """

    kind: str
    phrases: tuple[str, ...]
    negated: tuple[str, ...]
    value: str
    holds: Callable[[Firm], Truth]

    def opposite(self) -> Condition:
        """Return the condition that holds where this one does not."""

        def holds(firm: Firm) -> Truth:
            truth = self.holds(firm)
            return None if truth is None else not truth

        return Condition(self.kind, self.negated, self.phrases, "", holds)


def conditions(firms: Sequence[Firm]) -> list[Condition]:
    """Return the conditions that tell the companies of a list apart."""
    found = [*_places(firms), *_regions(), *_exchanges(), *_listed(), *_years(firms), *_decades()]
    found += [*_headcounts(firms), *_batches(firms), *_topics(firms)]
    return [one for one in found if 0 < sum(one.holds(firm) is True for firm in firms) < len(firms)]


def _places(firms: Sequence[Firm]) -> Iterator[Condition]:
    towns = {city for firm in firms for city in cities(firm)}
    districts = {district for firm in firms for district in _districts(firm)}
    for place in sorted(towns | districts):
        told = cities if place in towns else _districts
        yield Condition(
            "place",
            (
                f"位于{place}",
                f"在{place}",
                f"{place}",
                f"总部在{place}",
                f"地处{place}",
                f"落户{place}",
            ),
            (f"不在{place}", f"不位于{place}", f"{place}以外", f"{place}之外", f"总部不在{place}"),
            place,
            lambda firm, place=place, told=told: _among(place, told(firm)),  # type: ignore[misc]
        )


def _regions() -> Iterator[Condition]:
    """Yield provinces and regions; where a company has no known city, it is open."""
    province_of = load_gazetteer().province_of
    for name, within in REGIONS.items():

        def holds(firm: Firm, within: frozenset[str] = within) -> Truth:
            told = {province_of(one) or one for one in cities(firm)}
            return bool(told & within) if told else None

        yield Condition(
            "place",
            (f"{name}", f"在{name}", f"位于{name}", f"{name}地区"),
            (f"不在{name}", f"{name}以外"),
            name,
            holds,
        )


def cities(firm: Firm) -> set[str]:
    """Return the cities of a company: of its cells, and of headings such as 苏州市企业."""
    told = {text for text in firm.texts(*ADDRESS) if _CITY.match(text) and text[-1] != "区"}
    headings = (heading for line in firm.lines for heading in line.headings)
    named = {match[1] for heading in headings if (match := _CITY_HEADING.match(heading))}
    return told | (named & _known_cities())


@cache
def _known_cities() -> frozenset[str]:
    places = load_gazetteer().places
    return frozenset(place.short for place in places if place.level is Level.CITY)


def _districts(firm: Firm) -> set[str]:
    return {one for text in firm.texts(*ADDRESS) for one in _DISTRICT.findall(text)}


def _among(place: str, places: set[str]) -> Truth:
    return place in places if places else None


def _exchanges() -> Iterator[Condition]:
    for name, spellings in EXCHANGES.items():

        def holds(firm: Firm, name: str = name, spellings: tuple[str, ...] = spellings) -> Truth:
            board = _contains(firm, LISTING, _BOARDS.get(name, ()))
            told = _contains(firm, LISTING, spellings)
            return None if board and not told else told

        yield Condition(
            "exchange",
            (f"在{name}上市", f"{name}上市", f"{name}挂牌", f"登陆{name}", f"上了{name}"),
            (
                f"没在{name}上市",
                f"不是{name}上市",
                f"不在{name}挂牌",
                f"没上{name}",
                f"非{name}上市",
            ),
            name,
            holds,
        )


def _listed() -> Iterator[Condition]:
    yield Condition(
        "listed",
        ("已上市", "上市了", "已经上市", "上了市"),
        (),
        "已上市",
        lambda firm: firm.listed,
    )
    yield Condition(
        "listed",
        ("未上市", "没上市", "还没上市", "尚未上市", "没有上市", "还没有上市", "不是上市公司"),
        (),
        "未上市",
        lambda firm: None if firm.listed is None else not firm.listed,
    )


def _years(firms: Sequence[Firm]) -> Iterator[Condition]:
    years = sorted({firm.founded for firm in firms if firm.founded})
    for year in years:
        yield Condition(
            "founded",
            (f"{year}年及以后成立", f"{year}年（含）以后成立", f"成立不早于{year}年"),
            (),
            f"{year}年及以后成立",
            lambda firm, year=year: firm.founded and firm.founded >= year,  # type: ignore[misc]
        )
        yield Condition(
            "founded",
            (
                *(f"{year}年之前成立", f"成立早于{year}年", f"早于{year}年成立"),
                f"成立时间在{year}年之前",
            ),
            (),
            f"{year}年之前成立",
            lambda firm, year=year: firm.founded and firm.founded < year,  # type: ignore[misc]
        )
        yield Condition(
            "founded",
            (f"{year}年成立", f"成立于{year}年", f"{year}年创立", f"{year}年创办", f"{year}年注册"),
            (f"不是{year}年成立", f"非{year}年成立"),
            f"{year}年成立",
            lambda firm, year=year: firm.founded and firm.founded == year,  # type: ignore[misc]
        )
    for first, last in zip(years, years[2:], strict=False):
        yield Condition(
            "founded",
            (f"{first}年到{last}年之间成立", f"{first}-{last}年成立", f"成立于{first}至{last}年"),
            (),
            f"{first}年到{last}年之间成立",
            lambda firm, a=first, b=last: firm.founded and a <= firm.founded <= b,  # type: ignore[misc]
        )


def _decades() -> Iterator[Condition]:
    for words, first in (("上世纪90年代", 1990), ("90年代", 1990), ("2000年代", 2000),
                         ("2010年代", 2010)):  # fmt: skip
        yield Condition(
            "founded",
            (f"{words}成立", f"成立于{words}", f"{words}创办"),
            (),
            f"{words}成立",
            lambda firm, first=first: firm.founded and first <= firm.founded < first + 10,  # type: ignore[misc]
        )


def _headcounts(firms: Sequence[Firm]) -> Iterator[Condition]:
    bounds = {bound for firm in firms if firm.headcount for bound in firm.headcount}
    for bound in sorted(bound for bound in bounds if 100 <= bound < float("inf")):
        count = int(bound)
        yield Condition(
            "headcount",
            (
                *(f"员工{count}人以上", f"{count}人以上", f"员工不少于{count}人"),
                *(f"员工至少{count}人", f"人数不低于{count}", f"规模在{count}人以上"),
            ),
            (),
            f"{count}人以上",
            lambda firm, bound=bound: _at_least(firm, bound),  # type: ignore[misc]
        )
        yield Condition(
            "headcount",
            (
                *(f"员工不到{count}人", f"不足{count}人", f"员工少于{count}人", f"{count}人以下"),
                *(f"人数低于{count}", f"规模小于{count}人"),
            ),
            (),
            f"{count}人以下",
            lambda firm, bound=bound: _below(firm, bound),  # type: ignore[misc]
        )


def _at_least(firm: Firm, bound: float) -> Truth:
    if firm.headcount is None:
        return None
    low, high = firm.headcount
    if low >= bound:
        return True
    return False if high < bound else None


def _below(firm: Firm, bound: float) -> Truth:
    """Return whether all that is known of the head count is below a bound."""
    if firm.headcount is None:
        return None
    low, high = firm.headcount
    if high < bound:
        return True
    return False if low >= bound else (True if high == bound else None)


def _batches(firms: Sequence[Firm]) -> Iterator[Condition]:
    batches = {text for firm in firms for text in firm.texts("认定批次") if _BATCH.fullmatch(text)}
    for batch in sorted(batches):
        yield Condition(
            "batch",
            (
                f"{batch}认定",
                f"{batch}",
                f"属于{batch}",
                f"{batch}入选",
                f"{batch}评上",
                f"{batch}获评",
            ),
            (f"不是{batch}", f"不属于{batch}", f"非{batch}", f"不是{batch}认定"),
            batch,
            lambda firm, batch=batch: _contains(firm, ("认定批次",), (batch,)),  # type: ignore[misc]
        )


def _topics(firms: Sequence[Firm]) -> Iterator[Condition]:
    named: Counter[str] = Counter()
    for firm in firms:
        words = {word for text in firm.texts(*DOMAIN) for word in _SPLIT.split(text)}
        named.update(word for word in words if _TOPIC.fullmatch(word))
    for word in named:
        yield Condition(
            "topic",
            (f"做{word}", f"搞{word}", f"从事{word}", f"有{word}业务", f"主营{word}", f"干{word}"),
            (f"不做{word}", f"不搞{word}", f"不从事{word}"),
            f"做{word}",
            lambda firm, word=word: _works_on(firm, word),  # type: ignore[misc]
        )


def _works_on(firm: Firm, word: str) -> Truth:
    """Return whether a company works on something; a related word leaves it open."""
    if any(word in text for text in firm.texts(*DOMAIN)):
        return True
    everything = fold(firm.everything())
    near = load_thesaurus().widened(fold(word))
    vague = _parts(fold(word), everything) or any(one in everything for one in near)
    return None if vague else False


def _parts(word: str, text: str) -> bool:
    """Return whether the last or first characters of a word stand in a text: 清洁机器人, 机器人."""
    return len(word) >= 4 and (word[:2] in text or word[-2:] in text)


def _contains(firm: Firm, columns: tuple[str, ...], words: tuple[str, ...]) -> Truth:
    texts = firm.texts(*columns)
    if not texts:
        return None
    return any(word in text for text in texts for word in words)


def combined(chosen: Sequence[Condition]) -> Callable[[Firm], Truth]:
    """Return whether all conditions hold, in three-valued logic."""

    def holds(firm: Firm) -> Truth:
        truths = [one.holds(firm) for one in chosen]
        if any(truth is False for truth in truths):
            return False
        return None if any(truth is None for truth in truths) else True

    return holds


def either(first: Condition, second: Condition) -> Callable[[Firm], Truth]:
    """Return whether one of two conditions holds, in three-valued logic."""

    def holds(firm: Firm) -> Truth:
        truths = (first.holds(firm), second.holds(firm))
        if True in truths:
            return True
        return None if None in truths else False

    return holds


def drawn(
    available: Sequence[Condition], count: int, chance: random.Random
) -> list[Condition] | None:
    """Return ``count`` conditions of different kinds, or None if there are not so many kinds.

    Who names an exchange does not also say that the company is listed.
    """
    left_out = chance.choice(("listed", "exchange"))
    kinds = sorted({one.kind for one in available} - {left_out})
    if len(kinds) < count:
        return None
    picked = chance.sample(kinds, count)
    return [chance.choice([one for one in available if one.kind == kind]) for kind in picked]
