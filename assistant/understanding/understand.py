"""A question as a query: the way through this package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.answer import Intent
from assistant.parsing.text import Text, prepare
from assistant.understanding.alternatives import split_alternatives
from assistant.understanding.blanks import read_blanks
from assistant.understanding.columns import read_columns, read_lacking
from assistant.understanding.conditions import ConditionReader
from assistant.understanding.intent import Reading, decide
from assistant.understanding.linker import Linked, Linker
from assistant.understanding.mending import Mender
from assistant.understanding.numbers import Bound, read_group, read_order
from assistant.understanding.ranks import is_inside, read_rank
from assistant.understanding.requirements import count_requirements, read_facts
from assistant.understanding.topic import TopicReader
from assistant.understanding.types import Branch, Condition, Kind, Mention, Question, Ranking, Topic
from assistant.understanding.words import Words
from index.store.chunks import TOPIC_FIELDS

# Fields of a company that a condition on it asks about: 敏芯微在科创板上市吗 asks for the listing.
_FIELD_OF_CONDITION = {"exchange": "listing", "region": "city"}

# What can ask for companies of several descriptions.
_OF_ALTERNATIVES = (Intent.LIST, Intent.COUNT, Intent.RANK)

# How a number or a verdict is asked for.
_AMOUNT = re.compile(r"多少|多高|多久|多大|几[个项年成件]|占|比例|[够算]|得|才|要求|how|minimum")

# A message of so many clauses tells a story; what it asks stands at its end.
_CLAUSE = re.compile(r"[,，。;；!！?？\n]+")
_LONG_MESSAGE = 4

# A name before the question whether it is in the list: 中芯国际有没有入列.
_MEMBER = re.compile(
    r"(?:请问|那|问一下)?(?P<name>[^,，。?？的]{2,10}?)(?:这家)?(?:有没有|是不是|是否|入|进|上|在不在|算不算|属于|在名单|在清单|是小巨人|是专精)"
)

_OF_RULES = frozenset({"rules", "rules_all", "verdict"})

# What stands before something that the question does not ask for.
_UNWANTED = re.compile(r"(?:不要|别|不用|甭|无需|不是要|不想)(?:给我|再|讲|写|说|来|发|扯|聊)*$")

# How a yes or no is asked for.
_YES_OR_NO = re.compile(
    r"吗|么[?？]?$|是不是|是否|有没有|会不会|做不做|搞不搞|对吧|对不对|\b(?:does|do|is)\b"
)

# What may be asked of a name that nobody has.
_NAMING_CUES = ("membership", "profile")


class Understanding:
    """Turns questions into queries.

    Args:
        linker: Links stretches to values of the index.
        mender: Puts the question right.
        conditions: Reads conditions.
        topics: Reads the topic.
        words: What joins alternatives, and turns of phrase.
        this_year: The year that "since 2019" counts to.
        made: Keys of the requirements that any list makes of applicants.
        figures: Words for columns that no list has, but statistics do.
        ranking: The column by which a list ranks its companies, if one does.
    """

    def __init__(
        self,
        linker: Linker,
        mender: Mender,
        conditions: ConditionReader,
        topics: TopicReader,
        words: Words,
        this_year: int,
        made: frozenset[str],
        figures: frozenset[str],
        ranking: str | None = None,
    ) -> None:
        self._made = made
        self._figures = figures
        self._linker = linker
        self._mender = mender
        self._conditions = conditions
        self._topics = topics
        self._this_year = this_year
        self._words = words
        self._ranking = ranking

    def understand(self, asked: str) -> Question:
        """Return the query that a question makes on its own, without the dialogue so far.

        1. Prepare the text, link its stretches, read misspelt ones as what they were meant to be.
        2. Read conditions, topic, orders, groups, and facts about the asker's own company.
        3. Decide what is wanted.
        """
        mended = self._mender.mend(prepare(asked))
        query = self._query(mended.text, mended.linked)
        if query.intent is Intent.OTHER:
            query = self._asked_at_the_end(mended.text) or query
        return replace(query, text=asked, corrections=mended.corrections, made=self._made)

    def _asked_at_the_end(self, text: Text) -> Question | None:
        """Return what a long message asks for in its last words, whatever it told before."""
        clauses = [clause for clause in _CLAUSE.split(text.folded) if clause.strip()]
        if len(clauses) < _LONG_MESSAGE:
            return None
        for count in (1, 2):
            asked = ",".join(clauses[-count:])
            query = self._query(Text(text.asked, asked, asked), self._linker.link(asked))
            if query.intent is not Intent.OTHER and (query.companies or query.topic.terms):
                return query
        return None

    def _query(self, text: Text, linked: Linked) -> Question:
        lacking = [
            word for word in read_lacking(text.folded, linked.mentions) if word not in self._figures
        ]
        linked, order = _with_columns(text, linked)
        linked, ordered = self._with_ranks(text.folded, linked, order)
        mentions = linked.mentions
        companies = _companies(mentions, negated=False)
        told = [bound.condition for bound in linked.bounds]
        bounds = tuple(bound for bound in told if bound.field == "count")
        conditions = self._conditions.read(
            mentions, told, of_company=bool(companies), folded=text.folded
        )
        cues = self._cues(text.folded, linked)
        topic = Topic() if "out_of_scope" in cues else self._topics.read(text, linked)
        reading = Reading(
            folded=text.folded,
            cues=cues,
            named=len(companies),
            ambiguous=any(len(ids) > 1 for ids in companies),
            mentioned=any(m.kind is Kind.REPRESENTATIVE for m in mentions),
            conditions=conditions,
            topic=topic,
            fields=_fields(mentions, named=bool(companies)),
            absent=_values(mentions, Kind.ABSENT),
            lacking=lacking,
            order=order or read_order(ordered),
            group=read_group(text.folded),
            facts=read_facts(text.folded, self._this_year, self._made),
            bounds=bounds,
            asks_yes_or_no=bool(_YES_OR_NO.search(text.folded)),
            asks_amount=bool(_AMOUNT.search(text.folded)),
            requirements=count_requirements(text.folded, self._made),
        )
        query = _shaped(text, reading, decide(reading), mentions, companies)
        return self._with_branches(query, text, linked)

    def _with_ranks(self, folded: str, linked: Linked, order: Ranking | None) -> tuple[Linked, str]:
        """Return what was found with the places of the list's own ranking, and the other words.

        Beside another order 前十 is how many of that are wanted, unless it says 前十里.
        """
        if self._ranking is None or _companies(linked.mentions, negated=False):
            return linked, folded
        rank = read_rank(folded, self._ranking)
        if rank is None or (order is not None and order.field == self._ranking):
            return linked, folded
        others = folded[: rank.start] + " " * (rank.end - rank.start) + folded[rank.end :]
        if (order or read_order(others)) and not is_inside(folded[rank.end :]):
            return linked, folded
        spans = ((rank.start, rank.end),)
        clear = [m for m in linked.mentions if m.kind is not Kind.FIELD or not _overlaps(m, spans)]
        numbers = (*linked.numbers, *spans)
        bounds = (*linked.bounds, rank)
        return replace(linked, mentions=tuple(clear), bounds=bounds, numbers=numbers), others

    def _cues(self, folded: str, linked: Linked) -> Counter[str]:
        """Return the cues with how often each was found.

        A word of the rules inside an order is none (资格最老的), and neither is what the question
        says it does not want (不要写诗).
        """
        told = [m for m in linked.mentions if m.kind is Kind.CUE]
        cues = Counter(
            value
            for mention in told
            for value in set(mention.values)
            if not (value in _OF_RULES and _overlaps(mention, linked.numbers))
            and not (value == "out_of_scope" and _UNWANTED.search(folded[: mention.start]))
        )
        for cue, patterns in self._words.patterns.items():
            found = [m for one in patterns for m in one.finditer(folded)]
            cues[cue] += sum(1 for m in found if not _UNWANTED.search(folded[: m.start()]))
        return +cues

    def _with_branches(self, query: Question, text: Text, linked: Linked) -> Question:
        """Return the query with its alternatives apart from what they share."""
        if query.intent not in _OF_ALTERNATIVES or query.companies or query.unknown_name:
            return query
        shared, *parts = split_alternatives(linked, text.folded, self._words) or (linked,)
        if not parts:
            return query
        branches = [self._branch(text, part) for part in parts]
        return replace(
            query,
            conditions=self._branch(text, shared).conditions,
            topic=replace(
                self._topics.read(text, shared) if query.topic else Topic(), sought="", stray=()
            ),
            either=tuple(branches),
        )

    def _branch(self, text: Text, linked: Linked) -> Branch:
        bounds = [bound.condition for bound in linked.bounds]
        return Branch(
            self._conditions.read(linked.mentions, bounds, of_company=False),
            self._topics.linked_only(text, linked),
        )


def _shaped(
    text: Text,
    reading: Reading,
    intent: Intent,
    mentions: Sequence[Mention],
    companies: tuple[tuple[str, ...], ...],
) -> Question:
    """Return the query with only those parts that its intent makes use of."""
    unknown_name = _unknown_name(reading, intent)
    ranking = intent in (Intent.RANK, Intent.COMPARE, Intent.PROFILE)
    applicant = intent in (Intent.FAQ, Intent.ELIGIBILITY)
    return Question(
        text=text.asked,
        folded=text.folded,
        intent=Intent.LOOKUP if unknown_name else intent,
        companies=companies,
        representatives=_values(mentions, Kind.REPRESENTATIVE),
        conditions=(*reading.conditions, *(reading.bounds if intent is Intent.RANK else ())),
        topic=Topic() if applicant or intent is Intent.HELP else reading.topic,
        fields=tuple(reading.fields)
        or _asked_by_condition(companies, reading.conditions)
        or _asked_by_topic(reading, intent),
        cues=frozenset(reading.cues),
        unknown_name=unknown_name,
        excluded=tuple(one for ids in _companies(mentions, negated=True) for one in ids),
        absent=tuple(reading.absent),
        lacking=() if companies or applicant else tuple(reading.lacking),
        order=reading.order if ranking else None,
        group=reading.group if intent in (Intent.RANK, Intent.STATS) else None,
        facts=tuple(reading.facts) if applicant else (),
    )


def _with_columns(text: Text, linked: Linked) -> tuple[Linked, Ranking | None]:
    """Return what was found with the bounds on fields and columns, and the order by a column."""
    blanks = list(read_blanks(text.folded, linked.mentions))
    blank = {id(mention) for mention, _ in blanks}
    columns = read_columns(text.folded, linked.mentions)
    found: list[tuple[Mention, Bound | Ranking]] = [
        *blanks,
        *(one for one in columns if id(one[0]) not in blank),
    ]
    if not found:
        return linked, None
    used = {id(mention) for mention, _ in found if mention.kind is not Kind.ABSENT}
    here = [(one, told) for one, told in found if one.kind is not Kind.ABSENT]
    bounds = [told for _, told in here if isinstance(told, Bound)]
    spans = [
        (told.start, told.end)
        if isinstance(told, Bound)
        else (mention.start, mention.start + len(told.label))
        for mention, told in found
    ]
    clear = [
        one for one in linked.bounds if not any(s < one.end and one.start < e for s, e in spans)
    ]
    return (
        replace(
            linked,
            mentions=tuple(one for one in linked.mentions if id(one) not in used),
            bounds=(*clear, *bounds),
            numbers=(*linked.numbers, *spans),
        ),
        next((told for _, told in here if isinstance(told, Ranking)), None),
    )


def _overlaps(mention: Mention, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start < mention.end and mention.start < end for start, end in stretches)


def _companies(mentions: Sequence[Mention], *, negated: bool) -> tuple[tuple[str, ...], ...]:
    named = [m for m in mentions if m.kind is Kind.COMPANY and m.negated is negated]
    # Who gives a homepage means every company that has it; a name means one of them.
    found = ((m.values,) if "." not in m.text else tuple((one,) for one in m.values) for m in named)
    return tuple(dict.fromkeys(ids for told in found for ids in told))


def _values(mentions: Sequence[Mention], kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for m in mentions if m.kind is kind for v in m.values))


def _fields(mentions: Sequence[Mention], *, named: bool) -> tuple[str, ...]:
    """Return the fields asked for; of a company 上市 asks for the listing, 领域 for the domain."""
    found = dict.fromkeys(_values(mentions, Kind.FIELD))
    if named and not found and any("那个区" in m.text for m in mentions):
        found["district"] = None  # 那 is often typed for 哪
    if named:
        cues = _values(mentions, Kind.CUE)
        found |= {"domain": None} if "statistics_domains" in cues else {}
        found |= {"listing": None} if any(m.kind is Kind.LISTING for m in mentions) else {}
    return tuple(found)


def _asked_by_condition(
    companies: Sequence[tuple[str, ...]], conditions: Sequence[Condition]
) -> tuple[str, ...]:
    if not companies:
        return ()
    fields = (_FIELD_OF_CONDITION.get(one.field, one.field) for one in conditions)
    return tuple(dict.fromkeys(fields))


def _asked_by_topic(reading: Reading, intent: Intent) -> tuple[str, ...]:
    """Return what says whether a company does something: 敏芯微是做MEMS的吗."""
    asks = intent is Intent.LOOKUP and reading.topic.terms and not reading.absent
    return TOPIC_FIELDS if asks else ()


def _unknown_name(reading: Reading, intent: Intent) -> str:
    """Return the name of a company nobody knows: 华为的股票代码 leaves 华为 unlinked."""
    asked_of_one = reading.fields or reading.absent or reading.has(*_NAMING_CUES)
    listing = intent in (Intent.LIST, Intent.LOOKUP, Intent.OTHER)
    linked = reading.conditions or reading.mentioned or reading.named
    listed = reading.has("list") and not reading.has("membership")
    if not listing or not asked_of_one or listed or linked:
        return ""
    if reading.has("membership") and (match := _MEMBER.match(reading.folded)):
        return match["name"]
    if reading.topic.unknown:
        return reading.topic.phrase
    return "" if reading.topic.terms else "".join(reading.topic.stray)
