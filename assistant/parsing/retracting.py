"""Words that take the last step back without naming it: 取消刚才那个条件, 还是看之前的."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.parsing.spans import Category, Span
from index.regex import regex

_WHICH = r"(?:刚刚|刚才|刚|上|前|最后|这|那|的|了|加|说|一|个|条|项|次|步|面|边)"
_RETRACTING = regex(
    r"(?:算了吧?[,，。!！ ]*)?"
    rf"(?:(?P<undo>(?:取消|去掉|不要|撤掉|拿掉|删掉|去除|撤销|撤回|收回){_WHICH}+"
    r"(?:条件|限制|筛选|要求|操作|步骤|步))"
    r"|(?P<back>(?:还是|就|先)?(?:看|要|回|回到|返回|退回到?)回?(?:到)?(?:之前|原来|刚才|前面|上面|上一个)"
    r"(?:那)?(?:个|批|组|些|份)?的?(?:名单|结果|列表|范围)?(?=$|[吧啊呀,，。!！])))"
)


def retracting_spans(folded: str) -> Iterator[Span]:
    """Yield the stretches of a folded question that take the last step back."""
    for match in _RETRACTING.finditer(folded):
        name = "undo" if match["undo"] else "back"
        yield Span(*match.span(), match.group(), Category.EDIT, name, f"edit.{name}")
