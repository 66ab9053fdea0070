"""Questions about companies named: their fields, profiles, membership, comparison, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.predicates import conjunction
from assistant.query import (
    EVERYTHING,
    Beyond,
    Compare,
    Count,
    Lookup,
    Member,
    Named,
    Predicate,
    Query,
    Rows,
    Same,
)

_FEWEST_COMPARED = 2
# Fields of a company that a condition asks about: 敏芯微在科创板上市吗 asks for the listing.
_FIELD_OF = {"exchange": "listing", "province": "city"}

_SAME = re.compile(
    r"(?:跟|和|与|同)?\x00(?:公司|企业)?(?:在|是|位于|属于|都|也)*"
    r"(?:同一?个?|一个|(?=一年)|一|相同的?|一样的?)(?P<unit>[\u4e00-\u9fff]{1,4})"
    r"|(?:跟|和|与|同)\x00(?:的)?(?:在|是)?(?P<what>[\u4e00-\u9fff]{2,6}?)(?:一样|相同|一致)"
)
_ALSO = re.compile(r"[、,，和且又]*(?:在|是)?同一?个?(?P<unit>[\u4e00-\u9fff]{1,2})")
_UNITS = (
    ("交易所", "exchange"), ("板块", "exchange"), ("板", "exchange"), ("地方上市", "exchange"),
    ("城市", "city"), ("城", "city"),
    ("市", "city"), ("地", "city"), ("省", "province"), ("区", "district"), ("园区", "district"),
    ("批", "batch"), ("年", "founded"), ("领域", "domain"), ("行业", "domain"), ("赛道", "domain"),
    ("类", "domain"),
)  # fmt: skip
_BEYOND = re.compile(
    r"比\x00(?P<what>[^,，。]{0,6}?)(?:更|还|要|得|的)*(?P<w>早|晚|多|少|大|小|高|低|老|年轻|新)"
    r"|(?:成立|创立|员工|人员)?(?:时间|年份|人数|规模|数量?)?(?P<before>早于|先于|晚于|迟于|多于|大于|少于|小于|超过)\x00"
    r"|\x00(?:成立)?(?P<time>之前|以前|之后|以后)(?:就)?成立"
)
_ABOVE = frozenset(
    ["晚多大高新", "年轻", "晚于", "迟于", "多于", "大于", "超过", "之后", "以后"]
) | set("晚多大高新")
_TIMES = (
    frozenset(["早晚老新", "年轻", "早于", "先于", "晚于", "迟于"])
    | set("早晚老新")
    | {"之前", "以前", "之后", "以后"}
)


def of_companies(reading: Reading) -> Iterator[Candidate]:
    """Yield what a reading may ask of the companies that it names."""
    named = reading.companies
    if not named:
        return
    yield from _related(reading, named)
    ids = tuple(dict.fromkeys(one for leaf in named for one in _ids(leaf)))
    words = frozenset(at for leaf in named for at in leaf.used)
    where: Predicate = Named(ids, "、".join(_label(leaf) for leaf in named))
    fields, fielded = _fields(reading)
    common = (
        words
        | frozenset(reading.asks("which", "wanted", "profile", "each", "all", "here", "count"))
        | frozenset(reading.of(Category.DOING))
    )
    order, ordering = order_of(reading)
    if order is not None and order.field in ("", "count"):
        order, ordering = (None, frozenset()) if order.field == "" else (order, ordering)
    several = len(named) >= _FEWEST_COMPARED or len(ids) >= _FEWEST_COMPARED
    comparing = reading.asks("compare", "difference") or order is not None
    told, used = reading.where()
    if several and comparing:
        # What is told of all of them narrows none: 两家都做机器人，产品有什么不一样.
        explained = (
            common | fielded | ordering | used
            | frozenset(reading.asks("compare", "difference", "yesno"))
        )  # fmt: skip
        apart = replace(order, limit=None) if order and order.place is None else order
        compared = tuple(one for one in fields if one not in _where_differing(reading))
        yield Candidate(Query(Compare(compared, apart), where), explained, "company.compare")
    yes = frozenset(reading.asks("yesno", "exists", "member"))
    ambiguous = any(len(_ids(leaf)) > 1 for leaf in named)
    if told != EVERYTHING and yes and not several:
        explained = common | used | yes | frozenset(at for at, _ in reading.fields)
        yield Candidate(Query(Member(ids), told), explained, "company.member")
    elif several and told != EVERYTHING and _sorts_out(reading) and not ambiguous:
        both = conjunction((where, told))
        yield Candidate(Query(Rows(fields), both), common | used | fielded, "company.which")
    if ambiguous and told != EVERYTHING:
        narrowed = conjunction((where, told))
        yield Candidate(
            Query(Lookup(fields), narrowed), common | used | fielded | yes, "company.narrowed"
        )
    if reading.asks("member") and not fields:
        yield Candidate(Query(Member(ids), told), common | used | yes, "company.listed")
    asked, leaved = _asked_by_conditions(reading)
    every = tuple(dict.fromkeys((*fields, *asked)))
    yield Candidate(
        Query(Lookup(every), where),
        common | fielded | leaved | frozenset(reading.asks("yesno")),
        "company.lookup",
    )


def _sorts_out(reading: Reading) -> bool:
    """Return whether some of the companies named are sought, not what each of them says."""
    return len(reading.asks("which")) == 1 and not reading.asks("compare", "difference")


def _where_differing(reading: Reading) -> frozenset[str]:
    """Return the fields of words that ask where a difference lies, not where a company is."""
    told = [at for at in reading.asks("compare", "difference") if at + 1 < len(reading.spans)]
    after = (reading.spans[at + 1] for at in told)
    return frozenset(
        one.value.key for one in after if one.category is Category.FIELD and one.value.asks
    )


def _ids(leaf: Leaf) -> tuple[str, ...]:
    assert isinstance(leaf.predicate, Named)  # noqa: S101 - companies are named
    return leaf.predicate.ids


def _label(leaf: Leaf) -> str:
    assert isinstance(leaf.predicate, Named)  # noqa: S101
    return leaf.predicate.label


def _fields(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields asked for; a general noun beside a question of it says the same."""
    told = dict.fromkeys(word.key for _, word in reading.fields if word.key != "name")
    return tuple(told) or reading.keys(), frozenset(at for at, _ in reading.fields)


def _asked_by_conditions(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields that conditions ask about, with the spans that say so."""
    fields: dict[str, None] = {}
    used: set[int] = set()
    for leaf in reading.conditions:
        field = getattr(leaf.predicate, "field", "")
        if field and field not in ("count", "section"):
            fields[_FIELD_OF.get(field, field)] = None
            used |= leaf.used
    return tuple(fields), frozenset(used)


def _related(reading: Reading, named: list[Leaf]) -> Iterator[Candidate]:
    """Yield sets told by their relation to one company: 和士兰微在同一个交易所上市的."""
    for leaf in named:
        if len(_ids(leaf)) != 1:
            continue
        relation = _same(reading, leaf) or _beyond(reading, leaf)
        if relation is None:
            continue
        predicate, start, end = relation
        inside = frozenset(
            at for at, one in enumerate(reading.spans) if one.start < end and start < one.end
        )
        rest, used = reading.where(without=inside)
        where = conjunction((predicate, rest))
        count = frozenset(reading.asks("count"))
        explained = (
            inside
            | leaf.used
            | used
            | frozenset(reading.asks("which", "wanted", "exists", "yesno", "all", "here"))
        )
        ask = (
            Count() if count else Rows(tuple(w.key for at, w in reading.fields if at not in inside))
        )
        yield Candidate(Query(ask, where), explained | count, "company.relation")


def unit_field(text: str) -> tuple[str, str] | None:
    """Return the unit that a text starts with and its field: 城, 板, 一年."""
    return next((one for one in _UNITS if text.startswith(one[0])), None)


def _marked(reading: Reading, leaf: Leaf) -> tuple[str, int]:
    """Return the text with the company's name as one character, and how much shorter it is."""
    span = reading.spans[leaf.at]
    folded = reading.text.folded
    return folded[: span.start] + "\0" + folded[span.end :], span.end - span.start - 1


def _same(reading: Reading, leaf: Leaf) -> tuple[Predicate, int, int] | None:
    marked, shift = _marked(reading, leaf)
    match = _SAME.search(marked)
    if match is None:
        return None
    told = match["unit"] or match["what"]
    known = [
        (word, key)
        for word, key in _UNITS
        if told.startswith(word) or (match["what"] and word in told)
    ]
    named = next((w.key for _, w in reading.fields if match["what"] and not w.unit), None)
    if not known and named is None:
        return None
    word, field = known[0] if known and named is None else (told, str(named))
    end = (match.start("unit") + len(word) if match["unit"] else match.end()) + shift
    label = f"和{_label(leaf)}同{word}"
    same: list[Predicate] = [Same(field, _ids(leaf)[0], label)]
    for more in _ALSO.finditer(marked, end - shift):
        key = next((key for word, key in _UNITS if more["unit"].startswith(word)), None)
        if key is None:
            break
        same.append(Same(key, _ids(leaf)[0], f"同{more['unit']}"))
        end = more.end() + shift
    return conjunction(same), match.start(), end


def _beyond(reading: Reading, leaf: Leaf) -> tuple[Predicate, int, int] | None:
    marked, shift = _marked(reading, leaf)
    match = _BEYOND.search(marked)
    if match is None or not _asks_for_others(reading):
        return None
    word = match["w"] or match["before"] or match["time"]
    what = match["what"] or ""
    people = any(one in (what + marked[: match.start()]) for one in ("员工", "人", "规模"))
    field = "founded" if word in _TIMES and not people else "headcount"
    at = match.start() if match.start() <= marked.index("\0") else marked.index("\0")
    label = marked[at : match.end()].replace("\0", _label(leaf))
    return Beyond(field, _ids(leaf)[0], word in _ABOVE, label), at, match.end() + shift


def _asks_for_others(reading: Reading) -> bool:
    """Return whether a set is asked for besides the one company named."""
    return len(reading.companies) == 1 and bool(
        reading.asks("which", "wanted", "count", "exists") or reading.of(Category.NOUN)
    )
