"""A question as it is compared: half width, simplified, lower case, years in digits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from index.regex import regex

_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_YEAR_IN_NUMERALS = regex(r"[零〇○一二三四五六七八九]{4}(?=年)")
# Letter-spaced words (小 巨 人); a single space between longer words separates them.
_SPACED_OUT = regex(
    r"(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] ){2,}[\u3400-\u9fff](?![\u3400-\u9fff])"
)


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
    written = _SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), written)
    folded = _simplified(written.casefold())
    folded = _YEAR_IN_NUMERALS.sub(lambda match: match.group().translate(_DIGITS), folded)
    return Text(text, folded, written if len(written) == len(folded) else folded)


def _simplified(text: str) -> str:
    """Return a text in simplified characters, one in traditional ones with mainland words.

    AI晶片 is AI芯片 to who writes 還沒上市; in simplified text 晶片 stays what it is.
    """
    simplified = str(_converter("t2s").convert(text))
    return simplified if simplified == text else str(_converter("tw2sp").convert(text))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
