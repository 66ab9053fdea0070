"""What a question is about when its words alone do not say: companies, rules, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.answer import Intent
from assistant.query import About
from assistant.search.asked import Asked
from assistant.search.explain import HEADED, SAYS_ENOUGH
from assistant.search.fusion import Scored
from assistant.search.nearby import knowledge_about
from assistant.search.opening import Finders
from assistant.understanding.axes import areas_of
from assistant.understanding.figures import FigureFinder
from assistant.understanding.requirements import asks_requirement
from assistant.understanding.types import Question, Topic
from assistant.understanding.words import load_words
from index.schema.columns import load_schema
from index.schema.normalize import fold

# From this cosine similarity on, a question that no word links is about the programme;
# calibrated like those of assistant.search.topics.
ABOUT_PROGRAMME = 0.52

# From these on, one that looks like a question about companies is about the programme after all:
# with a word of the rules in it, with a name nobody knows, with nothing that narrows companies; and
# only if no request for companies is nearer.
ABOUT_RULES = 0.60
ABOUT_NO_COMPANY = 0.72
ABOUT_NO_LIST = 0.58

# Words that show that companies are wanted, whatever they do.
_SEEKING = frozenset({"company", "list", "count"})
_LISTED = (Intent.LIST, Intent.COUNT)
_OF_COMPANIES = (Intent.LIST, Intent.COUNT, Intent.RANK)

# What a passage may answer, though it reads like a question about companies or about nothing; and
# what no statistics answer.
_NOT_OF_RULES = (*_OF_COMPANIES, Intent.LOOKUP, Intent.STATS, Intent.OTHER)
_OF_OTHERS = (Intent.ELIGIBILITY, Intent.HELP, Intent.COMPARE, Intent.PROFILE)

# From this cosine similarity to a company on, words alone are taken for a search.
NEAR_ENOUGH = 0.37

_FEWEST_WORDS = 4

# Shorter remains of a question say nothing.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """What the sources say, as far as it decides what a question is about.

    Attributes:
        finders: Finds companies and passages.
        figures: Finds statistics.
    """

    finders: Finders
    figures: Callable[[], FigureFinder]


def resolve_scope(query: Question, sources: Sources) -> Question:
    """Return ``query`` with what its meaning decides, where no word of it was linked.

    Who asks for companies gets companies or a plain no; other words must come close to what the
    sources say, or they are about something else.
    """
    if "out_of_scope" in query.cues or query.representatives:
        return query
    elsewhere = _told_elsewhere(query, sources)
    if elsewhere or query.companies:
        return elsewhere or query
    nobody = query.intent is Intent.LOOKUP and not (query.unknown_name or query.absent)
    if nobody and asks_requirement(query.folded, query.made):
        return replace(query, intent=Intent.FAQ, topic=Topic())
    if _about_programme(query, sources):
        return replace(query, intent=Intent.FAQ, topic=Topic(), conditions=(), unknown_name="")
    if query.topic.terms or (query.topic and query.conditions):
        return query
    if nobody and not query.conditions:
        return _with_hint(replace(query, intent=Intent.LIST), sources, otherwise=query)
    if query.conditions:
        listed = query.intent in _OF_COMPANIES
        return _with_hint(query, sources, otherwise=query) if listed else query
    if query.intent is Intent.OTHER or (query.intent in _LISTED and _says_more(query)):
        return _by_meaning(query, sources)
    return query


def _told_elsewhere(query: Question, sources: Sources) -> Question | None:
    """Return a query that statistics or passages answer, whatever it reads like; else None."""
    if query.companies:
        # A name that was only read as a company's may stand in a passage as it was written.
        guessed = query.corrections and _told_in_passages(query, sources)
        return replace(query, intent=Intent.FAQ, companies=(), conditions=()) if guessed else None
    if query.intent not in _OF_OTHERS and sources.figures().find(query):
        return replace(query, intent=Intent.STATS)
    if query.intent in _NOT_OF_RULES and _told_in_passages(query, sources):
        return replace(query, intent=Intent.FAQ, unknown_name="", absent=())
    return None


def _told_in_passages(query: Question, sources: Sources) -> bool:
    """Return whether a passage says nearly all of a question that narrows no companies by it."""
    if query.intent is Intent.STATS and areas_of(query.conditions):
        return False
    asked, explainer = _asked(query), sources.finders.explainer
    if explainer.dated(asked) or explainer.definitions(asked):
        return True
    found = sources.finders.passages.find(
        query.text, (*query.explained, *_asked_of_companies(query)), asked.only
    )
    return any(
        one.headed >= HEADED or (one.share >= SAYS_ENOUGH and one.beyond >= SAYS_ENOUGH)
        for one in found
    )


def _asked(query: Question) -> Asked:
    """Return a question as passages are matched with it."""
    return Asked(
        query.text,
        whole="rules_all" in query.cues,
        sources=frozenset(query.sources),
        explained=query.explained,
        before=query.context,
    )


def _asked_of_companies(query: Question) -> Iterator[str]:
    """Yield the words of a question that ask companies for a field, or put them in order."""
    if query.intent not in _OF_COMPANIES:
        return
    for field in query.fields:
        words = (fold(load_schema().label(field)), *load_words().fields.get(field, ()))
        yield from (word for word in words if word in query.folded)
    if query.order:
        yield query.order.label


def _about_programme(query: Question, sources: Sources) -> bool:
    """Return whether a question that reads like one about companies is about the programme."""
    floor = _programme_floor(query)
    if floor is None or _length(query.topic.sought) < _SHORTEST:
        return False
    best = _best(knowledge_about(query.text, query.context, sources.finders.index))
    return best >= max(floor, sources.finders.index.rival(query.text, "listing"))


def _programme_floor(query: Question) -> float | None:
    """Return how close to the rules a question must come to be about them, if it can be."""
    if query.unknown_name:
        return None if "membership" in query.cues else ABOUT_NO_COMPANY
    if query.intent not in _LISTED or areas_of(query.conditions):
        return None
    if "rules" in query.cues:
        return ABOUT_RULES
    bare = not (query.conditions or query.topic or query.topic.excluded)
    return ABOUT_NO_LIST if bare and query.intent is Intent.LIST else None


def _says_more(query: Question) -> bool:
    """Return whether anything is left of a question that may say what companies do."""
    topic = query.topic
    return bool(topic or topic.stray or topic.doing) and _length(topic.sought) >= _SHORTEST


def _makes_sense(query: Question) -> bool:
    """Return whether a question has words at all: a row of particles has none."""
    particles = load_words().particles
    said = [one for one in query.folded if one.isalnum() and one not in particles]
    return len(said) >= _FEWEST_WORDS


def _length(text: str) -> int:
    return sum(1 for character in text if character.isalnum())


def _with_hint(query: Question, sources: Sources, *, otherwise: Question) -> Question:
    """Return the query with its loose words as the topic, if they come close to a company."""
    if not _says_more(query) or not _hinted(query.topic, sources):
        return otherwise
    return replace(query, topic=_meant(query.topic))


def _hinted(topic: Topic, sources: Sources) -> bool:
    """Return whether loose words beside conditions come close to what any company does."""
    nouns = sum(fold(word) in topic.sought for word in topic.stray)
    return sources.finders.topics.hinted(topic.sought, nouns)


def _meant(topic: Topic) -> Topic:
    """Return the topic that all loose words make together."""
    return replace(topic, phrase=topic.phrase or topic.sought, unknown=(topic.sought,), share=0.0)


def _by_meaning(query: Question, sources: Sources) -> Question:
    text = query.topic.sought or query.text
    if sources.finders.explainer.notes_with_figure(_asked(query)):
        return replace(query, intent=Intent.FAQ, topic=Topic())
    knowledge = _best(knowledge_about(query.text, query.context, sources.finders.index))
    companies = sources.finders.topics.similarity(text)
    if knowledge >= ABOUT_PROGRAMME and knowledge >= companies and _makes_sense(query):
        return replace(query, intent=Intent.FAQ, topic=Topic())
    seeking = bool(_SEEKING & query.cues) and "off_topic" not in query.cues
    close = companies >= NEAR_ENOUGH and not sources.finders.topics.foreign(About(text))
    if close or (seeking and _says_more(query)):
        topic = query.topic if query.topic.sought else Topic(sought=query.text)
        intent = query.intent if query.intent in _OF_COMPANIES else Intent.LIST
        return replace(query, intent=intent, topic=_meant(topic))
    return replace(query, intent=Intent.OTHER, topic=Topic())


def _best(found: Sequence[Scored]) -> float:
    return max((one.similarity for one in found), default=0.0)
