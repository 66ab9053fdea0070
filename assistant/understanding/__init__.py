"""Questions as queries: words linked to values of the index, and what they ask for.

text ── prepare ──▶ Text ── link ──▶ Mentions ── conditions, topic, intent ──▶ Query
"""
