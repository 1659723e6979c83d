"""The descent band of a range test, against the closed form of gradient descent on a quadratic."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.scene.descent.rate_band import falling
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from tests.scene.descent.test_build import Studio

STEPS = 90
TEST = schedule("range_test", max_lr=1.0)


def band(start, rule=optimizer("sgd", lr=1e-3), formula="(x**2 + 20*y**2)/2", plan=TEST):  # noqa: B008
    descent = edits.choose_surface(default_descent(), surface(formula))
    descent = edits.set_rule(edits.solo_run(descent, 0), 0, rule)
    descent = edits.set_schedule(edits.set_steps(edits.move_start(descent, start), STEPS), plan)
    return next(panel for panel in Studio(descent).scene.curves if panel.quantity == "loss").band


def closed(start, curvatures=(1.0, 20.0)):
    """f after each step: every direction shrinks by 1 − ηλ."""
    rates = 1e-3 * 1000.0 ** (np.arange(STEPS) / (STEPS - 1))
    away = [
        at * np.concatenate(([1.0], np.cumprod(1.0 - rates * curvature)))
        for at, curvature in zip(start, curvatures, strict=True)
    ]
    return sum(curvature * at**2 / 2 for at, curvature in zip(away, curvatures, strict=True)), rates


def test_along_the_steepest_direction_the_loss_falls_until_the_rate_passes_two_by_the_curvature():
    _, rates = closed((0.0, 1.5))
    found = band((0.0, 1.5))
    below = int((rates < 2.0 / 20.0).sum())
    assert (found.first, found.last, found.bound) == (0, below, below)
    assert found.bound_titles == ("2/λmax = 0.1", "2/λmax")
    assert found.titles == ("falls from lr 0.001 to 0.097", "0.001–0.097")


@pytest.mark.parametrize("start", [(-2.5, 1.5), (2.0, 0.1), (1.0, 2.0)])
def test_elsewhere_it_falls_as_the_closed_form_says_and_not_before_the_bound_ends_it(start):
    losses, rates = closed(start)
    found = band(start)
    assert (found.first, found.last) == (0, int(losses.argmin()))
    assert found.last >= found.bound == int((rates <= 0.1).sum())


def test_with_momentum_the_bound_is_that_of_the_heavy_ball():
    found = band((0.0, 1.5), optimizer("momentum", lr=1e-3, momentum=0.5))
    assert found.bound_titles[0] == "stable below 0.15"
    assert found.bound == int((closed((0.0, 1.5))[1] <= 0.15).sum())


def test_where_theory_knows_no_bound_there_is_none():
    assert band((0.5, 0.5), formula="himmelblau").bound is None
    assert band((0.0, 1.5), optimizer("adam", lr=1e-3)).bound is None


def test_only_a_range_test_has_a_band():
    assert band((0.0, 1.5), plan=schedule("cosine")) is None


def test_a_loss_that_never_falls_has_no_band():
    assert falling(np.array([1.0, 2.0, np.inf])) is None
    assert falling(np.array([1.0])) is None
    assert falling(np.array([3.0, 4.0, 2.0, 5.0, np.nan])) == (1, 2)
