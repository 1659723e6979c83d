"""The numbers of lessons against what others say: closed forms, published values, and PyTorch's own optimizers."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from landscape.scene.answers import Answers
from landscape.scene.descent.measures import MEASURES
from landscape.scene.network.page import Directions
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.slice import SliceQuestion, latest
from landscape.session.files import lesson
from landscape.session.lesson import Quantity
from landscape.session.network.document import Experiment
from landscape.translation import Translation
from tests.lessons.playing import play
from tests.reference.lessons import RACES

SAY = Translation()
STORED = json.loads((Path(__file__).parents[1] / "reference" / "lessons.json").read_text("utf-8"))["cases"]

TRUTH: Mapping[str, Mapping[str, float]] = {
    # Closed forms of gradient descent on a quadratic; d2l prints 0.060466 for the first.
    "d2l-gradient-descent": {"a": 0.060466, "b": 10 * 0.9**10, "c": 10 * 1.2**10},
    # d2l prints -1.528166.
    "d2l-local-minimum": {"xe": -1.528166},
    # d2l prints x1: -0.057646, x2: -0.000073.
    "d2l-two-dimensions": {"x20": -0.057646, "y20": -2 * 0.6**20, "x5": -5 * 0.8**5, "y5": -2 * 0.6**5},
    # d2l prints 26.83413291324767 for whole steps, 7.269860168684531 for half ones.
    "d2l-newton-uphill": {"a": 26.83413291324767, "b": 7.269860168684531},
    "d2l-newton": {"x1": 10 - 2 * math.tanh(5)},
    # d2l prints x1: -2.382563, x2: -0.158591 and x1: -0.002295; RMSProp x1: -0.010599.
    "d2l-adagrad": {"x0": -2.382563, "x1": -0.002295, "x2": -0.010599},
    # d2l prints x1: 0.007188 for momentum 0.5, x1: -0.126340 for 0.25: the losses follow from both coordinates.
    "d2l-vanishing-gradient": {"g": 1 - math.tanh(4) ** 2},
    "lmu-eigenvectors": {"L": 3.0, "m": 1.0, "d0": math.sqrt(18) * 0.9**30, "d1": math.sqrt(18) * 0.7**30},
    "lmu-ill-conditioned": {"f1": (35 / 37) ** 200 * (49 + 36 * 0.25) / 2},
    "lmu-armijo": {"g0": 9.0},
    # Himmelblau's function from the origin, T0 = 200, cooled by 0.8.
    "lmu-annealing": {"T": 200.0, "c": 0.8, "n": 60.0, "f0": 170.0},
    "lee-critical-point": {"m": -2.0, "L": 2.0},
    "edge-of-stability": {"k0": 6.517, "k1": 5.968, "k2": 4.497, "k3": 2.870},
    "goodfellow-condition": {"L": 5.0, "m": 1.0},
    "bishop-ellipse": {"x3": -3 * 0.9**3, "y3": 1.5 * 0.1**3},
    "newton-saddle": {"yn": 0.25 * 0.9**30, "d0": math.hypot(1.4, 0.25) * 0.9**30},
    "bergstra-nine-trials": {"g": 3, "r": 9},
    "grid-or-random": {"g": 5, "r": 25},
    "smith-range-test": {"L": 20.0},
    "cs231n-saddle": {"s0": math.ceil(math.log(1 / 0.001) / math.log(1.1))},
    "distill-momentum": {"b": ((math.sqrt(50) - 1) / (math.sqrt(50) + 1)) ** 2, "a0": 2 / 51},
}
"""What a lesson's quantities must be, by their names."""


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_lesson_shows_what_is_published(name: str):
    known = play(name).values().known
    for quantity, truth in TRUTH[name].items():
        assert known[quantity] == pytest.approx(truth, rel=2e-4, abs=1e-6), quantity


@pytest.mark.parametrize("case", STORED, ids=lambda case: f"{case['lesson']}-{case['run']}")
def test_a_race_ends_as_with_pytorch(case):
    played, race = play(case["lesson"]), RACES[case["lesson"]]
    reached, loss = (
        MEASURES.measure(played.session.document, Quantity(name="q", run=case["run"], **asked), played.answers, SAY)
        for asked in ({"of": "steps_to", "below": race.threshold}, {"of": "loss", "step": race.steps})
    )
    assert reached == (math.inf if case["steps"] is None else case["steps"])
    if math.isfinite(case["loss"]) and abs(case["loss"]) < 1e6:
        assert loss == pytest.approx(case["loss"], rel=1e-6, abs=1e-12)


def test_adagrad_comes_to_the_least_squares_fit_of_the_ten_points():
    u = [338, 333, 328, 207, 226, 25, 179, 60, 208, 606]
    v = [640, 633, 619, 393, 428, 27, 193, 66, 226, 1591]
    w, b = np.polyfit(u, v, 1)
    known = play("lee-adaptive-rate").values().known
    assert known["b2"] == pytest.approx(b, abs=0.1)
    assert known["w2"] == pytest.approx(w, abs=0.001)
    assert known["L"] * 1e-7 < 2 < known["L"] * 2e-6


def test_zero_weights_stay_where_a_coin_is_tossed():
    assert play("zero-init").values().known["f0"] == pytest.approx(math.log(2), abs=0.001)


def test_adam_goes_to_the_worst_point_and_amsgrad_the_other_way():
    known = play("reddi-adam-fails").values().known
    assert known["a"] > 0.5
    assert known["b"] < 0


def test_the_limit_of_momentum_is_two_and_two_beta():
    known = play("d2l-momentum").values().known
    assert 2 < known["lr"] * known["L"] < 2 + 2 * known["b3"]
    assert known["f1"] > known["c1"] > known["f3"]


def test_a_clipped_run_stays_where_the_other_is_thrown_out():
    known = play("goodfellow-cliff").values().known
    assert known["f1"] < known["f0"]


def test_the_lines_of_acceptance_shrink_from_mark_to_mark_of_the_annealing():
    shown = lesson("lmu-annealing").presentations["descent"]
    assert shown.marked == (2, 3, 5, 10, 20, 30, 50, 60)
    known = play("lmu-annealing").values().known
    rises = [known["T"] * known["c"] ** step * math.log(2) for step in shown.marked]
    assert rises[0] == pytest.approx(88.72, abs=0.01)
    assert rises == sorted(rises, reverse=True)
    assert rises[-1] < 1e-3


def rises(name: str, directions: Directions) -> list[float]:
    """Return by how much the loss of each network of a lesson rises a quarter away from its weights."""
    experiment = lesson(name).of(Experiment)
    answers = Answers()
    cuts = answers.compute(SliceQuestion(recordings=recording_questions(experiment), directions=directions))
    found = []
    for cut in latest(cuts):
        away = np.hypot(*np.meshgrid(*[np.linspace(-1.0, 1.0, len(cut.losses))] * 2))
        found.append(float(cut.losses[(away > 0.2) & (away < 0.3)].mean() - cut.losses[away == 0.0].mean()))
    return found


def test_filter_norm_takes_away_that_a_network_looks_flat_only_because_its_weights_are_large():
    small, large = rises("li-filter-norm", "alike")
    assert large < small / 3
    small, large = rises("li-filter-norm", "random")
    assert large > small


def test_filter_norm_changes_little_where_weights_are_about_as_large():
    for plain, normed in zip(rises("li-residual", "alike"), rises("li-residual", "random"), strict=True):
        assert plain == pytest.approx(normed, rel=0.25)
