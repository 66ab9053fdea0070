"""What an index is made of, before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.checks.types import Finding
from index.corpus import Reading
from index.types import Chunk, Corpus


@dataclass(frozen=True, slots=True)
class Content:
    """What an index is made of.

    Attributes:
        reading: What each file holds.
        corpus: What became of it when the rows of one company were joined.
        chunks: What is compared by words and by meaning.
        findings: What looks wrong in the sources.
        paths: Where each file stands, in the order of the reading.
        nearest: The nearest trade of each text of companies without a word of the thesaurus.
    """

    reading: Reading
    corpus: Corpus
    chunks: Sequence[Chunk]
    findings: Sequence[Finding]
    paths: Sequence[str]
    nearest: Mapping[str, str] = field(default_factory=dict)
