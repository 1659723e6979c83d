"""Nothing depends on how large the domain or the surface is, and what is close together is told apart."""

import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from tests.geometry.critical.found import counts


@pytest.mark.parametrize("size", [1e-14, 1e-7, 1e3, 1e12])
def test_the_domain_may_be_of_any_size(size: float) -> None:
    x, y = f"(x/{size!r})", f"(y/{size!r})"
    formula, domain = f"({x}^2 + {y} - 11)^2 + ({x} + {y}^2 - 7)^2", ((-5 * size, 5 * size),) * 2
    found = critical_points(surface(formula, domain=domain))
    assert found.complete
    assert counts(found) == (4, 1, 4)
    assert min(point.x for point in found) == pytest.approx(-3.779310253377747 * size, rel=1e-14)


@pytest.mark.parametrize("height", [1e-300, 1e-200, 1e-100, 1e100, 1e200, 1e300])
def test_the_surface_may_be_of_any_height(height: float) -> None:
    formula = f"{height!r}*((x^2 + y - 11)^2 + (x + y^2 - 7)^2)"
    found = critical_points(surface(formula, domain=((-5, 5), (-5, 5))))
    assert found.complete
    assert counts(found) == (4, 1, 4)


@pytest.mark.parametrize(
    ("formula", "domain", "places"),
    [
        ("(x^2 - 1e-20)^2 + y^2", ((-1, 1), (-1, 1)), [-1e-10, 0.0, 1e-10]),
        ("((x - 0.7)^2 - 2.5e-21)^2 + (y - 0.3)^2", ((-1, 1.3), (-1, 1)), [0.69999999995, 0.7, 0.70000000005]),
        ("x^3 - 3e-20*x + y^2", ((-1, 1), (-1, 1)), [-1e-10, 1e-10]),
    ],
)
def test_points_that_are_ten_billionths_apart_are_told_apart(formula: str, domain: tuple, places: list[float]) -> None:
    found = critical_points(surface(formula, domain=domain))
    assert found.complete
    assert sorted(point.x for point in found) == pytest.approx(places, rel=1e-15, abs=1e-24)


@pytest.mark.parametrize("size", [1e-14, 1.0, 1e12])
@pytest.mark.parametrize(("formula", "kind"), [("x^4 + y^4", "points"), ("abs(x) + abs(y)", "kinks")])
def test_a_degenerate_point_and_a_tip_are_minima_at_any_size(formula: str, kind: str, size: float) -> None:
    found = critical_points(surface(formula, domain=((-size, 1.1 * size), (-size, 1.2 * size))))
    [point] = getattr(found, kind)
    assert (point.kind, point.x, point.y, point.index) == ("minimum", 0.0, 0.0, 1)
    assert found.share < 1e-15


def test_a_gradient_and_its_derivative_are_of_one_formula() -> None:
    found = critical_points(surface("x^2 + y^2 + 3e-12*cos(1e6*x)", domain=((-1, 1), (-1, 1))))
    assert found.complete
    [saddle] = found.of_kind("saddle")
    assert (saddle.x, saddle.y) == (0.0, 0.0)
