"""Orders of a question: superlatives, comparatives, sorting, and how many of an order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.parsing.measures import read_number
from assistant.parsing.spans import Category, Span
from assistant.parsing.vocabulary import load_vocabulary
from index.regex import regex


@dataclass(frozen=True, slots=True)
class OrderWord:
    """A word of order.

    Attributes:
        kind: ``earliest``, ``latest``, ``largest`` or ``smallest``; "" for an order without a
            direction (排个序).
        degree: ``most`` for a superlative, ``more`` for a comparative, ``sort`` for sorting.
        place: The place that a superlative asks for: 第二早.
    """

    kind: str
    degree: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class LimitWord:
    """How many of an order, or which place of it, from its end where ``last``."""

    first: int | None = None
    place: int | None = None
    last: bool = False


_N = r"(?:[一二两三四五六七八九十]+|\d{1,3})"
_NTH = regex(rf"(?:人数?|员工)?第(?P<n>{_N})")
_ENGLISH = {
    "oldest": "earliest", "earliest": "earliest", "newest": "latest", "youngest": "latest",
    "latest": "latest", "largest": "largest", "biggest": "largest", "most": "largest",
    "smallest": "smallest", "fewest": "smallest",
}  # fmt: skip
_DIRECTIONS = {
    "早晚": "earliest", "老新": "earliest", "旧新": "earliest", "远近": "earliest",
    "先后": "earliest",
    "晚早": "latest", "新老": "latest", "新旧": "latest", "近远": "latest",
    "大小": "largest", "多少": "largest", "高低": "largest", "强弱": "largest",
    "小大": "smallest", "少多": "smallest", "低高": "smallest",
}  # fmt: skip
_FROM_TO = regex(
    r"[从由按](?P<a>[早晚老新旧远近大小多少高低先])(?:的)?(?:到|至|往|及)"
    r"(?P<b>[早晚老新旧远近大小多少高低后])"
)
_FIRST = regex(
    r"(?P<w>[早晚老新大小多少高低])(?:成立|创立|创办)?的(?:在|放|排)(?:最)?(?P<end>前|先|后)面?"
)
_OPPOSITE = {
    "earliest": "latest",
    "latest": "earliest",
    "largest": "smallest",
    "smallest": "largest",
}
_WAY = regex(r"(?P<up>升序|正序|ascending)|(?P<down>降序|倒序|descending)")
# 做芯片的多还是做机器人的多
_EITHER = regex(r"(?P<one>[多少])还是[^,，。?？]*?(?P<other>[多少])(?=$|[?？,，。呢啊呀吧])")
# 谁的营收高, 哪家公司的注册资本更大
_WHOSE = regex(
    r"(?:谁|哪家|哪个|哪一家)(?:公司|企业)?的?[^,，。?？最]{2,8}?(?<!最)(?:更|要)?(?P<w>[高低多少大小])"
    r"(?:一?些|一点)?(?=$|[?？,，。呢啊呀吧])"
)
# 谁排名高, 哪家名次靠前
_RANKED = regex(
    r"(?:排名|名次|位次|排行)(?:更|比较|要)?(?P<way>高|靠前|前|领先|低|靠后|后)(?![\d一二两三四五六七八九十])"
)
_SORT = regex(
    r"排(?:个|一?下|一排)?序|排序|排列|排名|排行|排一下|排个队|先后|sorted?|order(?:ed)?|排一排|排出来?|谁先谁后|孰先孰后|排下|排(?=$|[,，。?？])|(?:给|排)个序|由早及晚|排个先后|顺序排列?"
)
_LIMITS = (
    (
        regex(
            rf"(?:前|头|排头|top\s*)(?P<first>{_N})\s*(?:家|名|位|个|大|强|座|甲)?(?!\s*(?:批|年|个?月|天|%|成|轮|分之|[百千万亿]))(?!\d)"
        ),
        "first",
    ),
    (regex(r"(?P<three>三甲|前三甲)"), "three"),
    (
        regex(rf"(?:排行|排名|数量|排|位列|名列|居|位居)(?:在)?第(?P<place>{_N})(?:名|位)?"),
        "place",
    ),
    (
        regex(rf"第(?P<place>{_N})(?=早|晚|多|少|大|小|高|低|名|位|年轻|老|久)(?:名|位)?"),
        "place",
    ),
    (regex(rf"(?:倒数|最后)(?:的)?(?P<last>{_N})\s*(?:家|名|位|个|座)?"), "last"),
    (
        regex(
            r"(?P<champion>冠军(?!产品|企业)|榜首|居首|头名)|(?P<second>亚军|次席)|(?P<third>季军)"
        ),
        "rank",
    ),
    (regex(r"(?P<bottom>垫底|末位|倒数第一|最后一名)"), "bottom"),
)


def order_spans(folded: str) -> Iterator[Span]:
    """Yield the words of order of a folded text."""
    yield from _compared(folded)
    yield from _of_columns(folded)
    yield from _sorted(folded)


def _of_columns(folded: str) -> Iterator[Span]:
    """Yield what compares by a column that is named before: 谁的营收高, 谁排名靠前."""
    adjectives = load_vocabulary().adjectives
    for match in _WHOSE.finditer(folded):
        yield _ordering(folded, *match.span("w"), adjectives[match["w"]], "more")
    for match in _RANKED.finditer(folded):
        kind = "smallest" if match["way"] in ("低", "靠后", "后") else "largest"
        yield _ordering(folded, *match.span("way"), kind, "more")


def _compared(folded: str) -> Iterator[Span]:
    """Yield superlatives and comparatives."""
    adjectives = load_vocabulary().adjectives
    words = "|".join(sorted(adjectives, key=len, reverse=True))
    noun = "(?P<noun>(?:(?:人数?|员工|年头|历史|资历|资格|年纪|岁数)(?:得|的|是)?)?)"
    for match in re.finditer(
        rf"{noun}(?!最[多少](?:会|能)?有?(?:多少|几))(?!最近(?:在|想|正|要|都|刚|听|看|有|我|忙))"
        rf"(?:最为?|第{_N}(?=[早晚多少大小高低老]))(?P<w>{words})(?:的)?",
        folded,
    ):
        yield from _degrees(match, adjectives[match["w"]], "most", match.end("noun"))
    more = (
        rf"{noun}(?!(?<![谁家个])更新)(?:更加?|比较|相对|较|还要?)(?P<w>{words})(?:一?些|一点|几)?"
        rf"|(?P<v>{words})(?:一?些|一点)"
        rf"|(?:谁|哪家|哪个|哪边|哪里|哪儿|哪种|哪类|哪一家|谁家|哪几家|孰)(?:的|家|公司|企业)?"
        r"(?:员工|人数|规模|人|成立|创立|年头|数量|小巨人|企业)*(?:得|的|更|要)*"
        rf"(?P<u>{words})(?=$|[?？,，。呢啊呀吧一些的])"
        r"|(?:(?<!巨)人|(?<=[员工数模立得]))(?:更|要)?(?P<t>早|晚|多|少|大|小)(?:的)?(?:那|是|在前)?"
        r"(?=(?:家|个|谁|哪|$|[?？,，。呢]))"
        r"|(?P<b>早|晚)(?=(?:成立|创立|创办|设立|注册|认定|入选)(?!的|于))"
    )
    for match in re.finditer(more, folded):
        word = match["w"] or match["v"] or match["u"] or match["t"] or match["b"]
        start = (
            match.start("u") if match["u"] else match.end("noun") if match["w"] else match.start()
        )
        yield _ordering(folded, start, match.end(), adjectives[word], "more")
        if match["noun"]:
            yield _ordering(folded, match.start(), match.end(), adjectives[word], "more")
        while match["u"] and start > match.start() and folded[start - 1] in "人更要":
            start -= 1
            yield _ordering(folded, start, match.end(), adjectives[word], "more")
    for match in _EITHER.finditer(folded):
        for name in ("one", "other"):
            yield _ordering(folded, *match.span(name), adjectives[match[name]], "more")
    for match in re.finditer(rf"\b({'|'.join(_ENGLISH)})\b", folded):
        yield _order(match, _ENGLISH[match[1]], "most")
    for match in re.finditer(r"(?:谁|孰|哪家|哪个)(?:更|最)?(?P<w>先)(?!后|进)", folded):
        yield Span(match.start("w"), match.end("w"), "先", Category.ORDER,
                   OrderWord("earliest", "more"), "order.more")  # fmt: skip


def _degrees(match: re.Match[str], kind: str, degree: str, core: int) -> Iterator[Span]:
    """Yield a word of order with what it is of, and without: 小巨人最多 is of no people."""
    yield _order(match, kind, degree)
    if core > match.start():
        yield _ordering(match.string, core, match.end(), kind, degree)


# A bound said once more: 5000+甚至更高.
_AGAIN = regex(r"(?:甚至|乃至|或者?|及|以及)更(?:高|多|大|长|早|晚)")


def _sorted(folded: str) -> Iterator[Span]:
    """Yield words of sorting, with the direction or without."""
    adjectives = load_vocabulary().adjectives
    for match in _FROM_TO.finditer(folded):
        if kind := _DIRECTIONS.get(match["a"] + match["b"]):
            yield _order(match, kind, "sort")
    for match in _FIRST.finditer(folded):
        kind = adjectives.get(match["w"], "earliest")
        yield _order(match, _OPPOSITE[kind] if match["end"] == "后" else kind, "sort")
    for match in _WAY.finditer(folded):
        yield _order(match, "up" if match["up"] else "down", "sort")
    for match in _AGAIN.finditer(folded):
        yield Span(*match.span(), match.group(), Category.GRAMMAR, "words", "bound.again",
                   4.0 * (match.end() - match.start()) ** 2)  # fmt: skip
    for match in _SORT.finditer(folded):
        yield _order(match, "", "sort")


def _order(match: re.Match[str], kind: str, degree: str) -> Span:
    return _ordering(match.string, match.start(), match.end(), kind, degree)


def _ordering(folded: str, start: int, end: int, kind: str, degree: str) -> Span:
    text = folded[start:end]
    ordinal = _NTH.match(text)
    word = OrderWord(kind, degree, int(read_number(ordinal["n"]) or 0) if ordinal else None)
    return Span(start, end, text, Category.ORDER, word, f"order.{degree}")  # fmt: skip


def limit_spans(folded: str) -> Iterator[Span]:
    """Yield how many of an order are wanted, or which place."""
    for pattern, _ in _LIMITS:
        for match in pattern.finditer(folded):
            value = _limit({k: v for k, v in match.groupdict().items() if v})
            yield Span(match.start(), match.end(), match.group(), Category.LIMIT, value, "limit")


_ORDINAL = regex(
    rf"第(?P<place>{_N})(?:家|个(?!月)|间|条)(?:公司|企业)?|(?P<last>最后(?:一|那)?(?:家|个|名)|最末(?:一家)?|末尾那家)"
    rf"|(?P<head>头一家|排第一的|第一那家|最前面那家|最上面那家|打头那家)|(?:这|那|上述|刚才)(?P<these>{_N})(?:家|个)(?:公司|企业)?|(?P<pair>这俩|那俩|它俩|他俩|它们俩|这两者|二者|两者)"
    rf"|(?P<first>前)(?P<n>{_N})(?:家|个)"
)


def ordinal_spans(folded: str) -> Iterator[Span]:
    """Yield the companies of an answer that are picked by their place: 第二家, 前两家, 这两家."""
    for match in _ORDINAL.finditer(folded):
        if match["place"]:
            value = LimitWord(place=int(read_number(match["place"]) or 0))
        elif match["head"]:
            value = LimitWord(place=1)
        elif match["last"]:
            value = LimitWord(first=1, last=True)
        elif match["pair"]:
            value = LimitWord(first=2)
        else:
            value = LimitWord(first=int(read_number(match["these"] or match["n"]) or 0))
        yield Span(
            match.start(), match.end(), match.group(), Category.POINTER, value, "pointer.nth"
        )


def _limit(groups: dict[str, str]) -> LimitWord:
    if "first" in groups:
        return LimitWord(first=int(read_number(groups["first"]) or 0))
    if "three" in groups:
        return LimitWord(first=3)
    if "place" in groups:
        return LimitWord(place=int(read_number(groups["place"]) or 0))
    if "last" in groups:
        return LimitWord(first=int(read_number(groups["last"]) or 0), last=True)
    if "bottom" in groups:
        return LimitWord(first=1, last=True)
    return LimitWord(place={"champion": 1, "second": 2, "third": 3}[next(iter(groups))])
