"""Degenerate points, curves of critical points and flat regions are told as what they are."""

import math

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from tests.geometry.critical.found import counts, shipped


@pytest.mark.parametrize(
    ("formula", "place", "index", "kind"),
    [
        ("x**3 - 3x*y**2", (0, 0), -2, "saddle"), ("x**4 + y**4", (0, 0), 1, "minimum"),
        ("-(x**4) - y**6", (0, 0), 1, "maximum"), ("x**3 + y**2", (0, 0), 0, "degenerate"),
        ("(x - 1)**4 - (y - 0.3)**4", (1, 0.3), -1, "saddle"), ("x**4 - 6x**2*y**2 + y**4", (0, 0), -3, "saddle"),
        ("(x - sqrt(2))**3 - 3(x - sqrt(2))*y**2", (math.sqrt(2), 0), -2, "saddle"),
        ("x**5 - 10x**3*y**2 + 5x*y**4", (0, 0), -4, "saddle"), ("x**6 + y**6", (0, 0), 1, "minimum"),
    ],
)  # fmt: skip
def test_a_degenerate_point_is_told_with_its_winding_number_and_the_kind_that_follows(
    formula: str, place: tuple[float, float], index: int, kind: str
) -> None:
    found = critical_points(surface(formula, domain=((-3, 3.2), (-3, 3.1))))
    assert not found.complete
    assert [(point.kind, point.index, point.proven) for point in found] == [(kind, index, False)]
    assert found.degenerate == found.points
    assert (found.points[0].x, found.points[0].y) == pytest.approx(place, abs=1e-7)
    assert found.boundary_index == index


def test_the_monkey_saddle_is_degenerate_and_winds_twice_the_other_way() -> None:
    found = shipped("monkey_saddle")
    assert [(point.kind, point.x, point.y, point.index) for point in found.degenerate] == [("saddle", 0.0, 0.0, -2)]


def test_curves_of_minima_are_one_valley_beside_the_saddle() -> None:
    found = shipped("rank_one")
    [valley], [saddle] = found.valleys, found.points
    assert (saddle.kind, saddle.x, saddle.y, saddle.proven) == ("saddle", 0.0, 0.0, True)
    assert (valley.kind, valley.value, len(valley.lines)) == ("minimum", 0.0, 2)
    assert not found.complete
    assert not found.undecided
    for line in valley.lines:
        assert line[:, 0] * line[:, 1] == pytest.approx(1.0, abs=1e-9)
        assert np.abs(line).max(axis=0) == pytest.approx(2.8, abs=0.01)
        assert np.hypot(*np.diff(line, axis=0).T).max() < 0.03


def test_crossing_ridges_and_four_valleys_are_told_apart() -> None:
    found = shipped("quartic_valley")
    assert [(valley.kind, round(valley.value, 9), len(valley.lines)) for valley in found.valleys] == [
        ("minimum", 0.0, 4),
        ("maximum", 0.25, 2),
    ]


def test_a_ring_of_minima_is_a_closed_line_around_a_proven_maximum() -> None:
    found = critical_points(surface("(x**2 + y**2 - 1)**2"))
    [[ring]] = [valley.lines for valley in found.valleys]
    assert np.hypot(*ring.T) == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_array_equal(ring[0], ring[-1])
    assert counts(found) == (0, 1, 0)
    assert found.boundary_index == 1


def test_a_plateau_is_a_flat_region_not_a_flood_of_points() -> None:
    level = critical_points(surface("relu(x - 1)**2*0 + 4"))
    assert [(flat.x, flat.y, flat.value) for flat in level.flats] == [((-3.0, 3.0), (-3.0, 3.0), 4.0)]
    assert len(level) == 0
    assert level.boxes < 100


def test_the_plateaus_of_michalewicz_are_not_flat_and_all_is_decided_but_where_their_edges_cross() -> None:
    found = shipped("michalewicz")
    minima = [(point.x, point.y) for point in found.of_kind("minimum") if point.proven]
    assert np.array(minima) == pytest.approx(np.array([[2.202906, 1.570796], [2.202906, 2.711572]]), abs=1e-6)
    assert len(found.degenerate) <= 13
    assert not found.flats
    assert found.share < 1e-12
    assert not found.valleys
    assert not found.undecided


def test_a_narrow_bump_on_a_wide_plain_is_proven_to_be_alone() -> None:
    found = critical_points(surface("exp(-100((x - 1)**2 + y**2))"))
    assert found.complete
    assert [(point.kind, point.x, point.y) for point in found] == [("maximum", 1.0, 0.0)]
    assert found.boundary_index == 1


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("x**2", "minimum"), ("x**4", "minimum"), ("-(x + y)**2", "maximum"), ("x**3", "degenerate"),
        ("(x**2 - y)**2", "minimum"), ("y**2*(1 - x**2)", "degenerate"), ("x**2*y**2", "minimum"),
        ("x**2/(1 + y**2)", "minimum"), ("(x**2 - 1)**2 + (x*y)**2", "degenerate"),
    ],
)  # fmt: skip
def test_a_curve_is_a_valley_only_where_the_surface_rises_to_both_sides_all_along_it(formula: str, kind: str) -> None:
    found = critical_points(surface(formula, domain=((-3, 3), (-3, 3))))
    assert [valley.kind for valley in found.valleys] == [kind]
    assert not found.flats


def test_a_degenerate_point_at_a_round_place_is_told_there() -> None:
    places = {(point.x, point.y) for point in shipped("michalewicz").degenerate}
    assert {x for x, _ in places if x < 1} == {0.0}
    assert {y for _, y in places if y < 1} == {0.0}


def points_of_curves(formula: str) -> np.ndarray:
    found = critical_points(surface(formula, domain=((-2, 2), (-2, 2))), boxes=30_000, seconds=60)
    return np.concatenate([line for valley in found.valleys for line in valley.lines])


def test_a_curve_ends_where_the_formula_has_no_value() -> None:
    along = points_of_curves("1/ceil(x - y) + (x*y - 0.5)^2")
    difference = along[:, 0] - along[:, 1]
    assert not ((difference > -1.0) & (difference <= 0.0)).any()
    assert along[:, 0] * along[:, 1] == pytest.approx(0.5, abs=1e-9)
    assert (difference > 0.0).any()
    assert (difference <= -1.0).any()


def test_a_slope_that_rounding_hides_beside_a_pole_is_a_slope() -> None:
    """Along the waves of ``csc`` there are curves below x + y = 0 only: above, ``x*(x + y)`` has a slope of its own."""
    along = points_of_curves("csc((x - y)/x + 2*x + y) + abs(x)*relu(x + y)")
    assert len(along)
    assert (along.sum(axis=1) <= 1e-9).all()


def test_rings_that_lie_close_together_are_each_of_their_kind() -> None:
    """StretchedV of SciPy: 0 where the sine is, with maxima between, ever closer together."""
    formula = "(x^2 + y^2)^0.25*sin(50*(x^2 + y^2)^0.1 + 1)^2"
    found = critical_points(surface(formula, domain=((-10, 10), (-10, 10))), seconds=60)
    kinds = {valley.kind for valley in found.valleys}
    assert kinds == {"minimum", "maximum"}
    assert {round(valley.value, 9) for valley in found.valleys if valley.kind == "minimum"} == {0.0}
