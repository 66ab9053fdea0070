"""A question as it is compared: half width, simplified, lower case, years in digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_YEAR_IN_NUMERALS = re.compile(r"[零〇○一二三四五六七八九]{4}(?=年)")
_PERCENT_IN_WORDS = re.compile(r"百分之([零一二三四五六七八九十百点\d.]+)")


@dataclass(frozen=True, slots=True)
class Text:
    """A question.

    Attributes:
        asked: As the user wrote it.
        folded: As it is compared.
        written: Like ``folded``, but with capitals and traditional characters as written; both
            have the same length, so that a stretch found in one can be shown from the other.
    """

    asked: str
    folded: str
    written: str


def prepare(text: str) -> Text:
    """Return a question ready to be linked: 蘇州二○一五年 becomes 苏州2015年."""
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    folded = _converter().convert(written.casefold())
    folded = _YEAR_IN_NUMERALS.sub(lambda match: match.group().translate(_DIGITS), folded)
    return Text(text, folded, written if len(written) == len(folded) else folded)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
