"""Adaptive rules at their own edge of stability: Cohen et al. 2022, arXiv:2207.14484."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.geometry.curvature import hessians
from landscape.geometry.preconditioning import gain, preconditioned_sharpness

RAVINE = surface("x**2/2 + 10*y**2")


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_with_a_scale_that_is_held_the_rule_is_stable_just_below_the_limit_and_not_above(beta: float):
    scale, curvature = np.array((0.2, 3.0)), np.array(((1.0, 0.4), (0.4, 8.0)))
    half = 1 / np.sqrt(scale)
    largest = np.linalg.eigvalsh(half[:, None] * curvature * half)[-1]
    limit = gain(optimizer("adam", beta1=beta)) / largest

    def size(lr: float) -> float:
        point, mean = np.array((1.0, 1.0)), np.zeros(2)
        for _ in range(4000):
            mean = beta * mean + (1 - beta) * curvature @ point
            point = point - lr * mean / scale
        return float(np.abs(point).max())

    assert size(0.99 * limit) < 1e-3
    assert size(1.01 * limit) > 1e3


def test_the_limit_of_adam_with_its_default_is_38():
    assert gain(optimizer("adam")) == pytest.approx(38.0)
    assert gain(optimizer("rmsprop")) == 2.0
    assert gain(optimizer("rmsprop", momentum=0.9)) is None
    assert gain(optimizer("sgd")) is None


@pytest.mark.parametrize(
    ("rule", "steps"),
    [(optimizer("adam", lr=0.05, beta2=0.99), 20_000), (optimizer("rmsprop", lr=0.01, alpha=0.99), 20_000)],
    ids=lambda given: getattr(given, "entry", ""),
)
def test_a_run_comes_to_its_limit_and_stays_there(rule, steps):
    run = descend(RAVINE, rule, (2.0, 1.5), steps)
    (entries,) = hessians(RAVINE, run.points[:1])
    felt = [preconditioned_sharpness(rule, run.state, step, entries) for step in range(1, steps + 1, 37)]
    limit = gain(rule) / rule.lr
    assert felt[3] < 0.2 * limit
    assert np.median(felt[-200:]) == pytest.approx(limit, rel=0.15)


def test_nothing_is_told_at_the_start_or_of_other_rules():
    run = descend(RAVINE, optimizer("adam", lr=0.1), (2.0, 1.5), 10)
    entries = np.array((1.0, 0.0, 20.0))
    assert preconditioned_sharpness(optimizer("adam"), run.state, 0, entries) is None
    assert preconditioned_sharpness(optimizer("sgd"), {}, 3, entries) is None
    assert preconditioned_sharpness(optimizer("adam"), run.state, 3, np.array((np.nan, 0.0, 1.0))) is None


@pytest.mark.parametrize(("rule", "values"), [("adam", {"beta2": 0.0}), ("rmsprop", {"alpha": 0.0})])
def test_a_rule_that_remembers_no_squares_has_no_such_sharpness(rule: str, values: dict[str, float]):
    given = optimizer(rule, lr=0.01, **values)
    state = descend(RAVINE, given, (1.0, 1.0), 5).state
    assert preconditioned_sharpness(given, state, 3, hessians(RAVINE, np.array([[1.0, 1.0]]))[0]) is None


def test_squares_below_0_that_a_start_brings_have_none_either():
    state = descend(RAVINE, optimizer("rmsprop", lr=0.01), (1.0, 1.0), 5, state={"s": (-900.0, -900.0)}).state
    assert preconditioned_sharpness(optimizer("rmsprop", lr=0.01), state, 1, np.array([1.0, 0.0, 20.0])) is None
