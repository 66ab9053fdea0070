"""An adapter over a few hand-made sources."""

from __future__ import annotations

import pytest

from assistant.adapter import Adapter, Known
from index.corpus import Corpus
from index.places.gazetteer import Gazetteer
from index.schema.normalize import fold


@pytest.fixture(scope="session")
def known(seed_corpus: Corpus, gazetteer: Gazetteer) -> Known:
    return Known(
        gazetteer=gazetteer,
        statistics=seed_corpus.statistics,
        clauses=seed_corpus.clauses,
        notes=lambda: [fold(note.text) for note in seed_corpus.notes],
        figures=lambda _: [],
        telling=lambda ids, _: ids,
        names=lambda ids: [f"公司{one}" for one in ids],
    )


@pytest.fixture(scope="session")
def adapter(known: Known) -> Adapter:
    return Adapter(known)
