"""What is true of formulas that are easily answered wrongly is told of them, and nothing else."""

import numpy as np
import pytest

from landscape.geometry.critical import critical_points
from landscape.geometry.critical.points import CriticalPoints
from tests.geometry.critical.independent import false_words
from tests.geometry.critical.precise import refined, value_of
from tests.geometry.critical.proof_cases import CASES, Case, Place
from tests.geometry.critical.scipy_functions import functions, searched
from tests.timing import soon

SECONDS = 10.0
RUNS = 100


def is_at(found: CriticalPoints, x: float, y: float, place: Place, close: float) -> bool:
    """Tell whether two places are the same, to a part of the domain."""
    (x0, x1), (y0, y1) = found.domain
    return abs(x - place[0]) <= close * (x1 - x0) and abs(y - place[1]) <= close * (y1 - y0)


def is_open(found: CriticalPoints, place: Place) -> bool:
    x, y = place
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, x1, y0, y1 in found.open)


@pytest.mark.parametrize(
    "case", [pytest.param(c, marks=[pytest.mark.slow] * c.slow, id=f"{c.sort}: {c.formula}"[:70]) for c in CASES]
)
def test_what_is_true_is_told(case: Case) -> None:
    found = critical_points(case.surface, seconds=SECONDS)
    assert false_words(case.surface, found, RUNS) == []
    _check_points(case, found)
    _check_singular(case, found)
    _check_open(case, found)


def _check_points(case: Case, found: CriticalPoints) -> None:
    proven = [point for point in found.points if point.proven]
    for kind, places in (("minimum", case.minima), ("maximum", case.maxima), ("saddle", case.saddles)):
        for place in places:
            there = [point for point in proven if is_at(found, point.x, point.y, place, case.close)]
            assert [point.kind for point in there] == [kind], f"{kind} at {place}: {proven}"
    if case.only:
        assert len(proven) == len(case.minima) + len(case.maxima) + len(case.saddles), proven


def _check_singular(case: Case, found: CriticalPoints) -> None:
    """Points with a singular Hessian, and tips: found with plain numbers, so that their places are so, too."""
    for kind, x, y, index in case.degenerate:
        there = [point for point in found.points if is_at(found, point.x, point.y, (x, y), 1e-4)]
        assert [(point.kind, point.index, point.degenerate) for point in there] == [(kind, index, True)]
        assert not any(point.proven for point in there)
    for kind, x, y in case.tips:
        tips = [kink for kink in found.kinks if not len(kink.lines)]
        there = [tip for tip in tips if is_at(found, tip.x, tip.y, (x, y), 1e-6)]
        assert [tip.kind for tip in there] == [kind], found.kinks


def _check_open(case: Case, found: CriticalPoints) -> None:
    if case.complete is not None:
        assert found.complete is case.complete, found.regions
    for place in case.open:
        assert is_open(found, place), place
    for place in case.either:
        told = any(is_at(found, p.x, p.y, place, case.close) for p in found.points if p.proven)
        assert told or is_open(found, place), place
    kinds = {region.kind for region in found.regions}
    assert kinds >= case.kinds
    assert not kinds & case.never


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.sort}: {case.formula}"[:70])
def test_the_points_of_a_case_are_zeros_of_the_gradient_of_their_kinds(case: Case) -> None:
    value, size = value_of(case.surface), tuple(high - low for low, high in case.domain)
    for kind, places in (("minimum", case.minima), ("maximum", case.maxima), ("saddle", case.saddles)):
        for x, y in places:
            true = refined(value, x, y, size)
            assert true is not None
            assert true[2] == kind
            assert abs(true[0] - x) <= case.close * size[0]
            assert abs(true[1] - y) <= case.close * size[1]


def test_one_over_the_sum_has_its_value_and_its_eigenvalues() -> None:
    [case] = [case for case in CASES if case.formula == "1/(x+y)+x^2+y^2"]
    [point] = critical_points(case.surface, seconds=SECONDS)
    assert point.value == pytest.approx(1.5, abs=1e-14)
    assert point.eigenvalues == pytest.approx((2.0, 6.0), abs=1e-12)


def test_a_maximum_with_small_eigenvalues_is_regular() -> None:
    found = critical_points(functions()["Giunta"].surface)
    [top] = found.of_kind("maximum")
    assert top.proven
    assert top.eigenvalues == pytest.approx((-1.22, -1.22), abs=0.01)


@pytest.mark.slow
def test_all_points_of_a_sum_of_waves_are_regular() -> None:
    # Both coordinates have the same 19 minima and 19 maxima: the points are all pairs of them.
    surface = functions()["Shubert03"].surface
    slopes = np.sign(np.diff(surface.value(np.linspace(-10, 10, 200_001), 0.0)))
    tops, bottoms = (np.count_nonzero(np.diff(slopes) == turn) for turn in (-2, 2))
    found = critical_points(surface)
    assert (tops, bottoms) == (19, 19)
    assert found.complete
    assert [len(found.of_kind(kind)) for kind in ("minimum", "maximum", "saddle", "degenerate")] == [361, 361, 722, 0]


def test_a_line_of_poles_is_one_line() -> None:
    found = critical_points(next(case for case in CASES if case.formula == "log(abs(x))+y^2").surface, seconds=SECONDS)
    poles = [region for region in found.regions if region.kind == "pole"]
    assert len(poles) == 1
    assert max(max(abs(x0), abs(x1)) for x0, x1, _, _ in poles[0].boxes) < 0.02
    assert sum(len(kink.lines) for kink in found.kinks) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Mishra08", "Trefethen", "Katsuura", "Weierstrass"])
def test_a_search_takes_no_more_than_the_seconds_it_is_given(name: str) -> None:
    found = []
    assert soon(lambda: found.append(critical_points(functions()[name].surface, seconds=2.0)), 2.3)
    assert found[-1].complete or found[-1].exhausted or found[-1].open


RUGGED = ["Ripple01", "Schaffer01", "Schaffer02", "Schaffer03", "Schaffer04", "Trigonometric02", "Whitley",
          "Weierstrass", "Hansen"]  # fmt: skip
LONGER = {"Schaffer03": 20.0, "Schaffer04": 20.0, "Whitley": 12.0}
"""Seconds of those that are not proven in the four that are enough for the others, or only just on a busy machine."""


@pytest.mark.slow
@pytest.mark.parametrize("name", RUGGED)
def test_the_published_minimum_of_a_rough_function_is_proven(name: str) -> None:
    outcome = searched(functions()[name], seconds=LONGER.get(name, 4.0), runs=20)
    assert outcome.listed
    assert outcome.wrong == ()
