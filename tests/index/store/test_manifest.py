"""The manifest: written and read back, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import StoreMismatchError
from index.language.segment import segmenter_name
from index.store.manifest import MANIFEST_NAME, REBUILD, Manifest, schema_version
from index.types import DocumentSummary, Origin, SkippedRow, Value

URL = "http://127.0.0.1:8000"


@pytest.fixture
def manifest() -> Manifest:
    as_of = Value("信息截至2025年12月", Origin("清单.md", ("备注",), 9, 9, "- 信息截至2025年12月"))
    return Manifest(
        schema=schema_version(),
        model="fake",
        dimension=64,
        segmenter=segmenter_name(),
        reading="def",
        dictionary="abc",
        chroma="1.5.9",
        collection="xiaojuren-1",
        chroma_url="",
        built="2026-11-23T12:00:00+08:00",
        thesaurus="thesaurus-1",
        chunks=3,
        companies=1,
        documents=(DocumentSummary("清单.md", "清单", "00", 1, 2, 0, 3, as_of),),
        paths=("/data/清单.md",),
        skipped=(SkippedRow("清单.md", 7, "空行"),),
    )


def test_manifest_read_back_is_the_one_written(tmp_path: Path, manifest: Manifest) -> None:
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b'{"schema": "1.1"', id="cut short"),
        pytest.param(b"{}", id="of another version"),
        pytest.param(b"\xff\xfe", id="binary"),
        pytest.param(b"[]", id="of another form"),
    ],
)
def test_missing_or_damaged_manifest_is_refused_with_the_command_that_rebuilds(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(StoreMismatchError) as caught:
        Manifest.read(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert REBUILD in str(caught.value)
    assert "\n" not in str(caught.value)


def test_manifest_with_a_value_of_the_wrong_type_is_refused(
    tmp_path: Path, manifest: Manifest
) -> None:
    manifest.write(tmp_path)
    path = tmp_path / MANIFEST_NAME
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"chunks": "many"}), "utf-8")
    with pytest.raises(StoreMismatchError):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("changes", "model", "url", "named"),
    [
        ({"schema": "0.1"}, "fake", None, ["结构版本（索引 0.1，当前 "]),
        ({}, "other", None, ["向量模型（索引 fake，当前 other）"]),
        ({"segmenter": "old"}, "fake", None, ["分词器（索引 old，当前 "]),
        ({}, "fake", URL, [f"Chroma 地址（索引 本地，当前 {URL}）"]),
        ({"chroma_url": URL}, "fake", None, [f"Chroma 地址（索引 {URL}，当前 本地）"]),
        (
            {"schema": "0.1", "segmenter": "old"},
            "other",
            URL,
            ["结构版本", "向量模型", "分词器", "Chroma 地址"],
        ),
    ],
)
def test_index_that_does_not_fit_is_refused_with_every_difference(
    manifest: Manifest, changes: dict[str, str], model: str, url: str | None, named: list[str]
) -> None:
    with pytest.raises(StoreMismatchError) as caught:
        replace(manifest, **changes).require(model, url)
    message = str(caught.value)
    assert all(difference in message for difference in named)
    assert message.count("（索引 ") == len(named)
    assert REBUILD in message
    assert "\n" not in message


@pytest.mark.parametrize("url", [None, ""])
def test_index_that_fits_is_accepted(manifest: Manifest, url: str | None) -> None:
    manifest.require("fake", url)
    replace(manifest, chroma_url=URL).require("fake", URL)
