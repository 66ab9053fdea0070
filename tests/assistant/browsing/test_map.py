"""The map of what companies do."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.browsing.map import HEIGHT, WIDTH, CompanyMap, company_map, faithfulness, layout
from assistant.engine import Engine
from index.language.thesaurus import load_thesaurus

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def drawn(engine: Engine) -> CompanyMap:
    return company_map(engine.index, load_thesaurus())


def test_every_company_that_says_what_it_does_has_a_place(
    engine: Engine, drawn: CompanyMap
) -> None:
    ids = [one.id for one in drawn.points]
    assert engine.index.records.numbers(ids) == {one: at for at, one in enumerate(ids)}
    assert len(ids) == engine.index.records.count()
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT for one in drawn.points)


def test_nearest_on_the_map_is_near_in_meaning(drawn: CompanyMap) -> None:
    assert drawn.faithful >= 0.9


def test_map_is_the_same_again(engine: Engine, drawn: CompanyMap) -> None:
    assert company_map(engine.index, load_thesaurus()).points == drawn.points


def test_groups_are_trades_of_several_companies(drawn: CompanyMap) -> None:
    sizes = [list(drawn.group_of.values()).count(at) for at in range(len(drawn.groups))]
    assert 2 <= len(drawn.groups) <= 8
    assert min(sizes) >= 2
    assert sizes == sorted(sizes, reverse=True)
    named = {one.name: one.id for one in drawn.points}
    chip = drawn.group_of[named["苏州敏芯微电子技术股份有限公司"]]
    assert drawn.groups[chip] == "半导体"


def vectors(*rows: tuple[float, ...]) -> np.ndarray:
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_two_clusters_lie_apart() -> None:
    rng = np.random.default_rng(1)
    centres = np.repeat([[1.0, 0, 0, 0], [0, 1.0, 0, 0]], 12, axis=0)
    places = layout(vectors(*(centres + rng.normal(0, 0.05, centres.shape))))
    inside = np.linalg.norm(places[:12] - places[:12].mean(axis=0), axis=1).mean()
    apart = np.linalg.norm(places[:12].mean(axis=0) - places[12:].mean(axis=0))
    assert apart > 2 * inside


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 6, 7])
def test_few_points_have_places(count: int) -> None:
    places = layout(
        vectors(*np.eye(8, dtype=np.float32)[:count].tolist())
        if count
        else np.zeros((0, 8), np.float32)
    )
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_equal_vectors_have_places() -> None:
    assert layout(vectors(*[(1.0, 0.0)] * 9)).tolist() == [[WIDTH / 2, HEIGHT / 2]] * 9
    some = layout(vectors(*[(1.0, 0.0)] * 5, *[(0.0, 1.0)] * 4))
    assert np.isfinite(some).all()


def test_faithfulness_is_the_share_of_true_neighbours() -> None:
    turns = np.linspace(0, np.pi / 2, 40)
    around = vectors(*zip(np.cos(turns), np.sin(turns), strict=True))
    true = np.column_stack((turns, np.zeros(40)))
    assert faithfulness(around, true) == 1.0
    # Each beside the one farthest from it in meaning.
    false = np.empty_like(true)
    false[:20, 0], false[20:, 0] = np.arange(20), np.arange(20) + 0.1
    assert faithfulness(around, false) == 0.0
    assert faithfulness(around[:1], true[:1]) == 1.0
