"""The tree of exceptions is the one that is drawn."""

from __future__ import annotations

import re

import pytest

import index.errors
from index.errors import SourceError, XiaojurenError


def drawn() -> dict[str, str]:
    """Return every drawn exception with the one it hangs below."""
    below: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for match in re.finditer(r"^(\W*)(\w+Error)\b", index.errors.__doc__ or "", re.MULTILINE):
        depth, name = len(match[1]), match[2]
        above = [(at, parent) for at, parent in above if at < depth]
        below[name] = above[-1][1] if above else "Exception"
        above.append((depth, name))
    return below


def test_every_exception_hangs_where_the_docstring_draws_it() -> None:
    defined = {
        name: each.__base__.__name__
        for name, each in vars(index.errors).items()
        if isinstance(each, type) and issubclass(each, XiaojurenError)
    }
    assert drawn() == defined


@pytest.mark.parametrize(("line", "where"), [(None, "a.md：坏了"), (3, "a.md:3：坏了")])
def test_source_error_says_file_and_line(line: int | None, where: str) -> None:
    assert str(SourceError("a.md", "坏了", line)) == where
