"""The universal sentence encoder as a sentence-transformers module.

Imported only when a vector is needed: it brings torch along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule

from index.language.encoder_numpy import encode


class UniversalSentenceEncoder(InputModule):
    """Google's universal-sentence-encoder-multilingual version 3, computed by numpy.

    Source: Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval"
    (2019), weights under Apache-2.0.
    """

    dimension = 512

    def __init__(self, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._threads = threads

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """Return the texts as they are, a prompt put before each."""
        return {"texts": [f"{prompt or ''}{text}" for text in inputs]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return ``features`` with ``sentence_embedding`` of shape (texts, 512)."""
        vectors = encode(features["texts"], self._threads)
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self.dimension

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the weights are part of an installed package."""
