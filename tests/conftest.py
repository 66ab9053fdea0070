"""Fixtures that several test modules share; each is built once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.corpus import read_corpus
from index.language.encoder import SentenceEncoder
from index.places.gazetteer import Gazetteer, load_gazetteer
from index.sources import read_source
from index.store.reader import IndexReader, open_index
from index.store.records import Records
from index.types import Corpus, Document
from tests.descriptions import KEPT, use_kept_descriptions
from tests.fakes import FakeEncoder, SilentProgress
from tests.postgres import running_postgres
from tests.stored import records_of

SEED_NAME = "specialized-sme-xiaojuren.md"
SEED = Path(__file__).parents[1] / "seeds" / SEED_NAME


@pytest.fixture(scope="session", autouse=True)
def _descriptions(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    os.environ[KEPT] = str(pytestconfig.cache.mkdir("descriptions"))
    use_kept_descriptions()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def seed_document() -> Document:
    return read_source(SEED, SEED_NAME)


@pytest.fixture(scope="session")
def seed_corpus() -> Corpus:
    return read_corpus([(SEED, SEED_NAME)])


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an index of the seeds, made with the fake encoder; not to be changed."""
    store = tmp_path_factory.mktemp("seeds") / "store"
    build_index(BuildRequest([SEED], store, FakeEncoder()), SilentProgress())
    return store


@pytest.fixture(scope="session")
def seed_index(seed_store: Path) -> Iterator[IndexReader]:
    index = open_index(seed_store, FakeEncoder())
    yield index
    index.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(store=tmp_path_factory.mktemp("answers") / "store", seeds=SEED.parent)


@pytest.fixture(scope="session")
def seed_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """The records of the seeds."""
    records = records_of([SEED], tmp_path_factory.mktemp("records"))
    yield records
    records.close()


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine over the seeds with the real model: answers are tested as users get them."""
    encoder = SentenceEncoder(settings.model, settings.threads)
    build_index(BuildRequest([settings.seeds], settings.store, encoder), SilentProgress())
    engine = open_engine(settings)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Chroma server of its own."""
    command = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    options = ["--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([command, "run", *options], stdout=log, stderr=log)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """Address of a PostgreSQL server of its own."""
    with running_postgres(free_port()) as url:
        yield url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the Chroma server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the Chroma server does not answer")
