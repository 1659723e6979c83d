"""The osculating paraboloid against closed forms, and its trusted disc against what NumPy says of many more points."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from landscape.catalogue.surfaces import Surface, surface
from landscape.geometry.osculating import Osculation, osculation, reach, trusted_radius

DOMAIN = ((-3.0, 3.0), (-3.0, 3.0))


def radius(formula: str, point: tuple[float, float], domain=DOMAIN) -> float:
    shown = surface(formula, domain=domain)
    return trusted_radius(shown, osculation(shown, point))


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where an increasing function is 0."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return low


@pytest.mark.parametrize(
    ("formula", "point", "exact"),
    [
        # c r³ ≤ 0.1 · 2 (r + c r³)
        ("x + x**3", (0, 0), 0.5),
        ("x + 4*x**3", (0, 0), 0.25),
        ("1000*(x + x**3) - 7", (0, 0), 0.5),
        # c r⁴ ≤ 0.1 (r² + c r⁴)
        ("x**2 + y**2 + x**4", (0, 0), 1 / 3),
        ("x**2 + y**4", (0, 0), math.sqrt(0.1)),
        # e^r - 1 - r - r²/2 ≤ 0.1 (e^r - e^-r), the same wherever the point is
        ("exp(x)", (0, 0), root(lambda r: math.exp(r) - 1 - r - r * r / 2 - 0.2 * math.sinh(r), 0.1, 3.0)),
        ("exp(x)", (1.5, -2), root(lambda r: math.exp(r) - 1 - r - r * r / 2 - 0.2 * math.sinh(r), 0.1, 3.0)),
        # cos r - 1 + r²/2 ≤ 0.1 (1 - cos r)
        ("cos(x)", (0, 0), root(lambda r: math.cos(r) - 1 + r * r / 2 - 0.1 * (1 - math.cos(r)), 0.1, 3.0)),
    ],
)
def test_the_trusted_radius_is_that_of_the_closed_form(formula, point, exact):
    assert radius(formula, point) == pytest.approx(exact, rel=1e-4)


@pytest.mark.parametrize("formula", ["x**2 + 3*x*y - y**2 + 2*x - 7", "2*x - y", "5 + 0*x", "x*y/3"])
def test_a_quadratic_is_its_own_paraboloid_everywhere(formula):
    assert radius(formula, (1.25, -0.5)) == math.inf


@pytest.mark.parametrize(
    ("formula", "point"),
    [("x**3 + y**3", (0, 0)), ("x**3 - 3*x*y**2", (0, 0)), ("abs(x)", (0, 0)), ("sqrt(x)", (0, 0))],
)
def test_where_the_paraboloid_tells_nothing_no_disc_is_trusted(formula, point):
    assert radius(formula, point) == 0.0


@pytest.mark.parametrize(
    ("formula", "point"),
    [
        ("x + y + 0.0001*log(x)", (1, 0)),
        ("x + y + where(x > 1, exp(1000*x), 0)", (0, 0)),
    ],
)
def test_a_disc_ends_where_the_surface_does(formula, point):
    assert radius(formula, point) == pytest.approx(1.0, rel=1e-3)


def test_what_holds_on_the_whole_domain_is_trusted_as_far_as_its_farthest_corner():
    assert radius("x + 1e-9*x**3", (1, -1)) == pytest.approx(math.hypot(4, 4))
    assert reach(surface("x", domain=DOMAIN), (1.0, -1.0)) == pytest.approx(math.hypot(4, 4))


@pytest.mark.parametrize("angle", [0.0, 17.0, 45.0])
def test_the_radius_does_not_turn_with_the_surface(angle):
    turned = surface("x**2 + 5*y**2 + x**4", domain=DOMAIN, rotation=angle)
    # r⁴ ≤ 0.1 · 5 r²
    assert trusted_radius(turned, osculation(turned, (0.0, 0.0))) == pytest.approx(math.sqrt(0.5), rel=1e-4)


def test_a_minimum_far_above_zero_is_not_mistaken_for_noise():
    assert radius("1e6 + x**2 + y**2 + x**4", (0, 0)) == pytest.approx(1 / 3, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("himmelblau", (-3.0730257, -0.0813530)),
        ("himmelblau", (0.3, 2.0)),
        ("rosenbrock", (-1.0, 1.0)),
        ("rastrigin", (0.3, 0.2)),
        ("ackley", (1.3, 0.7)),
        ("goldstein_price", (0.0, -1.0)),
        ("easom", (3.0, 3.0)),
    ],
)
def test_many_more_points_say_the_same_of_the_disc(name, point):
    shown = surface(name)
    found = osculation(shown, point)
    trusted = trusted_radius(shown, found)
    assert 0.0 < trusted < reach(shown, point)
    assert share(shown, found, 0.995 * trusted) <= 0.1005
    assert share(shown, found, 1.01 * trusted) > 0.0995


def share(shown: Surface, found: Osculation, size: float) -> float:
    """Return what the paraboloid is off by on a disc, in parts of the variation there, by a disc full of points."""
    turn, out = np.meshgrid(np.linspace(0, 2 * np.pi, 1441), size * np.sqrt(np.linspace(0, 1, 401)))
    x, y = found.point[0] + out * np.cos(turn), found.point[1] + out * np.sin(turn)
    gradient, hessian = shown.gradient(*found.point), shown.hessian(*found.point)
    way = np.stack((x - found.point[0], y - found.point[1]))
    paraboloid = (
        shown.value(*found.point)
        + np.einsum("i,i...->...", gradient, way)
        + 0.5 * np.einsum("i...,ij,j...->...", way, hessian, way)
    )
    values = shown.value(x, y)
    return float(np.abs(values - paraboloid).max() / (values.max() - values.min()))


def test_plane_and_paraboloid_agree_with_the_matrix_form():
    shown = surface("exp(x)*sin(y) + x*y", domain=DOMAIN)
    found = osculation(shown, (0.5, -0.25))
    way = np.array((0.3, -0.7))
    gradient, hessian = shown.gradient(0.5, -0.25), shown.hessian(0.5, -0.25)
    plane = float(shown.value(0.5, -0.25)) + gradient @ way
    assert found.plane(0.8, -0.95) == pytest.approx(plane)
    assert found.paraboloid(0.8, -0.95) == pytest.approx(plane + way @ hessian @ way / 2)
    values, vectors = np.linalg.eigh(hessian)
    assert found.eigenvalues == pytest.approx(values)
    for axis, vector in zip(found.axes, vectors.T, strict=True):
        assert abs(np.dot(axis, vector)) == pytest.approx(1.0)


def test_without_a_hessian_there_is_no_paraboloid():
    shown = surface("sqrt(x)", domain=((0.0, 1.0), (0.0, 1.0)))
    found = osculation(shown, (0.0, 0.5))
    assert np.isnan(found.eigenvalues).all()
    assert trusted_radius(shown, found) == 0.0
