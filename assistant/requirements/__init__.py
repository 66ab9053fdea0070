"""Requirements that programmes make of applicants: what a clause asks for, and when it is met.

Clause ── requirements_of ──▶ Requirement ── interval ──▶ Interval ── judge ──▶ Judged
"""
