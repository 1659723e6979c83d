"""All critical points are found, proven and classified."""

import dataclasses
import math

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.errors import InputError
from landscape.geometry.critical import critical_points
from tests.geometry.critical.found import counts, newton_everywhere, places, published, shipped
from tests.geometry.critical.published import COUNTS, POINTS

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("name", list(surface_entries()))
def test_newton_s_method_from_everywhere_finds_no_regular_point_that_is_not_told(name: str) -> None:
    where, found = surface(name), shipped(name)
    if not found.complete:
        assert found.valleys or found.kinks or found.flats or found.degenerate or found.undecided
    if found.undecided:
        return
    ours, size = places(found), np.ptp(np.array(found.domain), axis=1)
    ours = np.concatenate([ours, *([[kink.x, kink.y]] for kink in found.kinks if not kink.lines)])
    kinks = np.concatenate([[[np.inf, np.inf]], *(line for kink in found.kinks for line in kink.lines)])
    for x, y in newton_everywhere(where):
        low, high = np.linalg.eigvalsh(where.hessian(x, y))
        if not found.complete and min(abs(low), abs(high)) < 1e-4 * max(abs(low), abs(high), 1e-4):
            continue
        if np.min(np.abs((kinks - (x, y)) / size).max(axis=1)) < 2e-3:
            continue
        assert np.min(np.abs((ours - (x, y)) / size).max(axis=1), initial=np.inf) < 1e-6, (x, y)


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


def test_a_hidden_saddle_of_a_typed_formula_is_found() -> None:
    found = critical_points(surface("x^4/4 - x^2/2 + y^2", domain=((-2, 2), (-2, 2))))
    assert found.complete
    assert [(p.kind, p.x, p.y, p.value, p.eigenvalues) for p in found] == [
        ("minimum", -1.0, 0.0, -0.25, (2.0, 2.0)),
        ("minimum", 1.0, 0.0, -0.25, (2.0, 2.0)),
        ("saddle", 0.0, 0.0, 0.0, (-1.0, 2.0)),
    ]


def test_a_saddle_hidden_between_two_gaussians_is_found_where_they_balance() -> None:
    found = critical_points(surface("-exp(-4((x - 1)**2 + y**2)) - exp(-4((x + 1)**2 + y**2)) + 0.1(x**2 + y**2)"))
    assert found.complete
    assert counts(found) == (2, 0, 1)
    [saddle] = found.of_kind("saddle")
    assert (saddle.x, saddle.y) == (0.0, 0.0)
    assert saddle.value == pytest.approx(-2 * math.exp(-4))
    assert saddle.eigenvalues == pytest.approx((0.2 - 112 * math.exp(-4), 0.2 + 16 * math.exp(-4)))


def test_a_point_on_the_border_of_the_domain_counts() -> None:
    found = critical_points(surface("(x - 1)**2 + (y + 2)**2"), ((1, 2), (-2, 0)))
    assert [(point.x, point.y) for point in found] == [(1.0, -2.0)]
    assert found.boundary_index is None


def test_points_very_close_to_each_other_are_told_apart() -> None:
    found = critical_points(surface("(x**2 - 1e-10)**2 + y**2", domain=((-1, 1.3), (-1, 1))))
    assert found.complete
    assert sorted(point.x for point in found) == pytest.approx([-1e-5, 0.0, 1e-5], abs=1e-15)


def test_a_small_view_of_levy_13_is_proven_complete() -> None:
    view = surface("levy13", domain=((0.2, 1.8), (0.2, 1.8)))
    found, theirs = critical_points(view), newton_everywhere(view)
    assert found.complete
    assert len(found) == len(np.unique(np.round(theirs, 6), axis=0))
    assert (found.points[0].x, found.points[0].y) == (1.0, 1.0)
    assert found.points[0].value == pytest.approx(0.0, abs=1e-30)


def test_what_is_returned_cannot_be_changed() -> None:
    found = shipped("rank_one")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.points[0].x = 1.0
    with pytest.raises(ValueError, match="read-only"):
        found.valleys[0].lines[0][0, 0] = 1.0


def test_a_domain_that_cannot_be_used_is_a_mistake() -> None:
    with pytest.raises(InputError, match="the smaller first"):
        critical_points(surface("sphere"), ((1, -1), (0, 1)))
