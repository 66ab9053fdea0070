"""What plain retrieval would answer: the ten nearest companies, however they are searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from assistant.search.rows import RowSearch
from eval.metrics import f1, set_scores
from eval.questions import Question
from index.store.columns import ColumnStore
from index.store.reader import IndexReader
from index.types import ChunkKind

_KINDS = (ChunkKind.ROW, ChunkKind.FACET)
_TOP = 10
_IN_FIRST = 3
_CANDIDATES = 200

Search = Callable[[str], list[str]]


def baselines(index: IndexReader) -> dict[str, Search]:
    """Return each plain search by name: a question in, ids of companies out, best first."""

    def targets(hits: Sequence[tuple[str, float]]) -> list[str]:
        found = (index.chunk(chunk_id).targets for chunk_id, _ in hits)
        return list(dict.fromkeys(chain.from_iterable(found)))

    columns = ColumnStore(index.records)
    rows = RowSearch(index, columns)

    def fused(text: str) -> list[str]:
        scores, _ = rows.search(text)
        best = np.argsort(-scores, kind="stable")[: np.count_nonzero(scores)]
        return list(columns.keys(best))

    return {
        "dense": lambda text: targets(index.search_vectors(text, _KINDS, _CANDIDATES)),
        "BM25": lambda text: targets(index.search_words(text, "companies", _CANDIDATES)),
        "fusion": fused,
    }


def score(index: IndexReader, questions: Sequence[Question]) -> list[dict[str, float | str]]:
    """Return for each baseline the F1 of its first ten and how often a right one is in three.

    Only questions that ask for companies in one turn are asked.
    """
    everyone = index.records.companies(range(index.records.count()))
    names = {company.id: company.name for company in everyone}
    asked = [one for one in questions if len(one.turns) == 1 and one.expect.required]
    rows: list[dict[str, float | str]] = []
    for name, search in baselines(index).items():
        found = [[names[key] for key in search(one.turns[0])][:_TOP] for one in asked]
        pairs = list(zip(asked, found, strict=True))
        right = [bool(set(got[:_IN_FIRST]) & set(one.expect.required or ())) for one, got in pairs]
        f1s = [f1(*set_scores(got, one.expect)) or 0.0 for one, got in pairs]
        rows.append(
            {
                "search": f"{name}, top {_TOP}",
                "questions": len(asked),
                "f1": sum(f1s) / len(asked) if asked else 0.0,
                "in_first": sum(right) / len(asked) if asked else 0.0,
            }
        )
    return rows
