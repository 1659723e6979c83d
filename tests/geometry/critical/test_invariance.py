"""The points follow a surface that is raised, scaled, turned or moved by a parameter; they are those of elimination."""

import dataclasses
import math
import random

import mpmath
import numpy as np
import pytest
import sympy

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from tests.geometry.critical.found import counts, places, published
from tests.geometry.critical.published import COUNTS


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


@pytest.mark.slow
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


def test_a_surface_of_data_moves_its_minimum_with_a_data_point() -> None:
    def slope_and_offset(last: float) -> tuple[float, float]:
        data = {"u": [0.0, 1.0, 2.0], "v": [1.0, 3.0, last]}
        [point] = critical_points(surface("mean((x*u + y - v)**2)", data=data, domain=((-9, 9), (-9, 9))))
        return point.x, point.y

    assert slope_and_offset(5.0) == pytest.approx((2.0, 1.0))
    assert slope_and_offset(2.0) == pytest.approx((0.5, 1.5))
