"""What a question wants, from everything that was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.answer import Intent
from assistant.understanding.axes import areas_of
from assistant.understanding.types import LISTS, Condition, Ranking, Statement, Topic

# Questions about the programme that also hold a topic need this many words of it, and one more for
# every condition.
_RULE_WORDS_WITH_CONDITIONS = 1

_STATISTICS = frozenset({"statistics_row", "statistics_domains", "statistics_representatives"})


# Groups that only the companies listed are counted by.
_OF_LISTED = frozenset({"domain", "decade", "founded"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in a question.

    Attributes:
        folded: The question.
        cues: Each cue with how often it was found.
        named: How many companies are named, those excluded aside.
        ambiguous: Whether a name may mean several companies.
        mentioned: Whether a name of the statistics is mentioned that is no company here.
        bounds: Bounds on the number of companies of a place.
        asks_yes_or_no: Whether a yes or no is asked for.
        asks_amount: Whether a number or a verdict is asked for.
        requirements: How many requirements of the programme are named.
    """

    folded: str
    cues: Counter[str]
    named: int
    ambiguous: bool
    mentioned: bool
    conditions: Sequence[Condition]
    topic: Topic
    fields: Sequence[str]
    absent: Sequence[str]
    lacking: Sequence[str]
    order: Ranking | None
    group: str | None
    facts: Sequence[Statement]
    bounds: Sequence[Condition]
    asks_yes_or_no: bool
    asks_amount: bool
    requirements: int

    def has(self, *cues: str) -> bool:
        """Return whether any of the cues was found."""
        return any(cue in self.cues for cue in cues)

    @property
    def areas(self) -> list[Condition]:
        """The conditions on areas."""
        return areas_of(self.conditions)

    @property
    def only_areas(self) -> bool:
        """Whether nothing but areas narrows the companies."""
        listed = sum(one.field in LISTS for one in self.conditions)
        return len(self.areas) + listed == len(self.conditions) and not self.topic


def decide(reading: Reading) -> Intent:
    """Return what is wanted; the order of the questions is the order of precedence."""
    if reading.has("out_of_scope") or _off_topic(reading):
        return Intent.OTHER
    told = len(reading.facts) > 1 or reading.has("verdict", "rules", "rules_all", "own")
    if reading.facts and told and not reading.named:
        return _about_applicant(reading)
    if reading.named or reading.mentioned:
        return _about_companies(reading)
    if reading.has("help") and not (reading.conditions or reading.topic.terms or reading.fields):
        return Intent.HELP
    if reading.lacking and not told:
        return Intent.LIST
    counted = reading.group and reading.has("sum", "count")
    if _about_rules(reading) and not counted:
        return Intent.FAQ
    return _about_numbers(reading) or _about_lists(reading)


def _off_topic(reading: Reading) -> bool:
    """Return whether the question is about something else, and asks for no company."""
    asks = reading.named or reading.conditions or reading.fields or reading.has("company", "list")
    return reading.has("off_topic") and not asks


def _about_applicant(reading: Reading) -> Intent:
    """One fact asks for one rule (只有一项专利行不行); several ask for a verdict on each."""
    if reading.has("both_or_one") and not reading.has("own"):
        return Intent.FAQ
    own = reading.has("company", "own") or reading.requirements > 1
    several = len(reading.facts) > 1 or (own and reading.has("verdict"))
    return Intent.ELIGIBILITY if several else Intent.FAQ


def _about_companies(reading: Reading) -> Intent:
    comparing = reading.has("compare") or (reading.order and reading.order.field != "count")
    if (reading.named > 1 or reading.ambiguous) and comparing:
        return Intent.COMPARE
    asks_topic = reading.topic.terms and reading.asks_yes_or_no
    if reading.fields or reading.conditions or reading.absent or asks_topic:
        return Intent.LOOKUP
    return Intent.PROFILE


def _about_rules(reading: Reading) -> bool:
    narrowed = reading.conditions or reading.topic.terms
    asks_companies = narrowed and reading.has("list", "count")
    if reading.has("rules_all", "missing") or (
        reading.requirements and reading.has("verdict", "rules") and not asks_companies
    ):
        return True
    if reading.requirements and reading.asks_amount and not narrowed:
        return True
    needed = _RULE_WORDS_WITH_CONDITIONS + len(reading.conditions) if narrowed else 1
    return reading.cues["rules"] >= needed


def _about_numbers(reading: Reading) -> Intent | None:
    """Return the intent of a question about statistics, ranks and counts, or None."""
    if reading.group in _OF_LISTED:
        return Intent.RANK
    if _about_statistics(reading):
        return Intent.STATS
    if reading.order and reading.order.field != "count":
        return Intent.RANK
    if reading.group and (reading.order or reading.bounds or reading.has("count")):
        return Intent.RANK
    if reading.only_areas and _ranks_places(reading):
        return Intent.RANK
    if len(reading.areas) > 1 and reading.only_areas and reading.has("difference"):
        return Intent.STATS
    if reading.has("count"):
        here = reading.has("listed_here")
        return Intent.STATS if reading.only_areas and not here else Intent.COUNT
    return None


def _about_statistics(reading: Reading) -> bool:
    """Return whether a question asks for rows of the statistics, or for sums over them."""
    domains = set(reading.fields) == {"domain"} and reading.only_areas
    if (reading.has(*_STATISTICS) or domains) and (
        reading.group or (reading.areas and reading.only_areas)
    ):
        return True
    if not reading.only_areas:
        return False
    ranked = reading.order and reading.order.field == "count" and reading.order.descending
    if reading.has("sum") and (reading.group or (len(reading.areas) > 1 and not ranked)):
        return True
    return bool(reading.bounds) and len(reading.areas) == 1 and not reading.group


def _ranks_places(reading: Reading) -> bool:
    """Return whether places are put in order, or compared with a number or each other."""
    ordered = reading.order and reading.has("count", "statistics_table") and not reading.topic
    compared = len(reading.areas) > 1 and reading.order
    return bool(ordered or reading.bounds or compared)


def _about_lists(reading: Reading) -> Intent:
    if reading.conditions or reading.topic or reading.topic.excluded:
        return Intent.LIST
    if reading.fields or reading.absent:
        return Intent.LOOKUP
    return Intent.LIST if reading.has("list", "company") else Intent.OTHER
