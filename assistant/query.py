"""The query algebra: what a question asks, as one value. Search and answers see nothing else.

    Query = relation × predicate × ask

A predicate is three-valued: a company whose rows say nothing of a field neither fulfils a condition
on it nor its negation. Every value is frozen and hashable; ``label`` attributes carry the user's
wording for display and never influence execution.

What questions become:

================  ==================================================================================
敏芯微的主页        ``Lookup(("website",))`` where ``Named(ids)``; a profile has no fields
大华和海康哪个大     ``Compare((), order)`` where ``Named(ids)``
敏芯微在科创板吗     ``Member((id,))`` where ``In("exchange", ("科创板",))``
除了大疆还有谁      ``Not(Named(ids))``; 不做芯片的 is ``Not(About(…))``
其中未上市的        ``Among(ids)`` and the condition
长三角             ``In("province", …, "长三角")``; of provinces and single cities ``Or`` of two
                  ``In``, the second without a label
海淀区             ``In("district", ("海淀区",), "海淀区")`` and, without a label,
                  ``In("city", …)`` of the cities that have such a district
科创板             ``In("exchange", ("科创板",))``: folded labels of the markets
第二批以后          ``Within("batch", [2, ∞))``; 前两批和第五批 is ``Or``
最早的三家          ``Rows(order=Order(…, limit=3))``; 第二早的 has place 2, 最早的 limit 1,
                  按成立时间排 neither
北京有多少家        ``Rows(("count",))`` of STATISTICS where ``In("place", ("北京",))``. Search also
                  selects the companies whose city or province is one of these places, for the
                  lists hold fewer than the statistics say. A province of which only places within
                  have rows stands for all of them: ``In("place", ("江苏", "苏州", …))``
北京上海差多少       ``Combine("difference", …)`` of one such query a place; 一共 is ``"sum"``
哪些城市不到300家    ``Rows(("count",), order)`` of STATISTICS where ``Within("count", …)``
各城市多少家        ``Group("city", …)``; of STATISTICS where these have places
a rule            ``Explain(text, requirements)``; figures of an applicant are for ``Judge``
what is not there ``Unanswerable(reason, words)``; what else is asked still selects
================  ==================================================================================
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from index.schema.interval import Interval


class Relation(StrEnum):
    """What a question selects from."""

    COMPANIES = "companies"
    STATISTICS = "statistics"
    REQUIREMENTS = "requirements"
    PASSAGES = "passages"


# --- predicates ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``; without any it holds for everything."""

    parts: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``parts``; without any it holds for nothing."""

    parts: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of ``part``; what is unknown stays unknown."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class In:
    """The field has one of ``values``.

    Attributes:
        field: Key of a field of the registry, or of a list's own column.
        values: Canonical values as the store keeps them in ``facts.text``, folded.
        label: The condition in words: 苏州, 科创板, 第二批.
        contains: Whether a value that contains one of ``values`` is enough (text columns).
    """

    field: str
    values: tuple[str, ...]
    label: str = dataclasses.field(default="", compare=False)
    contains: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The field's number certainly lies within ``interval``."""

    field: str
    interval: Interval
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """No row says anything of the field; two-valued."""

    field: str
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """One of the companies with these ids; two-valued."""

    ids: tuple[str, ...]
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """Stands in one of these lists (source names); with ``only``, in no other; two-valued."""

    sources: tuple[str, ...]
    label: str = dataclasses.field(default="", compare=False)
    only: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """One of the companies that an earlier answer gave; two-valued.

    ``ids`` is the whole result set of that answer, not only what was shown.
    """

    ids: tuple[str, ...]
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Same:
    """Shares a value of the field with a named company (the company itself excluded)."""

    field: str
    company: str
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Beyond:
    """The field's number is certainly above or below that of a named company."""

    field: str
    company: str
    above: bool
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class About:
    """Does, makes or is about what is described; decided by words first, by meaning else.

    Attributes:
        text: The description as the user wrote it, everything else of the question removed.
        terms: Those words of it that the store or the thesaurus links, folded.
        unlinked: Content words of it that neither links; they narrow the description.
        either: Whether the terms are alternatives.
        several: Whether more than one company is wanted, so that the cut is more generous.
        share: How much of the description the terms say, from 0 to 1.
    """

    text: str
    terms: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    either: bool = False
    several: bool = False
    share: float = 1.0


Predicate = And | Or | Not | In | Within | Blank | Named | Listed | Among | Same | Beyond | About

EVERYTHING = And()
"""Holds for every row of a relation."""


# --- asks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """An order by a field; ties keep reading order.

    Attributes:
        field: Key of the field; ``count`` for groups and for statistics.
        descending: Whether the largest comes first.
        limit: How many from the head, ties with the last included; None for all.
        place: Only what stands at this place, from 1; None for the head.
        label: The user's words.
        of: Rows of statistics of which the place is asked for; the order is shown whole.
    """

    field: str
    descending: bool
    limit: int | None = None
    place: int | None = None
    label: str = dataclasses.field(default="", compare=False)
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows themselves, best first or in ``order``, with ``fields`` of each if any are asked.

    Attributes:
        fields: Keys of the fields.
        order: The order; None for best first.
        preferred: What those that stand first fulfil, of rows without an order: 最好没上市.
    """

    fields: tuple[str, ...] = ()
    order: Order | None = None
    preferred: Predicate = EVERYTHING


@dataclass(frozen=True, slots=True)
class Lookup:
    """Fields of the companies named, or with no fields their whole profiles.

    Attributes:
        fields: Keys of the fields.
        namesakes: Ids of further companies of the same name, of whom the fields are not told.
    """

    fields: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which share of the rows of ``whole`` the selection makes."""

    whole: Predicate = EVERYTHING


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether any row is selected, or with ``universal`` all rows of ``whole``."""

    universal: bool = False
    whole: Predicate = EVERYTHING


@dataclass(frozen=True, slots=True)
class Member:
    """Whether each of the companies ``ids`` fulfils the predicate: yes, no or not said."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows counted (or measured) by a field.

    Attributes:
        field: Key of the field; ``decade`` and ``list`` are fields here too.
        measure: None to count; else the aggregate of each group.
        order: Of the groups, by ``count`` or by the field itself; None for largest first.
        interval: Only groups whose figure lies in it.
    """

    field: str
    measure: Aggregate | None = None
    order: Order | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure over a numeric field: ``min``, ``max``, ``mean``, ``median`` or ``sum``."""

    function: str
    field: str


@dataclass(frozen=True, slots=True)
class Compare:
    """The named companies side by side, on ``fields`` or on all; ``order`` says who comes first."""

    fields: tuple[str, ...] = ()
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Combine:
    """Difference, sum or ratio of the figures of two or more queries."""

    operation: str
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Explain:
    """What the sources say of rules, terms, dates, sources or notes.

    Attributes:
        text: What is asked about, as the user wrote it; matched with passages by words and meaning.
        requirements: Keys of the requirements named.
        others: Keys of those named that no list makes.
        claims: Figures that the question supposes the rules to name: 要5项对吧.
        confirms: Whether it asks for yes or no: ``must`` of what is required, ``may`` of what is
            allowed; else empty.
        whole: Whether all requirements are wanted.
        sources: The lists meant; none for all.
        explained: Stretches of the text that say which companies are meant: a place, a trade.
        before: The question before, where this one carries it on.
        focus: The nouns that the question word stands beside: 补贴 in 有什么补贴.
        article: The article or chapter asked for, by its number: 第五条.
        facts: What is told of the companies that the rules are asked for: 营收8000万的企业.
    """

    text: str
    requirements: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    claims: tuple[Fact, ...] = ()
    confirms: str = ""
    whole: bool = False
    sources: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    before: str = ""
    focus: tuple[str, ...] = ()
    article: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Regulations:
    """Rule documents themselves.

    Attributes:
        aspect: ``identity`` for what they are and whether they are in force, ``force`` for which
            is, ``differences`` for what two of them demand differently.
        sources: The documents meant; none for all.
        requirements: Keys of the requirements that differences are asked of; none for all.
    """

    aspect: str
    sources: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What an applicant says of their own company.

    Attributes:
        requirement: Key of the requirement in the requirement vocabulary.
        interval: The figure, in the requirement's unit; [1, 1] and [0, 0] for yes and no.
        label: The user's words.
    """

    requirement: str
    interval: Interval
    label: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Judge:
    """An applicant's facts against the requirements of the lists.

    Attributes:
        facts: What is told.
        sources: The lists meant; none for all that say anything of what is told.
        places: Where the applicant is.
        whole: Whether a verdict on every requirement is wanted, or only on those told of.
    """

    facts: tuple[Fact, ...]
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the last answer comes from, and of what date its sources are."""


@dataclass(frozen=True, slots=True)
class Help:
    """What the index holds and what can be asked."""


class Reason(StrEnum):
    """Why a question is not answered."""

    OFF_TOPIC = "off_topic"
    LACKING_FIELD = "lacking_field"
    LACKING_LIST = "lacking_list"
    LACKING_DOCUMENT = "lacking_document"
    UNKNOWN_NAME = "unknown_name"
    AMBIGUOUS = "ambiguous"
    NO_COMPANY = "no_company"


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """The question cannot be answered.

    Attributes:
        reason: Why.
        words: The user's words that the reason is about: the field, the list, the name.
        choices: For an ambiguous name the ids it may mean.
        fields: The fields asked of an ambiguous name, or of no company at all.
    """

    reason: Reason
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


Ask = (
    Rows | Lookup | Count | Share | Exists | Member | Group | Aggregate | Compare | Combine
    | Explain | Regulations | Judge | Provenance | Help | Unanswerable
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    Attributes:
        ask: What is wanted of the selection.
        where: What the rows must fulfil.
        relation: What is selected from.
        unread: Content words of the question that play no part, in its order.
        corrections: What was read as something else: (written, read).
    """

    ask: Ask
    where: Predicate = EVERYTHING
    relation: Relation = Relation.COMPANIES
    unread: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
