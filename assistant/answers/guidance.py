"""What the index holds and what can be asked."""

from __future__ import annotations

from assistant.answers.answer import Status
from assistant.answers.blocks import Choice, Choices, Sentence
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.runs import joined, text

# How many lists are named.
_MOST_TITLES = 3


def draft_help(brief: Brief) -> Drafted:
    """Say what the index holds, of when, and what can be asked of it."""
    context = brief.context
    dates = [(brief.cite.cite(one.as_of),) for one in context.documents[:_MOST_TITLES] if one.as_of]
    dated = text("（", joined(dates), "）") if dates else ()
    told = text(
        f"我根据 {len(context.documents)} 份资料、{context.records.count()} 家企业的记录回答问题，"
        "每个事实都标出原文出处",
        dated,
        "。可以这样问：" if context.examples else "。",
    )
    choices = tuple(Choice(text(question), question) for question in context.examples)
    return Drafted(
        status=Status.ANSWERED,
        blocks=(Sentence(told), *((Choices(choices),) if choices else ())),
        suggestions=context.examples[:3],
    )


def titles(context: Context) -> str:
    """Return what the lists are called, the first few."""
    named = "、".join(f"《{one.title}》" for one in context.documents[:_MOST_TITLES])
    more = len(context.documents) > _MOST_TITLES
    return f"{named}等 {len(context.documents)} 份清单" if more else named
