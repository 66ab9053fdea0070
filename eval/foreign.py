"""How well foreign trades are told: `python -m eval.foreign STORE …`.

Every trade is described by one of its descriptions, left out of the thesaurus for that. Those of
trades that companies of a store are in are to be kept, those of trades that none is in, nor in any
beside, refused: as far as they are kept at each cut, that share is refused.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from assistant.engine import Engine, open_engine
from assistant.search.topics import FOREIGN
from assistant.settings import Settings
from index.language.encoder import Vectors
from index.language.thesaurus import Concept, Thesaurus, load_thesaurus, read_glosses, read_likened
from index.store.concepts import ConceptIndex, concept_tokens
from index.store.vectors import VectorCollection
from index.store.words import LexicalIndex

_KEPT = (0.9, 0.95, 0.98)
_SEED = 1


class _Flat:
    """Vectors compared one by one."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return places and cosine similarities, the nearest first."""
        similar = self._vectors @ vector
        return [(str(at), float(similar[at])) for at in np.argsort(-similar)[:limit].tolist()]

    def close(self) -> None:
        """Do nothing."""


def margins(engine: Engine) -> tuple[list[float], list[float]]:
    """Return the margins of descriptions of trades held, and of foreign ones."""
    whole, chance = load_thesaurus(), random.Random(_SEED)  # noqa: S311 - nothing secret
    concepts = [one for one in whole.concepts() if len(whole.texts_of(one)) > 2]
    out = {one.term: chance.choice(whole.texts_of(one)[1:]) for one in concepts}
    index = _without(engine, whole, out)
    meaning = engine.finders.meaning
    held: list[float] = []
    foreign: list[float] = []
    for concept in concepts:
        place = index.place[concept.term]
        found = held if meaning.held[place] else foreign if meaning.foreign[place] else None
        if found is not None:
            text = out[concept.term]
            nearness = index.search(text, engine.index.vector_of(text)).relative
            found.append(meaning.margin(nearness))
    return held, foreign


def _without(engine: Engine, whole: Thesaurus, out: dict[str, str]) -> ConceptIndex:
    """Return the index of a thesaurus without a description of each concept."""
    glosses = {
        term: tuple(text for text in texts if text != out.get(term))
        for term, texts in read_glosses().items()
    }
    rest = Thesaurus({one.term: one for one in whole.concepts()}, lambda: glosses, read_likened)
    kept = _kept(whole, out)
    vectors = np.zeros((len(kept), engine.index.manifest.dimension), dtype=np.float32)
    place = {str(number): at for at, number in enumerate(kept)}
    for number, vector in engine.index.concepts.vectors_of(list(place)):
        vectors[place[number]] = vector
    tokens = concept_tokens(rest)
    words = LexicalIndex.build([str(at) for at in range(len(tokens))], tokens)
    return ConceptIndex(rest, cast(VectorCollection, _Flat(vectors)), words)


def _kept(whole: Thesaurus, out: dict[str, str]) -> Sequence[int]:
    """Return the places of the descriptions that are not left out."""
    told: list[tuple[Concept, str]] = [
        (one, text) for one in whole.concepts() for text in whole.texts_of(one)
    ]
    return [at for at, (one, text) in enumerate(told) if text != out.get(one.term)]


def main(stores: Annotated[list[Path], typer.Argument(help="Stores of indexes.")]) -> None:
    """Print how many foreign descriptions are refused where so many others are kept."""
    console, held, foreign = Console(), list[float](), list[float]()
    for store in stores:
        with closing(open_engine(Settings(store=store))) as engine:
            ours, others = margins(engine)
        held, foreign = held + ours, foreign + others
    table = Table("kept", "cut", "foreign refused", title=f"{len(held)} held, {len(foreign)} not")
    cuts = [(kept, float(np.quantile(held, 1 - kept))) for kept in _KEPT]
    now = float(np.mean([one >= FOREIGN for one in held]))
    for kept, cut in (*cuts, (now, FOREIGN)):
        refused = np.mean([one < cut for one in foreign])
        table.add_row(f"{kept:.3f}", f"{cut:.3f}", f"{refused:.3f}")
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
