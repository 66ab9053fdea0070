"""The one place where candidates are scored: by the content they explain and the rules' weights."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.parsing.accounting import unread
from assistant.parsing.candidates import Candidate, Witness
from assistant.parsing.focus import demands
from assistant.parsing.forms import asks_for_other, asks_requirement
from assistant.parsing.pointing import elliptic
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.parsing.strange import NOTHING, framed, strangeness
from assistant.predicates import conjuncts
from assistant.query import (
    EVERYTHING,
    About,
    Count,
    Exists,
    Explain,
    Group,
    Judge,
    Member,
    Relation,
    Rows,
    Share,
    Unanswerable,
)

# Feature of the rule that composed a candidate, before the rule's id.
RULE = "rule:"
# Nearness speaks against a candidate without limit, and so much for one.
_MOST_FOR = 0.3
_OF_SETS = Rows | Count | Share | Exists
# Who asks of rules in other words than theirs is at least so near to one.
_RULED = 0.5
# A passage that says so much of a question answers it.
_SAYS_ENOUGH = 0.75
# What asks for companies, for an order or with a figure is not answered by what says its words.
_NARROWING = (Category.TOPIC, Category.ORDER, Category.LIMIT, Category.EACH, Category.MEASURE)
# What passages may say; a question of operators alone asks them for nothing.
_SAYING = (Category.WORD, Category.REQUIREMENT, Category.LACKING, Category.FIELD)
# A longer description is a description for less nearness to any trade.
_FEW, _MANY, _EASIER = 2, 4, 0.035


@dataclass(frozen=True, slots=True)
class Weights:
    """What ``data/weights.toml`` and ``data/parsing.toml`` say.

    Attributes:
        features: Weight of each feature.
        prior: How likely each rule is; the feature of a rule is called ``rule:`` and its id.
        content: How much of a question a character of each category is.
        even: How much nearer a question is to the rules than to the trades where that says nothing.
        near: How near a description is to a trade where that says nothing.
    """

    features: Mapping[str, float]
    prior: Mapping[str, float]
    content: Mapping[str, float]
    even: float
    near: float

    def of(self, feature: str) -> float:
        """Return the weight of a feature."""
        if feature.startswith(RULE):
            return self.prior.get(feature.removeprefix(RULE), 0.0)
        return self.features[feature]


@cache
def load_weights() -> Weights:
    """Return the weights of the packaged data."""
    learned, data = _data("weights"), _data("parsing")
    return Weights(
        learned["features"], learned["prior"], data["content"], data["even"], data["near"]
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant") / f"data/{name}.toml").read_text("utf-8"))


def content(span: Span) -> float:
    """Return how much of a question a span is."""
    return len(span.text) * load_weights().content.get(span.category.value, 1.0)


def _testifies(candidate: Candidate) -> int:
    """Return whether nearness to the rules speaks for a candidate, against it, or neither.

    It speaks against sets that nothing linked narrows, unless they are put in order or taken apart.
    The sources' own figures stand among what is near, so it speaks for them too.
    """
    ask, where = candidate.query.ask, candidate.query.where
    if candidate.query.relation is Relation.STATISTICS:
        return 1
    if isinstance(ask, Explain | Judge):
        return 1
    if not isinstance(ask, _OF_SETS):
        return 0
    parts = conjuncts(where)
    loose = all(isinstance(one, About) and not one.terms for one in parts)
    ordered = isinstance(ask, Rows) and ask.order is not None
    return -1 if loose and not ordered else 0


def _following(reading: Reading) -> Iterator[str]:
    """Yield what speaks for or against a follow-up: words that point back, a set of its own."""
    if reading.of(Category.POINTER, Category.EDIT):
        yield "pointing"
    yield "elliptic" if elliptic(reading) else "complete"


def _describes(candidate: Candidate) -> tuple[str, int] | None:
    """Return what unlinked words describe beside other conditions, and how many they are."""
    parts = conjuncts(candidate.query.where)
    abouts = [one for one in parts if isinstance(one, About) and one.unlinked]
    beside = len(parts) > 1 or isinstance(candidate.query.ask, Member)
    if not abouts or (not beside and not abouts[0].terms):
        return None
    return abouts[0].text, len(abouts[0].unlinked)


def _unaccounted(
    candidate: Candidate, reading: Reading, witness: Witness | None
) -> dict[str, float]:
    """Return what speaks against a candidate for what it does not read, or is not near to."""
    query, found = candidate.query, {}
    if candidate.rule.startswith("set.") and unread(candidate, reading.spans):
        if query.where == EVERYTHING:
            found["unfiltered"] = 1.0
        elif not framed(reading):
            found["unasked"] = 1.0
    parts = conjuncts(query.where)
    loose = bool(parts) and all(isinstance(one, About) and not one.terms for one in parts)
    other = reading.fields or reading.asks("profile")
    if candidate.rule == "set.rows" and loose and other and not framed(reading):
        found["unasked"] = 1.0
    if witness is None:
        return found
    carried = candidate.rule.startswith("follow.")
    if isinstance(query.ask, Explain) and not carried and not asks_requirement(reading, query.ask):
        ruled = max(witness.rules(reading.text.folded), _said(reading, witness))
        found["unruled"] = max(0.0, _RULED - ruled)
    if candidate.rule == "lacking" and _said(reading, witness):
        found["said"] = -1.0
    if candidate.rule == "unknown" and isinstance(query.ask, Unanswerable):
        found["told"] = max(0.0, witness.rules(query.ask.words[0]) - _RULED)
    return found


def _said(reading: Reading, witness: Witness | None) -> float:
    """Return how much of a question a passage says, if that is all that is asked; else 0."""
    if witness is None or reading.companies or reading.conditions:
        return 0.0
    # 核心技术是什么 asks for a field of a company, 有哪些产业园区 for no field of any.
    of_company = reading.fields and not reading.asks("which")
    if of_company or reading.of(*_NARROWING) or not reading.of(*_SAYING):
        return 0.0
    said = witness.said(reading.text.folded)
    return said if said >= _SAYS_ENOUGH else 0.0


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
    aside = reading.aside
    whole = sum(content(one) for at, one in enumerate(spans) if at not in aside)
    part = sum(content(spans[at]) for at in candidate.explained - aside)
    features = {
        "explained": part / whole if whole else 0.0,
        "cover": cover,
        f"{RULE}{candidate.rule}": 1.0,
    }
    if candidate.rule == NOTHING and witness is not None:
        features |= strangeness(reading, witness)
    if candidate.rule.startswith("follow."):
        features |= dict.fromkeys(_following(reading), 1.0)
    features |= _unaccounted(candidate, reading, witness)
    elsewhere = _describes(candidate)
    if witness is not None and elsewhere is not None:
        text, words = elsewhere
        near = weights.near - _EASIER * (min(words, _MANY) - _FEW if words > _FEW else 0)
        features["described"] = witness.trades(text) - near
    elif margin is not None and (sign := _testifies(candidate)):
        most = 0.0 if candidate.query.where == EVERYTHING and sign < 0 else _MOST_FOR
        evidence = min(most, sign * (margin - weights.even))
        figures = candidate.query.relation is Relation.STATISTICS
        features["evidence"] = max(0.0, evidence) if figures else evidence
    ask = candidate.query.ask
    if isinstance(ask, Explain) and (said := _said(reading, witness)):
        features["explained"] = max(features["explained"], said)
        features["said"] = said
    ruled = isinstance(ask, Explain) and (asks_requirement(reading, ask) or demands(reading))
    if isinstance(ask, Judge) or ruled:
        features["requirement"] = 1.0
    of_companies = candidate.query.relation is Relation.COMPANIES
    if of_companies and isinstance(ask, _OF_SETS | Group) and asks_for_other(reading):
        features["form"] = 1.0
    score = sum(weights.of(name) * value for name, value in features.items())
    return replace(candidate, features=tuple(features.items()), score=score)
