"""Names that nobody knows: companies, codes and markets."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.parsing.candidates import Candidate
from assistant.parsing.focus import demands
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Query, Reason, Unanswerable
from index.regex import regex

OF_RULES = ("rules_all", "rules_word", "verdict")
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
GENERAL = ("公司", "企业", "单位", "机构", "厂", "companies", "company")
# Parts of speech of proper names.
_PROPER = ("nr", "nt", "nz")


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
    # 大北农是哪年成立的 is cut as 大北|农是.
    name = name.rstrip("是的在有") or name
    rest = frozenset(
        at for at in range(end + 1, len(spans))
        if spans[at].category is not Category.WORD
    )  # fmt: skip
    placed = frozenset(at for at in range(start) if spans[at].category is Category.PLACE)
    query = Query(Unanswerable(Reason.UNKNOWN_NAME, (name,)))
    yield Candidate(query, frozenset(range(start, end + 1)) | rest | placed, "unknown")


def _whether_in(reading: Reading) -> tuple[int, int] | None:
    """Return the stretch, whatever its words are, of which is asked whether it is in a list."""
    asked = reading.asks("member")
    spans = reading.spans
    if not asked or not asked[0]:
        return None
    if not reading.asks("yesno") and not spans[asked[0]].text.endswith(("没有", "没", "吗")):
        return None
    start = asked[0]
    while (
        start
        and beside(reading, start - 1)
        and (spans[start - 1].category is Category.WORD or spans[start - 1].rule.startswith("tag."))
    ):
        start -= 1
    before = (Category.GRAMMAR, Category.PLACE)
    whole = start < asked[0] and all(one.category in before for one in spans[:start])
    long = whole and spans[asked[0] - 1].end - spans[start].start > 1
    return (start, asked[0] - 1) if long else None


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
        start = end = at
        while start and beside(reading, start - 1) and _of_market(spans[start - 1]):
            start -= 1
        words = [one for one in spans[start:end] if one.category is Category.WORD]
        if start and spans[start - 1].text in ("在", "于") and any(map(nominal, words)):
            name = reading.text.written[spans[start].start : spans[end].start]
            query = Query(Unanswerable(Reason.UNKNOWN_NAME, (name,)))
            yield Candidate(query, frozenset(range(len(spans))), "unknown.market")


def _of_market(span: Span) -> bool:
    """Return whether a span may belong to the name of a market: 伦敦证券交易所."""
    market = span.category is Category.FIELD and span.value.key == "exchange"
    return market or span.category is Category.WORD


def _related_to(reading: Reading) -> int | None:
    """Return the index of a proper name whose partners are asked for: 比亚迪的供应商."""
    spans = reading.spans
    for at in range(len(spans) - 2):
        proper = spans[at].category is Category.WORD and str(spans[at].value).startswith(_PROPER)
        noun = spans[at + 2]
        partner = noun.category is Category.NOUN and not noun.text.startswith(GENERAL)
        alone = all(one.category is Category.GRAMMAR for one in spans[:at])
        if proper and alone and spans[at + 1].text == "的" and partner:
            return at
    return None


def _saying(reading: Reading) -> int | None:
    """Return the index of the first span that says something of a subject, if it has a say."""
    others = ("which", "wanted", "statistics_domains", "each", "own", "share")
    ruled = reading.asks(*others, *OF_RULES) or reading.of(Category.REQUIREMENT)
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
    while end + 1 < said and spans[end + 1].category in _NAME and beside(reading, end):
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
    if start and spans[start - 1].text in _BEGINNING and beside(reading, start - 1):
        start -= 1
    return start, end


def beside(reading: Reading, at: int) -> bool:
    """Return whether nothing stands between a span and the next, not even a space."""
    return reading.spans[at].end == reading.spans[at + 1].start
