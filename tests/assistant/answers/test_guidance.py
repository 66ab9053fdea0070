"""Help says what there is and what can be asked."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.drafting import compose
from assistant.query import Help, Query
from assistant.search.evidence import Evidence


def test_help_counts_and_suggests_questions_of_these_lists(desk):
    context = replace(desk.context, exemplify=lambda: ("问一", "问二"))
    answer = compose(Query(Help()), Evidence(), context)
    assert "1 份资料、48 家企业" in answer.answer
    assert "1. 问一\n2. 问二" in answer.answer
    assert answer.suggestions == ("问一", "问二")
