"""All critical points are found, proven and classified; what is not proven is told as what it is."""

import dataclasses
import math
import random
import time
from functools import cache

import mpmath
import numpy as np
import pytest
import sympy

from landscape.catalogue.surfaces import Surface, surface, surface_entries
from landscape.errors import InputError
from landscape.geometry.critical import CriticalPoints, critical_points
from tests.geometry.published import COUNTS, POINTS

BOXES = 12_000
"""Enough for every smooth surface but the two with thousands of points or nearly flat valleys."""


@cache
def shipped(name: str) -> CriticalPoints:
    """Return the answer for a surface of the catalogue, on its own domain."""
    return critical_points(surface(name), boxes=BOXES, seconds=60)


@cache
def published(name: str) -> CriticalPoints:
    """Return the answer for a surface of the catalogue, on the box of its published counts."""
    return critical_points(surface(name), COUNTS[name][0], seconds=60)


def places(found: CriticalPoints) -> np.ndarray:
    """Return the positions of the points, shape (n, 2)."""
    return np.array([(point.x, point.y) for point in found]).reshape(-1, 2)


def counts(found: CriticalPoints) -> tuple[int, int, int]:
    return tuple(found.counts[kind] for kind in ("minimum", "maximum", "saddle"))


@pytest.mark.parametrize("name", list(COUNTS))
def test_the_published_number_of_points_of_each_kind_is_found_and_proven_complete(name: str) -> None:
    found = published(name)
    assert found.complete
    assert counts(found) == COUNTS[name][1]
    assert all(point.proven for point in found)


@pytest.mark.parametrize(("name", "kind", "place", "value"), POINTS)
def test_a_published_point_is_found_with_its_kind_and_value(
    name: str, kind: str, place: tuple[float, float], value: float
) -> None:
    near = [point for point in published(name) if math.dist((point.x, point.y), place) < 2e-6]
    assert [point.kind for point in near] == [kind]
    assert near[0].value == pytest.approx(value, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("name", [name for name, entry in surface_entries().items() if entry.minima])
def test_the_known_minima_of_every_surface_are_told(name: str) -> None:
    found = shipped(name)
    (x0, x1), (y0, y1) = found.domain
    marks = [places(found), *(line for valley in found.valleys for line in valley.lines)]
    marks += [np.array([[kink.x, kink.y]]) for kink in found.kinks]
    marks += [np.array([[x0 + 0.0, y0 + 0.0]])] if found.exhausted else []
    for x, y, value in surface_entries()[name].minima:
        on_border = min(x - x0, x1 - x, y - y0, y1 - y) < 1e-3 * (x1 - x0)
        distance = np.min(np.abs(np.concatenate(marks) - (x, y)).max(axis=1))
        assert distance < 0.01 * (x1 - x0) or on_border or found.exhausted, (x, y, value)


def newton_everywhere(where: Surface, starts: int = 2000) -> np.ndarray:
    """Return the zeros of the gradient that Newton's method reaches from random starts, shape (n, 2)."""
    (x0, x1), (y0, y1) = where.domain
    size = np.array([x1 - x0, y1 - y0])
    points = np.random.default_rng(7).uniform((x0, y0), (x1, y1), (starts, 2))
    step = np.full_like(points, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(40):
            slope = where.gradient(*points.T).T
            curvature = np.moveaxis(where.hessian(*points.T), -1, 0).copy()
            regular = np.isfinite(curvature).all(axis=(1, 2)) & np.isfinite(slope).all(axis=1)
            curvature[~regular] = np.nan
            determinant = curvature[:, 0, 0] * curvature[:, 1, 1] - curvature[:, 0, 1] ** 2
            across = np.stack(
                [
                    curvature[:, 1, 1] * slope[:, 0] - curvature[:, 0, 1] * slope[:, 1],
                    curvature[:, 0, 0] * slope[:, 1] - curvature[:, 0, 1] * slope[:, 0],
                ],
                axis=1,
            )
            step = across / determinant[:, None]
            length = np.linalg.norm(step / size, axis=1, keepdims=True)
            points = points - step * np.minimum(1.0, 0.1 / length)
    settled = np.all(np.abs(step) < 1e-10 * size, axis=1) & np.all((points > (x0, y0)) & (points < (x1, y1)), axis=1)
    return points[settled]


@pytest.mark.parametrize("name", list(surface_entries()))
def test_newton_s_method_from_everywhere_finds_nothing_that_a_complete_answer_lacks(name: str) -> None:
    found = shipped(name)
    if not found.complete:
        assert found.valleys or found.kinks or found.flats or found.degenerate or found.undecided
        return
    theirs, ours = newton_everywhere(surface(name)), places(found)
    size = np.ptp(np.array(found.domain), axis=1)
    for point in theirs:
        assert np.min(np.abs((ours - point) / size).max(axis=1), initial=np.inf) < 1e-6, point


@pytest.mark.parametrize("name", list(surface_entries()))
def test_every_point_told_is_a_zero_of_the_gradient_of_its_kind(name: str) -> None:
    where, found = surface(name), shipped(name)
    size = min(x1 - x0 for x0, x1 in found.domain)
    for point in (point for point in found if point.proven):
        h = where.hessian(point.x, point.y)
        assert np.hypot(*where.gradient(point.x, point.y)) <= 1e-12 * size * np.abs(h).max() + 1e-12
        eigenvalues, vectors = np.linalg.eigh(h)
        assert point.eigenvalues == pytest.approx(eigenvalues, rel=1e-6, abs=1e-9 * np.abs(h).max())
        for mine, theirs in zip(point.eigenvectors, vectors.T, strict=True):
            isolated = eigenvalues[1] - eigenvalues[0] > 1e-6 * np.abs(h).max()
            assert abs(np.dot(mine, theirs)) == pytest.approx(1.0, abs=1e-6) or not isolated
        signs = tuple(np.sign(point.eigenvalues))
        assert {"minimum": (1, 1), "maximum": (-1, -1), "saddle": (-1, 1)}[point.kind] == signs
        assert point.index == signs[0] * signs[1]


@pytest.mark.parametrize("name", list(surface_entries()))
def test_indices_add_up_to_the_winding_number_along_the_border(name: str) -> None:
    found = shipped(name)
    known = found.boundary_index is not None and not (found.valleys or found.flats or found.exhausted)
    assert not known or found.index_sum == found.boundary_index


def winding(where: Surface) -> int:
    """Return the winding number of the gradient along the border of the domain, by many points."""
    (x0, x1), (y0, y1) = where.domain
    t = np.linspace(0, 1, 20_001)[:-1]
    x = np.concatenate([x0 + t * (x1 - x0), np.full_like(t, x1), x1 - t * (x1 - x0), np.full_like(t, x0), [x0]])
    y = np.concatenate([np.full_like(t, y0), y0 + t * (y1 - y0), np.full_like(t, y1), y1 - t * (y1 - y0), [y0]])
    gx, gy = where.gradient(x, y)
    angles = np.arctan2(gy, gx)[np.isfinite(gx + gy)]
    return round(float(np.unwrap(angles)[-1] - angles[0]) / (2 * math.pi))


@pytest.mark.parametrize("name", list(surface_entries()))
def test_the_winding_number_is_the_one_of_many_points_along_the_border(name: str) -> None:
    index = shipped(name).boundary_index
    assert index is None or index == winding(surface(name))


def polynomial(seed: int) -> str:
    """Return a random polynomial of degree up to 4 with small whole coefficients."""
    rng, degree = random.Random(seed), 2 + seed % 3
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i) if i + j > 0]
    return " + ".join(f"({rng.randint(-4, 4)})*x**{i}*y**{j}" for i, j in powers)


def real_zeros(text: str, half: float) -> list[tuple[float, float]] | None:
    """Return the zeros of the gradient in a square by elimination; None where one is multiple or near the border."""
    x, y = sympy.symbols("x y")
    f = sympy.sympify(text)
    fx, fy = sympy.Poly(f.diff(x), x, y), sympy.Poly(f.diff(y), x, y)
    eliminant = sympy.Poly(sympy.resultant(fx.as_expr(), fy.as_expr(), y), x)
    if eliminant.degree() < 1 or not eliminant.is_sqf or fx.degree(y) < 1:
        return None
    found = []
    for root in mpmath.polyroots([int(c) for c in eliminant.all_coeffs()], maxsteps=200, extraprec=200):
        if abs(mpmath.im(root)) > 1e-12:
            continue
        at = mpmath.re(root)
        line = [complex(c) for c in sympy.Poly(fx.as_expr().subs(x, sympy.Float(str(at), 30)), y).all_coeffs()]
        heights = np.roots(line)
        value = np.abs([complex(fy.as_expr().subs({x: float(at), y: height})) for height in heights])
        height = complex(heights[int(np.argmin(value))])
        if abs(height.imag) < 1e-7:
            found.append((float(at), height.real))
    near = any(abs(abs(part) - half) < 1e-3 for point in found for part in point)
    return None if near else [point for point in found if max(map(abs, point)) < half]


@pytest.mark.parametrize("block", range(10))
def test_the_points_of_random_polynomials_are_those_of_elimination(block: int) -> None:
    compared = 0
    for seed in range(20 * block, 20 * block + 20):
        text = polynomial(seed)
        theirs = real_zeros(text, 3.0)
        if theirs is None:
            continue
        ours = critical_points(surface(text, domain=((-3, 3), (-3, 3))), seconds=20)
        assert ours.complete, text
        assert len(ours) == len(theirs), text
        for point in theirs:
            assert np.abs(places(ours) - point).max(axis=1).min() < 1e-5, text
        compared += 1
    assert compared >= 14


@pytest.mark.parametrize("name", ["himmelblau", "six_hump_camel", "mueller_brown", "peaks"])
def test_a_constant_added_changes_the_values_alone(name: str) -> None:
    plain, entry = published(name), surface(name)
    raised = critical_points(dataclasses.replace(entry, formula=f"7.5 + ({entry.formula})", entry=""), COUNTS[name][0])
    np.testing.assert_allclose(places(raised), places(plain), atol=1e-12)
    assert [point.value for point in raised] == pytest.approx([point.value + 7.5 for point in plain])


@pytest.mark.parametrize("factor", [3.0, -0.5])
def test_a_factor_scales_values_and_eigenvalues_and_a_negative_one_turns_minima_into_maxima(factor: float) -> None:
    plain = published("himmelblau")
    scaled = critical_points(surface(f"{factor}*((x**2 + y - 11)**2 + (x + y**2 - 7)**2)"), COUNTS["himmelblau"][0])
    minima, maxima = (plain.of_kind(kind) for kind in ("minimum", "maximum"))
    assert len(scaled.of_kind("minimum")) == len(minima if factor > 0 else maxima)
    expected = sorted((point.value * factor, sorted(part * factor for part in point.eigenvalues)) for point in plain)
    ours = sorted((point.value, list(point.eigenvalues)) for point in scaled)
    for (mine, parts), (value, others) in zip(ours, expected, strict=True):
        assert mine == pytest.approx(value, abs=1e-12)
        assert sorted(parts) == pytest.approx(others)


@pytest.mark.parametrize("degrees", [30.0, 90.0, 217.0])
def test_a_turned_and_stretched_surface_has_its_points_turned_and_stretched(degrees: float) -> None:
    plain = surface("four_well", domain=((-4, 4), (-4, 4)))
    turned = dataclasses.replace(plain, rotation=degrees, scaling=(1.5, 0.8))
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    expected = places(critical_points(plain)) * (1.5, 0.8) @ np.array([[c, s], [-s, c]])
    ours = critical_points(turned)
    assert ours.complete
    assert counts(ours) == (4, 1, 4)
    for point in expected:
        assert np.abs(places(ours) - point).max(axis=1).min() < 1e-12


def test_a_parameter_moves_the_points_and_makes_them_vanish() -> None:
    assert counts(critical_points(surface("double_well", tilt=0.5))) == (2, 0, 1)
    assert counts(critical_points(surface("double_well", tilt=3.0))) == (1, 0, 0)


def test_a_hidden_saddle_of_a_typed_formula_is_found() -> None:
    found = critical_points(surface("x^4/4 - x^2/2 + y^2", domain=((-2, 2), (-2, 2))))
    assert found.complete
    assert [(p.kind, p.x, p.y, p.value, p.eigenvalues) for p in found] == [
        ("minimum", -1.0, 0.0, -0.25, (2.0, 2.0)),
        ("minimum", 1.0, 0.0, -0.25, (2.0, 2.0)),
        ("saddle", 0.0, 0.0, 0.0, (-1.0, 2.0)),
    ]


def test_a_point_on_the_border_of_the_domain_counts() -> None:
    found = critical_points(surface("(x - 1)**2 + (y + 2)**2"), ((1, 2), (-2, 0)))
    assert [(point.x, point.y) for point in found] == [(1.0, -2.0)]
    assert found.boundary_index is None


def test_points_very_close_to_each_other_are_told_apart() -> None:
    found = critical_points(surface("(x**2 - 1e-10)**2 + y**2", domain=((-1, 1.3), (-1, 1))))
    assert found.complete
    assert sorted(point.x for point in found) == pytest.approx([-1e-5, 0.0, 1e-5], abs=1e-15)


@pytest.mark.parametrize(
    ("formula", "place", "index"),
    [
        ("x**3 - 3x*y**2", (0, 0), -2), ("x**4 + y**4", (0, 0), 1), ("-(x**4) - y**6", (0, 0), 1),
        ("x**3 + y**2", (0, 0), 0), ("(x - 1)**4 - (y - 0.3)**4", (1, 0.3), -1),
        ("x**4 - 6x**2*y**2 + y**4", (0, 0), -3), ("(x - sqrt(2))**3 - 3(x - sqrt(2))*y**2", (math.sqrt(2), 0), -2),
    ],
)  # fmt: skip
def test_a_degenerate_point_is_told_with_its_winding_number(
    formula: str, place: tuple[float, float], index: int
) -> None:
    found = critical_points(surface(formula, domain=((-3, 3.2), (-3, 3.1))))
    assert not found.complete
    assert [(point.kind, point.index, point.proven) for point in found] == [("degenerate", index, False)]
    assert (found.points[0].x, found.points[0].y) == pytest.approx(place, abs=1e-7)
    assert found.boundary_index == index


def test_the_monkey_saddle_is_degenerate_and_winds_twice_the_other_way() -> None:
    found = shipped("monkey_saddle")
    assert [(point.kind, point.x, point.y, point.index) for point in found] == [("degenerate", 0.0, 0.0, -2)]


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
    assert critical_points(surface("abs(x)*3 + x*4 + y**2")).complete


@pytest.mark.parametrize(
    ("formula", "along"),
    [("abs(x - 1) + 0y", lambda x, y: x - 1), ("x/(y - 0.5)", lambda x, y: y - 0.5),
     ("where(x + y < 1, 0, 1) + x**2 + y**2", lambda x, y: x + y - 1)],
)  # fmt: skip
def test_a_crease_is_told_as_a_line(formula: str, along: object) -> None:
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


def test_a_plateau_is_a_flat_region_not_a_flood_of_points() -> None:
    level = critical_points(surface("relu(x - 1)**2*0 + 4"))
    assert [(flat.x, flat.y, flat.value) for flat in level.flats] == [((-3.0, 3.0), (-3.0, 3.0), 4.0)]
    assert len(level) == 0
    assert level.boxes < 100


def test_the_plateaus_of_michalewicz_are_few_regions_beside_its_two_minima() -> None:
    found = shipped("michalewicz")
    minima = [(point.x, point.y) for point in found.of_kind("minimum")]
    assert np.array(minima) == pytest.approx(np.array([[2.202906, 1.570796], [2.202906, 2.711572]]), abs=1e-6)
    assert len(found.degenerate) <= 13
    assert 1 <= len(found.flats) <= 20
    assert not found.valleys
    assert not found.undecided


def test_a_narrow_bump_on_a_wide_plain_is_proven_to_be_alone() -> None:
    found = critical_points(surface("exp(-100((x - 1)**2 + y**2))"))
    assert found.complete
    assert [(point.kind, point.x, point.y) for point in found] == [("maximum", 1.0, 0.0)]
    assert found.boundary_index == 1


def test_an_index_is_told_from_where_the_gradient_is_not_lost_in_the_smallest_numbers() -> None:
    [kink] = critical_points(surface("exp(-1/(x**2 + y**2))")).kinks
    assert (kink.x, kink.y, kink.index) == (0.0, 0.0, 1)


def test_running_out_of_boxes_tells_what_is_proven_and_claims_no_more() -> None:
    found = critical_points(surface("rastrigin"), boxes=300)
    whole = places(shipped("rastrigin"))
    assert found.exhausted
    assert not found.complete
    assert found.undecided
    assert found.boxes <= 300
    assert 0 < len(found) <= 441
    for point in found:
        assert point.proven
        assert np.abs(whole - (point.x, point.y)).max(axis=1).min() < 1e-9


def test_every_point_not_told_lies_in_an_undecided_box() -> None:
    found = critical_points(surface("levy13"), ((-3, 3), (-3, 3)), boxes=3000)
    boxes = np.array(found.undecided)
    assert found.exhausted
    for x, y in newton_everywhere(surface("levy13", domain=((-3, 3), (-3, 3)))):
        told = len(found) and np.abs(places(found) - (x, y)).max(axis=1).min() < 1e-6
        in_box = (boxes[:, 0] <= x) & (x <= boxes[:, 1]) & (boxes[:, 2] <= y) & (y <= boxes[:, 3])
        assert told or in_box.any()


def test_a_small_view_of_levy_13_is_proven_complete() -> None:
    view = surface("levy13", domain=((0.2, 1.8), (0.2, 1.8)))
    found, theirs = critical_points(view), newton_everywhere(view)
    assert found.complete
    assert len(found) == len(np.unique(np.round(theirs, 6), axis=0))
    assert (found.points[0].x, found.points[0].y) == (1.0, 1.0)
    assert found.points[0].value == pytest.approx(0.0, abs=1e-30)


def test_no_seconds_and_a_cancelled_search_return_at_once() -> None:
    for found in (
        critical_points(surface("rastrigin"), seconds=0.0),
        critical_points(surface("rastrigin"), cancelled=lambda: True),
    ):
        assert found.exhausted
        assert not found.complete
        assert found.boxes == 0


def test_a_search_asks_whether_it_is_cancelled_while_it_goes_on() -> None:
    asked = iter([False] * 5)
    found = critical_points(surface("rastrigin"), cancelled=lambda: next(asked, True))
    assert found.exhausted
    assert 0 < found.boxes < 1000


def test_ten_thousand_rows_of_data_end_in_time_without_a_claim() -> None:
    u = np.random.default_rng(3).normal(size=10_000)
    data = {"u": u.tolist(), "v": (u > 0.3).astype(float).tolist()}
    begin = time.perf_counter()
    found = critical_points(surface("mean((sigmoid(x*u + y) - v)**2)", data=data), seconds=0.2)
    assert time.perf_counter() - begin < 20
    assert not found.complete


def test_a_surface_of_data_moves_its_minimum_with_a_data_point() -> None:
    def slope_and_offset(last: float) -> tuple[float, float]:
        data = {"u": [0.0, 1.0, 2.0], "v": [1.0, 3.0, last]}
        [point] = critical_points(surface("mean((x*u + y - v)**2)", data=data, domain=((-9, 9), (-9, 9))))
        return point.x, point.y

    assert slope_and_offset(5.0) == pytest.approx((2.0, 1.0))
    assert slope_and_offset(2.0) == pytest.approx((0.5, 1.5))


def test_a_staircase_has_level_steps_and_told_edges() -> None:
    found = critical_points(surface("floor(x) + 0y"))
    assert found.flats
    assert {round(kink.x) for kink in found.kinks} >= {-2, -1, 0, 1, 2}
    assert len(found) == 0


def test_what_is_returned_cannot_be_changed() -> None:
    found = shipped("rank_one")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.points[0].x = 1.0
    with pytest.raises(ValueError, match="read-only"):
        found.valleys[0].lines[0][0, 0] = 1.0


def test_a_domain_that_cannot_be_used_is_a_mistake() -> None:
    with pytest.raises(InputError, match="the smaller first"):
        critical_points(surface("sphere"), ((1, -1), (0, 1)))


def test_numbers_beyond_double_precision_end_in_an_answer() -> None:
    for formula in ("1e300*x**4 + y**2", "exp(exp(exp(x))) + y**2", "exp(-exp(exp(x**2))) + y"):
        found = critical_points(surface(formula), boxes=5000, seconds=5)
        assert isinstance(found.complete, bool)
