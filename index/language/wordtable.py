"""Words with a number each, looked up in files that are mapped into memory and never read whole.

Dictionaries of half a million words, made anew by every process, would take more of its time than
the answer to a question. So they are written once, into the user's cache folder.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np
import platformdirs
from numpy.typing import NDArray

_T = TypeVar("_T")

_WORDS, _NUMBERS = "words.marisa", "numbers.npy"
_REMEMBERED = 1 << 16

# What is raised where a file is missing or damaged, by all that read them.
_UNUSABLE = (OSError, ValueError, EOFError, RuntimeError, KeyError, BadZipFile)


class WordTable:
    """Numbers of words.

    Args:
        folder: Where :meth:`write` has written them.

    Attributes:
        get: Returns the number of a word, None if it has none; the last ones are remembered.
    """

    def __init__(self, folder: Path) -> None:
        import marisa_trie

        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / _WORDS))
        self._numbers: NDArray[np.int32] = np.asarray(np.load(folder / _NUMBERS, mmap_mode="r"))
        self.get: Callable[[str], int | None] = lru_cache(maxsize=_REMEMBERED)(self._get)

    @staticmethod
    def write(folder: Path, numbers: Mapping[str, int]) -> None:
        """Write words with their numbers into a folder, which is made."""
        import marisa_trie

        folder.mkdir(parents=True)
        trie = marisa_trie.Trie(numbers)
        trie.save(str(folder / _WORDS))
        ordered = np.zeros(len(trie), dtype=np.int32)
        for word, number in numbers.items():
            ordered[trie[word]] = number
        np.save(folder / _NUMBERS, ordered)

    @property
    def total(self) -> int:
        """The sum of all numbers."""
        return int(self._numbers.sum(dtype=np.int64))

    def _get(self, word: str) -> int | None:
        place = self._trie.get(word)
        return None if place is None else int(self._numbers[place])


def prepared(name: str, write: Callable[[Path], None], opened: Callable[[Path], _T]) -> _T:
    """Return what is kept under a name in the user's cache folder; what is missing is written.

    Args:
        name: Says what it was made from, versions and all.
        write: Writes it into a folder that is not there yet.
        opened: Opens such a folder; the files may be gone afterwards, being mapped into memory.

    Raises:
        OSError: there is neither a cache nor room for a temporary folder.
    """
    folder = Path(platformdirs.user_cache_dir("xiaojuren")) / name
    with suppress(*_UNUSABLE):
        return opened(folder)
    fresh = folder.with_name(f"{name}.{secrets.token_hex(4)}.new")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        write(fresh)
        shutil.rmtree(folder, ignore_errors=True)
        # Another process may have put it there in the meantime.
        with suppress(OSError):
            fresh.replace(folder)
        return opened(folder)
    except _UNUSABLE:
        with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
            write(Path(temporary) / name)
            return opened(Path(temporary) / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
