"""What is not about these sources, and what the assistant can do."""

from __future__ import annotations

from assistant.answers.common import Context
from assistant.compose import Derived
from assistant.types import Draft, Intent, Query, Status


def answer_help(_: Query, context: Context) -> Draft:
    """Say what the index holds and what can be asked."""
    corpus = context.corpus
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.HELP,
        template="help",
        slots={
            "companies": Derived(str(len(corpus.companies))),
            "documents": Derived(str(len(corpus.documents))),
            "as_of": [document.as_of for document in corpus.documents if document.as_of],
        },
        suggestions=context.examples,
    )


def answer_out_of_scope(_: Query, context: Context) -> Draft:
    """Say plainly that the sources are not about this."""
    return Draft(
        status=Status.OUT_OF_SCOPE,
        intent=Intent.OTHER,
        template="out_of_scope",
        suggestions=context.examples,
    )
