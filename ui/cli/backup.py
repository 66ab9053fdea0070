"""The index as one file: the generation that serves, checked before it is written and after."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from index.errors import StoreMismatchError
from index.store.files import check_files
from index.store.generations import StoreFolder
from index.store.manifest import Manifest
from ui.errors import UsageError

_FEEDBACK = "feedback.jsonl"


def back_up(store: StoreFolder, file: Path) -> Manifest:
    """Write the index that serves, its descriptions of trades and the feedback; return what it is.

    Raises:
        StoreError: there is no index, or a file of it is damaged.
        UsageError: the file exists or cannot be written.
    """
    with ExitStack() as held:
        generation = store.current()
        held.enter_context(closing(store.lease(generation)))
        manifest = Manifest.read(generation)
        check_files(generation, manifest.files, whole=True)
        parts = [generation, store.path / manifest.thesaurus, store.path / _FEEDBACK]
        try:
            archive = held.enter_context(tarfile.open(file, "x:gz"))
            for part in parts:
                if part.exists():
                    archive.add(part, str(part.relative_to(store.path)))
        except OSError as error:
            raise UsageError(f"写不了 {file}（{error.strerror}），请换一个文件名") from error
    return manifest


def restore(store: StoreFolder, file: Path) -> Manifest:
    """Make the index of a backup the one that serves; return what it is.

    Raises:
        UsageError: the file cannot be read or is no backup.
        StoreError: a file of the backup is damaged, or the store cannot be written; the index
            that served before serves on.
    """
    with store.building(), tempfile.TemporaryDirectory(dir=store.path) as folder:
        unpacked = Path(folder)
        try:
            with tarfile.open(file) as archive:
                archive.extractall(unpacked, filter="data")
        except (OSError, tarfile.TarError, EOFError) as error:
            raise UsageError(f"{file} 不是完整的备份：{error}") from error
        found = sorted(unpacked.glob("generations/*"))
        if len(found) != 1:
            raise UsageError(f"{file} 不是 xiaojuren backup 写的备份")
        manifest = Manifest.read(found[0])
        check_files(found[0], manifest.files, whole=True)
        if not (unpacked / manifest.thesaurus).is_dir():
            raise StoreMismatchError(f"{file} 里缺少 {manifest.thesaurus}，请换一份备份")
        with store.writable():
            for part in (found[0], *unpacked.glob("thesaurus-*"), *unpacked.glob(_FEEDBACK)):
                target = store.path / part.relative_to(unpacked)
                if not target.exists():
                    shutil.move(part, target)
        store.publish(store.generation(found[0].name))
    return manifest
