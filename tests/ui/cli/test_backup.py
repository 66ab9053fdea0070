"""Backups: what is written can be restored, what is damaged is not."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from index.errors import StoreMismatchError, StoreMissingError
from index.store.generations import StoreFolder
from index.store.reader import open_index
from tests.fakes import FakeEncoder
from ui.cli.backup import back_up, restore
from ui.errors import UsageError


def test_backup_is_restored_elsewhere_and_serves(seed_store: Path, tmp_path: Path) -> None:
    written = back_up(StoreFolder(seed_store), tmp_path / "one.tar.gz")
    elsewhere = StoreFolder(tmp_path / "elsewhere")
    assert restore(elsewhere, tmp_path / "one.tar.gz") == written
    assert restore(elsewhere, tmp_path / "one.tar.gz") == written
    index = open_index(elsewhere.path, FakeEncoder())
    assert index.records.count() == written.companies
    index.close()
    assert not list(elsewhere.path.glob("tmp*"))


def test_damaged_backup_leaves_the_store_as_it_was(seed_store: Path, tmp_path: Path) -> None:
    back_up(StoreFolder(seed_store), tmp_path / "one.tar.gz")
    with tarfile.open(tmp_path / "one.tar.gz") as archive:
        archive.extractall(tmp_path / "parts", filter="data")
    [records] = (tmp_path / "parts").rglob("vocabulary.txt")
    records.write_bytes(records.read_bytes().swapcase() + b"x")
    with tarfile.open(tmp_path / "two.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "parts", ".")
    (tmp_path / "three.tar.gz").write_bytes((tmp_path / "one.tar.gz").read_bytes()[:5000])
    store = StoreFolder(tmp_path / "store")
    with pytest.raises(StoreMismatchError, match="vocabulary"):
        restore(store, tmp_path / "two.tar.gz")
    with pytest.raises(UsageError, match="不是完整的备份"):
        restore(store, tmp_path / "three.tar.gz")
    assert not store.exists()


def test_backup_overwrites_nothing_and_needs_an_index(seed_store: Path, tmp_path: Path) -> None:
    (tmp_path / "here").touch()
    with pytest.raises(UsageError, match="here"):
        back_up(StoreFolder(seed_store), tmp_path / "here")
    with pytest.raises(StoreMissingError):
        back_up(StoreFolder(tmp_path / "none"), tmp_path / "there")
