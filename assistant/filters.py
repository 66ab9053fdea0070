"""Whether a company fulfils conditions: yes, no, or unknown because the sources do not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.sections import SECTION, stands_under
from assistant.types import Condition
from index.places.gazetteer import Gazetteer
from index.schema.amounts import parse_amount
from index.schema.markets import is_listed_on
from index.schema.normalize import fold
from index.types import Company, CompanyRow, Facts, Headcount

# Conditions on the lists that companies stand in; they must all hold (既是小巨人又是瞪羚).
LISTS = ("list", "only_list")

# Conditions of one axis are alternatives (北京或上海), those of different axes must all hold.
_AXES = {"city": "area", "province": "area", "region": "area", "exchange": "market"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The companies that fulfil all conditions, and those that cannot be judged."""

    matching: tuple[Company, ...]
    unknown: tuple[Company, ...]


def axis(condition: Condition) -> str:
    """Return what a condition narrows; a city and a province narrow the same."""
    return _AXES.get(condition.field, condition.field)


def areas_of(conditions: Iterable[Condition]) -> list[Condition]:
    """Return the conditions on places; order is kept."""
    return [one for one in conditions if axis(one) == "area"]


def select(
    companies: Iterable[Company], conditions: Sequence[Condition], gazetteer: Gazetteer
) -> Selection:
    """Return which companies fulfil ``conditions``; order is kept."""
    axes: dict[str, list[Condition]] = {}
    for condition in conditions:
        # Bounds of one number hold together (2010年以后、2015年以前), and so do negations.
        alone = (
            condition.field in LISTS
            or condition.negated
            or condition.blank
            or condition.low is not None
            or condition.high is not None
        )
        axes.setdefault(condition.label if alone else axis(condition), []).append(condition)
    matching, unknown = [], []
    for company in companies:
        verdicts = {_any(company, one, gazetteer) for one in axes.values()}
        if verdicts <= {True}:
            matching.append(company)
        elif False not in verdicts:
            unknown.append(company)
    return Selection(tuple(matching), tuple(unknown))


def _any(company: Company, conditions: Sequence[Condition], gazetteer: Gazetteer) -> bool | None:
    verdicts = [fulfils(company, condition, gazetteer) for condition in conditions]
    return True if True in verdicts else None if None in verdicts else False


def fulfils(company: Company, condition: Condition, gazetteer: Gazetteer) -> bool | None:
    """Return whether a company fulfils one condition; None where no row says.

    Where rows disagree, one that fulfils it is enough: both values are shown.
    """
    if condition.field in LISTS:
        sources = {row.origin.source for row in company.rows}
        only = condition.field == "only_list"
        held = sources <= condition.values if only else bool(sources & condition.values)
        return held is not condition.negated
    if condition.blank:
        return _says_nothing(company, condition.field)
    verdicts = {_row_fulfils(row, condition, gazetteer) for row in _telling(company, condition)}
    verdict = True if True in verdicts else False if False in verdicts else None
    return not verdict if condition.negated and verdict is not None else verdict


def _telling(company: Company, condition: Condition) -> Iterable[CompanyRow]:
    """Return the rows of a company that a condition is judged by.

    Of a bound on a column of a list's own it is the first row of each list that has it: a later
    table of the same list ranks by something else (纳税排名前10).
    """
    if condition.values or hasattr(Facts, condition.field) or condition.field == "region":
        return company.rows
    rows = (row for row in reversed(company.rows) if condition.field in row.values)
    return {row.origin.source: row for row in rows}.values()


def _says_nothing(company: Company, field: str) -> bool:
    return company.text(field) is None and not (hasattr(Facts, field) and company.facts(field))


def _row_fulfils(row: CompanyRow, condition: Condition, gazetteer: Gazetteer) -> bool | None:
    facts = row.facts
    if condition.field == SECTION:
        return any(stands_under(row.origin.section, str(value)) for value in condition.values)
    if condition.field == "region":
        region = gazetteer.region(condition.label)
        if region is None or facts.city is None:
            return None
        return region.covers(facts.province, facts.city)
    if condition.field == "listing":
        return None if facts.listing is None else facts.listing.status in condition.values
    if condition.field == "exchange":
        told = row.values["listing"].text if "listing" in row.values else ""
        names = (str(name) for name in condition.values)
        return None if facts.listing is None else is_listed_on(facts.listing, told, names)
    if condition.field == "headcount":
        return _headcount_fulfils(facts.headcount, condition)
    if condition.cities and facts.city and facts.city not in condition.cities:
        return False
    if not hasattr(facts, condition.field):
        return _column_fulfils(row, condition)
    return _fact_fulfils(facts, condition)


def _column_fulfils(row: CompanyRow, condition: Condition) -> bool | None:
    """Return whether a column of the list's own holds a text, or a number within the bounds."""
    cell = row.values.get(condition.field)
    if condition.values:
        told = fold(cell.text) if cell else ""
        return any(str(value) in told for value in condition.values) if cell else None
    amount = parse_amount(cell.text, condition.field) if cell else None
    return None if amount is None else _within(amount, condition)


def _fact_fulfils(facts: Facts, condition: Condition) -> bool | None:
    value: str | int | None = getattr(facts, condition.field)
    if value is None:
        return None
    if condition.values:
        return value in condition.values
    return _within(int(value), condition)


def _within(value: float, condition: Condition) -> bool:
    return (condition.low is None or value >= condition.low) and (
        condition.high is None or value <= condition.high
    )


def _headcount_fulfils(headcount: Headcount | None, condition: Condition) -> bool | None:
    """Return True or False only where the whole range of the source lies on one side."""
    if headcount is None:
        return None
    low, high = condition.low, condition.high
    # 5000+ is written for more than 5000, and a band of 1000-5000 begins above 1000.
    above = low is None or headcount.low >= low - 1
    # A band of 200-500 ends where 500 begins: it is below 500.
    below = high is None or (headcount.high is not None and headcount.high <= high + 1)
    if above and below:
        return True
    excluded_above = high is not None and headcount.low > high
    excluded_below = low is not None and headcount.high is not None and headcount.high <= low
    return False if excluded_above or excluded_below else None
