"""What an index was made from and with, and whether it fits the process that opens it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import StoreMismatchError
from index.language.segment import segmenter_name
from index.store.chunks import CHUNK_SCHEME
from index.store.files import StoredFile
from index.types import DocumentSummary, SkippedRow

MANIFEST_NAME = "manifest.json"

# Layout of the store's folder and of the manifest itself.
STORE_SCHEMA = 5

REBUILD = "请运行 xiaojuren index 重建索引"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one generation of an index.

    Attributes:
        schema: Layout of the store, and scheme of chunk ids: ``"1.1"``.
        model: Name of the embedding model.
        dimension: Length of its vectors.
        segmenter: Scheme and version of the segmenter.
        reading: Fingerprint of the program and the data that read the sources.
        dictionary: Fingerprint of the segmenter with its vocabulary.
        chroma: Version of Chroma that wrote the collection.
        collection: Name of the Chroma collection.
        chroma_url: Address of the server that holds it; empty for the embedded store.
        built: Time of the build, ISO 8601 with time zone.
        thesaurus: What the descriptions of the thesaurus are called in the store.
        chunks: Number of vectors.
        companies: Number of companies after merging.
        documents: The source files with their hashes and counts.
        paths: Where each source file was read, in the same order.
        skipped: Rows that were not read, with the reason.
        files: The other files of the generation, but for those that Chroma writes.
    """

    schema: str
    model: str
    dimension: int
    segmenter: str
    reading: str
    dictionary: str
    chroma: str
    collection: str
    chroma_url: str
    built: str
    thesaurus: str
    chunks: int
    companies: int
    documents: tuple[DocumentSummary, ...]
    paths: tuple[str, ...]
    skipped: tuple[SkippedRow, ...]
    files: tuple[StoredFile, ...] = ()

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        (folder / MANIFEST_NAME).write_bytes(_ADAPTER.dump_json(self, indent=2))

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest of a generation.

        Raises:
            StoreMismatchError: it is missing, damaged or of another version.
        """
        try:
            return _ADAPTER.validate_json((folder / MANIFEST_NAME).read_bytes())
        except (OSError, ValidationError) as error:
            raise StoreMismatchError(
                f"索引 {folder} 的说明文件缺失、损坏或属于别的版本，{REBUILD}"
            ) from error

    def require(self, model: str, chroma_url: str | None) -> None:
        """Check that this process can use the index.

        Raises:
            StoreMismatchError: says everything that differs, and the command that rebuilds.
        """
        differing = self.differences(model, chroma_url)
        if differing:
            raise StoreMismatchError(f"索引与当前设置不符：{'；'.join(differing)}，{REBUILD}")

    def differences(self, model: str, chroma_url: str | None) -> tuple[str, ...]:
        """Return everything that keeps this process from using the index, for the user to read."""
        expected = (
            ("结构版本", self.schema, schema_version()),
            ("向量模型", self.model, model),
            ("分词器", self.segmenter, segmenter_name()),
            ("Chroma 地址", self.chroma_url or "本地", chroma_url or "本地"),
        )
        return tuple(
            f"{what}（索引 {built}，当前 {current}）"
            for what, built, current in expected
            if built != current
        )


_ADAPTER = TypeAdapter(Manifest)


def schema_version() -> str:
    """Return the version of the store's layout and of its chunk ids."""
    return f"{STORE_SCHEMA}.{CHUNK_SCHEME}"


def chroma_version() -> str:
    """Return the version of the installed Chroma."""
    return version("chromadb")


@cache
def reading_version() -> str:
    """Return a fingerprint of what reading depends on: this package and its data."""
    digest = hashlib.sha256()
    root = Path(str(files("index")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
