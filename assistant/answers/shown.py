"""What the JSON of an answer shows of its query: the intent, and the filters by field."""

from __future__ import annotations

from assistant.answers.answer import Intent
from assistant.answers.describe import described_interval
from assistant.answers.orders import shown_order
from assistant.answers.values import label_of
from assistant.predicates import conjuncts, field_of, flatten, label, spoken
from assistant.query import (
    About,
    Aggregate,
    Ask,
    Beyond,
    Blank,
    Combine,
    Compare,
    Count,
    Exists,
    Explain,
    Group,
    Help,
    In,
    Judge,
    Listed,
    Lookup,
    Member,
    Named,
    Not,
    Or,
    Order,
    Predicate,
    Provenance,
    Query,
    Reason,
    Regulations,
    Relation,
    Rows,
    Same,
    Share,
    Unanswerable,
    Within,
)
from assistant.search.evidence import Evidence
from index.places.gazetteer import load_gazetteer

_INTENTS: dict[type[Ask], Intent] = {
    Rows: Intent.LIST,
    Exists: Intent.LIST,
    Count: Intent.COUNT,
    Share: Intent.COUNT,
    Aggregate: Intent.COUNT,
    Combine: Intent.COUNT,
    Member: Intent.LOOKUP,
    Group: Intent.RANK,
    Compare: Intent.COMPARE,
    Provenance: Intent.FAQ,
    Help: Intent.HELP,
}
_BY_RELATION = {
    Relation.COMPANIES: Intent.LIST,
    Relation.STATISTICS: Intent.STATS,
    Relation.REQUIREMENTS: Intent.FAQ,
    Relation.PASSAGES: Intent.FAQ,
}
_PLACES = ("city", "province", "place")


def intent_of(query: Query, evidence: Evidence) -> Intent:
    """Return what a query wants, in the contract's terms."""
    ask = query.ask
    if isinstance(ask, Lookup):
        return Intent.LOOKUP if ask.fields else Intent.PROFILE
    if isinstance(ask, Combine) and ask.operation == "each":
        return intent_of(ask.parts[0], evidence.parts[0])
    if isinstance(ask, Judge):
        return Intent.ELIGIBILITY
    if isinstance(ask, Unanswerable):
        return _unanswered(ask, query, evidence)
    if any(field_of(one) == "representatives" for one in conjuncts(query.where)):
        return Intent.LOOKUP if getattr(ask, "fields", ()) else Intent.PROFILE
    if isinstance(ask, Rows) and query.relation is not Relation.COMPANIES:
        return Intent.RANK if ask.order else _BY_RELATION[query.relation]
    if isinstance(ask, Rows) and ask.order:
        return Intent.RANK
    if isinstance(ask, Count | Combine | Aggregate) and _of_statistics(query, evidence):
        return Intent.STATS
    if isinstance(ask, Explain | Regulations):
        return _BY_RELATION[query.relation]
    return _INTENTS[type(ask)]


def _of_statistics(query: Query, evidence: Evidence) -> bool:
    told = evidence.statistics or any(part.statistics for part in evidence.parts)
    return bool(told) or query.relation is Relation.STATISTICS


def _unanswered(ask: Unanswerable, query: Query, evidence: Evidence) -> Intent:
    if ask.reason is Reason.OFF_TOPIC:
        return Intent.OTHER
    if ask.reason is Reason.UNKNOWN_NAME and evidence.statistics:
        return Intent.PROFILE
    named = any(isinstance(one, Named) for one in conjuncts(query.where)) or evidence.named
    if ask.reason in (Reason.UNKNOWN_NAME, Reason.AMBIGUOUS, Reason.NO_COMPANY) or named:
        return Intent.LOOKUP
    return _BY_RELATION[query.relation]


def filters_of(query: Query) -> dict[str, list[str]]:
    """Return what was understood, by field, as users see and correct it."""
    shown: dict[str, list[str]] = {}
    for part in conjuncts(spoken(query.where)):
        _show(part, shown)
    ask = query.ask
    if isinstance(ask, Combine):
        for one in ask.parts:
            for key, words in filters_of(one).items():
                shown[key] = list(dict.fromkeys((*shown.get(key, ()), *words)))
    order = getattr(ask, "order", None)
    if isinstance(order, Order) and order.label:
        shown["order"] = [shown_order(order)]
    if isinstance(ask, Group):
        shown["group"] = [label_of(ask.field)]
    if isinstance(ask, Judge) and ask.facts:
        shown["facts"] = [fact.label for fact in ask.facts]
    if isinstance(ask, Unanswerable) and ask.reason is Reason.LACKING_LIST:
        shown["list"] = [*shown.get("list", ()), *ask.words]
    if query.corrections:
        shown["corrected"] = [f"{wrong}→{right}" for wrong, right in query.corrections]
    return shown


def _show(part: Predicate, shown: dict[str, list[str]]) -> None:
    """Add one condition to the filters; who is named is no filter."""
    negated = isinstance(part, Not)
    bare = part.part if isinstance(part, Not) else part
    if isinstance(bare, Or):
        _show_either(part, bare, shown)
        return
    key = _key(bare)
    if key:
        words = _words(bare)
        told = shown.setdefault(key, [])
        told.extend(f"非{one}" if negated else one for one in words)


def _show_either(part: Predicate, bare: Or, shown: dict[str, list[str]]) -> None:
    """Add alternatives: under their field where they share one, else under ``either``."""
    keys = {_key(one) for one in bare.parts}
    words = list(dict.fromkeys(one for branch in bare.parts for one in _words(branch)))
    if isinstance(part, Not):
        words = [f"非{one}" for one in words]
    if len(keys) == 1 and (key := keys.pop()):
        shown.setdefault(key, []).extend(words)
    elif len(words) == 1 and isinstance(bare.parts[0], In):
        shown.setdefault(_key(bare.parts[0]), []).extend(words)
    else:
        shown.setdefault("either", []).extend(filter(None, map(label, bare.parts)))


def _key(part: Predicate) -> str:
    """Return the field under which a condition is shown; "" for one that is not."""
    if isinstance(part, Not):
        return _key(part.part)
    if isinstance(part, About):
        return "topic"
    if isinstance(part, Listed):
        return "only_list" if part.only else "list"
    if isinstance(part, In) and part.field in _PLACES:
        return _area(part)
    return field_of(part) if isinstance(part, In | Within | Blank | Same | Beyond) else ""


def _area(part: In) -> str:
    """Return what kind of area a condition names: a region, else a province or a city."""
    gazetteer = load_gazetteer()
    if gazetteer.region(part.label):
        return "region"
    found = gazetteer.find(part.label) if part.field == "place" else ()
    if not found:
        return part.field
    return "city" if found[0].city else "province"


def _words(part: Predicate) -> list[str]:
    """Return a condition in the user's words, with what they were taken for where that differs."""
    if isinstance(part, About):
        return _topics(part)
    if isinstance(part, Within):
        return [described_interval(part)]
    if isinstance(part, In) and not part.label:
        return list(part.values)
    if isinstance(part, Listed) and not part.label:
        return list(part.sources)
    told = label(flatten(part))
    return [told or label_of(field_of(part))]


def _topics(part: About) -> list[str]:
    """Return alternatives one by one, else the description."""
    if not part.either:
        return [part.text]
    return [_written(term, part.text) for term in part.terms]


def _written(term: str, text: str) -> str:
    """Return a folded term as it was written."""
    start = text.casefold().find(term)
    return text[start : start + len(term)] if start >= 0 else term
