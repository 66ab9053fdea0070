"""What a question is about when its words alone do not say: companies, rules, or neither."""

from __future__ import annotations

from dataclasses import replace

from assistant.find import MEANT
from assistant.retrieve import search_companies, search_knowledge
from assistant.types import Intent, Query, Topic
from index.reader import IndexReader

# From this cosine similarity on, a question that no word links is about the programme;
# calibrated like those of assistant.find.
ABOUT_PROGRAMME = 0.60

# Words that show that companies are wanted, whatever they do.
_SEEKING = frozenset({"company", "list", "count"})


def resolve_scope(query: Query, index: IndexReader) -> Query:
    """Return ``query`` with its intent decided by meaning, where no word of it was linked.

    Who asks for companies gets companies or a plain no; other words must come close to what the
    sources say, or they are about something else.
    """
    if not _open(query):
        return query
    knowledge = max((one.similarity for one in search_knowledge(index, query.text)), default=0.0)
    text = query.topic.phrase or query.text
    companies = max((one.similarity for one in search_companies(index, text)), default=0.0)
    if knowledge >= ABOUT_PROGRAMME and knowledge >= companies:
        return replace(query, intent=Intent.FAQ, topic=Topic())
    if companies >= MEANT or (_SEEKING & query.cues and query.topic):
        topic = query.topic or Topic(phrase=query.text, unknown=(query.text,))
        wanted = Intent.COUNT if query.intent is Intent.COUNT else Intent.LIST
        return replace(query, intent=wanted, topic=topic)
    return replace(query, intent=Intent.OTHER, topic=Topic())


def _open(query: Query) -> bool:
    """Return whether nothing of the question is linked to anything the index holds."""
    linked = query.conditions or query.topic.terms or query.companies or query.representatives
    if linked or "out_of_scope" in query.cues:
        return False
    if query.intent is Intent.OTHER:
        return True
    return query.intent in (Intent.LIST, Intent.COUNT) and bool(query.topic)
