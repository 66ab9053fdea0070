"""Indexes where the settings say: what they are built from, and the first one in a new place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.settings import Settings, database_of
from index.build import BuildRequest, build_index
from index.embedding import Progress
from index.language.encoder import SentenceEncoder
from index.sources.worker import Limits
from index.store.server import open_store

PACKAGED = Path(__file__).parents[1] / "seeds"
"""The list that comes with the program."""


def seeds_of(settings: Settings) -> Path:
    """Return the folder of lists to index where none is named: that of the settings or PACKAGED.

    A folder that was named and is not there is no reason to index another list.
    """
    named = "seeds" in settings.model_fields_set
    return settings.seeds if named or settings.seeds.exists() else PACKAGED


def request_of(
    settings: Settings, sources: Sequence[Path] = (), *, full: bool = False
) -> BuildRequest:
    """Return what builds the index of ``settings`` from files and folders, or else the seeds."""
    encoder = SentenceEncoder(settings.model, settings.threads)
    found = list(sources) or [seeds_of(settings)]
    return BuildRequest(
        found,
        settings.store,
        encoder,
        settings.chroma_url,
        full,
        database_of(settings),
        Limits(settings.read_seconds, settings.read_megabytes),
    )


def has_index(settings: Settings) -> bool:
    """Return whether an index has been built where ``settings`` say."""
    address = database_of(settings)
    with closing(open_store(settings.store, settings.chroma_url, address)) as place:
        return place.exists()


def build_first(settings: Settings, progress: Progress) -> None:
    """Build the index from the seeds unless there is one.

    Raises:
        SourceError: no list can be read.
        StoreError: the store cannot be written.
    """
    if not has_index(settings):
        build_index(request_of(settings), progress)
