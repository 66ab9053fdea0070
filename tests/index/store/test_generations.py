"""The store's folder: pointer, locks, and what is removed when."""

from __future__ import annotations

from pathlib import Path

import portalocker
import pytest

from index.errors import (
    StoreAccessError,
    StoreLockedError,
    StoreMismatchError,
    StoreMissingError,
)
from index.store.generations import StoreFolder, read_lock

EXCLUSIVE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING


@pytest.fixture
def store(tmp_path: Path) -> StoreFolder:
    store = StoreFolder(tmp_path / "store")
    with store.building():
        pass
    return store


def generations(store: StoreFolder) -> set[Path]:
    return set((store.path / "generations").iterdir())


# --- the pointer ------------------------------------------------------------------------------


def test_new_store_has_no_index(tmp_path: Path) -> None:
    store = StoreFolder(tmp_path / "new")
    assert not store.exists()
    with pytest.raises(StoreMissingError, match="xiaojuren index"):
        store.current()


def test_published_generation_serves_until_the_next_one(store: StoreFolder) -> None:
    first, second = store.new_generation(), store.new_generation()
    assert first != second
    store.publish(first)
    assert store.exists()
    assert store.current() == first
    store.publish(second)
    assert store.current() == second


@pytest.mark.parametrize("pointer", ["", "\n", "20200101t000000-abcdef"])
def test_pointer_to_nowhere_is_refused_with_the_command_that_rebuilds(
    store: StoreFolder, pointer: str
) -> None:
    (store.path / "current").write_text(pointer, "utf-8")
    with pytest.raises(StoreMismatchError, match="xiaojuren index") as caught:
        store.current()
    assert "\n" not in str(caught.value)


def test_pointer_that_is_a_folder_is_an_access_error(store: StoreFolder) -> None:
    (store.path / "current").mkdir()
    with pytest.raises(StoreAccessError):
        store.current()


# --- writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/proc/xiaojuren", "/dev/null/store", "{file}/store"])
def test_store_that_cannot_be_written_is_refused_by_name(tmp_path: Path, path: str) -> None:
    file = tmp_path / "file"
    file.touch()
    store = StoreFolder(Path(path.format(file=file)))
    with pytest.raises(StoreAccessError, match="--store") as caught, store.building():
        pytest.fail("the store must not be entered")
    assert str(store.path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_only_one_builds_at_a_time(store: StoreFolder) -> None:
    second = StoreFolder(store.path)
    with store.building(), pytest.raises(StoreLockedError), second.building():
        pytest.fail("two must not build at once")
    with store.building():
        assert store.path.is_dir()


def test_lock_is_released_when_a_build_fails(store: StoreFolder) -> None:
    with pytest.raises(ValueError, match="broken"), store.building():
        raise ValueError("broken")
    with store.building():
        assert store.path.is_dir()


# --- removing ---------------------------------------------------------------------------------


def test_generations_that_neither_serve_nor_are_read_are_removed(store: StoreFolder) -> None:
    serving, read, unused = (store.new_generation() for _ in range(3))
    (unused / "chroma").mkdir()
    (unused / "chroma" / "data").touch()
    store.publish(serving)
    with read_lock(read):
        store.remove_unused()
        assert generations(store) == {serving, read}
    store.remove_unused()
    assert generations(store) == {serving}


def test_generation_is_kept_until_its_last_reader_is_gone(store: StoreFolder) -> None:
    generation = store.new_generation()
    with read_lock(generation):
        with read_lock(generation):
            store.remove_unused()
        store.remove_unused()
        assert generations(store) == {generation}
    store.remove_unused()
    assert generations(store) == set()


def test_folder_of_a_killed_build_is_removed_even_without_a_lock_file(store: StoreFolder) -> None:
    (store.new_generation() / "in-use.lock").unlink()
    store.remove_unused()
    assert generations(store) == set()


def test_pointer_to_nowhere_keeps_nothing_and_hinders_nothing(store: StoreFolder) -> None:
    store.new_generation()
    (store.path / "current").write_text("gone", "utf-8")
    store.remove_unused()
    assert generations(store) == set()


# --- reading ----------------------------------------------------------------------------------


def test_generation_that_is_gone_cannot_be_read(store: StoreFolder) -> None:
    generation = store.new_generation()
    store.remove_unused()
    with pytest.raises(StoreAccessError, match=generation.name):
        read_lock(generation)


def test_generation_that_is_being_removed_cannot_be_read(store: StoreFolder) -> None:
    generation = store.new_generation()
    with (generation / "in-use.lock").open("a+") as lock:
        portalocker.lock(lock, EXCLUSIVE)
        with pytest.raises(StoreAccessError, match=generation.name):
            read_lock(generation)
    read_lock(generation).close()
