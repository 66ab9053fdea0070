"""Regular expressions that are compiled when they are first used.

Compiling all that answering has would take a fifth of the time of a process that answers one
question, which uses a third of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_KEPT = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "pattern")


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked once: from then on the compiled methods are found on the object itself.
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _KEPT:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what may be used as a compiled pattern; a mistake in it shows with its first use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
