"""The one place where candidates are scored: by the content they explain and the rules' weights."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.parsing.candidates import Candidate, Witness
from assistant.parsing.pointing import elliptic
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.predicates import conjuncts
from assistant.query import About, Explain, Judge

# Nearness speaks against a candidate without limit, and so much for one.
_MOST_FOR = 0.15
# A longer description is a description for less nearness to any trade.
_FEW, _MANY, _EASIER = 2, 4, 0.035


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of ``data/parsing.toml``."""

    cover: float
    explained: float
    content: Mapping[str, float]
    prior: Mapping[str, float]
    evidence: float
    even: float
    described: float
    near: float
    pointing: float
    elliptic: float
    complete: float


@cache
def load_weights() -> Weights:
    """Return the weights of the packaged data."""
    data = tomllib.loads((files("assistant") / "data/parsing.toml").read_text("utf-8"))
    return Weights(
        data["cover"], data["explained"], data["content"], data["prior"],
        data["evidence"], data["even"], data["described"], data["near"],
        data["pointing"], data["elliptic"], data["complete"],
    )  # fmt: skip


def content(span: Span) -> float:
    """Return how much of a question a span is."""
    return len(span.text) * load_weights().content.get(span.category.value, 1.0)


def _testifies(candidate: Candidate) -> int:
    """Return whether nearness to the rules speaks for a candidate, against it, or neither."""
    if isinstance(candidate.query.ask, Explain | Judge):
        return 1
    parts = conjuncts(candidate.query.where)
    described = any(isinstance(one, About) and not one.terms for one in parts)
    return -1 if described and len(parts) == 1 else 0


def _following(reading: Reading, weights: Weights) -> float:
    """Return how much speaks for a follow-up: words that point back, and no set of its own."""
    told = {str(reading.spans[at].value) for at in reading.of(Category.EDIT)}
    pointed = reading.of(Category.POINTER) or told
    return (weights.pointing if pointed else 0.0) + (
        weights.elliptic if elliptic(reading) else weights.complete
    )


def _describes(candidate: Candidate) -> tuple[str, int] | None:
    """Return what unlinked words describe beside other conditions, and how many they are."""
    parts = conjuncts(candidate.query.where)
    abouts = [one for one in parts if isinstance(one, About) and one.unlinked]
    if not abouts or (len(parts) == 1 and not abouts[0].terms):
        return None
    return abouts[0].text, len(abouts[0].unlinked)


def scored(
    candidate: Candidate,
    reading: Reading,
    cover: float,
    margin: float | None = None,
    witness: Witness | None = None,
) -> Candidate:
    """Return a candidate with its score and what it is made of.

    Args:
        candidate: The candidate.
        reading: The reading that it is a candidate of.
        cover: Weight of the cover as a share of the best one's.
        margin: How much nearer the question is to the rules than to the trades of the sources;
            None where that says nothing.
        witness: Says how near what words describe beside other conditions is to any trade.
    """
    weights, spans = load_weights(), reading.spans
    whole = sum(map(content, spans))
    part = sum(content(spans[at]) for at in candidate.explained)
    parts = {
        "explained": weights.explained * (part / whole if whole else 0.0),
        "prior": weights.prior.get(candidate.rule, 0.0),
        "cover": weights.cover * cover,
    }
    if candidate.rule.startswith("follow."):
        parts["follow"] = _following(reading, weights)
    elsewhere = _describes(candidate)
    if witness is not None and elsewhere is not None:
        text, words = elsewhere
        near = weights.near - _EASIER * (min(words, _MANY) - _FEW if words > _FEW else 0)
        parts["described"] = weights.described * (witness.trades(text) - near)
    elif margin is not None and (sign := _testifies(candidate)):
        parts["evidence"] = min(_MOST_FOR, sign * weights.evidence * (margin - weights.even))
    return replace(candidate, parts=tuple(parts.items()), score=sum(parts.values()))
