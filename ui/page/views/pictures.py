"""Charts of the companies, and a map of what they do; each bar and each point leads on.

The address says of which companies: ``#/pictures`` of all, ``#/pictures?city=苏州`` of those that
browsing finds under the same values (and ``q`` for words), ``#/pictures?ids=a,b`` of those named,
such as the result of a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

import gradio as gr
from pydantic import StringConstraints, TypeAdapter, ValidationError

from assistant.browsing.browsing import Browsing
from assistant.browsing.charts import Chart, Charts
from assistant.browsing.facets import UNKNOWN, Numbers, facet_kinds
from assistant.browsing.map import HEIGHT, WIDTH, CompanyMap
from assistant.browsing.selection import Selection
from assistant.engine import Engine
from ui.page.assets import script
from ui.page.html import render

WORDS, IDS = "q", "ids"

# Enough for the ids of every company of a long list.
_LONGEST = 400_000
_MOST_FIELDS = 200
# Bars that are shown at once, and those that can be unfolded below them.
_SHOWN, _FOLDED = 10, 200
# Earlier foundings are counted by the bars and not drawn by year.
_YEARS = 50
_CITIES = 8

_QUERY: TypeAdapter[str] = TypeAdapter(
    Annotated[str, StringConstraints(strict=True, max_length=_LONGEST)]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks to see.

    Attributes:
        selection: What browsing would find.
        ids: Companies that were named; empty for all that the selection finds.
    """

    selection: Selection
    ids: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether anything but all companies is wanted."""
        return bool(self.ids or self.selection.text or self.selection.chosen)


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def pictures_view(query: object) -> dict[str, object]:
        return pictures_html(engine().browsing, query)

    # Gradio hands over an argument whether the browser sends one or not.
    def pictures_map(_: object) -> str:
        return map_html(engine().browsing.map())

    gr.HTML(
        render("pictures"),
        elem_id="xj-pictures",
        apply_default_css=False,
        js_on_load=script("pictures.js"),
        server_functions=[pictures_view, pictures_map],
    )


def read_address(query: object) -> Wanted:
    """Return what the part of the address after ``?`` asks for; all if it is no such text."""
    try:
        fields = parse_qsl(_QUERY.validate_python(query), max_num_fields=_MOST_FIELDS)
    except (ValidationError, ValueError):
        return Wanted(Selection())
    chosen: dict[str, tuple[str, ...]] = {}
    for key, value in fields:
        if key in _facets() and value not in chosen.get(key, ()):
            chosen[key] = (*chosen.get(key, ()), value)
    told = dict(fields)
    ids = tuple(one for one in told.get(IDS, "").split(",") if one)
    return Wanted(Selection(text=told.get(WORDS, "").strip(), chosen=chosen), ids)


def pictures_html(browsing: Browsing, query: object) -> dict[str, object]:
    """Return what the browser shows of the companies that an address asks for.

    Args:
        browsing: What is drawn from.
        query: The part of the address after ``?``, as the browser sent it.

    Returns:
        ``html``: the charts; ``ids``: the companies to be lit on the map, None for all.
    """
    wanted = read_address(query)
    catalog, charts = browsing.catalog, browsing.charts
    companies = catalog.numbers(wanted.ids) if wanted.ids else catalog.matching(wanted.selection)
    html = render(
        "pictures_charts",
        total=len(companies),
        all=catalog.total,
        wanted=wanted,
        filters=_filters(wanted, charts),
        charts=charts.of(companies),
        shown=_SHOWN,
        folded=_FOLDED,
        years=charts.founding_years(companies)[-_YEARS:],
        link=_linker(wanted, companies, browsing),
        unknown=UNKNOWN,
        source_named=("city", "domain", "list"),
    )
    return {"html": html, "ids": catalog.ids(companies) if wanted.narrowed else None}


def map_html(drawn: CompanyMap) -> str:
    """Return the map of all companies as SVG, with what its colours stand for."""
    counts = Counter(point.city[0] for point in drawn.points if point.city)
    cities = [city for city, _ in counts.most_common(_CITIES)]
    places = {city: at for at, city in enumerate(cities)}
    return render(
        "pictures_map",
        width=WIDTH,
        height=HEIGHT,
        points=[
            {
                "at": point,
                "trade": drawn.group_of.get(point.id, -1),
                "city": places.get(point.city[0], -1) if point.city else -1,
            }
            for point in drawn.points
        ],
        trades=drawn.groups,
        cities=cities,
        faithful=round(100 * drawn.faithful),
    )


def _filters(wanted: Wanted, charts: Charts) -> list[dict[str, str]]:
    """Return every condition of a selection with the address that leaves it out."""
    selection = wanted.selection
    found = [
        {
            "facet": _facets()[facet],
            "value": charts.label(facet, value),
            "without": _address("pictures", _without(selection, facet, value)),
        }
        for facet, values in selection.chosen.items()
        for value in values
    ]
    if selection.text:
        without = _address("pictures", replace(selection, text=""))
        found.append({"facet": "搜索", "value": selection.text, "without": without})
    return [] if wanted.ids else found


def _without(selection: Selection, facet: str, value: str) -> Selection:
    kept = tuple(one for one in selection.chosen[facet] if one != value)
    return replace(selection, chosen={**selection.chosen, facet: kept})


def _linker(wanted: Wanted, companies: Numbers, browsing: Browsing) -> Callable[[Chart, str], str]:
    """Return a function that gives the address of exactly the companies that a bar counts."""

    def link(chart: Chart, key: str) -> str:
        if wanted.ids:
            among = browsing.catalog.ids(browsing.charts.having(companies, chart.key, key))
            return f"#/pictures?{urlencode({IDS: ','.join(among)}, safe=',')}"
        chosen = {**wanted.selection.chosen, chart.key: (key,)}
        return _address("browse", Selection(text=wanted.selection.text, chosen=chosen))

    return link


def _address(view: str, selection: Selection) -> str:
    fields = [(WORDS, selection.text)] if selection.text else []
    fields += [(key, value) for key, values in selection.chosen.items() for value in values]
    return f"#/{view}?{urlencode(fields)}" if fields else f"#/{view}"


@cache
def _facets() -> dict[str, str]:
    return {kind.key: kind.label for kind in facet_kinds()}
