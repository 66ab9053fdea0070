"""The exchanges and boards that questions ask for, and which of them a listing belongs to.

The names are those of ``data/markets.toml``; :mod:`index.schema.exchanges` parses listing cells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.regex import regex
from index.text import fold
from index.types import Listing

# Separators of several markets in one cell, and boards that several exchanges have.
_SEVERAL = regex(r"[/、,;]|\s")
_SHARED = frozenset({"主板"})


@dataclass(frozen=True, slots=True)
class Market:
    """A stock exchange, a board of one or a group of exchanges.

    Attributes:
        words: Its names in questions, folded.
        names: Names in sources of it and of everything that belongs to it, folded.
        places: Places that mean it in questions: 在香港上市.
        group: Whether it is a group of exchanges.
    """

    words: tuple[str, ...]
    names: frozenset[str]
    places: tuple[str, ...] = ()
    group: bool = False


@cache
def load_markets() -> Mapping[str, Market]:
    """Return the markets of ``data/markets.toml`` by label, in the order of the file."""
    data = tomllib.loads((files("index") / "data/markets.toml").read_text("utf-8"))
    # Sources call a market what questions call it too, and so what holds it.
    called = {label: frozenset(map(fold, entry["words"])) for label, entry in data.items()}
    return {
        label: Market(
            tuple(dict.fromkeys(map(fold, entry["words"]))),
            frozenset(map(fold, entry["names"])).union(
                *(called[name] for name in (label, *entry["names"]) if name in called)
            ),
            tuple(entry.get("places", ())),
            bool(entry.get("group", False)),
        )
        for label, entry in data.items()
    }


def is_listed_on(listing: Listing, told: str, names: Iterable[str]) -> bool:
    """Return whether a listing is on one of the exchanges or boards that ``names`` name.

    Args:
        listing: The parsed listing.
        told: The text of the cell, which may name several markets; empty if there is none.
        names: Folded names, such as those of a :class:`Market`.
    """
    known = frozenset(names)
    exchange = fold(listing.exchange or "")
    # 深交所创业板 is on both; a name in Latin letters may be a part of another.
    if exchange in known or any(name in exchange for name in known - _SHARED if not name.isascii()):
        return True
    cell = fold(told)
    several = bool(_SEVERAL.search(cell)) or bool(exchange and cell.startswith(exchange))
    return several and any(name in cell for name in known - _SHARED)


@lru_cache(maxsize=4096)
def markets_of(listing: Listing, told: str) -> tuple[str, ...]:
    """Return the labels of all markets that a listing is on: 科创板, 上交所, A股 for 科创板:688286.

    Args:
        listing: The parsed listing.
        told: The text of the cell; empty if there is none.
    """
    return tuple(
        label
        for label, market in load_markets().items()
        if is_listed_on(listing, told, market.names)
    )
