"""Where a formula is not smooth, that is told: tips, kinks, jumps and edges."""

import math

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from tests.geometry.critical.found import places, shipped


@pytest.mark.parametrize(
    ("formula", "place", "value", "index"),
    [
        ("abs(x) + abs(y)", (0, 0), 0, 1), ("abs(x - 0.3) + 2abs(y + 1)", (0.3, -1), 0, 1),
        ("norm(x, y)", (0, 0), 0, 1), ("abs(x) - abs(y)", (0, 0), 0, -1), ("cbrt(x**2 + y**2)", (0, 0), 0, 1),
    ],
)  # fmt: skip
def test_a_tip_is_told_as_a_point_without_derivative(
    formula: str, place: tuple[float, float], value: float, index: int
) -> None:
    found = critical_points(surface(formula, domain=((-3, 3.3), (-3, 3.1))))
    [kink] = found.kinks
    assert (kink.x, kink.y, kink.value, kink.index, kink.lines) == (*place, value, index, ())
    assert not found.complete
    assert len(found) == 0


def test_the_minimum_of_ackley_is_not_differentiable_and_all_else_is_proven() -> None:
    found = shipped("ackley")
    [tip] = found.kinks
    assert (tip.x, tip.y, tip.index) == (0.0, 0.0, 1)
    assert tip.value == pytest.approx(0.0, abs=1e-14)
    assert not found.undecided
    assert all(point.proven for point in found)
    assert found.index_sum == found.boundary_index == 1


def test_a_slope_that_never_vanishes_across_a_kink_is_no_critical_point() -> None:
    assert critical_points(surface("abs(x) + 2y")).complete
    assert critical_points(surface("min(x, y)")).complete
    assert critical_points(surface("max(2x - 3y, 5x + y)")).complete
    assert critical_points(surface("abs(x)*3 + x*4 + y**2")).complete


@pytest.mark.parametrize(
    ("formula", "along"),
    [("abs(x - 1) + 0y", lambda x, y: x - 1), ("x/(y - 0.5)", lambda x, y: y - 0.5),
     ("where(x + y < 1, 0, 1) + x**2 + y**2", lambda x, y: x + y - 1)],
)  # fmt: skip
def test_a_line_of_kinks_is_told_as_a_line(formula: str, along: object) -> None:
    found = critical_points(surface(formula))
    line = np.concatenate([line for kink in found.kinks for line in kink.lines])
    assert np.abs(along(*line.T)).max() < 1e-9
    assert not found.complete


def test_nothing_is_sought_where_the_formula_is_undefined() -> None:
    found = critical_points(surface("x*log(x) + y**2", domain=((0.05, 3), (-3, 3))))
    assert found.complete
    assert places(found) == pytest.approx(np.array([[math.exp(-1), 0.0]]), abs=1e-12)
    half = critical_points(surface("(x - 1)*sqrt(x) + y**2"))
    assert [(point.kind, point.x) for point in half] == [("minimum", pytest.approx(1 / 3))]
    assert all(kink.x == 0.0 for kink in half.kinks)


def test_a_staircase_has_level_steps_and_told_edges() -> None:
    found = critical_points(surface("floor(x) + 0y"))
    assert found.flats
    assert {round(kink.x) for kink in found.kinks} >= {-2, -1, 0, 1, 2}
    assert len(found) == 0


@pytest.mark.parametrize(
    ("formula", "breaks", "kind"),
    [
        ("abs(x) + y**2", "slope", "minimum"), ("-norm(x, y)", "slope", "maximum"), ("cbrt(x) + y**2", "slope", None),
        ("abs(x) - abs(y)", "slope", "saddle"), ("sqrt(x) + y**2", "slope", "minimum"),
        ("abs(x)**1.5 + y**2", "curvature", "minimum"), ("x*sqrt(abs(x)) + y**2", "curvature", None),
        ("cos(norm(x, y))", "curvature", "maximum"), ("1/(x**2 + y**2)", "value", None),
    ],
)  # fmt: skip
def test_it_is_told_in_which_way_a_point_is_not_smooth_and_whether_it_is_an_extreme(
    formula: str, breaks: str, kind: str | None
) -> None:
    found = critical_points(surface(formula, domain=((-3, 3.3), (-3, 3.1))))
    assert [(kink.x, kink.y, kink.breaks, kink.kind) for kink in found.kinks] == [(0.0, 0.0, breaks, kind)]


@pytest.mark.parametrize(
    ("formula", "breaks"),
    [
        ("min(x, y) - (x + y)/2", "slope"), ("x/y", "value"), ("sign(x)*y", "value"),
        ("where(x < 0, x**2, y)", "value"),
        ("where(x < 0, -x, x) + y**2", "slope"), ("log(x)", "value"), ("sqrt(abs(x - y))*9 - x - y", "slope"),
    ],
)  # fmt: skip
def test_it_is_told_in_which_way_a_line_is_not_smooth(formula: str, breaks: str) -> None:
    assert {kink.breaks for kink in critical_points(surface(formula)).kinks if kink.lines} == {breaks}


def test_the_bottom_of_bukin_is_one_line_with_its_minimum() -> None:
    [line] = shipped("bukin").kinks
    assert (line.x, line.y, line.value) == (-10.0, 1.0, 0.0)
    [curve] = line.lines
    assert np.ptp(curve[:, 0]) == pytest.approx(10.0, abs=0.1)
    assert curve[:, 1] == pytest.approx(0.01 * curve[:, 0] ** 2, abs=1e-9)


@pytest.mark.parametrize(
    "formula",
    [
        "sqrt(-abs(x)) + y**2",
        "sqrt(abs(x) - 2*abs(x))",
        "where(x < 0, sqrt(x), sqrt(-x)) + abs(y)",
        "sqrt(x*0 - abs(y)) + abs(x)",
    ],
)
def test_where_no_slope_around_a_point_is_finite_it_is_missing(formula: str) -> None:
    found = critical_points(surface(formula), seconds=2.0)
    assert not found.complete
    assert all(kink.breaks in ("slope", "value") for kink in found.kinks)


@pytest.mark.parametrize(
    ("formula", "places"),
    [
        ("asin(sin(x)) + y^2", [(-math.pi / 2, 0.0), (math.pi / 2, 0.0)]),
        ("acos(cos(x)) + y^2", [(-math.pi, 0.0), (0.0, 0.0), (math.pi, 0.0)]),
        ("asin(sin(x)) + asin(sin(y))", [(i * math.pi / 2, j * math.pi / 2) for i in (-1, 1) for j in (-1, 1)]),
    ],
)
def test_a_kink_at_which_a_function_only_touches_its_edge_is_told_to_the_last_digit(
    formula: str, places: list[tuple[float, float]]
) -> None:
    found = critical_points(surface(formula, domain=((-4, 4), (-2, 2))))
    assert np.array(sorted((kink.x, kink.y) for kink in found.kinks)) == pytest.approx(np.array(places), abs=1e-14)
