"""Relations between two answers, which need no oracle: what must not change, what must not grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eval.compose.composer import Composer
from eval.compose.words import LIST

PADDING = (
    "请问{q}", "麻烦帮我查一下{q}", "{q}，谢谢", "你好，{q}？", "{q}啊", "那个，{q}", "我想知道{q}",
    "{q}？？", "老师您好 {q}", "能不能告诉我{q}呢",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """Two questions and how the set of the second must lie to that of the first.

    Attributes:
        kind: ``invariance: …`` for equal sets, ``direction: …`` for a subset.
    """

    kind: str
    first: str
    second: str


def related(composer: Composer, count: int) -> Iterator[Relation]:
    """Yield ``count`` relations, the kinds in turn."""
    makers = (_padded, _reordered, _punctuated, _paraphrased, _one_more)
    made = tried = 0
    while made < count and tried < 20 * count:
        relation = makers[tried % len(makers)](composer)
        tried += 1
        if relation:
            made += 1
            yield relation


def _padded(composer: Composer) -> Relation | None:
    chosen = composer.drawn(composer.chance.choice((1, 2)))
    if chosen is None:
        return None
    asked = composer.ask(LIST[:2], *chosen)
    return Relation("invariance: padding", asked, composer.chance.choice(PADDING).format(q=asked))


def _reordered(composer: Composer) -> Relation | None:
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    one, two = (composer.phrase(condition) for condition in chosen)
    return Relation("invariance: order", f"{one}、{two}的企业有哪些", f"{two}、{one}的企业有哪些")


def _punctuated(composer: Composer) -> Relation | None:
    chosen = composer.drawn(2)
    if chosen is None:
        return None
    one, two = (composer.phrase(condition) for condition in chosen)
    mark = composer.chance.choice((" ", "，", "；", ",", "。"))
    return Relation(
        "invariance: punctuation", f"{one}、{two}的企业有哪些", f"{one}{mark}{two}的企业有哪些？"
    )


def _paraphrased(composer: Composer) -> Relation | None:
    chosen = composer.drawn(1)
    if chosen is None or len(chosen[0].phrases) < 2:
        return None
    one, two = composer.chance.sample(chosen[0].phrases, 2)
    first, second = composer.chance.sample(LIST, 2)
    return Relation(
        "invariance: paraphrase",
        first.format(np=f"{one}的企业"),
        second.format(np=f"{two}的公司"),
    )


def _one_more(composer: Composer) -> Relation | None:
    chosen = composer.drawn(3)
    if chosen is None:
        return None
    words = [composer.phrase(condition) for condition in chosen]
    kept = words[: composer.chance.choice((1, 2))]
    return Relation(
        "direction: one condition more",
        f"{'、'.join(kept)}的企业有哪些",
        f"{'、'.join(words[: len(kept) + 1])}的企业有哪些",
    )
