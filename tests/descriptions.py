"""The descriptions of the thesaurus for stores of tests: computed once and copied from then on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import index.build
from index.language.encoder import Encoder
from index.language.thesaurus import Thesaurus, load_thesaurus
from index.store.concepts import build_concepts, thesaurus_name

KEPT = "XIAOJUREN_TEST_DESCRIPTIONS"
"""Environment variable with the folder that keeps them; processes of tests read it too."""


def kept_descriptions(
    store: Path,
    chroma_url: str | None,
    thesaurus: Thesaurus,
    encoder: Encoder,
    progress: Callable[[int], None] = lambda _: None,
) -> str:
    """Do what ``build_concepts`` does, from the folder that keeps them where there is no server."""
    name = thesaurus_name(thesaurus, encoder.name)
    kept = Path(os.environ[KEPT])
    if chroma_url:
        return build_concepts(store, chroma_url, thesaurus, encoder, progress)
    build_concepts(kept, None, thesaurus, encoder, progress)
    if not (store / name).exists():
        shutil.copytree(kept / name, store / name)
    return name


def put_descriptions(store: Path, encoder: Encoder) -> None:
    """Put them into a store that a process is going to build."""
    store.mkdir(parents=True, exist_ok=True)
    kept_descriptions(store, None, load_thesaurus(), encoder)


def use_kept_descriptions() -> None:
    """Let builds of this process take them from the folder that keeps them."""
    index.build.build_concepts = kept_descriptions  # type: ignore[attr-defined]
