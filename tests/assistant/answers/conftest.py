"""Evidence made by hand from the seed list, and the answers that it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from assistant.answers.answer import Answer
from assistant.answers.context import Context
from assistant.answers.drafting import compose
from assistant.query import Query
from assistant.search.evidence import Evidence, Hit, Selected
from index.checks import Finding, findings
from index.types import Clause, Company, Corpus, Origin, StatisticsRow


class HeldRecords:
    """The records of a corpus held in memory, as far as answers read them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_key = {company.id: company for company in corpus.companies}
        self._findings = findings(corpus)

    def by_key(self, keys: Iterable[str]) -> tuple[Company, ...]:
        return tuple(self._by_key[key] for key in keys if key in self._by_key)

    def count(self) -> int:
        return len(self._by_key)

    def clauses(self) -> tuple[Clause, ...]:
        return self._corpus.clauses

    def findings_at(self, origins: Iterable[Origin]) -> Mapping[Origin, tuple[Finding, ...]]:
        return {
            origin: tuple(one for one in self._findings if origin in one.origins)
            for origin in origins
        }


class Desk:
    """Makes evidence from the companies of a corpus and answers with it.

    Args:
        corpus: The lists.
        noun: What their companies are called.
    """

    def __init__(self, corpus: Corpus, noun: str = "小巨人企业") -> None:
        self.corpus = corpus
        self.context = Context(HeldRecords(corpus), corpus.documents, noun)  # type: ignore[arg-type]

    def company(self, name: str) -> Company:
        """Return the one company whose name holds ``name``; the first where several do."""
        return next(one for one in self.corpus.companies if name in one.name or name in one.aliases)

    def ids(self, *names: str) -> tuple[str, ...]:
        return tuple(self.company(name).id for name in names)

    def selected(self, *names: str, unknown: tuple[str, ...] = (), **more: object) -> Selected:
        companies = [self.company(name) for name in names]
        told: dict[str, object] = {
            "hits": tuple(map(Hit, companies)),
            "ids": tuple(one.id for one in companies),
            "total": len(companies),
            "unknown": tuple(map(self.company, unknown)),
            "unknown_total": len(unknown),
        }
        return Selected(**(told | more))  # type: ignore[arg-type]

    def in_city(self, city: str) -> tuple[str, ...]:
        return tuple(one.name for one in self.corpus.companies if city in one.facts("city"))

    def rows(self, *places: str) -> tuple[StatisticsRow, ...]:
        by_place = {row.place: row for row in self.corpus.statistics}
        return tuple(by_place[place] for place in places)

    def answer(self, query: Query, evidence: Evidence, question: str = "") -> Answer:
        return compose(query, evidence, self.context, question)


@pytest.fixture(scope="session")
def desk(seed_corpus: Corpus) -> Desk:
    return Desk(seed_corpus)
