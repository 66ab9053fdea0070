"""Questions as queries: spans of the text, composed into scored candidates.

text ── lattice of spans ── covers ── predicates and asks ── scored candidates ── the best
"""
