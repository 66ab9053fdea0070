"""The values that pass between the stages of understanding a question, all frozen.

text ── link ──▶ Mention ── read ──▶ Condition, Topic, … ── decide ──▶ Question ── adapter ──▶ Query
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answers.answer import Intent

# Stands for the source of a list that is not there.
MISSING_LIST = ""

LISTS = ("list", "only_list")
"""Conditions on the lists that companies stand in; they must all hold (既是小巨人又是瞪羚)."""


class Kind(StrEnum):
    """What a stretch of a question was recognised as."""

    COMPANY = "company"
    REPRESENTATIVE = "representative"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    REGION = "region"
    BATCH = "batch"
    SOURCE = "source"
    LISTING = "listing"
    EXCHANGE = "exchange"
    FIELD = "field"
    ABSENT = "absent"
    NEGATION = "negation"
    CUE = "cue"
    TOPIC = "topic"
    VALUE = "value"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a question linked to values: ``values`` has several where it is ambiguous.

    Attributes:
        start: First character in the folded question.
        end: Character after the last.
        text: The stretch itself, folded.
        kind: What it was recognised as.
        values: Company ids, place names, field names, topic terms … by kind.
        negated: Whether the question wants everything but this.
    """

    start: int
    end: int
    text: str
    kind: Kind
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on companies.

    Attributes:
        field: ``city``, ``province``, ``region``, ``district``, ``batch``, ``listing``,
            ``exchange``, ``founded`` or ``headcount``, or the header of a column of some list;
            ``count`` bounds not companies but the number of them in a place, ``list`` and
            ``only_list`` ask for companies of a list, or of it alone.
        label: The condition as the user sees it.
        values: Accepted values; empty for a range.
        low: Lowest accepted number, None for no bound.
        high: Highest accepted number, None for no bound.
        cities: For a district, the cities that have one of that name; empty if not known.
        negated: Whether companies must not fulfil it.
        blank: Whether nothing at all must be said of the field: 没写员工数的.
    """

    field: str
    label: str
    values: frozenset[str | int] = frozenset()
    low: float | None = None
    high: float | None = None
    cities: frozenset[str] = frozenset()
    negated: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What companies must be about.

    Attributes:
        terms: Words linked to the sources or the thesaurus, folded; a company must match all
            of them, or any if ``either``.
        labels: The terms as the user wrote them, in the same order.
        phrase: The words of the topic as the user wrote them.
        sought: The question without everything else that was linked, for retrieval by meaning.
        unknown: Words of the phrase that narrow the topic though no company row holds them.
        stray: Other nouns that no company row holds.
        doing: Verbs that nothing knows; they may say what companies do.
        share: How much of what is sought the terms say, from 0 to 1, by length of words.
        excluded: Terms, folded, that a company must not match.
        either: Whether the terms are alternatives (机器人或无人机).
        several: Whether the question asks for more than one company.
    """

    terms: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    phrase: str = ""
    sought: str = ""
    unknown: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    share: float = 1.0
    excluded: tuple[str, ...] = ()
    either: bool = False
    several: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms or self.unknown)


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several alternatives: what companies of it must fulfil."""

    conditions: tuple[Condition, ...] = ()
    topic: Topic = field(default_factory=Topic)

    def labels(self) -> tuple[str, ...]:
        """Return its conditions and its topic in words."""
        told = (f"非{one.label}" if one.negated else one.label for one in self.conditions)
        return (*told, *self.topic.labels, *(f"非{term}" for term in self.topic.excluded))


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order that a question asks for.

    Attributes:
        field: ``founded``, ``headcount``, the header of a column, or ``count`` for places.
        descending: Whether the largest comes first.
        first: How many from the head; None for as many as fit the wording.
        place: Only the one at this place, from 1; None for the head.
        label: The user's words.
    """

    field: str
    descending: bool
    first: int | None
    place: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What an applicant says of their own company, against one requirement.

    Attributes:
        requirement: Key of the requirement in ``data/requirements.toml``.
        label: The user's words.
        value: The number told, in the requirement's unit; 1 or 0 for yes or no.
    """

    requirement: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    Attributes:
        text: The question as asked.
        folded: The question as it was compared: half width, lower case.
        intent: What it wants.
        companies: One tuple per company mentioned: the ids that the mention may mean.
        representatives: Names that stand only as 代表企业 of a region.
        conditions: What companies must fulfil.
        topic: What companies must be about.
        either: Alternatives, of which companies must fulfil one besides the rest.
        fields: Canonical fields asked for.
        cues: Names of the cues found, such as ``count`` or ``rules``.
        unknown_name: A name asked about that no company has.
        excluded: Ids of companies that are not wanted.
        within: Ids of the companies that an earlier answer gave, where only those are meant.
        absent: Fields asked for that no list here carries.
        lacking: Those of them that many companies are to be filtered or ordered by, or told of.
        order: The order asked for.
        group: The field by which companies are to be counted.
        facts: What an applicant says of their own company.
        made: Keys of the requirements that any list makes of applicants.
        corrections: What was read as something else: written, read.
        context: The question before, where this one carries it on.
    """

    text: str
    folded: str
    intent: Intent
    companies: tuple[tuple[str, ...], ...] = ()
    representatives: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    topic: Topic = field(default_factory=Topic)
    either: tuple[Branch, ...] = ()
    fields: tuple[str, ...] = ()
    cues: frozenset[str] = frozenset()
    unknown_name: str = ""
    excluded: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    absent: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    order: Ranking | None = None
    group: str | None = None
    facts: tuple[Statement, ...] = ()
    made: frozenset[str] = frozenset()
    corrections: tuple[tuple[str, str], ...] = ()
    context: str = ""

    @property
    def missing_lists(self) -> tuple[str, ...]:
        """The lists that companies are to stand in, and that no source is."""
        return tuple(one.label for one in self.conditions if one.values == {MISSING_LIST})

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that the question names; none where it asks of all."""
        lists = (one for one in self.conditions if one.field in LISTS and not one.negated)
        return tuple(dict.fromkeys(str(value) for one in lists for value in one.values if value))

    @property
    def explained(self) -> tuple[str, ...]:
        """The stretches of the question that say which companies are meant."""
        conditions = (one.label for one in self.conditions)
        return (*self.topic.labels, *self.topic.excluded, *conditions)
