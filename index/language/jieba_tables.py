"""jieba over tables of its dictionary that are opened in no time.

jieba itself reads half a million words into a dictionary in every process that cuts a text.
Imported with the first text that is cut.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import jieba

from index.language.wordtable import WordTable, prepared

_FREQUENCIES, _PARTS, _TAGS = "frequencies", "parts", "tags.txt"


class _Frequencies:
    """How often each word stands: 0 for what words only begin with, None for anything else."""

    def __init__(self, general: WordTable, own: Mapping[str, int]) -> None:
        self._general = general.get
        self._own = own

    def get(self, word: str, default: int | None = None) -> int | None:
        """Return how often a word stands; the words of an index come first."""
        found = self._own.get(word)
        if found is None:
            found = self._general(word)
        return default if found is None else found


class _Parts:
    """The part of speech of each word."""

    def __init__(self, folder: Path) -> None:
        self._table = WordTable(folder / _PARTS)
        self._tags = (folder / _TAGS).read_text("utf-8").split()

    def get(self, word: str, default: str) -> str:
        """Return the part of speech of a word in jieba's letters."""
        number = self._table.get(word)
        return default if number is None else self._tags[number]


class _Tables:
    """jieba's own dictionary."""

    def __init__(self, folder: Path) -> None:
        self.frequencies = WordTable(folder / _FREQUENCIES)
        self.parts = _Parts(folder)
        self.total = self.frequencies.total


class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """jieba's tokenizer with words of an index, each of which it keeps whole.

    Args:
        words: The words of the index, each once.
        kept: How often these are said to stand at least.
    """

    def __init__(self, words: Iterable[str] = (), kept: int = 0) -> None:
        super().__init__()
        tables = dictionary()
        known, own, self.total = tables.frequencies.get, {}, tables.total
        # jieba itself would work out how often each word must stand to be kept whole, which takes
        # longer than all else in opening an index.
        for word in words:
            own[word] = max(known(word) or 0, kept)
            self.total += own[word] - (known(word) or 0)
            for end in range(1, len(word)):
                own.setdefault(word[:end], known(word[:end]) or 0)
        self.FREQ = _Frequencies(tables.frequencies, own)
        self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 - jieba's name
        """Return for each place in a sentence where the words that begin there end."""
        known, found = self.FREQ.get, {}
        for start in range(len(sentence)):
            ends, end = [], start + 1
            while end <= len(sentence) and (often := known(sentence[start:end])) is not None:
                if often:
                    ends.append(end - 1)
                end += 1
            found[start] = ends or [start]
        return found


def tagger_of(tokenizer: Tokenizer) -> Any:
    """Return what cuts a text into words with their part of speech."""
    made = _tagger_class()
    # Its own constructor would read the parts of speech line by line.
    tagger = made.__new__(made)
    tagger.tokenizer = tokenizer
    tagger.word_tag_tab = dictionary().parts
    return tagger


@cache
def dictionary() -> _Tables:
    """Return jieba's own dictionary."""
    jieba.setLogLevel(logging.WARNING)
    return prepared(f"jieba-{jieba.__version__}", _write, _Tables)


def _write(folder: Path) -> None:
    with jieba.Tokenizer().get_dict_file() as file:
        # Every line is a word, how often it stands, and its part of speech.
        entries = file.read().decode("utf-8").split()
    frequencies = dict(zip(entries[::3], map(int, entries[1::3]), strict=True))
    for word in entries[::3]:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    WordTable.write(folder / _FREQUENCIES, frequencies)
    tags = {tag: number for number, tag in enumerate(sorted(set(entries[2::3])))}
    parts = {word: tags[tag] for word, tag in zip(entries[::3], entries[2::3], strict=True)}
    WordTable.write(folder / _PARTS, parts)
    (folder / _TAGS).write_text("\n".join(tags), "utf-8")


def _tagger_class() -> Any:
    """Return jieba's class of tokenizers with parts of speech.

    Its module makes one at once, for which it reads the dictionary line by line; nobody needs that
    one, so it gets an empty dictionary.
    """
    original = jieba.dt.get_dict_file
    jieba.dt.get_dict_file = BytesIO
    try:
        from jieba import posseg
    finally:
        jieba.dt.get_dict_file = original
    return posseg.POSTokenizer
