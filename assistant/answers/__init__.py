"""From a query and its evidence to an answer: one module for each kind, dispatched by the ask.

(Query, Evidence) ── draft_… ──▶ Drafted ── compose ──▶ Answer (blocks, Markdown, records, JSON)
"""
