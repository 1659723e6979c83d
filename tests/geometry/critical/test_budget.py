"""A search ends in time, and then claims no more than it proved."""

import time
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from tests.ending.states import TANGENTS, nested
from tests.geometry.critical.found import newton_everywhere, places, shipped
from tests.timing import soon


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


def test_numbers_beyond_double_precision_end_in_an_answer() -> None:
    for formula in ("1e300*x**4 + y**2", "exp(exp(exp(x))) + y**2", "exp(-exp(exp(x**2))) + y"):
        found = critical_points(surface(formula), boxes=5000, seconds=5)
        assert isinstance(found.complete, bool)


@pytest.mark.slow
@pytest.mark.parametrize("formula", [TANGENTS, nested()], ids=["tangents", "nested"])
def test_heavy_formulas_end_in_a_little_more_than_the_time_they_are_given(formula: str) -> None:
    given = surface(formula)
    begin = time.perf_counter()
    found = critical_points(given, seconds=0.1)  # Too short to come to the end of either
    assert time.perf_counter() - begin < 8
    assert found.exhausted
    assert not found.complete
    assert found.undecided


@pytest.mark.slow
@pytest.mark.parametrize("formula", [TANGENTS, nested()], ids=["tangents", "nested"])
def test_a_search_asks_again_and_again_whether_it_is_cancelled(formula: str) -> None:
    given, asked = surface(formula), [time.perf_counter()]

    def cancelled() -> bool:
        asked.append(time.perf_counter())
        return False

    critical_points(given, seconds=2.0, cancelled=cancelled)
    asked.append(time.perf_counter())
    assert max(after - before for before, after in pairwise(asked)) < 2


def test_a_formula_of_thousands_of_parts_is_evaluated_in_the_room_of_a_few() -> None:
    given, x = surface(TANGENTS), np.linspace(-1, 1, 20_000)
    given.hessian(0.0, 0.0)
    tracemalloc.start()
    try:
        given.hessian(x, x)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 200 * x.nbytes


@pytest.mark.slow
@pytest.mark.parametrize("formula", [TANGENTS, nested(), "cos(50x*y)*sin(40x - y^2) + abs(sin(30x*y))"])
def test_the_seconds_bound_all_of_the_call(formula: str) -> None:
    given = surface(formula)
    given.hessian(0.0, 0.0)
    found = []
    assert soon(lambda: found.append(critical_points(given, seconds=3.0)), 3.3)
    assert found[-1].exhausted
