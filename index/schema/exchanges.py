"""Parsing of listing cells: status, exchange and code of each share, and checks of the codes.

    "港交所：6160/纳斯达克：BGNE" ──▶ Share(港交所, 06160), Share(美股, BGNE)

The names and code ranges are those of ``data/exchanges.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.regex import regex
from index.schema.words import is_blank, value_words
from index.text import fold, plain
from index.types import Listing, ListingStatus

MAINLAND = "mainland"
HONG_KONG = "hong-kong"

_HONG_KONG_DIGITS = 5

# Separators of several listings in one cell, or the start of a Chinese name after a code.
_BETWEEN = regex(r"[/、,;|+]|(?<=[0-9A-Za-z)])\s+(?=[^\W\d_a-zA-Z])")
# A code follows a colon or bracket; else it must start with a digit: 科创板688286, SH688286.
_NAME_AND_CODE = regex(
    r"(?P<name>[^:(]*?)"
    r"(?:\s*[:(]\s*(?P<marked>[0-9A-Za-z.]+)|\s*(?P<bare>\d[0-9A-Za-z.]*)|\s+(?P<letters>[A-Z.]+))"
    r"\s*\)?(?:\s*\((?P<note>[^()]*)\))?"
)
# A text without a known exchange that still means a listing: a code, or a name with a colon.
_MEANT = regex(r"(?<!\d)\d{4,}+(?!年)|:\s*[0-9A-Za-z]")

_ABROAD = regex(r"[^\s:(]+?(?:交易所|证交所)|[^\s:(]{2,5}(?=\s*[:(]\s*[0-9A-Z])|OTC$|LSE$|SGX$")
_CODE_ALONE = regex(r"\d{4,6}(?:\.[A-Za-z]{2})?")

# An exchange with its code is shorter; whole sentences are not searched for codes.
_LONGEST_LISTING = 60


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange or a board of one.

    Attributes:
        label: Its name in messages.
        market: Within a market no two shares have the same code.
        codes: Pattern of a whole code.
        form: The pattern in words, for messages.
    """

    label: str
    market: str
    codes: re.Pattern[str]
    form: str

    def issues(self, code: str) -> bool:
        """Return whether a code, without its suffix, lies in the range."""
        return self.codes.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Share:
    """One listing that a cell names.

    Attributes:
        exchanges: The exchange and the boards it is said to be listed on; none if not said.
        code: Its code in upper case without suffix; empty if none is given.
    """

    exchanges: tuple[Exchange, ...]
    code: str

    def wrong_exchange(self) -> Exchange | None:
        """Return the first exchange or board that gives out no such codes."""
        return next(
            (one for one in self.exchanges if self.code and not one.issues(self.code)), None
        )

    def key(self) -> tuple[str, str] | None:
        """Return market and code, the same for one share however it is written."""
        if not self.code:
            return None
        market = self.exchanges[0].market if self.exchanges else None
        if market is None and (board := board_of(self.code)) is not None:
            market = board.market
        if market is None:
            return None
        return market, self.code.zfill(_HONG_KONG_DIGITS) if market == HONG_KONG else self.code


@dataclass(frozen=True, slots=True)
class _Names:
    """The data of ``exchanges.toml``, compiled for folded text."""

    exchanges: tuple[Exchange, ...]
    by_name: dict[str, Exchange]
    by_suffix: dict[str, Exchange]
    name: re.Pattern[str]
    elsewhere: re.Pattern[str]


@cache
def _load() -> _Names:
    data = tomllib.loads((files("index") / "data/exchanges.toml").read_text("utf-8"))
    exchanges = [
        Exchange(entry["label"], entry["market"], regex(entry["codes"]), entry["form"])
        for entry in data["exchange"]
    ]
    pairs = list(zip(data["exchange"], exchanges, strict=True))
    by_name = {fold(name): exchange for entry, exchange in pairs for name in entry["names"]}
    return _Names(
        exchanges=tuple(exchanges),
        by_name=by_name,
        by_suffix={end: exchange for entry, exchange in pairs for end in entry.get("suffixes", ())},
        name=_any_of(by_name),
        elsewhere=_any_of(fold(name) for name in data["elsewhere"]["names"]),
    )


def _any_of(names: Iterator[str] | dict[str, Exchange]) -> re.Pattern[str]:
    """Return a pattern of the names, the longest first; Latin ones only as whole words."""
    longest_first = sorted(names, key=len, reverse=True)
    return regex(
        "|".join(
            rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)
            for name in longest_first
        )
    )


def board_of(code: str) -> Exchange | None:
    """Return the most specific board of the mainland whose range contains a code."""
    return next(
        (one for one in _load().exchanges if one.market == MAINLAND and one.issues(code)), None
    )


def read_shares(text: str) -> tuple[Share, ...]:
    """Return the listings that a cell names; none for a company that is not listed."""
    return tuple(share for _, share in _read(text) if share is not None)


def share_keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield market and code of each listing that a cell names with its code."""
    for share in read_shares(text):
        if (key := share.key()) is not None:
            yield key


def is_readable(text: str) -> bool:
    """Return whether every part of a cell can be interpreted.

    Exchanges, codes, the lack of a listing and words that are not about listings (非营利) can. A
    code after a name that no exchange has (科创版:688286) cannot, nor can an exchange with a colon
    and nothing after it, nor a cell without any letter or digit.
    """
    written = plain(text)
    if is_blank(written):
        return True
    if written.endswith(":") or not any(character.isalnum() for character in written):
        return False
    return all(share is not None or _is_about_none(part) for part, share in _read(text))


def is_listing(text: str) -> bool:
    """Return whether a text consists of listings, or states that there is none.

    私有云 and 嵌入式主板 do not, though they begin or end with such words.
    """
    written = plain(text)
    words = value_words()["listing"]
    if written.partition("(")[0] in (*words["unlisted"], *words["listed"]):
        return True
    parts = list(_parts(written))
    return bool(parts) and all(
        fold(part.name) in _load().by_name
        or (not part.name and part.code is not None and "." in part.code)
        for part in parts
    )


def parse_listing(text: str) -> Listing | None:
    """Return status, exchange and code: ``"科创板:688286"`` → listed, 科创板, 688286.

    Of several listings the first counts; exchange and code are as the source writes them.

    A text that names neither an exchange nor the lack of a listing (非营利, 事业单位) has status
    ``OTHER``: a listing does not apply.
    """
    written = plain(text)
    if is_blank(written):
        return None
    words = value_words()["listing"]
    if written.startswith(tuple(words["unlisted"])):
        return Listing(ListingStatus.UNLISTED)
    parts = list(_parts(written))
    if parts and _CODE_ALONE.fullmatch(parts[0].text):
        return Listing(ListingStatus.LISTED, code=parts[0].text)
    named = next((part for part in parts if _exchange_in(part.text)), None)
    if named is None:
        listed = written.startswith(tuple(words["listed"]))
        return Listing(ListingStatus.LISTED if listed else ListingStatus.OTHER)
    exchange = _exchange_in(named.name)
    # A name that begins with its exchange is kept whole: 上交所主板.
    whole = named.name if named.code and exchange and named.name.startswith(exchange) else None
    return Listing(ListingStatus.LISTED, whole or _exchange_in(named.text), named.code)


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a cell between two separators.

    Attributes:
        text: The whole part, in NFKC with single blanks.
        name: The part without the code; all of it if it is longer than any listing.
        code: The code as the source writes it, None without one.
    """

    text: str
    name: str
    code: str | None


# 已上市(300369), 已上市（深交所：300369）
_CODES_INSIDE = regex(r"已?上市\s*\((?P<codes>[^()]*\d{4,6}[^()]*)\)")


def _parts(text: str) -> Iterator[_Part]:
    """Yield the parts of a cell that contain a letter or a digit."""
    written = plain(text)
    inside = _CODES_INSIDE.fullmatch(written)
    for part in _BETWEEN.split(inside["codes"] if inside else written):
        if not any(character.isalnum() for character in part):
            continue
        trimmed = " ".join(part.split())
        match = _NAME_AND_CODE.fullmatch(trimmed) if len(trimmed) <= _LONGEST_LISTING else None
        if match is None:
            yield _Part(trimmed, trimmed, None)
        else:
            code = match["marked"] or match["bare"] or match["letters"]
            yield _Part(trimmed, (match["name"] or match["note"] or "").strip(), code)


def _exchange_in(text: str) -> str | None:
    """Return the first name of an exchange in a text, as it is written.

    Exchanges whose codes are not known count at the beginning only: 法兰克福交易所(IFX).
    """
    abroad = _ABROAD.match(text)
    if abroad and _load().elsewhere.match(fold(text)):
        return abroad.group()
    match = _load().name.search(text.casefold())
    return text[match.start() : match.end()] if match else None


def _read(text: str) -> Iterator[tuple[str, Share | None]]:
    """Yield the parts of a cell with the share that each names; nothing if it is unlisted."""
    listing = parse_listing(text)
    if listing is None or listing.status is ListingStatus.UNLISTED:
        return
    before: tuple[Exchange, ...] = ()
    for part in _parts(text):
        share = _read_share(part, before)
        before = share.exchanges if share else ()
        yield part.text, share


def _is_about_none(part: str) -> bool:
    known = parse_listing(part)
    code_alone = known is not None and known.code is not None and known.exchange is None
    elsewhere = _load().elsewhere.search(fold(part)) is not None
    return code_alone or elsewhere or _MEANT.search(part) is None


def _read_share(part: _Part, before: tuple[Exchange, ...]) -> Share | None:
    """Return the share that a part names, None if it has neither an exchange nor a known code.

    Args:
        part: The text between two separators.
        before: The exchanges of the part before; a code alone belongs to them: 港交所(700/80700).
    """
    code, _, suffix = (part.code or "").upper().partition(".")
    exchanges = _named(part.name)
    if suffix in _load().by_suffix:
        exchanges = (*exchanges, _load().by_suffix[suffix])
    elif suffix:
        code = f"{code}.{suffix}"
    if not exchanges and not part.name:
        exchanges = tuple(one for one in before if one.issues(code))
        return Share(exchanges, code) if exchanges or board_of(code) else None
    return Share(exchanges, code) if exchanges else None


def _named(text: str) -> tuple[Exchange, ...]:
    """Return the first exchange in a text, and the boards of the same market after it.

    The 主板 of 港交所主板 is not that of the mainland.
    """
    names = _load()
    found = [names.by_name[match.group()] for match in names.name.finditer(fold(text))]
    return tuple(one for one in dict.fromkeys(found) if one.market == found[0].market)
