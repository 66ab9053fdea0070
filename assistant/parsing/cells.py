"""Words that cells say beside the value of their column: parts of addresses, who holds whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.parsing.spans import Category, Span
from assistant.predicates import alternative
from assistant.query import In, Predicate
from index.regex import regex
from index.text import fold

Meaning = tuple[str, tuple[Category, Predicate, str]]

_SHORTEST, _LONGEST = 2, 14
# Parts of speech of what names something, by their first letters.
_NAMING = ("n", "j", "eng")
# Parts of an address below city and district that have a name.
_PART = regex(
    r"[\u3400-\u9fffa-z0-9]+?(?:新区|新城|高新区|开发区|保税区|自贸区|产业[园区]|工业[园区]|科技[园城]|软件[园城]|科学城"
    r"|创业园|园区|金融城|经济区|小镇|基地|大厦|广场|大道|街道|路|街|镇)"
)
_ABOVE = regex(r"^.*?[:：]|[\u3400-\u9fff]{2,6}?(?:省|自治区)|[\u3400-\u9fff]{2,4}?市")
_DISTRICT = regex(r"^[\u3400-\u9fff]{1,5}?(?<!新|园|发|税|贸|业|济)区(?=.)")
_HELD = regex(r"(?:全资|控股)*(?:子公司|旗下|控股|关联公司|持股|所属企业)$")
_GROUP = regex(r"(?:集团|科技|公司)$")
_SAID = (
    "旗下",
    "控股",
    "系",
    "子公司",
    "的子公司",
    "全资子公司",
    "关联公司",
    "旗下的",
    "控股的",
    "持股",
)


def parts_of_addresses(addresses: Iterable[str]) -> Iterator[Meaning]:
    """Yield the named parts of addresses: 信息安全产业园, 贵安新区, 深南大道."""
    found: dict[str, None] = {}
    for address in addresses:
        rest = _ABOVE.sub("", fold(address))
        while match := _DISTRICT.match(rest):
            rest = rest[match.end() :]
        found |= dict.fromkeys(_PART.findall(rest))
    for part in found:
        if _SHORTEST < len(part) <= _LONGEST:
            predicate = In("address", (part,), part, contains=True)
            yield part, (Category.DISTRICT, predicate, "address.part")


def holders(remarks: Iterable[str]) -> Iterator[Meaning]:
    """Yield what companies of one holder are called: 上汽系, 上汽集团控股."""
    found: dict[str, set[str]] = {}
    for remark in remarks:
        holder = _HELD.sub("", remark)
        if holder != remark and len(holder) >= _SHORTEST:
            for name in dict.fromkeys((holder, _GROUP.sub("", holder))):
                found.setdefault(name, set()).add(remark)
    for name, told in found.items():
        if len(name) >= _SHORTEST:
            for word in _SAID:
                predicate = In("remark", tuple(sorted(told)), f"{name}{word}")
                yield f"{name}{word}", (Category.VALUE, predicate, "value.held")


def in_cells(spans: Sequence[Span], columns: Callable[[str], Sequence[str]]) -> list[Span]:
    """Return a cover with what cells say word by word as a condition: C轮 of 已完成C轮融资.

    Args:
        spans: The cover.
        columns: Says which columns of words have a cell that holds a folded stretch.
    """
    found: list[Span] = []
    at = 0
    while at < len(spans):
        end = at + 1
        while end < len(spans) and _unlinked(spans[end]) and spans[end - 1].end == spans[end].start:
            end += 1
        run = spans[at:end] if _unlinked(spans[at]) else spans[at : at + 1]
        text = "".join(one.text for one in run)
        names = any(str(one.value).startswith(_NAMING) for one in run)
        if names and _unlinked(run[0]) and len(text) >= _SHORTEST and (held := columns(text)):
            told = alternative(In(field, (text,), text, contains=True) for field in held)
            found.append(Span(run[0].start, run[-1].end, text, Category.VALUE, told, "value.cell"))
        else:
            found.extend(run)
        at += len(run)
    return found


def _unlinked(span: Span) -> bool:
    return span.category is Category.WORD or span.rule.startswith("tag.")
