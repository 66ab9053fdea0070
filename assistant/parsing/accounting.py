"""What becomes of every content word: part of the query, grammar, or told as not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Named, Query, Reason, Unanswerable

_TOLD = frozenset(
    {Category.WORD, Category.TOPIC, Category.VALUE, Category.SECTION, Category.PLACE,
     Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.LISTING, Category.COMPANY,
     Category.LACKING, Category.MEASURE}
)  # fmt: skip

# A field is named in so many words at most.
_MOST = 3


def unread(candidate: Candidate, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the content words that a candidate makes no use of, in the question's order."""
    return tuple(
        dict.fromkeys(
            span.text
            for at, span in enumerate(spans)
            if at not in candidate.explained
            and span.category in _TOLD
            and len(span.text) > 1
            and not (span.category is Category.MEASURE and span.value.bare)
        )
    )


def lacking_field(reading: Reading) -> Iterator[Candidate]:
    """Yield that a field is asked for which no column carries."""
    lacking = reading.of(Category.LACKING)
    if not lacking:
        return
    words = tuple(dict.fromkeys(reading.spans[at].text for at in lacking))
    where, used = reading.where(described=False)
    named = frozenset(at for leaf in reading.companies for at in leaf.used)
    owners = frozenset(at for at in reading.of(Category.WORD) if at < lacking[0])
    asks = frozenset(reading.asks("which", "count", "yesno"))
    explained = used | named | owners | frozenset(lacking) | asks
    yield Candidate(Query(Unanswerable(Reason.LACKING_FIELD, words), where), explained, "lacking")


def lacking_by_place(reading: Reading) -> Iterator[Candidate]:
    """Yield that something is asked of a company that no column is about: 大疆的供应商有哪些."""
    if not reading.companies or reading.fields or reading.conditions:
        return
    last = max(leaf.last for leaf in reading.companies)
    words = [at for at in reading.of(Category.WORD) if at > last]
    nouns = [at for at in words if str(reading.spans[at].value).startswith(("n", "vn", "l", "j"))]
    of = last + 1 < len(reading.spans) and reading.spans[last + 1].text in ("的", "有", "有多少")
    if not nouns or len(words) > _MOST or not (of or reading.asks("which", "count")):
        return
    start, end = reading.spans[words[0]].start, reading.spans[words[-1]].end
    name = reading.text.written[start:end]
    ids = tuple(i for leaf in reading.companies for i in getattr(leaf.predicate, "ids", ()))
    named = frozenset(at for leaf in reading.companies for at in leaf.used)
    asks = frozenset(reading.asks("which", "count", "yesno", "wanted", "profile"))
    query = Query(Unanswerable(Reason.LACKING_FIELD, (name,)), Named(ids))
    yield Candidate(query, named | frozenset(words) | asks, "lacking.place")


def unknown_name(reading: Reading) -> Iterator[Candidate]:
    """Yield that a company is named which nobody knows: 华为是第几批认定的."""
    if reading.companies:
        return
    member = reading.asks("member")
    asks = [at for at, w in reading.fields if not w.unit] or member
    if not asks or reading.asks("which", "wanted", "count"):
        return
    words = [at for at in reading.of(Category.WORD) if at < asks[0]]
    if not words or reading.of(Category.NOUN, Category.TOPIC):
        return
    name = reading.text.written[reading.spans[words[0]].start : reading.spans[words[-1]].end]
    explained = (
        frozenset(words)
        | frozenset(at for at, _ in reading.fields)
        | frozenset(member)
        | frozenset(reading.asks("yesno"))
    )
    yield Candidate(Query(Unanswerable(Reason.UNKNOWN_NAME, (name,))), explained, "unknown")


def missing_list(reading: Reading) -> Iterator[Candidate]:
    """Yield that a kind of list is asked for which no source is."""
    missing = reading.of(Category.MISSING)
    if not missing:
        return
    words = tuple(dict.fromkeys(str(reading.spans[at].value) for at in missing))
    where, used = reading.where(described=False)
    asks = frozenset(reading.asks("which", "wanted", "count", "here", "yesno", "exists"))
    query = Query(Unanswerable(Reason.LACKING_LIST, words), where)
    yield Candidate(query, used | frozenset(missing) | asks, "missing")


def field_of_nobody(reading: Reading) -> Iterator[Candidate]:
    """Yield that a field is asked for and nobody is named: 哪年成立的."""
    keys = tuple(dict.fromkeys(word.key for _, word in reading.fields))
    if not keys or reading.companies or reading.asks("which", "count"):
        return
    explained = frozenset(at for at, _ in reading.fields) | frozenset(
        reading.of(Category.POINTER, Category.EDIT)
    )
    query = Query(Unanswerable(Reason.NO_COMPANY, fields=keys))
    yield Candidate(query, explained, "nobody")
