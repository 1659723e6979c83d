"""Runs of a schedule that reads the loss, one after the other: where they end, and since when they are near it."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.followed import ends
from landscape.descent.trajectory import descend

BOWL, PLATEAU = surface("x^2 + 4y^2"), schedule("plateau", patience=1, factor=0.5)
STARTS = np.array([[1.0, -2.0, 0.0], [1.5, 0.5, 0.0]])
NEAR = (0.02, 0.01)


def test_a_run_is_near_its_end_from_the_first_step_on_behind_which_none_is_far() -> None:
    rule = optimizer("momentum", lr=0.05)
    found, since = ends(BOWL, rule, STARTS, 80, PLATEAU, 0, (), NEAR)
    for place, start in enumerate(STARTS.T.tolist()):
        points = descend(BOWL, rule, tuple(start), 80, PLATEAU).points
        assert found[:, place].tolist() == points[-1].tolist()
        close = [bool((np.abs(later - points[-1]) <= NEAR).all()) for later in points]
        assert since[place] == next(step for step in range(81) if all(close[step:]))
    assert since[2] == 0 < since[0] < 80


def test_what_diverges_has_no_end() -> None:
    found, _ = ends(BOWL, optimizer("sgd", lr=1e3), STARTS, 500, schedule("plateau", patience=1000), 0, (), NEAR)
    assert np.isnan(found[:, :2]).all()
    assert found[:, 2] == pytest.approx(0.0)


def test_what_there_is_no_time_for_has_no_end() -> None:
    answers = iter([False, True])
    found, _ = ends(BOWL, optimizer("sgd", lr=0.1), STARTS, 50, PLATEAU, 0, (), NEAR, lambda: next(answers))
    assert np.isfinite(found[:, 0]).all()
    assert np.isnan(found[:, 1:]).all()
