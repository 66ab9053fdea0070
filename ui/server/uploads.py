"""Lists that are added from the page: previewed, corrected, indexed while the old index serves on.

An uploaded file waits in a folder of its own until it is added. Then it moves into the folder of
uploads beside the store, with its corrections, and the index is built anew from all its sources;
if that fails, the folder is as it was before.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

from assistant.browsing.inventory import holdings
from assistant.building import request_of
from assistant.engine import Engine
from assistant.settings import Settings
from index.build import build_index
from index.errors import SourceError, XiaojurenError
from index.preview import Preview, preview_list
from index.schema.sidecar import Corrections, require_usable, write_corrections
from index.sources.content import sidecar_of
from index.store.reader import IndexReader
from ui.errors import UploadError
from ui.server.jobs import Job, Report

_LOGGER = logging.getLogger(__name__)

MAX_BYTES = 20 * 1024 * 1024

_LONGEST_NAME = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def uploads_folder(settings: Settings) -> Path:
    """Return where uploaded lists are kept: beside the store."""
    store = settings.store.absolute()
    return store.with_name(f"{store.name}-uploads")


class UploadDesk:
    """Takes lists in, one at a time per visitor, and adds them to the index, one at a time.

    Args:
        settings: Where the store is, and what it is built with.
        engine: Returns the engine that serves now.
    """

    def __init__(self, settings: Settings, engine: Callable[[], Engine]) -> None:
        self._settings = settings
        self._engine = engine
        self._folder = uploads_folder(settings)
        self._waiting = Path(tempfile.mkdtemp(prefix="xiaojuren-upload-"))
        # At the latest when the process ends.
        weakref.finalize(self, shutil.rmtree, self._waiting, ignore_errors=True)
        self._lists: dict[str, Path] = {}
        self._job: Job | None = None
        self._lock = threading.Lock()

    def take(self, visitor: str, name: str, data: bytes) -> Preview:
        """Keep a file for a visitor, in place of an earlier one, and return what it holds.

        Raises:
            UploadError: it is too large, or its name cannot be used.
            SourceError: it cannot be read.
        """
        if len(data) > MAX_BYTES:
            raise UploadError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个文件后再试")
        name = self._usable_name(name)
        self.drop(visitor)
        path = Path(tempfile.mkdtemp(dir=self._waiting)) / name
        path.write_bytes(data)
        # What was said of the list when it was uploaded before still holds.
        if (before := sidecar_of(self._folder / name)).exists():
            shutil.copyfile(before, sidecar_of(path))
        try:
            found = preview_list(path, name)
        except BaseException:
            shutil.rmtree(path.parent)
            raise
        self._lists[visitor] = path
        return found

    def correct(self, visitor: str, corrections: Corrections) -> Preview:
        """Return what a visitor's file holds with corrections.

        Raises:
            UploadError: there is no file of this visitor.
            SourceError: the corrections make no sense.
        """
        path = self._list_of(visitor)
        require_usable(corrections, sidecar_of(path))
        write_corrections(path, corrections)
        return preview_list(path, path.name)

    def drop(self, visitor: str) -> None:
        """Forget a visitor's file."""
        path = self._lists.pop(visitor, None)
        if path is not None:
            shutil.rmtree(path.parent, ignore_errors=True)

    def replaces(self, name: str) -> bool:
        """Return whether a list of this name was uploaded before."""
        return (self._folder / name).exists()

    def add(self, visitor: str) -> Job:
        """Begin to add a visitor's file to the index and return the job.

        Raises:
            UploadError: there is no such file, or another is being added.
        """
        path = self._list_of(visitor)
        with self._lock:
            if self._job is not None and not self._job.finished:
                raise UploadError(f"正在加入 {self._job.name}，请等它完成后再试")
            self._job = job = Job(path.name)
        run = threading.Thread(
            target=self._run, args=(job, path, visitor), name="xiaojuren-add", daemon=True
        )
        run.start()
        return job

    @property
    def job(self) -> Job | None:
        """The list that is being added, or was added last."""
        return self._job

    def _run(self, job: Job, path: Path, visitor: str) -> None:
        try:
            job.report = self._add(job, path)
        except XiaojurenError as error:
            job.error = told(error)
        except Exception:
            _LOGGER.exception("adding %s failed", path.name)
            job.error = "内部错误，清单没有加入，索引没有变；请查看服务器日志"
        else:
            self.drop(visitor)

    def _add(self, job: Job, path: Path) -> Report:
        settings, old = self._settings, self._engine().index
        target = self._folder / path.name
        sources, before = _sources(old, target), old.records.count()
        with _placed(path, target):
            build_index(request_of(settings, sources), job)
        with job.stage("启用新索引", 1):
            new = self._engine().index
        held = next(one for one in holdings(new.records) if one.source == path.name)
        wrong = sum(
            any(origin.source == path.name for origin in finding.origins)
            for finding in new.records.findings()
        )
        return Report(held, before, new.records.count(), wrong)

    def _list_of(self, visitor: str) -> Path:
        path = self._lists.get(visitor)
        if path is None:
            raise UploadError("还没有选择文件，请先选择要添加的清单")
        return path

    def _usable_name(self, name: str) -> str:
        """Return a file's name as it is kept: without folders and what no file system takes.

        Raises:
            UploadError: nothing is left of it, it is too long, or a list of another folder has it.
        """
        usable = _UNSAFE.sub("_", PureWindowsPath(name).name).strip()
        if not usable.strip("._ ") or usable.startswith("."):
            raise UploadError("文件名不可用，请改名后再试")
        if len(usable.encode()) > _LONGEST_NAME:
            raise UploadError("文件名太长，请改短后再试")
        manifest = self._engine().index.manifest
        for path, document in zip(manifest.paths, manifest.documents, strict=True):
            if document.source == usable and Path(path) != self._folder / usable:
                raise UploadError(f"已收录同名的清单 {usable}，引用会分不清，请改名后再试")
        return usable


def told(error: XiaojurenError) -> str:
    """Return an error as the page tells it: a file by its name, without its folder."""
    if not isinstance(error, SourceError):
        return str(error)
    line = f":{error.line}" if error.line else ""
    return f"{error.path.name}{line}：{error.problem}"


def _sources(index: IndexReader, target: Path) -> list[Path]:
    """Return what to build from: all that is indexed, and ``target``.

    Raises:
        UploadError: a file that is indexed is gone; building would lose it.
    """
    found: dict[Path, None] = {}
    for text, document in zip(index.manifest.paths, index.manifest.documents, strict=True):
        path = Path(text)
        if path == target:
            continue
        if not path.exists():
            raise UploadError(
                f"已收录的 {document.source} 不在原处了，重建会丢掉它；"
                "请把它放回去，或先用 xiaojuren index 重建索引"
            )
        # A file of a folder is cited by its path below that folder.
        depth = len(Path(document.source).parts) - 1
        found[path.parents[depth] if depth else path] = None
    return [*found, target]


@contextmanager
def _placed(path: Path, target: Path) -> Iterator[None]:
    """Put a file and its corrections at ``target``, and what was there back if the body fails.

    Raises:
        UploadError: the folder cannot be written.
    """
    pairs = [(path, target), (sidecar_of(path), sidecar_of(target))]
    before: dict[Path, bytes | None] = {}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for source, place in pairs:
            before[place] = place.read_bytes() if place.exists() else None
            _write(place, source.read_bytes() if source.exists() else None)
        yield
    except BaseException as error:
        for place, data in before.items():
            _write(place, data)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise UploadError(f"写不了 {target.parent}（{reason}），清单没有加入") from error
        raise


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)
