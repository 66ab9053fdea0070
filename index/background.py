"""Every trade of the thesaurus as vectors: what a question may be about besides these companies.

A question about a trade that no row holds is near some company too; nothing is nearest to nothing.
Compared with all trades it shows itself: 种水稻 is far nearer to rice seed than to any company's
trade. This is open-set recognition with the unheld concepts as the background.

The vectors depend on the model and the thesaurus only, so they are computed once and kept in the
user's cache folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import platformdirs

from index.encoder import Encoder, Vectors
from index.thesaurus import Concept, Thesaurus

_BATCH = 512


class Background:
    """The trades' vectors.

    Args:
        thesaurus: The trades.
        held: Folded words of the thesaurus that some row holds.
        vectors: One row per text of :func:`background_texts`.
    """

    def __init__(self, thesaurus: Thesaurus, held: frozenset[str], vectors: Vectors) -> None:
        concepts = list(thesaurus.concepts())
        held_terms = {
            concept.term for word in held if (concept := thesaurus.concept(word)) is not None
        }
        kin = held_terms | {kin for term in held_terms for kin in thesaurus.kin(term)}
        owners = [concept.term for concept in concepts for _ in _texts_of(concept)]
        self._vectors = vectors
        self._held = np.array([owner in held_terms for owner in owners], dtype=bool)
        # Concepts beside a held one prove neither that a question is about it nor the contrary.
        self._foreign = np.array([owner not in kin for owner in owners], dtype=bool)

    def margin(self, vector: Vectors) -> float:
        """Return how much nearer a question is to the trades held than to all foreign ones.

        The difference of two cosine similarities, from -2 to 2; above 0 the nearest trade of all
        is one that some row holds.
        """
        similarities = self._vectors @ vector
        held = similarities[self._held].max(initial=-1.0)
        foreign = similarities[self._foreign].max(initial=-1.0)
        return round(float(held - foreign), 4)


def _texts_of(concept: Concept) -> tuple[str, ...]:
    return (concept.term, *concept.glosses)


def background_texts(thesaurus: Thesaurus) -> list[str]:
    """Return the texts that are embedded: every term with its glosses."""
    return [text for concept in thesaurus.concepts() for text in _texts_of(concept)]


def background_vectors(
    thesaurus: Thesaurus, encoder: Encoder, progress: Callable[[int], None] = lambda _: None
) -> Vectors:
    """Return the vectors of all terms and glosses, from the cache or computed anew.

    ``progress`` gets the number of texts done at every step.
    """
    texts = background_texts(thesaurus)
    digest = hashlib.sha256("\n".join((encoder.name, *texts)).encode()).hexdigest()[:16]
    path = Path(platformdirs.user_cache_dir("xiaojuren")) / f"background-{digest}.npy"
    try:
        vectors = np.asarray(np.load(path), dtype=np.float32)
        progress(len(texts))
    except (OSError, ValueError):
        vectors = _encode(texts, encoder, progress)
        _keep(path, vectors)
    return vectors


def _encode(texts: list[str], encoder: Encoder, progress: Callable[[int], None]) -> Vectors:
    parts = []
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        parts.append(encoder.encode_documents(batch))
        progress(len(batch))
    return np.concatenate(parts)


def _keep(path: Path, vectors: Vectors) -> None:
    """Write the cache in one step; a cache that cannot be written is only slower."""
    fresh = path.with_suffix(f".{hashlib.sha256(vectors.tobytes()).hexdigest()[:8]}.npy")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(fresh, vectors.astype(np.float16))
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
