"""The first play of every surface shows something, with the learning rates that the catalogue brings."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.rates import default_rate
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend

ENTRIES = surface_entries()
EVERY = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
SHOWN = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "amsgrad", "adamax", "lion")


def has_minimum_inside(entry) -> bool:
    (x0, x1), (y0, y1) = entry.domain
    return bool(entry.minima) and x0 < entry.minima[0][0] < x1 and y0 < entry.minima[0][1] < y1


def play(entry, name: str) -> Trajectory:
    rule = optimizer(name)
    return descend(entry.surface, rule.with_values(lr=default_rate(entry.surface, rule)), entry.start, entry.steps)


@EVERY
def test_every_optimizer_makes_progress_without_diverging(entry):
    lowest = entry.minima[0][2] if entry.minima else None
    for name in SHOWN:
        trajectory = play(entry, name)
        first, last = trajectory.losses[0], trajectory.losses[-1]
        assert trajectory.outcome != "diverged", name
        assert last < first - 0.1 * (first - lowest) if lowest is not None else last < first, name


@pytest.mark.parametrize(
    "entry", [entry for entry in ENTRIES.values() if has_minimum_inside(entry)], ids=lambda e: e.id
)
def test_paths_stay_in_the_picture_where_the_minimum_does(entry):
    assert [name for name in SHOWN if play(entry, name).outcome == "left"] == []


@EVERY
def test_the_path_of_gradient_descent_can_be_seen(entry):
    width = np.array([high - low for low, high in entry.domain])
    steps = np.diff(play(entry, "sgd").points, axis=0) / width
    lengths = np.hypot(*steps.T)
    assert lengths.sum() > 0.01
    assert lengths.max() < 0.4


def test_every_family_of_optimizers_has_a_rate_on_every_surface_or_needs_none():
    families = {entry.family for entry in optimizer_entries().values()} - {"newton"}
    for entry in ENTRIES.values():
        assert families <= set(entry.rates), entry.id


def test_the_seed_example_goes_to_a_tenth_and_then_to_five():
    rule = optimizer("sgd", lr=0.01)
    trajectory = descend(surface("one_weight"), rule, (0.0, 0.0), 1000)
    assert trajectory.points[1, 0] == pytest.approx(0.1, abs=1e-15)
    assert trajectory.points[1000, 0] == pytest.approx(5 * (1 - 0.98**1000), abs=1e-12)
    assert np.floor(1e4 * trajectory.points[-1, 0]) / 1e4 == 4.9999


def test_a_typed_surface_gets_a_rate_that_descends():
    typed = surface("30*(x - 1)**2 + 2*(y + 1)**2", domain=((-4, 4), (-4, 4)))
    for name in SHOWN:
        rule = optimizer(name)
        trajectory = descend(typed, rule.with_values(lr=default_rate(typed, rule)), (-3.0, 3.0), 200)
        assert trajectory.losses[-1] < 0.5 * trajectory.losses[0], name


def test_a_rate_for_one_optimizer_goes_before_that_of_its_family():
    entry = ENTRIES["himmelblau"]
    assert default_rate(entry.surface, optimizer("rmsprop")) == entry.rates["rmsprop"]
    assert default_rate(entry.surface, optimizer("adam")) == entry.rates["adaptive"]


def test_a_flat_surface_still_gets_a_finite_rate():
    assert 0 < default_rate(surface("3 + 0*x"), optimizer("sgd")) < np.inf


def test_the_path_of_descent_turns_with_the_surface_and_that_of_adam_does_not():
    angle = np.radians(30)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    start = np.array([-2.6, 1.2])

    def apart(name: str, rate: float) -> float:
        rule = optimizer(name, lr=rate)
        straight = descend(surface("ravine", kappa=100), rule, tuple(start), 100).points
        turned = descend(surface("ravine", kappa=100, rotation=30), rule, tuple(turn @ start), 100).points
        return float(np.abs(straight @ turn.T - turned).max())

    assert apart("sgd", 0.015) < 1e-12
    assert apart("momentum", 0.01) < 1e-12
    assert apart("adam", 0.05) > 0.1
    assert apart("adagrad", 0.2) > 0.1


def steps_to_escape(name: str, offset: float) -> int:
    """Return the first step at which the path from (0, offset) is within 0.01 of the height of a minimum."""
    heights = descend(surface("saddle_escape"), optimizer(name, lr=0.1), (0.0, offset), 600).points[:, 1]
    return int(np.argmax(np.abs(np.abs(heights) - 1) < 0.01))


def test_descent_needs_the_longer_the_nearer_to_a_saddle_it_starts_and_adam_does_not():
    """Each halving of the offset costs the same number of steps: log(2)/log(1 + lr); Du et al. 2017."""
    near, far = steps_to_escape("sgd", 1e-12), steps_to_escape("sgd", 1e-4)
    assert near - far == pytest.approx(np.log(1e8) / np.log(1.1), abs=1)
    assert [steps_to_escape("sgd", offset) for offset in (1e-2, 1e-4, 1e-8, 1e-12)] == [66, 115, 211, 308]
    assert max(steps_to_escape("adam", offset) for offset in (1e-2, 1e-4, 1e-8, 1e-12)) < 50


def test_larger_steps_end_in_flatter_minima_of_the_factorisation():
    """The minimum that is reached has sharpness x^2 + 1/x^2 below 2/lr; Wang et al. 2022."""
    place = surface("rank_one")
    sharpness = []
    for rate in (0.05, 0.3, 0.35, 0.4):
        end = descend(place, optimizer("sgd", lr=rate), (2.5, 0.2), 5000).points[-1]
        sharpness.append(float(np.linalg.eigvalsh(place.hessian(*end))[1]))
        assert sharpness[-1] <= 2 / rate
    assert sharpness == pytest.approx([6.517, 5.968, 4.497, 2.870], abs=1e-3)
