"""The units of retrieval: rows, facets, statistics, clauses, notes, and their questions.

A chunk's id is a hash of what it holds, so building twice gives the same ids, and a row keeps
its id when another line of its file changes.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from index.companies.names import split_list
from index.schema.columns import load_schema
from index.types import (
    Chunk,
    ChunkKind,
    Clause,
    Company,
    CompanyRow,
    Corpus,
    Facts,
    Origin,
    Passage,
    Scalar,
    StatisticsRow,
    UnresolvedRow,
)

# The scheme of ids and metadata; a change makes older indexes unreadable and is refused on opening.
CHUNK_SCHEME = 4

# The fields that say what a company does; each gets a vector of its own.
FACET_FIELDS = ("domain", "product", "technology", "position")

# Those of them that say what it is about, rather than how it ranks.
TOPIC_FIELDS = ("domain", "product", "technology")

STATISTICS_PAYLOAD = TypeAdapter(StatisticsRow)
CLAUSE_PAYLOAD = TypeAdapter(Clause)
NOTE_PAYLOAD = TypeAdapter(Passage)

Metadata = dict[str, Scalar | list[str]]


def make_chunks(corpus: Corpus) -> list[Chunk]:
    """Return all chunks of ``corpus``, in reading order within each kind; ids are unique."""
    maker = _ChunkMaker()
    for company in corpus.companies:
        for row in company.rows:
            maker.add_row(row, _company_metadata(company))
    maker.add_facets(corpus.companies)
    for unresolved in corpus.unresolved:
        maker.add_row(unresolved.row, _unresolved_metadata(unresolved))
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
        metadata: Mapping[str, Scalar | list[str]] | None = None,
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
        told: Metadata = {
            "kind": kind.value,
            "source": origin.source,
            "section": " / ".join(origin.section),
            "line_start": origin.line_start,
            "line_end": origin.line_end,
        }
        told |= dict(metadata or {})
        self.chunks.append(Chunk(chunk_id, kind, text, origin, targets, told, payload))
        return chunk_id

    def add_row(self, row: CompanyRow, metadata: Metadata) -> None:
        schema = load_schema()
        cells = (f"{schema.label(field)}：{value.text}" for field, value in row.values.items())
        targets = (str(metadata["company"]),) if "company" in metadata else ()
        facts = facts_metadata(row.facts)
        self._add(ChunkKind.ROW, "；".join(cells), row.origin, targets, metadata | facts)

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
            metadata: Metadata = {"field": field, "companies": list(origins)}
            first = next(iter(origins.values()))
            self._add(ChunkKind.FACET, text, first, tuple(origins), metadata, place=(field,))

    def add_statistics(self, row: StatisticsRow) -> None:
        text = "；".join(value.text for value in row.values.values())
        metadata: Metadata = {"dimension": row.dimension, "label": row.label}
        if row.count is not None:
            metadata |= {"count": row.count, "open_ended": row.open_ended}
        payload = STATISTICS_PAYLOAD.dump_json(row).decode()
        target = self._add(ChunkKind.STATISTICS, text, row.origin, (), metadata, payload)
        questions = _templates()["region"]["questions"] if row.place and row.count else ()
        self._add_questions((q.format(place=row.place) for q in questions), target, row.origin)

    def add_clause(self, clause: Clause) -> None:
        text = f"{clause.dimension}：{clause.text}"
        payload = CLAUSE_PAYLOAD.dump_json(clause).decode()
        metadata: Metadata = {"dimension": clause.dimension}
        target = self._add(ChunkKind.CLAUSE, text, clause.origin, (), metadata, payload)
        self._add_questions(_clause_questions(clause), target, clause.origin)

    def add_note(self, note: Passage) -> None:
        payload = NOTE_PAYLOAD.dump_json(note).decode()
        target = self._add(ChunkKind.NOTE, note.text, note.origin, payload=payload)
        self._add_questions(_questions_about("note", note.text), target, note.origin)

    def _add_questions(self, questions: Iterator[str], target: str, origin: Origin) -> None:
        for question in dict.fromkeys(questions):
            self._add(ChunkKind.QUESTION, question, origin, (target,))


def _company_metadata(company: Company) -> Metadata:
    metadata: Metadata = {"company": company.id, "name": company.name}
    if company.aliases:
        metadata["aliases"] = list(company.aliases)
    return metadata


def _unresolved_metadata(unresolved: UnresolvedRow) -> Metadata:
    return {"name": unresolved.row.name, "candidates": list(unresolved.candidates)}


def facts_metadata(facts: Facts) -> Metadata:
    """Return the typed facts as Chroma metadata: ints and strings, absent where unknown."""
    listing, headcount = facts.listing, facts.headcount
    metadata: dict[str, Scalar | None] = {
        "founded": facts.founded,
        "headcount_low": headcount.low if headcount else None,
        "headcount_high": headcount.high if headcount else None,
        "listing": listing.status.value if listing else None,
        "exchange": listing.exchange if listing else None,
        "code": listing.code if listing else None,
        "batch": facts.batch,
        "city": facts.city,
        "province": facts.province,
        "district": facts.district,
        "website": facts.website,
    }
    return {key: value for key, value in metadata.items() if value is not None}


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
