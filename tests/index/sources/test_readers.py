"""Source files as bytes: what is read, and what is refused with file, line and reason."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources import read_source

TEXT = "# 清单\n\n| 企业名称 |\n|---|\n| 甲 |\n"


@pytest.mark.parametrize("name", ["清单.md", "LIST.MD", "list.markdown"])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="with BOM"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
    ],
)
def test_text_is_read_whatever_its_mark_and_line_ends(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_source(path, f"子/{name}")
    assert document.title == "清单"
    assert document.lines[0] == "# 清单"
    assert document.tables[0].rows[0].cells[0].text == "甲"
    assert document.source == document.tables[0].rows[0].origin.source == f"子/{name}"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "line", "problem"),
    [
        ("a.md", b"", None, "空的"),
        ("a.md", b" \r\n\t\n", None, "空的"),
        ("a.md", b"# a\n\x00\x01\n", None, "二进制"),
        ("a.md", TEXT.encode("utf-16"), None, "二进制"),
        ("a.md", "甲\n乙\n".encode("gbk"), 1, "UTF-8"),
        ("a.md", b"# a\n\nok\n" + "苏州".encode("gbk"), 4, "UTF-8"),
        ("a.exe", b"PK\x03\x04", None, "格式"),
        ("a", TEXT.encode(), None, "格式"),
    ],
)
def test_unusable_file_is_refused_with_place_and_reason(
    tmp_path: Path, name: str, data: bytes, line: int | None, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path, name)
    where = f"{path}:{line}" if line else f"{path}"
    assert str(caught.value).startswith(f"{where}：")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_missing_file_and_folder_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for path in (tmp_path / "没有.md", tmp_path / "folder.md"):
        with pytest.raises(SourceError, match=path.name):
            read_source(path, path.name)
