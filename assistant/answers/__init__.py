"""From a query and its evidence to an answer: one module for each kind, dispatched by the ask.

(Query, Evidence) ── draft_… ──▶ Drafted ── compose ──▶ Answer (blocks, Markdown, records, JSON)
"""

from assistant.answers.answer import Answer as Answer
from assistant.answers.context import Context as Context
from assistant.answers.drafting import compose as compose
