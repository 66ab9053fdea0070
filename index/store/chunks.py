"""The units of retrieval: rows, facets, statistics, clauses, notes, and their questions.

A chunk's id is a hash of what it holds, so building twice gives the same ids, and a row keeps
its id when another line of its file changes.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from index.schema.fields import registry
from index.store.payloads import CLAUSE, PASSAGE, STATISTICS
from index.text import split_list
from index.types import (
    Chunk,
    ChunkKind,
    Clause,
    Company,
    CompanyRow,
    Corpus,
    Origin,
    Passage,
    StatisticsRow,
)

# The scheme of ids; a change makes older indexes unreadable and is refused on opening.
CHUNK_SCHEME = 5

# What is compared by meaning. Whole rows are not: they are four fifths of the embedding, and what
# they say of a company's trade stands in its facets.
EMBEDDED = frozenset(ChunkKind) - {ChunkKind.ROW}

# The fields that say what a company does; each gets a vector of its own.
FACET_FIELDS = registry().role("described")

# Those of them that say what it is about, rather than how it ranks.
TOPIC_FIELDS = registry().role("topic")


def make_chunks(corpus: Corpus) -> list[Chunk]:
    """Return all chunks of ``corpus``, in reading order within each kind; ids are unique."""
    maker = _ChunkMaker()
    for company in corpus.companies:
        for row in company.rows:
            maker.add_row(row, (company.id,))
    maker.add_facets(corpus.companies)
    for unresolved in corpus.unresolved:
        maker.add_row(unresolved.row, ())
    for statistics in corpus.statistics:
        maker.add_statistics(statistics)
    for clause in corpus.clauses:
        maker.add_clause(clause)
    for note in corpus.notes:
        maker.add_note(note)
    return maker.chunks


class _ChunkMaker:
    """Collects chunks, numbering those that would otherwise share an id."""

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self._seen: Counter[str] = Counter()

    def _add(
        self,
        kind: ChunkKind,
        text: str,
        origin: Origin,
        targets: tuple[str, ...] = (),
        field: str = "",
        payload: str = "",
        place: tuple[str, ...] = (),
    ) -> str:
        """Add a chunk and return its id; ``place`` tells it from others of the same text.

        That is the section it stands in, unless said otherwise.
        """
        place = place or (origin.source, *origin.section, *targets)
        content = "\x1f".join((kind, *place, text))
        self._seen[content] += 1
        key = f"chunk:{CHUNK_SCHEME}:{self._seen[content]}:{content}"
        chunk_id = hashlib.sha256(key.encode()).hexdigest()[:24]
        self.chunks.append(Chunk(chunk_id, kind, text, origin, targets, field, payload))
        return chunk_id

    def add_row(self, row: CompanyRow, targets: tuple[str, ...]) -> None:
        label = registry().label
        cells = (f"{label(field)}：{value.text}" for field, value in row.values.items())
        self._add(ChunkKind.ROW, "；".join(cells), row.origin, targets)

    def add_facets(self, companies: Iterable[Company]) -> None:
        """Add one chunk for each distinct thing that companies do, whoever does it.

        What many companies do is one text with one vector, and takes one place among the nearest.
        """
        doing: dict[tuple[str, str], dict[str, Origin]] = {}
        for company in companies:
            for field in FACET_FIELDS:
                for value in company.values(field):
                    for text in (value.text, *split_list(value.text)):
                        doing.setdefault((field, text), {}).setdefault(company.id, value.origin)
        for (field, text), origins in doing.items():
            first = next(iter(origins.values()))
            self._add(ChunkKind.FACET, text, first, tuple(origins), field, place=(field,))

    def add_statistics(self, row: StatisticsRow) -> None:
        text = "；".join(value.text for value in row.values.values())
        payload = STATISTICS.written(row)
        target = self._add(ChunkKind.STATISTICS, text, row.origin, payload=payload)
        questions = _templates()["region"]["questions"] if row.place and row.count else ()
        self._add_questions((q.format(place=row.place) for q in questions), target, row.origin)

    def add_clause(self, clause: Clause) -> None:
        text = f"{clause.dimension}：{clause.text}"
        payload = CLAUSE.written(clause)
        target = self._add(ChunkKind.CLAUSE, text, clause.origin, payload=payload)
        self._add_questions(_clause_questions(clause), target, clause.origin)

    def add_note(self, note: Passage) -> None:
        payload = PASSAGE.written(note)
        target = self._add(ChunkKind.NOTE, note.text, note.origin, payload=payload)
        self._add_questions(_questions_about("note", note.text), target, note.origin)

    def _add_questions(self, questions: Iterator[str], target: str, origin: Origin) -> None:
        for question in dict.fromkeys(questions):
            self._add(ChunkKind.QUESTION, question, origin, (target,))


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads((files("index") / "data/questions.toml").read_text("utf-8"))


def rival_questions(kind: str) -> tuple[str, ...]:
    """Return questions of a kind that no such source answers, or that ask for companies.

    Args:
        kind: ``unanswered`` or ``listing``.
    """
    return tuple(_templates()["rivals"][kind])


def clause_subject(text: str) -> str:
    """Return what a requirement is about: 研发费用占比不低于3% → 研发费用占比."""
    template = _templates()["clause"]
    subject = re.sub(template["threshold"], "", text)
    return re.sub(template["verbs"], "", subject) or text


def questions_of(told: Clause | Passage) -> tuple[str, ...]:
    """Return the questions that a requirement or a note answers by its template."""
    if isinstance(told, Clause):
        return tuple(_clause_questions(told))
    return tuple(_questions_about("note", told.text))


def _clause_questions(clause: Clause) -> Iterator[str]:
    subject = clause_subject(clause.text)
    for question in _templates()["clause"]["questions"]:
        yield question.format(subject=subject, dimension=clause.dimension)
    yield from _questions_about("about", clause.text)


def _questions_about(kind: str, text: str) -> Iterator[str]:
    """Yield the questions of the templates of a kind that fit a text."""
    for template in _templates()[kind]:
        if re.search(template["match"], text):
            yield from template["questions"]
