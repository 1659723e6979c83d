"""A place that is not decided is told as a point with a singular Hessian only where there is one, alone in its loop."""

import pytest

from landscape.catalogue.surfaces import surface
from landscape.formula.balls import precision
from landscape.geometry.critical import proof
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.degenerate import degenerate_point
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.limits import never
from landscape.geometry.critical.loops import Loops, rectangles

DOMAIN = (-2.0, 2.0, -2.0, 2.0)


def around(x: float, y: float, half: float) -> Box:
    return x - half, x + half, y - half, y + half


def loops(formula: str, place: Box, *others: Box) -> Loops:
    given = surface(formula, domain=(DOMAIN[:2], DOMAIN[2:]))
    return Loops(enclosure=enclosure(given, DOMAIN, never), domain=DOMAIN, place=place, others=rectangles(others))


def test_a_point_with_a_singular_hessian_is_told_where_it_is() -> None:
    found = degenerate_point(loops("x^4 + y^4", around(0.0, 0.0, 1e-7)))
    assert found is not None
    assert (found.x, found.y, found.kind, found.index) == (0.0, 0.0, "minimum", 1)


def test_a_point_elsewhere_is_not_told_of_a_place_from_which_newton_s_steps_lead_there() -> None:
    assert degenerate_point(loops("x^4 + y^2", around(1.0, 1.0, 1e-7))) is None


def test_a_point_with_a_regular_hessian_is_not_told_as_singular() -> None:
    assert degenerate_point(loops("x^2 + y^2", around(0.0, 0.0, 1e-7))) is None


def test_loops_hold_nothing_but_their_place() -> None:
    others = (0.1, 0.2, -0.01, 0.01), (-0.3, -0.2, 0.0, 0.0)
    found = list(loops("x^4 + y^4", around(0.0, 0.0, 1e-7), *others).rectangles())
    assert found
    for x0, x1, y0, y1 in found:
        assert x0 < 0.0 < x1
        assert y0 < 0.0 < y1
        for left, right, low, high in others:
            assert left > x1 or right < x0 or low > y1 or high < y0


def test_an_index_is_not_that_of_a_loop_around_another_point() -> None:
    place = around(0.0, 0.0, 1e-7)
    saddle = 0.1
    free, held = (loops(f"x^4/4 - {saddle}*x^3/3 + y^2", place, *others) for others in ((), (around(saddle, 0, 1e-9),)))
    assert free.index() == 1
    assert held.index() == 0


def test_no_proof_is_tried_on_a_curve_of_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr(proof, "proven_zero", lambda *given: tried.append(given))
    for formula, regular in (("(x - y)^2", False), ("(x - y)^2 + x^2", True)):
        given = surface(formula, domain=(DOMAIN[:2], DOMAIN[2:]))
        with precision(120):
            proof.proven_zero_near(enclosure(given, DOMAIN, never), DOMAIN, (0.0, 0.0))
        assert bool(tried) is regular
