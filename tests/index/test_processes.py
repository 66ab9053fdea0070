"""Several processes on one store: builders that die, builders that meet, readers side by side."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.build import BuildRequest, build_index
from index.errors import StoreLockedError
from index.store.generations import StoreFolder
from index.store.manifest import Manifest
from index.store.reader import open_index
from index.store.vectors import connect
from index.types import ChunkKind
from tests.fakes import FakeEncoder, SilentProgress, companies_of

ROOT = Path(__file__).parents[2]
HEADER = "| 企业名称 | 领域 |\n|---|---|\n"
OLD, NEW = "苏州敏芯科技有限公司", "苏州纳芯科技有限公司"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "清单.md"
    path.write_text(f"{HEADER}| {OLD} | MEMS |\n", "utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def build(source: Path, store: Path, url: str | None = None) -> Manifest:
    return build_index(BuildRequest([source], store, FakeEncoder(), url), SilentProgress())


def serving_companies(store: Path, url: str | None = None) -> list[str]:
    index = open_index(store, FakeEncoder(), url)
    assert index.search_vectors("MEMS", [ChunkKind.FACET], 1)[0][1] == 1.0
    assert index.search_words("MEMS", "companies", 1)
    index.close()
    return [company.name for company in companies_of(index.records)]


def generations(store: Path) -> set[str]:
    return {folder.name for folder in (store / "generations").iterdir()}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.processes", *map(str, arguments)]


@contextmanager
def process(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that is spoken to in lines, and ends when nothing more is said."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command(*arguments), cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as run:
        try:
            yield run
        finally:
            run.kill()


def hear(run: subprocess.Popen[str]) -> str:
    assert run.stdout is not None
    return run.stdout.readline().strip()


def say(run: subprocess.Popen[str], line: str) -> None:
    assert run.stdin is not None
    run.stdin.write(f"{line}\n")
    run.stdin.flush()


def ask(run: subprocess.Popen[str], text: str) -> dict[str, Any]:
    say(run, text)
    return dict(json.loads(hear(run)))


# --- a build that is killed -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "left", "serving"),
    [
        ("读取清单", 1, OLD),
        ("写入数据库", 2, OLD),
        ("分词", 2, OLD),
        ("分词:1", 2, OLD),
        ("计算向量", 2, OLD),
        ("写入 Chroma", 2, OLD),
        ("写入 Chroma:1", 2, OLD),
        ("publish", 2, OLD),
        ("published", 2, NEW),
    ],
)
def test_killed_build_leaves_a_whole_index_serving_and_the_next_one_cleans_up(
    source: Path, store: Path, stage: str, left: int, serving: str
) -> None:
    build(source, store)
    source.write_text(f"{HEADER}| {NEW} | MEMS、麦克风 |\n", "utf-8")
    done = subprocess.run(
        command("build", store, source, "", stage, "kill"), cwd=ROOT, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert len(generations(store)) == left
    assert serving_companies(store) == [serving]
    build(source, store)
    assert serving_companies(store) == [NEW]
    assert generations(store) == {StoreFolder(store).current().name}


def test_build_killed_before_the_first_index_leaves_none_and_does_not_hinder_the_next(
    source: Path, store: Path
) -> None:
    arguments = command("build", store, source, "", "写入 Chroma", "kill")
    assert subprocess.run(arguments, cwd=ROOT, check=False, timeout=60).returncode < 0
    assert not StoreFolder(store).exists()
    build(source, store)
    assert serving_companies(store) == [OLD]
    assert len(generations(store)) == 1


def test_collection_of_a_killed_build_is_dropped_from_the_server(
    source: Path, store: Path, chroma_url: str
) -> None:
    build(source, store, chroma_url)
    source.write_text(f"{HEADER}| {NEW} | MEMS |\n", "utf-8")
    arguments = command("build", store, source, chroma_url, "写入 Chroma:1", "kill")
    assert subprocess.run(arguments, cwd=ROOT, check=False, timeout=60).returncode < 0
    names = {f"xiaojuren-{name}" for name in generations(store)}
    assert len(names & collections(store, chroma_url)) == 2
    assert serving_companies(store, chroma_url) == [OLD]
    manifest = build(source, store, chroma_url)
    assert (names | {manifest.collection}) & collections(store, chroma_url) == {manifest.collection}


def collections(store: Path, url: str) -> set[str]:
    client = connect(store, url)
    names = {collection.name for collection in client.list_collections()}
    client.close()
    return names


# --- processes that meet ----------------------------------------------------------------------


def test_second_builder_is_refused_while_the_first_one_builds(source: Path, store: Path) -> None:
    build(source, store)
    source.write_text(f"{HEADER}| {NEW} | MEMS、麦克风 |\n", "utf-8")
    with process("build", store, source, "", "计算向量", "wait") as other:
        assert hear(other) == "waiting"
        with pytest.raises(StoreLockedError, match="另一个进程") as caught:
            build(source, store)
        assert "\n" not in str(caught.value)
        assert serving_companies(store) == [OLD]
        say(other, "go on")
        assert other.wait(60) == 0
    assert serving_companies(store) == [NEW]
    assert len(generations(store)) == 1


def test_readers_in_several_processes_agree_and_outlive_a_rebuild(
    source: Path, store: Path
) -> None:
    build(source, store)
    old = StoreFolder(store).current().name
    with process("read", store) as one, process("read", store) as two:
        assert (hear(one), hear(two)) == ("ready", "ready")
        before = ask(one, "MEMS")
        assert before == ask(two, "MEMS")
        assert before["companies"] == [OLD]
        assert before["vectors"][0][1] == 1.0

        source.write_text(f"{HEADER}| {NEW} | MEMS |\n", "utf-8")
        build(source, store)
        assert serving_companies(store) == [NEW]
        assert ask(one, "MEMS") == ask(two, "MEMS") == before
        assert old in generations(store)

        one.communicate(timeout=60)
        build(source, store)
        assert ask(two, "MEMS") == before
        assert old in generations(store)
    build(source, store)
    assert generations(store) == {StoreFolder(store).current().name}
