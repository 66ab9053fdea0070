"""What becomes of every content word: part of the query, grammar, or told as not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.parsing.topics import narrows
from assistant.parsing.vocabulary import load_vocabulary
from assistant.predicates import conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    About,
    Aggregate,
    Count,
    Exists,
    Group,
    Predicate,
    Query,
    Reason,
    Relation,
    Rows,
    Share,
    Unanswerable,
    Within,
)

_OF_TIME = frozenset({"earliest", "latest"})
_OF_SETS = Rows | Count | Share | Exists | Group | Aggregate

_TOLD = frozenset(
    {Category.WORD, Category.TOPIC, Category.VALUE, Category.SECTION, Category.PLACE,
     Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.LISTING, Category.COMPANY,
     Category.LACKING, Category.MEASURE, Category.DOCUMENT}
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


def filtered(candidate: Candidate, reading: Reading) -> Candidate:
    """Return a candidate; a set that words not understood narrow is told to be beyond the lists."""
    query = candidate.query
    if query.relation is not Relation.COMPANIES or not isinstance(query.ask, _OF_SETS):
        return candidate
    words = unread(candidate, reading.spans)
    if words and query.where == EVERYTHING and not _all_wanted(reading):
        about = About(reading.text.written, unlinked=words)
        return replace(candidate, query=replace(query, where=about), explained=_everything(reading))
    left = [leaf for leaf in reading.descriptions if _left_out(leaf, candidate, reading)]
    if not left:
        return candidate
    ask = Unanswerable(Reason.LACKING_FIELD, tuple(_stretch(one, reading) for one in left))
    used = candidate.explained.union(*(one.used for one in left))
    return replace(candidate, query=replace(query, ask=ask), explained=used, rule="unfiltered")


def _all_wanted(reading: Reading) -> bool:
    """Return whether companies as such are asked for, or one by name, whatever else is said."""
    return bool(
        reading.of(Category.NOUN, Category.COMPANY) or reading.asks("all", "wanted", "here", "each")
    )


def _everything(reading: Reading) -> frozenset[int]:
    return frozenset(range(len(reading.spans)))


def _left_out(leaf: Leaf, candidate: Candidate, reading: Reading) -> bool:
    """Return whether a run of unlinked words narrows a set that a candidate leaves as wide."""
    spans = reading.spans
    if leaf.used & candidate.explained or not narrows(spans, leaf) or _cleft(spans, leaf):
        return False
    if _says_again(spans[leaf.at].text, candidate.query.where):
        return False
    if any(one.telling and one.start <= leaf.at < one.end for one in reading.clauses):
        return False
    return sum(len(spans[at].text) for at in leaf.used) > 1


def _cleft(spans: Sequence[Span], leaf: Leaf) -> bool:
    """Return whether a run only says again who is asked for: 谁是吃这碗饭的."""
    asked = leaf.at > 1 and spans[leaf.at - 2].category is Category.ASK
    return asked and spans[leaf.at - 1].text == "是"


def _says_again(word: str, where: Predicate) -> bool:
    """Return whether a word says once more what a condition on the founding says: 老牌, 元老级."""
    old = tuple(one for one, kind in load_vocabulary().adjectives.items() if kind in _OF_TIME)
    return word.startswith(old) and any(
        isinstance(one, Within) and one.field == "founded" for one in conjuncts(where)
    )


def _stretch(leaf: Leaf, reading: Reading) -> str:
    """Return a run as it was written, with the grammar words up to 的: 适合毕业生去."""
    spans, end = reading.spans, leaf.last
    while (
        end + 1 < len(spans)
        and spans[end + 1].category is Category.GRAMMAR
        and spans[end + 1].text != "的"
        and spans[end].end == spans[end + 1].start
    ):
        end += 1
    return reading.text.written[spans[leaf.at].start : spans[end].end]


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
