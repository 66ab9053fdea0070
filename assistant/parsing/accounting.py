"""What becomes of every content word: part of the query, grammar, or told as not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.predicates import conjunction
from assistant.query import Query, Reason, Relation, Unanswerable

_TOLD = frozenset(
    {Category.WORD, Category.TOPIC, Category.VALUE, Category.SECTION, Category.PLACE,
     Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.LISTING, Category.COMPANY,
     Category.LACKING, Category.MEASURE}
)  # fmt: skip


def unread(candidate: Candidate, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the content words that a candidate makes no use of, in the question's order."""
    return tuple(
        dict.fromkeys(
            span.text
            for at, span in enumerate(spans)
            if at not in candidate.explained
            and (span.category in _TOLD or _asks_in_vain(span))
            and len(span.text) > 1
            and not (span.category is Category.MEASURE and span.value.bare)
        )
    )


def _asks_in_vain(span: Span) -> bool:
    """Return whether a word prefers without saying what: nothing here can judge 最好的企业."""
    return span.category is Category.ASK and span.value == "prefer"


def missing_list(reading: Reading) -> Iterator[Candidate]:
    """Yield that a kind of list is asked for which no source is."""
    missing = reading.of(Category.MISSING)
    if not missing:
        return
    words = tuple(dict.fromkeys(str(reading.spans[at].value) for at in missing))
    where, used = reading.where(described=False)
    asks = frozenset(
        (
            *reading.asks("which", "wanted", "count", "here", "yesno", "exists", "member"),
            *reading.asks("rules_all", "verdict"),
            *reading.of(Category.REQUIREMENT),
        )
    )
    # 大疆是独角兽吗 asks of the list; who asks for a field asks of the company.
    named = [] if reading.fields else reading.companies
    used |= frozenset(at for leaf in named for at in leaf.used)
    relation = Relation.REQUIREMENTS if reading.asks("rules_all") else Relation.COMPANIES
    both = conjunction((*(leaf.predicate for leaf in named), where))
    query = Query(Unanswerable(Reason.LACKING_LIST, words), both, relation)
    yield Candidate(query, used | frozenset(missing) | asks, "missing")


def field_of_nobody(reading: Reading) -> Iterator[Candidate]:
    """Yield that a field is asked for and nobody is named: 哪年成立的."""
    keys = tuple(dict.fromkeys(word.key for _, word in reading.fields))
    # 代码是多少 asks for a value; 多少家 counts companies.
    counting = [at for at in reading.asks("count") if reading.spans[at].text != "多少"]
    if not keys or reading.companies or reading.asks("which") or counting:
        return
    explained = frozenset(
        (
            *(at for at, _ in reading.fields),
            *reading.of(Category.POINTER, Category.EDIT),
            *reading.asks("count"),
        )
    )
    query = Query(Unanswerable(Reason.NO_COMPANY, fields=keys))
    yield Candidate(query, explained, "nobody")
