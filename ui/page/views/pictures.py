"""Charts of the companies, and a map of what they do; each bar and each point leads on.

The address says of which companies: ``#/pictures`` of all, ``#/pictures?city=苏州`` of those that
browsing finds under the same values (and ``q`` for words), ``#/pictures?ids=a,b`` of those named,
such as the result of a question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

import gradio as gr
from pydantic import StringConstraints, TypeAdapter, ValidationError

from assistant.answers.common import short_name
from assistant.catalog import Selection
from assistant.charts import Chart, Charts, Year, founding_years
from assistant.engine import Engine
from assistant.facets import FACETS, UNKNOWN
from assistant.map import HEIGHT, WIDTH, CompanyMap, company_map
from index.language.thesaurus import load_thesaurus
from index.types import Company
from ui.page.assets import asset
from ui.page.html import render
from ui.page.site import Site

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
_FACET_LABELS = {kind.key: kind.label for kind in FACETS}


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


class Gallery:
    """What the pictures of one engine are drawn from, each part made when it is first needed.

    Args:
        engine: Its index holds the companies.

    Attributes:
        catalog: All companies, to be selected from.
    """

    def __init__(self, engine: Engine) -> None:
        self._index = engine.index
        self.catalog = engine.catalog
        self._lock = threading.Lock()

    @cached_property
    def charts(self) -> Charts:
        """All companies, to be counted."""
        return Charts(self._index.corpus)

    def map(self) -> CompanyMap:
        """Return the map; whoever asks while it is being drawn waits for the same one."""
        with self._lock:
            return self._map

    @cached_property
    def _map(self) -> CompanyMap:
        return company_map(self._index, load_thesaurus())

    def companies(self, wanted: Wanted) -> tuple[Company, ...]:
        """Return the companies that the address asks for."""
        if wanted.ids:
            return self.catalog.find(wanted.ids)
        return self.catalog.select(wanted.selection).companies


def build(site: Site) -> None:
    """Draw the view and connect it, within the page that is being built."""
    galleries: WeakKeyDictionary[Engine, Gallery] = WeakKeyDictionary()

    def gallery() -> Gallery:
        return galleries.setdefault(engine := site.engine(), Gallery(engine))

    def pictures_view(query: object) -> dict[str, object]:
        return pictures_html(gallery(), query)

    # Gradio hands over an argument whether the browser sends one or not.
    def pictures_map(_: object) -> str:
        return map_html(gallery().map())

    gr.HTML(
        render("pictures"),
        elem_id="xj-pictures",
        apply_default_css=False,
        js_on_load=asset("pictures.js"),
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
        if key in _FACET_LABELS and value not in chosen.get(key, ()):
            chosen[key] = (*chosen.get(key, ()), value)
    told = dict(fields)
    ids = tuple(one for one in told.get(IDS, "").split(",") if one)
    return Wanted(Selection(text=told.get(WORDS, "").strip(), chosen=chosen), ids)


def pictures_html(gallery: Gallery, query: object) -> dict[str, object]:
    """Return what the browser shows of the companies that an address asks for.

    Args:
        gallery: What is drawn from.
        query: The part of the address after ``?``, as the browser sent it.

    Returns:
        ``html``: the charts; ``ids``: the companies to be lit on the map, None for all.
    """
    wanted = read_address(query)
    companies = gallery.companies(wanted)
    html = render(
        "pictures_charts",
        total=len(companies),
        all=len(gallery.catalog.companies),
        wanted=wanted,
        filters=_filters(wanted, gallery.charts),
        charts=gallery.charts.of(companies),
        shown=_SHOWN,
        folded=_FOLDED,
        years=_recent(founding_years(companies)),
        link=_linker(wanted, companies, gallery.charts),
        unknown=UNKNOWN,
        source_named=("city", "domain", "list"),
    )
    return {"html": html, "ids": [one.id for one in companies] if wanted.narrowed else None}


def map_html(drawn: CompanyMap) -> str:
    """Return the map of all companies as SVG, with what its colours stand for."""
    counts: dict[str, int] = {}
    for point in drawn.points:
        for city in point.company.facts("city")[:1]:
            counts[str(city)] = counts.get(str(city), 0) + 1
    cities = sorted(counts, key=lambda city: -counts[city])[:_CITIES]
    return render(
        "pictures_map",
        width=WIDTH,
        height=HEIGHT,
        points=[
            {
                "at": point,
                "short": short_name(point.company),
                "told": _told(point.company),
                "trade": drawn.group_of.get(point.company.id, -1),
                "city": _place(point.company, cities),
            }
            for point in drawn.points
        ],
        trades=drawn.groups,
        cities=cities,
        faithful=round(100 * drawn.faithful),
    )


def _told(company: Company) -> dict[str, str]:
    fields = ("technology", "product", "domain")
    does = next((text for field in fields if (text := company.text(field))), "")
    return {"does": does, "city": "、".join(map(str, company.facts("city")))}


def _place(company: Company, cities: Sequence[str]) -> int:
    city = next(map(str, company.facts("city")), "")
    return cities.index(city) if city in cities else -1


def _recent(years: Sequence[Year]) -> tuple[Year, ...]:
    return tuple(years[-_YEARS:])


def _filters(wanted: Wanted, charts: Charts) -> list[dict[str, str]]:
    """Return every condition of a selection with the address that leaves it out."""
    selection = wanted.selection
    found = [
        {
            "facet": _FACET_LABELS[facet],
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


def _linker(
    wanted: Wanted, companies: Sequence[Company], charts: Charts
) -> Callable[[Chart, str], str]:
    """Return a function that gives the address of exactly the companies that a bar counts."""

    def link(chart: Chart, key: str) -> str:
        if wanted.ids:
            among = charts.having(companies, chart.key, key)
            return f"#/pictures?{urlencode({IDS: ','.join(one.id for one in among)}, safe=',')}"
        chosen = {**wanted.selection.chosen, chart.key: (key,)}
        return _address("browse", Selection(text=wanted.selection.text, chosen=chosen))

    return link


def _address(view: str, selection: Selection) -> str:
    fields = [(WORDS, selection.text)] if selection.text else []
    fields += [(key, value) for key, values in selection.chosen.items() for value in values]
    return f"#/{view}?{urlencode(fields)}" if fields else f"#/{view}"
