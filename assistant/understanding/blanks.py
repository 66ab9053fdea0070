"""Fields that companies must have nothing in: 没写员工数的, 主页为空的企业."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.numbers import Bound
from assistant.understanding.types import Condition, Kind, Mention

_BEFORE = re.compile(
    r"(?:(?:没有?|未|不曾|尚未)(?:有|被)?(?:填写|写明|注明|标注|标明|公布|公开|披露|登记|提供|给出|列出|填|写|标|给|列)"
    r"|缺少|缺失|缺乏|缺|查不到|without )(?:了|出|过|自己的|其)?$"
)
_AFTER = re.compile(
    r"(?:信息|情况|数据|一栏|那一栏|字段)?(?:是|为|都是|还是)?"
    r"(?:为空|空着|空白|空缺|缺失|不详|不明|未知|没有?(?:填写|写明|注明|公布|公开|披露|填|写|标)|未(?:填写?|写明|注明|公布|公开|披露|标注))"
)


def read_blanks(folded: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Bound]]:
    """Yield the fields that a question wants blank, each with the condition and its stretch.

    Of a named company the same words ask for the field.
    """
    if any(mention.kind is Kind.COMPANY for mention in mentions):
        return
    for mention in mentions:
        if mention.kind is not Kind.FIELD:
            continue
        before = _BEFORE.search(folded[: mention.start])
        after = _AFTER.match(folded[mention.end :])
        if before or after:
            start = before.start() if before else mention.start
            end = mention.end + (after.end() if after else 0)
            label = folded[start:end].strip()
            yield mention, Bound(start, end, Condition(mention.values[0], label, blank=True))
