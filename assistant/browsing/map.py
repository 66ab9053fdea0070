"""A map of what companies do: two whose technologies mean nearly the same stand side by side.

    facet vectors ──▶ one vector a company ── t-SNE ──▶ two coordinates ──▶ CompanyMap

A company's vector is the mean of those of its core technologies and main products, else of its
trades. The axes have no meaning, only nearness has; distances between far points have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from assistant.answers.values import short_name
from index.language.encoder import Vectors
from index.language.thesaurus import Thesaurus
from index.store.reader import IndexReader
from index.text import fold
from index.types import ChunkKind, Company

WIDTH, HEIGHT = 1000.0, 640.0
"""Size of the map; coordinates count from its upper left corner."""

# What says what a company does, the first two together; the last where neither is told.
_TOLD = ("technology", "product")
_ELSE = "domain"

# How many neighbours of a point are held together; fewer give islands, more give a cloud.
_NEIGHBOURS = 10
_MARGIN = 0.03
# Fewer points than this are laid out by their two main directions; t-SNE needs some neighbours.
_FEW = 6
# For many points their main directions say enough, and fewer rounds too.
_MANY, _DIRECTIONS, _ROUNDS, _ROUNDS_OF_MANY = 3000, 50, 1000, 500

# Of how many points at least the nearness is checked, where there are so many.
_ASKED = 2000

_GROUPS = 8
_AT_ONCE = 500
# A trade that so many companies belong to says nothing about any of them.
_TOO_MANY = 0.35

Coordinates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """A company on the map.

    Attributes:
        id: Its public id.
        name: Its name.
        short: What people call it.
        does: What it does, in the words of its first row that says so.
        city: The cities that it is in.
        x: From 0 to :data:`WIDTH`.
        y: From 0 to :data:`HEIGHT`.
    """

    id: str
    name: str
    short: str
    does: str
    city: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class CompanyMap:
    """All companies whose rows say what they do.

    Attributes:
        points: In the order of the companies.
        groups: Names of the trades that most of them belong to, largest first.
        group_of: Place in ``groups`` by company id; companies of other trades are missing.
        faithful: Share of the points whose nearest point is one of the ten nearest in meaning.
    """

    points: tuple[Point, ...]
    groups: tuple[str, ...]
    group_of: dict[str, int]
    faithful: float


def company_map(index: IndexReader, thesaurus: Thesaurus) -> CompanyMap:
    """Return the map of an index; the same for the same index."""
    told = _vectors(index)
    numbers = sorted(index.records.numbers(told).items(), key=lambda pair: pair[1])
    ids = [key for key, _ in numbers]
    vectors = np.array([told[key] for key in ids], dtype=np.float32).reshape(len(ids), -1)
    places = layout(vectors)
    points: list[Point] = []
    belongs: dict[str, tuple[str, ...]] = {}
    # A stretch after the other, so that no more companies are held than are being drawn.
    for start in range(0, len(ids), _AT_ONCE):
        for company in index.records.by_key(ids[start : start + _AT_ONCE]):
            points.append(_point(company, *places[len(points)]))
            belongs[company.id] = tuple(_trades_of(company, thesaurus))
    groups, group_of = trades(belongs)
    return CompanyMap(tuple(points), groups, group_of, faithfulness(vectors, places))


def _point(company: Company, x: float, y: float) -> Point:
    does = next((text for field in (*_TOLD, _ELSE) if (text := company.text(field))), "")
    cities = tuple(map(str, company.facts("city")))
    placed = round(float(x), 1), round(float(y), 1)
    return Point(company.id, company.name, short_name(company), does, cities, *placed)


def _vectors(index: IndexReader) -> dict[str, Vectors]:
    """Return a vector of length 1 for each company that can be placed, by its id."""
    told: defaultdict[str, defaultdict[str, list[Vectors]]] = defaultdict(lambda: defaultdict(list))
    for chunk, vector in sorted(index.vectors(ChunkKind.FACET), key=lambda pair: pair[0].id):
        for company in chunk.targets:
            told[company][chunk.field].append(vector)
    placed: dict[str, Vectors] = {}
    for key, fields in told.items():
        found = [one for field in _TOLD for one in fields[field]] or fields[_ELSE]
        mean = np.mean(found, axis=0) if found else np.zeros(1)
        length = float(np.linalg.norm(mean))
        if length:
            placed[key] = np.asarray(mean / length, dtype=np.float32)
    return placed


def layout(vectors: Vectors) -> Coordinates:
    """Return a place within the map for every vector; near ones stand near each other.

    Args:
        vectors: One row per point, of length 1.
    """
    if len(np.unique(vectors, axis=0)) <= 1:
        return np.full((len(vectors), 2), (WIDTH / 2, HEIGHT / 2))
    # Loading this takes a second, and only the map needs it.
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    if len(vectors) < _FEW:
        flat = PCA(min(2, len(vectors) - 1), random_state=0).fit_transform(vectors)
        return _fitted(np.pad(flat, ((0, 0), (0, 2 - flat.shape[1]))))
    many = len(vectors) > _MANY
    projection = TSNE(
        perplexity=min(_NEIGHBOURS, (len(vectors) - 1) / 3),
        init="pca",
        metric="euclidean" if many else "cosine",
        max_iter=_ROUNDS_OF_MANY if many else _ROUNDS,
        random_state=0,
    )
    # Several threads that wait for each other take many times as long on a busy machine. Only what
    # is loaded by now is limited.
    with threadpool_limits(1):
        if many:
            vectors = PCA(_DIRECTIONS, random_state=0).fit_transform(vectors)
        return _fitted(projection.fit_transform(vectors))


def _fitted(flat: Vectors) -> Coordinates:
    """Return points turned so that they lie broadly, and stretched to fill the map."""
    centred = np.asarray(flat, dtype=np.float64) - flat.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    # Which way an axis points is arbitrary; without this it might differ between machines.
    axes *= np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    turned = centred @ axes.T
    low, size = turned.min(axis=0), np.ptp(turned, axis=0)
    unit = (turned - low) / np.where(size > 0, size, 1)
    unit = np.where(size > 0, unit, 0.5)
    return np.asarray((_MARGIN + (1 - 2 * _MARGIN) * unit) * (WIDTH, HEIGHT))


def faithfulness(vectors: Vectors, places: Coordinates, nearest: int = 10) -> float:
    """Return the share of points whose nearest place is among their nearest vectors.

    Of very many points, some at even distances are looked at.

    Args:
        vectors: One row per point, of length 1.
        places: One row of two per point.
        nearest: How many of the nearest vectors count.
    """
    if len(vectors) < 2:
        return 1.0
    from sklearn.neighbors import NearestNeighbors

    asked = np.arange(0, len(vectors), max(1, len(vectors) // _ASKED))
    with threadpool_limits(1):
        found = NearestNeighbors(n_neighbors=2).fit(places).kneighbors(places[asked])[1]
    # The point itself comes first, or another at the very same place.
    beside = np.where(found[:, 0] == asked, found[:, 1], found[:, 0])
    likeness = vectors[asked] @ vectors.T
    rows = np.arange(len(asked))
    likeness[rows, asked] = -2.0
    nearer = (likeness > likeness[rows, beside][:, None]).sum(axis=1)
    return float(np.mean(nearer < nearest))


def trades(belongs: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of a few trades that cover most companies, and each company's place there.

    Taken one after the other: always the trade that most of the companies left belong to.
    """
    members: defaultdict[str, set[str]] = defaultdict(set)
    for company, named in belongs.items():
        for trade in named:
            members[trade].add(company)
    most = max(1.0, len(belongs) * _TOO_MANY)
    usable = {trade: found for trade, found in members.items() if len(found) <= most}
    names: list[str] = []
    place: dict[str, int] = {}
    while usable and len(names) < _GROUPS:
        best = max(usable, key=lambda trade: len(usable[trade] - place.keys()))
        fresh = usable.pop(best) - place.keys()
        if len(fresh) < 2:
            break
        place |= dict.fromkeys(fresh, len(names))
        names.append(best)
    return tuple(names), place


def _trades_of(company: Company, thesaurus: Thesaurus) -> Iterable[str]:
    """Yield the trades that a company's own words name, with all that are broader."""
    for field in (_ELSE, *_TOLD):
        queue = [
            concept.term
            for value in company.values(field)
            for _, _, word in thesaurus.words_in(fold(value.text))
            if (concept := thesaurus.concept(word))
        ]
        for trade in queue:
            concept = thesaurus.concept(trade)
            queue.extend(one for one in (concept.broader if concept else ()) if one not in queue)
        if queue:
            yield from queue
            return
