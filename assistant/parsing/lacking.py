"""What is asked of companies that no column tells: 大疆的供应商有哪些, 毛利率最高的企业."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.companies import IDENTIFYING
from assistant.parsing.focus import demands
from assistant.parsing.measures import Unit
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, pauses
from assistant.parsing.subjects import GENERAL, OF_RULES, beside, nominal
from assistant.parsing.topics import Depth
from assistant.parsing.vocabulary import load_vocabulary
from assistant.predicates import conjunction
from assistant.query import Named, Predicate, Query, Reason, Unanswerable

# Words by which is sorted.
_BY = frozenset({"按", "依", "按照", "以"})
# Fields whose values are words, by which nothing can be put in order.
_WORDED = frozenset({"technology", "product", "position", "domain", "website"})
_MOST_OF = frozenset({"最", "最为", "更", "更加"})
# Units of what may be told of a company by a field of any name.
_FIGURES = frozenset({Unit.PLAIN, Unit.COUNT, Unit.PERCENT, Unit.MONEY, Unit.ITEMS})
# A thing asked for is named in so many words at most.
_MOST = 4


def lacking_field(reading: Reading) -> Iterator[Candidate]:
    """Yield that a field is asked for which no column carries."""
    telling = {at for c in reading.clauses if c.telling for at in range(c.start, c.end)}
    lacking = [at for at in reading.of(Category.LACKING) if at not in telling]
    if reading.of(Category.LIMIT, Category.ORDER):
        # 前五的城市排个名次 asks for the order itself.
        places = load_vocabulary().columns["排名"]
        lacking = [at for at in lacking if reading.spans[at].text not in places]
    ruled = reading.asks(*OF_RULES) or reading.of(Category.REQUIREMENT)
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
    bounds = (at + 1 for at in lacking if at + 1 in reading.of(Category.MEASURE))
    explained |= _ranking(reading) | frozenset(bounds)
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


def lacking_measure(reading: Reading) -> Iterator[Candidate]:
    """Yield that companies are put in order, or bounded, by what no column tells: 毛利率最高的."""
    spans = reading.spans
    for at in reading.of(Category.ORDER, Category.MEASURE, Category.WORD):
        start, end = _superlative(reading, at) or _measured(reading, at)
        if start == end or _told_otherwise(reading, at):
            continue
        inside = frozenset((*range(start, end), at))
        name = reading.text.written[spans[start].start : spans[end - 1].end]
        where, used = reading.where(without=inside, depth=Depth.LINKED)
        explained = used | inside | _asking(reading) | frozenset(reading.asks("each"))
        query = Query(Unanswerable(Reason.LACKING_FIELD, (name,)), where)
        yield Candidate(query, explained, "lacking.measure")


def _superlative(reading: Reading, at: int) -> tuple[int, int] | None:
    """Return the stretch of a superlative that orders by nothing known: 技术最强, 最赚钱."""
    spans = reading.spans
    if at == 0 or not beside(reading, at - 1):
        return None
    if spans[at].category is Category.ORDER:
        worded = spans[at - 1].category is Category.FIELD and spans[at - 1].value.key in _WORDED
        return (at - 1, at + 1) if worded and spans[at].value.degree != "sort" else None
    most = spans[at - 1].text in _MOST_OF
    if spans[at].category is not Category.WORD or not most:
        return None
    before = spans[at - 2] if at > 1 else None
    what = before is not None and before.category in (Category.FIELD, Category.WORD)
    return (at - 2 if what and beside(reading, at - 2) else at - 1), at + 1


def _measured(reading: Reading, at: int) -> tuple[int, int]:
    """Return the first and last index of the unread words by which is ordered or bounded."""
    spans, one = reading.spans, reading.spans[at]
    if one.category is Category.WORD:
        return at, at
    if one.category is Category.ORDER and one.value.degree == "sort":
        by = next((i for i in reading.asks("each") if spans[i].text in _BY and i < at), None)
        start = at if by is None else by + 1
        end = next((i for i in range(start, at) if spans[i].category is not Category.WORD), at)
    else:
        start = end = at
        while start and spans[start - 1].category is Category.WORD and beside(reading, start - 1):
            start -= 1
    content = sum(len(two.text) for two in spans[start:end])
    before = spans[start - 1] if start else None
    # 创立年份最早, 员工规模标到5000: what stands before says of what.
    told = (
        before is not None
        and beside(reading, start - 1)
        and (before.category in (Category.TOPIC, Category.FIELD) or before.rule == "grammar.being")
    )
    return (start, end) if content > 1 and not told else (at, at)


def _told_otherwise(reading: Reading, at: int) -> bool:
    """Return whether a number is no bound on a figure of companies, or is told of the asker."""
    one = reading.spans[at]
    sought = reading.of(Category.NOUN) or reading.asks("which", "wanted", "count", "exists")
    if reading.companies or not sought or reading.asks("own", *OF_RULES):
        return True
    return one.category is Category.MEASURE and (one.value.bare or one.value.unit not in _FIGURES)


def _other_field(reading: Reading) -> tuple[int, int] | None:
    """Return the first and last span of a field and an unread noun that make another: 员工年龄."""
    if not reading.companies or reading.asks("compare", "difference", "which"):
        return None
    spans = reading.spans
    for at, word in reading.fields:
        end = at + 1
        while end < len(spans) and spans[end].value == "mean" and beside(reading, end - 1):
            end += 1
        if word.asks or word.unit or end >= len(spans):
            continue
        if nominal(spans[end]) and len(spans[end].text) > 1 and beside(reading, end - 1):
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
    if relation and not after[1].text.startswith(GENERAL):
        return [last + 2]
    words = [at for at in reading.of(Category.WORD) if at > last]
    asked = reading.asks("which", "count", "yesno", "exists", "mean", "wanted", "profile")
    named = any(word.key == "name" for _, word in reading.fields)
    ends = bool(words) and words[-1] == len(spans) - 1
    of = bool(after) and after[0].text in ("的", "有", "有多少")
    if not words or len(words) > _MOST or not (asked or named or ends or of):
        return []
    things = [at for at in words if nominal(spans[at])]
    if not things and not (of and ends) and not reading.asks("yesno", "count"):
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
    """Return the unlinked nouns after 企业 that end a question: 北京企业的法人代表."""
    spans = reading.spans
    last = len(spans)
    while last and spans[last - 1].category in (Category.GRAMMAR, Category.ASK):
        last -= 1
    start = last
    while start and nominal(spans[start - 1]):
        start -= 1
    owner = start - 2 if start > 1 and spans[start - 1].text == "的" else start - 1
    owned = owner >= 0 and spans[owner].category is Category.NOUN
    # Without 的 only a plain noun is had: 北京企业毛利率.
    plain = owner == start - 2 or all(
        str(one.value).startswith(("n", "vn")) and len(one.text) > 1 for one in spans[start:last]
    )
    return range(start, last) if owned and plain and last - start in (1, 2) else []
