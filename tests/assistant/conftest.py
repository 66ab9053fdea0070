"""An engine over the seed list, with the real model: answers are tested as users get them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.encoder import SentenceEncoder
from tests.conftest import SEED
from tests.fakes import SilentProgress


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(store=tmp_path_factory.mktemp("answers") / "store", seeds=SEED.parent)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    encoder = SentenceEncoder(settings.model, settings.threads)
    build_index(BuildRequest([settings.seeds], settings.store, encoder), SilentProgress())
    engine = open_engine(settings)
    yield engine
    engine.index.close()
