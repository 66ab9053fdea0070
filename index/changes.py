"""What a build changes in an index: files, chunks and companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.corpus import Reading
from index.store.payloads import DocumentPayload
from index.store.previous import PreviousIndex
from index.types import Chunk, Corpus


@dataclass(frozen=True, slots=True)
class Loss:
    """A file whose content an index does not hold any more, or cannot take in.

    Attributes:
        source: Its name.
        line: The line at fault, counted from 1; None where there is none.
        reason: Why, for the user to read.
        rows: How many company rows and profiles of it the index held before.
    """

    source: str
    line: int | None
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between the index that serves and the one that replaces it.

    Attributes:
        new: Files that the index did not hold.
        changed: Files whose bytes differ from those that were read before.
        unchanged: Files that are the same.
        gone: Files that the index held and that are not among the sources now.
        broken: Files that cannot be read; what they held before is gone.
        chunks_added: How many chunks are new.
        chunks_removed: How many are gone.
        chunks_kept: How many stay, under the same id.
        companies_added: Names of companies that the index did not hold.
        companies_removed: Names of those that it holds no more.
        rebuilt: Why more is done than the changed files ask for; empty if nothing is.
        first: Whether there was no index before.
        anything: Whether the new index differs from the old one at all.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[Loss, ...]
    broken: tuple[Loss, ...]
    chunks_added: int
    chunks_removed: int
    chunks_kept: int
    companies_added: tuple[str, ...]
    companies_removed: tuple[str, ...]
    rebuilt: tuple[str, ...]
    first: bool
    anything: bool


def compare(
    previous: PreviousIndex,
    reading: Reading,
    corpus: Corpus,
    chunks: Sequence[Chunk],
    paths: tuple[str, ...],
) -> Changes:
    """Return what replacing an index changes.

    Args:
        previous: The index that serves.
        reading: What the sources hold now.
        corpus: What became of it when the rows of one company were joined.
        chunks: The chunks made from it.
        paths: Where each file stands, in the order of the reading.
    """
    held = previous.documents
    now = {one.summary.source: one.summary.sha256 for one in reading.sources}
    broken = {one.source for one in reading.broken}
    both = [name for name in now if name in held]
    same = [name for name in both if held[name].summary.sha256 == now[name]]
    ids, old_ids = {chunk.id for chunk in chunks}, previous.chunk_ids
    companies = {company.id: company.name for company in corpus.companies}
    read = [(name, held[name].summary.sha256) for name in held]
    old_paths = previous.manifest.paths if previous.manifest else ()
    rebuilt = tuple(dict.fromkeys(one for one in (previous.unread, previous.unusable) if one))
    return Changes(
        new=tuple(name for name in now if name not in held),
        changed=tuple(name for name in both if name not in same),
        unchanged=tuple(same),
        gone=tuple(
            Loss(name, None, _why_gone(path), _rows(held[name]))
            for name, path in zip(held, old_paths, strict=True)
            if name not in now and name not in broken
        ),
        broken=_broken(reading, held),
        chunks_added=len(ids - old_ids),
        chunks_removed=len(old_ids - ids),
        chunks_kept=len(ids & old_ids),
        companies_added=_only_in(companies, previous.companies),
        companies_removed=_only_in(previous.companies, companies),
        rebuilt=rebuilt,
        first=previous.manifest is None and not rebuilt,
        anything=bool(rebuilt)
        or read != list(now.items())
        or reading.broken != previous.broken
        or paths != old_paths,
    )


def _why_gone(path: str) -> str:
    return "这次没有列入" if Path(path).exists() else "文件已不在"


def _rows(source: DocumentPayload) -> int:
    summary = source.summary
    return summary.rows + summary.profiles - len(source.skipped)


def _broken(reading: Reading, held: Mapping[str, DocumentPayload]) -> tuple[Loss, ...]:
    return tuple(
        Loss(one.source, one.line, one.reason, _rows(held[one.source]) if one.source in held else 0)
        for one in reading.broken
    )


def _only_in(these: Mapping[str, str], those: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the companies that are not among others; one id is one company."""
    return tuple(name for key, name in these.items() if key not in those)
