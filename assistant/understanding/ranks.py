"""Places in a ranking that a list itself numbers: 前二十强里, 第5名是谁, 榜首."""

from __future__ import annotations

import re

from assistant.understanding.numbers import NUMERAL, Bound, read_number
from assistant.understanding.types import Condition
from index.schema.normalize import fold
from index.store.records import Records

# Headers of the column that numbers the rows of a ranking, the best first.
_HEADER = re.compile(r"(?:榜单|综合|总|最新|20\d\d年?)?(?:排名|名次|位次|排位)|rank(?:ing)?")

_TOP = re.compile(
    rf"(?:排名|榜单|榜上|名列|位列|位居|排在|排)?(?:的)?(?:前|top\s*)(?P<last>{NUMERAL})\s*(?:强|名|位|大)?"
)
_PLACE = re.compile(
    rf"(?:排名|榜单|榜上|名列|位列|位居|排在|排|位次)?(?:的)?第(?P<place>{NUMERAL})(?:名|位)|榜首"
)
_INSIDE = re.compile(r"(?:企业|公司|民企)?(?:里|中|内|之中|之内|当中|以内)")


def ranking_column(records: Records) -> str | None:
    """Return the column by which a list ranks its companies; None if none does."""
    columns = {
        one.key: one.companies
        for one in records.fields()
        if one.own and _HEADER.fullmatch(fold(one.key))
    }
    return max(columns, key=columns.__getitem__, default=None)


def read_rank(folded: str, column: str) -> Bound | None:
    """Return the places of the ranking that a question names, as a bound on ``column``."""
    for pattern in (_TOP, _PLACE):
        if match := pattern.search(folded):
            low, high = _places({k: v for k, v in match.groupdict().items() if v})
            label = match.group().strip()
            bound = Bound(match.start(), match.end(), Condition(column, label, low=low, high=high))
            return None if high is None else bound
    return None


def is_inside(rest: str) -> bool:
    """Return whether what follows the places says that something is asked of those in them."""
    return bool(_INSIDE.match(rest))


def _places(told: dict[str, str]) -> tuple[int | None, int | None]:
    """Return the first and the last place that a match means; 榜首 is the first alone."""
    if "last" in told:
        return 1, read_number(told["last"])
    place = read_number(told["place"]) if "place" in told else 1
    return place, place
