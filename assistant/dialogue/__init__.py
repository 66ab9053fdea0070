"""Conversations: turns, and the changes of a query that follow-ups, chips and facets are."""

from assistant.dialogue.reply import Reply as Reply
