"""Sets told by their relation to one company: 和士兰微在同一个交易所上市的, 员工比旷视多的."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.focus import demands
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.subjects import nominal
from assistant.parsing.vocabulary import load_vocabulary
from assistant.predicates import conjunction
from assistant.query import (
    Beyond,
    Count,
    Named,
    Predicate,
    Query,
    Reason,
    Rows,
    Same,
    Unanswerable,
)
from index.regex import regex

_LIKE = r"(?:同一?个?|一个|一(?=[批年])|相同的?|一样的?)"
_SAME = regex(
    rf"(?:跟|和|与|同)?\x00(?:公司|企业)?(?:在|是|位于|属于|都|也)*{_LIKE}(?P<unit>[\u4e00-\u9fff]{{1,4}})"
    r"|(?:跟|和|与|同)\x00(?:的)?(?:在|是)?(?P<what>[\u4e00-\u9fff]{2,6}?)(?:一样|相同|一致)"
)
_ALSO = regex(r"[、,，和且又]*(?:在|是)?同一?个?(?P<unit>[\u4e00-\u9fff]{1,2})")
# What may be had in common, besides the units of fields.
_UNITS = (
    ("交易所", "exchange"), ("板块", "exchange"), ("板", "exchange"), ("地方上市", "exchange"),
    ("上市地", "exchange"),
    ("城市", "city"), ("城", "city"), ("市", "city"), ("地", "city"), ("省", "province"),
    ("区", "district"), ("园区", "district"), ("批", "batch"), ("年", "founded"), ("岁", "founded"),
    ("龄", "founded"), ("领域", "domain"), ("行业", "domain"), ("行", "domain"),
    ("赛道", "domain"), ("类", "domain"),
)  # fmt: skip
# Likeness to a company: of its field, or of what is named. 跟汇顶做同类产品的, 像宇树这样的公司.
_RIVAL = r"竞争对手|对手|竞争者|竞品|同行|友商|同类"
_ALIKE = regex(
    r"(?:(?:跟|和|与|同|像)\x00(?:公司|企业)?[^,，。?？\x00]{0,5}?"
    rf"(?:类似|相似|相近|相仿|同类型?|差不多|一样|相同|这样|那样|这种|那种|竞争|同台|{_RIVAL})"
    rf"|\x00(?:公司|企业)?(?:的|都?有)?(?:几个|几家|多少家?|哪些|什么|主要|直接|国内|潜在)*(?:{_RIVAL})"
    r"|\x00(?:公司|企业)?(?:一样|这样|那样|这种|那种|这类|那类)的"
    r"|类似于?\x00(?:公司|企业)?(?:这样|那样)?)"
    r"(?:关系)?(?:的|是|有)*(?P<what>[\u4e00-\u9fff]{2})?"
)
_LIKENESS = {"产品": "product", "东西": "product", "技术": "technology"}
_MORE = "早|晚|多|少|大|小|高|低|老|年轻|新"
_BEYOND = regex(
    rf"比\x00(?P<what>[^,，。]{{0,6}}?)(?:更|还|要|得|的)*(?P<w>{_MORE})"
    r"|(?:成立|创立|员工|人员)?(?:时间|年份|人数|规模|数量?)?"
    r"(?P<before>早于|先于|晚于|迟于|多于|大于|少于|小于|超过)\x00"
    r"|\x00(?:成立)?(?P<time>之前|以前|之后|以后)(?:就)?成立"
)
_ABOVE = frozenset("晚多大高新") | {"年轻", "晚于", "迟于", "多于", "大于", "超过", "之后", "以后"}
_TIMES = frozenset("早晚老新") | {
    "年轻", "早于", "先于", "晚于", "迟于", "之前", "以前", "之后", "以后"
}  # fmt: skip
_NUMBERS = frozenset({"headcount", "founded"})
_PEOPLE = ("员工", "人", "规模")
# A relation to a name that stands for itself: what lies between is no company of any list.
_TO_NAME = regex(
    rf"(?:比(?P<one>[^,，。的]{{2,12}}?)(?:更|还|要)?(?:{_MORE})"
    rf"|(?:跟|和|与)(?P<two>[^,，。的]{{2,12}}?)(?:在|是|位于|属于)?同一?个?[\u4e00-\u9fff])"
)
_NOT_NAMES = frozenset(
    {Category.COMPANY, Category.PLACE, Category.DISTRICT, Category.MEASURE, Category.BATCH,
     Category.LISTING, Category.EXCHANGE, Category.POINTER, Category.ASK, Category.LIMIT,
     Category.NOUN, Category.LIST, Category.REPRESENTATIVE}
)  # fmt: skip


def of_relations(reading: Reading) -> Iterator[Candidate]:
    """Yield the sets that a reading tells by their relation to a company."""
    for leaf in reading.companies:
        ids: tuple[str, ...] = getattr(leaf.predicate, "ids", ())
        if len(ids) != 1:
            continue
        relation = _same(reading, leaf, ids[0]) or _beyond(reading, leaf, ids[0])
        if relation is not None:
            yield _related(reading, leaf, *relation, rule="company.relation")
        elif (likeness := _alike(reading, leaf, ids[0])) is not None:
            yield _related(reading, leaf, *likeness, rule="company.alike")
    if not reading.companies:
        yield from _to_nobody(reading)


def _related(
    reading: Reading, leaf: Leaf, predicate: Predicate, start: int, end: int, *, rule: str
) -> Candidate:
    inside = frozenset(
        at for at, one in enumerate(reading.spans) if one.start < end and start < one.end
    )
    rest, used = reading.where(without=inside)
    where = conjunction((predicate, rest))
    count = frozenset(reading.asks("count"))
    asks = frozenset(reading.asks("which", "wanted", "exists", "yesno", "all", "here"))
    fields = tuple(word.key for at, word in reading.fields if at not in inside)
    ask = Count() if count else Rows(fields)
    return Candidate(Query(ask, where), inside | leaf.used | used | asks | count, rule)


def unit_field(text: str) -> tuple[str, str] | None:
    """Return the unit that a text starts with and its field: 城, 板, 一年."""
    units = (*_UNITS, *load_vocabulary().units.items())
    found = [one for one in units if text.startswith(one[0])]
    return max(found, key=lambda one: len(one[0]), default=None)


def _marked(reading: Reading, leaf: Leaf) -> tuple[str, int]:
    """Return the text with the company's name as one character, and how much shorter it is."""
    span = reading.spans[leaf.at]
    folded = reading.text.folded
    return folded[: span.start] + "\0" + folded[span.end :], span.end - span.start - 1


def _label(leaf: Leaf) -> str:
    assert isinstance(leaf.predicate, Named)  # noqa: S101 - companies are named
    return leaf.predicate.label


def _same(reading: Reading, leaf: Leaf, company: str) -> tuple[Predicate, int, int] | None:
    marked, shift = _marked(reading, leaf)
    match = _SAME.search(marked)
    if match is None:
        return None
    if match["unit"]:
        known = unit_field(match["unit"])
    else:
        fields = (w.key for _, w in reading.fields if not w.unit)
        exchange = unit_field(match["what"])
        named = exchange[1] if exchange and len(exchange[0]) > 1 else next(fields, None)
        inside = next((one for one in _UNITS if one[0] in match["what"]), None)
        known = (match["what"], named) if named is not None else inside
    if known is None:
        return None
    word, field = known
    end = (match.start("unit") + len(word) if match["unit"] else match.end()) + shift
    same: list[Predicate] = [Same(field, company, f"和{_label(leaf)}同{word}")]
    for more in _ALSO.finditer(marked, end - shift):
        further = unit_field(more["unit"])
        if further is None:
            break
        same.append(Same(further[1], company, f"同{more['unit']}"))
        end = more.end() + shift
    return conjunction(same), match.start(), end


def _alike(reading: Reading, leaf: Leaf, company: str) -> tuple[Predicate, int, int] | None:
    """Return who is of the same field as a company, or has the same product."""
    marked, shift = _marked(reading, leaf)
    match = _ALIKE.search(marked)
    if match is None or len(reading.companies) > 1:
        return None
    field = _LIKENESS.get(match["what"] or "") or _likened(reading)
    end = match.end() if field else match.end() - len(match["what"] or "")
    label = marked[match.start() : end].replace("\0", _label(leaf))
    return Same(field or "domain", company, label), match.start(), end + shift


def _likened(reading: Reading) -> str | None:
    """Return the number in which one is like another: 员工跟大疆差不多的."""
    return next((word.key for _, word in reading.fields if word.key in _NUMBERS), None)


def _beyond(reading: Reading, leaf: Leaf, company: str) -> tuple[Predicate, int, int] | None:
    marked, shift = _marked(reading, leaf)
    match = _BEYOND.search(marked)
    if match is None or not _asks_for_others(reading):
        return None
    word = match["w"] or match["before"] or match["time"]
    what = match["what"] or ""
    people = any(one in (what + marked[: match.start()]) for one in _PEOPLE)
    field = "founded" if word in _TIMES and not people else "headcount"
    at = min(match.start(), marked.index("\0"))
    label = marked[at : match.end()].replace("\0", _label(leaf))
    before = [w for i, w in enumerate(reading.spans) if w.end == at and _tells(reading, i, field)]
    start = before[0].start if before else at
    return Beyond(field, company, word in _ABOVE, label), start, match.end() + shift


def _tells(reading: Reading, at: int, field: str) -> bool:
    """Return whether a span says by which field is compared: 员工比旷视多."""
    return any(index == at and word.key == field for index, word in reading.fields)


def _asks_for_others(reading: Reading) -> bool:
    """Return whether a set is asked for besides the one company named."""
    return len(reading.companies) == 1 and bool(
        reading.asks("which", "wanted", "count", "exists")
        or reading.of(Category.NOUN)
        or reading.spans[-1].text == "的"
    )


def _to_nobody(reading: Reading) -> Iterator[Candidate]:
    """Yield that a set is told by its relation to a company that nobody knows."""
    match = _TO_NAME.search(reading.text.folded)
    if match is None or demands(reading):
        return
    if not (reading.fields or reading.of(Category.NOUN) or match["two"]):
        return
    start, end = match.span("one" if match["one"] else "two")
    inside = [one for one in reading.spans if one.start < end and start < one.end]
    words = [one for one in inside if one.category is Category.WORD]
    # 占比要达到多少 holds 比 within a word, and a verb is no name.
    within = any(one.start < match.start() < one.end for one in reading.spans)
    if within or not any(map(nominal, words)) or any(one.category in _NOT_NAMES for one in inside):
        return
    query = Query(Unanswerable(Reason.UNKNOWN_NAME, (reading.text.written[start:end],)))
    yield Candidate(query, frozenset(range(len(reading.spans))), "unknown.related")
