"""Headers of columns as they are compared and as they are shown.

Headers of forms carry marks and hints (``*企业名称（必填）``), line breaks and inner blanks
(省    份), and lists from Taiwan and Hong Kong are in traditional characters (公司名稱).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

from index.regex import regex

_MARKS = "*＊★☆●※▲△◆"
# What a form tells those who fill it in: （必填）, [请从下拉框选择], （格式：YYYY-MM-DD）.
_HINT = regex(
    r"[(（\[［【][^()（）\[\]［］【】]*(?:必填|选填|必选|可选|填写|请选|请按|下拉|格式|单选|多选|示例|例如|如[:：])"
    r"[^()（）\[\]［］【】]*[)）\]］】]"
)
_BETWEEN_CHINESE = regex(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@lru_cache(maxsize=65_536)
def header_key(text: str) -> str:
    """Return a header as it is compared.

    That is without marks, hints and white space, in NFKC, case folded, in simplified characters.
    """
    key = "".join(unicodedata.normalize("NFKC", plain_header(text)).casefold().split())
    return key if key.isascii() else _simplifier().convert(key)


def plain_header(text: str) -> str:
    """Return a header as it is shown: without marks, hints and blanks between Chinese characters.

    A header of nothing else is kept.
    """
    bare = _HINT.sub("", text).strip().strip(_MARKS).strip()
    return _BETWEEN_CHINESE.sub("", " ".join(bare.split())) or text


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
