"""Many texts shared out among processes give the vectors that one process gives."""

from __future__ import annotations

import numpy as np

from index.language import encoder_numpy
from index.language.encoder_numpy import encode

TEXTS = [f"{city}第{number}家做传感器的企业" for city in ("苏州", "杭州") for number in range(300)]


def test_vectors_of_many_texts_are_those_of_one_process_in_the_same_order() -> None:
    assert len(TEXTS) >= encoder_numpy._MANY
    alone, shared = encode(TEXTS, 1), encode(TEXTS, 2)
    assert shared.shape == (len(TEXTS), 512)
    assert np.allclose(alone, shared, atol=1e-4)
    assert np.allclose(np.linalg.norm(shared, axis=1), 1.0, atol=1e-3)


def test_vector_does_not_depend_on_the_texts_beside_it() -> None:
    assert np.allclose(encode(TEXTS[:5], 2)[3], encode([TEXTS[3]], 1)[0], atol=1e-4)
