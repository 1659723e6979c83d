"""What is hatched covers all that is open, and little more."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.points import CriticalPoints, Region
from landscape.scene.descent.open_areas import open_areas


def found(kind: str, boxes: list[tuple[float, float, float, float]]) -> CriticalPoints:
    return CriticalPoints(
        domain=((0.0, 1.0), (0.0, 1.0)), points=(), valleys=(), kinks=(), flats=(), boundary_index=None,
        regions=(Region(kind=kind, boxes=tuple(boxes), share=0.1),), exhausted=False, boxes=1,
    )  # fmt: skip


def test_few_rectangles_are_hatched_as_they_are() -> None:
    boxes = [(0.1, 0.2, 0.3, 0.4), (0.5, 0.6, 0.7, 0.9)]
    np.testing.assert_array_equal(open_areas(found("pole", boxes)).rectangles, boxes)


def test_many_rectangles_become_cells_that_hold_all_of_them() -> None:
    corners = np.random.default_rng(3).uniform(0.2, 0.4, (5000, 2))
    sides = np.random.default_rng(4).uniform(0.0, 0.003, (5000, 2))
    boxes = [(x, x + w, y, y + h) for (x, y), (w, h) in zip(corners.tolist(), sides.tolist(), strict=True)]
    cells = open_areas(found("undecided", boxes)).rectangles
    assert len(cells) < len(boxes)
    x0, x1, y0, y1 = cells.T
    for x, right, y, top in boxes[::50]:
        for place in ((x, y), (right, top)):
            assert np.any((x0 <= place[0]) & (place[0] <= x1) & (y0 <= place[1]) & (place[1] <= y1))

    assert (x0.min(), x1.max()) == pytest.approx((0.2, 0.4), abs=0.006)


@pytest.mark.parametrize("kind", ["degenerate", "kink"])
def test_a_place_too_small_to_see_that_has_a_sign_is_not_hatched(kind: str) -> None:
    assert open_areas(found(kind, [(0.5, 0.5 + 1e-9, 0.5, 0.5 + 1e-9)])) is None


def test_what_nothing_explains_is_hatched_however_small() -> None:
    assert len(open_areas(found("undecided", [(0.5, 0.5 + 1e-9, 0.5, 0.5 + 1e-9)])).rectangles) == 1


def test_nothing_is_hatched_where_all_is_decided() -> None:
    assert open_areas(critical_points(surface("himmelblau"))) is None
