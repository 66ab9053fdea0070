"""One segmenter for indexing and for questions: text in, tokens out.

jieba cuts with a dictionary that knows the index's own vocabulary; character bigrams are the
safety net for words that it still cuts elsewhere.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from index.regex import regex
from index.text import fold

# jieba's dictionary can only match words made of these (github.com/fxsjy/jieba, issue 749).
_MATCHABLE = regex(r"[\u4e00-\u9fd5a-z0-9+#&._%-]{2,}")
_WORD = regex(r"[\w%+#]")
_HAN_RUN = regex(r"[\u3400-\u9fff]+")
_BETWEEN_CELLS = regex(r"[;:]")
_REMEMBERED = 20_000
_SEGMENTER_SCHEME = 2

# How often a word of the index is said to stand: so often that it wins over any two words that
# it is made of.
_KEPT_WHOLE = 3_000

# Words of jieba's dictionary that are rarer than this are as likely a mistake as a word.
_IN_USE = 5
_EVERYDAY = 50


class Segmenter:
    """jieba with a domain dictionary, loaded on first use and frozen from then on."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        words = (fold(word) for word in (*_programme_terms(), *vocabulary))
        self.vocabulary = tuple(sorted({word for word in words if _MATCHABLE.fullmatch(word)}))
        self._lock = threading.Lock()
        self._pieces: dict[str, tuple[str, ...]] = {}

    @property
    def fingerprint(self) -> str:
        """Name of the segmenter's scheme, jieba's version and a hash of the dictionary."""
        digest = hashlib.sha256("\n".join(self.vocabulary).encode()).hexdigest()[:12]
        return f"{segmenter_name()} dictionary {digest}"

    def tokens(self, text: str) -> list[str]:
        """Return the words of ``text`` and the character bigrams of its Chinese runs.

        Tokens are folded (half width, lower case); punctuation is left out; words that hold
        other words give those too. Never an empty string.
        """
        folded = fold(text)
        # No word spans one of these marks, and what stands between them stands in many rows.
        words = [word for piece in _BETWEEN_CELLS.split(folded) for word in self._words_of(piece)]
        bigrams = [run[i : i + 2] for run in _HAN_RUN.findall(folded) for i in range(len(run) - 1)]
        known = set(words)
        return words + [bigram for bigram in bigrams if bigram not in known]

    def _words_of(self, piece: str) -> tuple[str, ...]:
        known = self._pieces.get(piece)
        if known is None:
            known = tuple(word for word in self._cut(piece) if _WORD.search(word))
            if len(self._pieces) >= _REMEMBERED:
                self._pieces.clear()
            self._pieces[piece] = known
        return known

    def words(self, text: str) -> list[str]:
        """Return the words of ``text`` in order, without overlaps or bigrams, folded."""
        with self._lock:
            return [word for word in self._jieba.cut(fold(text)) if word.strip()]

    def known_words(self, text: str) -> list[str]:
        """Return the words of ``text`` by the dictionary alone; what it lacks falls apart."""
        with self._lock:
            return [word for word in self._jieba.cut(fold(text), HMM=False) if word.strip()]

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """Return the words of ``text`` in order with their part of speech in jieba's letters."""
        with self._lock:
            return [(pair.word, pair.flag) for pair in self._tagger.cut(fold(text))]

    def is_word(self, text: str) -> bool:
        """Return whether the general dictionary knows ``text`` as a word that is in use."""
        return _frequency(fold(text)) >= _IN_USE

    def is_common(self, text: str) -> bool:
        """Return whether the general dictionary knows ``text`` as a word in everyday use."""
        return _frequency(fold(text)) >= _EVERYDAY

    def _cut(self, text: str) -> list[str]:
        # jieba's tokenizer is pure Python but builds state lazily; one caller at a time.
        with self._lock:
            return [word.strip() for word in self._jieba.cut_for_search(text) if word.strip()]

    @cached_property
    def _tagger(self) -> Any:
        from index.language.jieba_tables import tagger_of

        return tagger_of(self._jieba)

    @cached_property
    def _jieba(self) -> Any:
        from index.language.jieba_tables import Tokenizer

        return Tokenizer(self.vocabulary, _KEPT_WHOLE)


def _frequency(word: str) -> int:
    """Return how often a word stands by jieba's own dictionary."""
    from index.language.jieba_tables import dictionary

    return dictionary().frequencies.get(word) or 0


def segmenter_name() -> str:
    """Return scheme and version; an index made with another one does not fit its questions."""
    return f"jieba {version('jieba')} scheme {_SEGMENTER_SCHEME}"


def _programme_terms() -> list[str]:
    lines = (files("index") / "data/terms.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
