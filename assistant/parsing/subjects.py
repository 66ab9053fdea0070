"""Companies that nobody knows, and what is asked of companies that no column tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.companies import IDENTIFYING
from assistant.parsing.focus import demands
from assistant.parsing.measures import Unit
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span, pauses
from assistant.predicates import conjunction
from assistant.query import Named, Predicate, Query, Reason, Unanswerable
from index.regex import regex

_OF_RULES = ("rules_all", "rules_word", "verdict")
# A code of shares.
_CODE = regex(r"\d{5,6}")
# What a name is made of, besides words that nothing links.
_NAME = frozenset({Category.WORD, Category.TOPIC, Category.PLACE, Category.DISTRICT})
_SAID = frozenset({Category.FIELD, Category.LACKING, Category.LISTING, Category.EXCHANGE,
                   Category.BATCH})  # fmt: skip
_MEMBERSHIP = ("member", "yesno", "here", "exists")
# Parts of speech of what may be a name or a thing, by their first letters.
_NOMINAL = ("n", "x", "eng", "j", "l", "i", "vn", "an", "z", "g", "s", "f")
_BEGINNING = frozenset("中大小新老东西南北上")
_GENERAL = ("公司", "企业", "单位", "机构", "厂", "companies", "company")
# Parts of speech of proper names.
_PROPER = ("nr", "nt", "nz")
# A thing asked for is named in so many words at most.
_MOST = 4


def nominal(span: Span) -> bool:
    """Return whether a span is a word that nothing links and that may name a thing."""
    return span.category is Category.WORD and str(span.value).startswith(_NOMINAL)


def unknown_name(reading: Reading) -> Iterator[Candidate]:
    """Yield that a company is named which nobody knows: 华为是第几批认定的."""
    if reading.companies or reading.of(Category.REPRESENTATIVE):
        return
    if (relation := _related_to(reading)) is not None:
        query = Query(Unanswerable(Reason.UNKNOWN_NAME, (reading.spans[relation].text,)))
        yield Candidate(query, frozenset(range(len(reading.spans))), "unknown")
        return
    said = _saying(reading)
    subject = _subject(reading, said) if said is not None else None
    subject = subject or _whether_in(reading)
    if subject is None:
        return
    start, end = subject
    spans = reading.spans
    if any(spans[at].category is Category.WORD and not nominal(spans[at])
           for at in range((said or end) + 1, len(spans))):  # fmt: skip
        return
    name = reading.text.written[spans[start].start : spans[end].end]
    rest = frozenset(
        at for at in range(end + 1, len(spans))
        if spans[at].category is not Category.WORD
    )  # fmt: skip
    query = Query(Unanswerable(Reason.UNKNOWN_NAME, (name,)))
    yield Candidate(query, frozenset(range(start, end + 1)) | rest, "unknown")


def _whether_in(reading: Reading) -> tuple[int, int] | None:
    """Return the stretch, whatever its words are, of which is asked whether it is in a list."""
    asked = reading.asks("member")
    spans = reading.spans
    if not asked or not reading.asks("yesno") or not asked[0]:
        return None
    start = asked[0]
    while (
        start
        and _beside(reading, start - 1)
        and (spans[start - 1].category is Category.WORD or spans[start - 1].rule.startswith("tag."))
    ):
        start -= 1
    whole = start < asked[0] and all(one.category is Category.GRAMMAR for one in spans[:start])
    return (start, asked[0] - 1) if whole and len(spans[start].text) > 1 else None


def unknown_code(reading: Reading) -> Iterator[Candidate]:
    """Yield that a code is asked about that no company has: 688127 是哪家."""
    codes = [at for at, one in enumerate(reading.spans)
             if one.rule in ("tag.m", "word") and _CODE.fullmatch(one.text)]  # fmt: skip
    if not codes or reading.companies or reading.conditions:
        return
    query = Query(Unanswerable(Reason.UNKNOWN_NAME, (reading.spans[codes[0]].text,)))
    yield Candidate(query, frozenset(range(len(reading.spans))), "unknown.code")


def unknown_market(reading: Reading) -> Iterator[Candidate]:
    """Yield that a market is asked for which no list names: 在伦交所上市的."""
    spans = reading.spans
    if reading.of(Category.EXCHANGE):
        return
    for at in reading.of(Category.LISTING):
        if at > 1 and nominal(spans[at - 1]) and spans[at - 2].text in ("在", "于"):
            query = Query(Unanswerable(Reason.UNKNOWN_NAME, (spans[at - 1].text,)))
            yield Candidate(query, frozenset(range(len(spans))), "unknown.market")


def _related_to(reading: Reading) -> int | None:
    """Return the index of a proper name whose partners are asked for: 比亚迪的供应商."""
    spans = reading.spans
    for at in range(len(spans) - 2):
        proper = spans[at].category is Category.WORD and str(spans[at].value).startswith(_PROPER)
        noun = spans[at + 2]
        partner = noun.category is Category.NOUN and not noun.text.startswith(_GENERAL)
        alone = all(one.category is Category.GRAMMAR for one in spans[:at])
        if proper and alone and spans[at + 1].text == "的" and partner:
            return at
    return None


def _saying(reading: Reading) -> int | None:
    """Return the index of the first span that says something of a subject, if it has a say."""
    others = ("which", "wanted", "statistics_domains", "each", "own", "share")
    ruled = reading.asks(*others, *_OF_RULES) or reading.of(Category.REQUIREMENT)
    if ruled or demands(reading):
        return None
    known = any(w.key == "headcount" for _, w in reading.fields) or reading.of(Category.LACKING)
    how_much = all(reading.spans[at].text in ("多少", "有多少") for at in reading.asks("count"))
    if reading.asks("count") and not (known or (reading.fields and how_much)):
        return None
    asked = reading.of(Category.FIELD, Category.LACKING) or reading.asks(*_MEMBERSHIP)
    negated = bool(reading.of(Category.NOT)) and bool(reading.of(Category.NOUN, Category.LIST))
    if not asked and not negated:
        return None
    for at, one in enumerate(reading.spans):
        if one.category in _SAID or (one.category is Category.ASK and one.value in _MEMBERSHIP):
            return at
        if one.category in (Category.NOUN, Category.LIST) and (negated or reading.asks("member")):
            return at
    return None


def _subject(reading: Reading, said: int) -> tuple[int, int] | None:
    """Return the first and last index of the name that stands before what is said of it."""
    spans = reading.spans
    start = next((at for at in range(said) if spans[at].category in _NAME), None)
    if start is None:
        return None
    end = start
    while end + 1 < said and spans[end + 1].category in _NAME and _beside(reading, end):
        end += 1
    words = [one for one in spans[start : end + 1] if one.category is Category.WORD]
    of_place = spans[start].category is Category.PLACE
    if of_place and spans[said].category is Category.FIELD and spans[said].value.unit:
        return None
    between = spans[end + 1 : said]
    verbs = [
        one for one in words
        if not nominal(one) and len(words) > 1 and (of_place or len(one.text) > 1)
    ]  # fmt: skip
    if not any(nominal(one) and len(one.text) > 1 for one in words) or verbs:
        return None
    if any(one.category in (Category.NOUN, Category.DOING, Category.TOPIC) for one in between):
        return None
    if any(one.category is not Category.GRAMMAR for one in spans[:start]):
        return None
    if start and spans[start - 1].text in _BEGINNING and _beside(reading, start - 1):
        start -= 1
    return start, end


def _beside(reading: Reading, at: int) -> bool:
    return reading.spans[at].end == reading.spans[at + 1].start


def lacking_field(reading: Reading) -> Iterator[Candidate]:
    """Yield that a field is asked for which no column carries."""
    telling = {at for c in reading.clauses if c.telling for at in range(c.start, c.end)}
    lacking = [at for at in reading.of(Category.LACKING) if at not in telling]
    ruled = reading.asks(*_OF_RULES) or reading.of(Category.REQUIREMENT)
    if not lacking or (not reading.companies and (ruled or demands(reading))):
        return
    if not (reading.companies or reading.conditions or reading.asks("which", "wanted", "count")
            or reading.of(Category.NOUN, Category.POINTER, Category.ORDER)):  # fmt: skip
        return
    words = tuple(dict.fromkeys(reading.spans[at].text for at in lacking))
    where, used = reading.where(described=False)
    named = frozenset(at for leaf in reading.companies for at in leaf.used)
    around = frozenset(at for at in reading.of(Category.WORD) if at < lacking[0] or named)
    generic = frozenset(at for at, word in reading.fields if word.key == "name")
    explained = used | named | around | frozenset(lacking) | generic | _asking(reading)
    explained |= _ranking(reading)
    query = Query(
        Unanswerable(Reason.LACKING_FIELD, words), conjunction((_companies(reading), where))
    )
    yield Candidate(query, explained, "lacking")


def _ranking(reading: Reading) -> frozenset[int]:
    """Return the words of an order in which companies are wanted: 市占率最高的三家."""
    orders = reading.of(Category.ORDER)
    counted = [
        at for at in reading.of(Category.MEASURE)
        if reading.spans[at].value.bare and reading.spans[at].value.unit is Unit.COUNT
    ]  # fmt: skip
    wanted = counted or reading.of(Category.NOUN, Category.LIMIT) or reading.asks("which")
    return frozenset((*orders, *counted, *reading.of(Category.LIMIT))) if wanted else frozenset()


def lacking_by_place(reading: Reading) -> Iterator[Candidate]:
    """Yield that something is asked of companies that no column is about: 大疆的供应商有哪些."""
    generic = frozenset(at for at, word in reading.fields if word.key == "name")
    if (other := _other_field(reading)) is not None:
        yield _lacking_other(reading, *other)
    if any(at not in generic for at, _ in reading.fields):
        return
    if len(reading.companies) > 1 and reading.asks("compare", "difference"):
        return
    things = _of_company(reading) if reading.companies else _of_set(reading) or _owned(reading)
    if not things:
        return
    start, end = reading.spans[things[0]].start, reading.spans[things[-1]].end
    name = reading.text.written[start:end]
    where, used = reading.where(described=False)
    named = frozenset(at for leaf in reading.companies for at in leaf.used)
    nouns = frozenset() if reading.companies else frozenset(reading.of(Category.POINTER))
    explained = used | named | nouns | frozenset(range(things[0], things[-1] + 1)) | generic
    query = Query(
        Unanswerable(Reason.LACKING_FIELD, (name,)), conjunction((_companies(reading), where))
    )
    yield Candidate(query, explained | _asking(reading), "lacking.place")


def _other_field(reading: Reading) -> tuple[int, int] | None:
    """Return the first and last span of a field and an unread noun that make another: 员工年龄."""
    if not reading.companies or reading.asks("compare", "difference", "which"):
        return None
    spans = reading.spans
    for at, word in reading.fields:
        end = at + 1
        while end < len(spans) and spans[end].value == "mean" and _beside(reading, end - 1):
            end += 1
        if word.asks or word.unit or end >= len(spans):
            continue
        if nominal(spans[end]) and len(spans[end].text) > 1 and _beside(reading, end - 1):
            first = at + 1 if end > at + 1 else at
            return first, end
    return None


def _lacking_other(reading: Reading, first: int, last: int) -> Candidate:
    """Return that a field is asked for that no column carries."""
    spans = reading.spans
    name = reading.text.written[spans[first].start : spans[last].end]
    named = frozenset(at for leaf in reading.companies for at in leaf.used)
    fields = frozenset(at for at, _ in reading.fields)
    query = Query(Unanswerable(Reason.LACKING_FIELD, (name,)), _companies(reading))
    used = named | fields | frozenset(range(first, last + 1)) | _asking(reading)
    return Candidate(query, used, "lacking.place")


def _companies(reading: Reading) -> Predicate:
    ids = tuple(i for leaf in reading.companies for i in getattr(leaf.predicate, "ids", ()))
    return Named(tuple(dict.fromkeys(ids))) if ids else conjunction(())


def _asking(reading: Reading) -> frozenset[int]:
    return frozenset(
        reading.asks("which", "count", "yesno", "exists", "wanted", "profile", "mean", "all")
    ) | frozenset(reading.of(Category.DOING))


def _of_company(reading: Reading) -> Sequence[int]:
    """Return the words after a company's name that say what is asked of it."""
    spans = reading.spans
    last = max(leaf.last for leaf in reading.companies)
    if spans[last].rule in IDENTIFYING and reading.asks("which"):
        return []
    after = spans[last + 1 : last + 3]
    relation = len(after) > 1 and after[0].text == "的" and after[1].category is Category.NOUN
    if relation and not after[1].text.startswith(_GENERAL):
        return [last + 2]
    words = [at for at in reading.of(Category.WORD) if at > last]
    asked = reading.asks("which", "count", "yesno", "exists", "mean", "wanted", "profile")
    named = any(word.key == "name" for _, word in reading.fields)
    ends = bool(words) and words[-1] == len(spans) - 1
    of = bool(after) and after[0].text in ("的", "有", "有多少")
    if not words or len(words) > _MOST or not (asked or named or ends or of):
        return []
    things = [at for at in words if nominal(spans[at])]
    if not things and not reading.asks("yesno", "count"):
        return []
    if pauses(reading.text.folded, spans[last].end, spans[words[0]].start):
        return []
    return [
        at for at in words
        if not pauses(reading.text.folded, spans[words[0]].start, spans[at].start)
    ]  # fmt: skip


def _of_set(reading: Reading) -> Sequence[int]:
    """Return the words right before 多少 that say what is asked of a set: 这几家市值多少."""
    spans = reading.spans
    if not (reading.conditions or reading.of(Category.POINTER)):
        return []
    for at in reading.asks("count"):
        before = at - 1
        while before > 0 and spans[before].text in ("是", "有", "为", "大概", "大约"):
            before -= 1
        if spans[at].text in ("多少", "有多少") and nominal(spans[before]):
            return [before]
    return []


def _owned(reading: Reading) -> Sequence[int]:
    """Return the unlinked nouns after 企业的 that end a question: 北京企业的法人代表."""
    spans = reading.spans
    last = len(spans)
    while last and spans[last - 1].category in (Category.GRAMMAR, Category.ASK):
        last -= 1
    start = last
    while start and nominal(spans[start - 1]):
        start -= 1
    of = start > 1 and spans[start - 1].text == "的" and spans[start - 2].category is Category.NOUN
    return range(start, last) if of and last - start in (1, 2) else []
