"""What a question is about when its words alone do not say: companies, rules, or neither."""

from __future__ import annotations

from dataclasses import replace

from assistant.retrieve import search_companies, search_knowledge
from assistant.types import Intent, Query, Topic
from index.reader import IndexReader

# Cosine similarities from which a question is about companies or about the programme; below
# both it is about neither. Calibrated on the development questions of eval/.
COMPANIES_FROM = 0.40
KNOWLEDGE_FROM = 0.55


def resolve_scope(query: Query, index: IndexReader) -> Query:
    """Return ``query`` with its intent decided by meaning, where no word of it was linked."""
    if not _open(query):
        return query
    text = query.topic.phrase or query.text
    companies = max((one.similarity for one in search_companies(index, text)), default=0.0)
    knowledge = max((one.similarity for one in search_knowledge(index, query.text)), default=0.0)
    if knowledge >= KNOWLEDGE_FROM and knowledge >= companies:
        return replace(query, intent=Intent.FAQ)
    if companies >= COMPANIES_FROM:
        topic = query.topic or Topic(phrase=query.text, unknown=(query.text,))
        return replace(query, intent=Intent.LIST, topic=topic)
    return replace(query, intent=Intent.OTHER)


def _open(query: Query) -> bool:
    """Return whether nothing of the question is linked to anything the index holds."""
    linked = query.conditions or query.topic.terms or query.companies or query.representatives
    return not linked and (
        query.intent in (Intent.LIST, Intent.COUNT)
        and bool(query.topic.unknown)
        or (query.intent is Intent.OTHER and "out_of_scope" not in query.cues)
    )
