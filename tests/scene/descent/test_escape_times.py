"""The time near a saddle: claim E5 of Du et al. 2017, arXiv:1705.10412, and Jin et al. 2017, arXiv:1703.00887."""

import math

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.scene.answers import Answers
from landscape.scene.descent.escape_times import OFFSETS, escape_chart, escape_questions
from landscape.session.descent import edits
from landscape.session.files import lesson
from landscape.translation import Translation


def times(name: str, noise: float = 0.0) -> np.ndarray:
    descent = lesson("leaving-a-saddle").document
    descent = edits.set_rule(edits.solo_run(descent, 0), 0, optimizer(name, lr=0.1))
    ((_, question),) = escape_questions(edits.set_noise(descent, noise), (0.0, 0.0))
    return Answers().compute(question)


def at(found: np.ndarray, offset: float) -> float:
    return float(found[1 + int(np.argmin(np.abs(np.log10(OFFSETS / offset))))])


def test_gradient_descent_takes_as_long_as_the_logarithm_of_the_distance_says():
    found = times("sgd")
    assert [at(found, offset) for offset in (1e-2, 1e-4, 1e-8, 1e-12)] == [66, 115, 211, 308]
    slope = np.polyfit(np.log(1 / OFFSETS), found[1:], 1)[0]
    assert slope == pytest.approx(1 / math.log(1.1), rel=0.01)


def test_adam_does_not_care_how_near_the_saddle_it_starts():
    found = times("adam")
    assert [at(found, offset) for offset in (1e-2, 1e-4, 1e-8, 1e-12)] == [20, 43, 21, 22]


def test_from_the_saddle_itself_gradient_descent_never_leaves_and_perturbed_descent_does():
    assert math.isnan(times("sgd")[0])
    assert times("perturbed_gd")[0] < 150


def test_noise_in_the_gradient_leads_out_of_the_saddle():
    assert times("sgd", noise=1e-3)[0] < 150


def test_leaving_the_domain_counts_where_there_is_no_minimum():
    descent = lesson("newton-saddle").document
    found = {index: Answers().compute(question) for index, question in escape_questions(descent, (0.0, 0.0))}
    assert np.isfinite(found[1][1:]).all()
    assert np.isnan(found[0]).all()


def test_the_chart_has_a_curve_in_the_colour_of_each_visible_run():
    descent = edits.set_visible(lesson("leaving-a-saddle").document, 1, False)
    answers = {index: Answers().compute(question) for index, question in escape_questions(descent, (0.0, 0.0))}
    chart = escape_chart(descent, answers, Translation())
    (panel,) = chart.curves
    assert [curve.name for curve in panel.curves] == ["SGD", "Perturbed gradient descent", "Adam"]
    assert all(curve.values.shape == panel.abscissa.places.shape for curve in panel.curves)
    assert panel.abscissa.places[0] == 0
    assert panel.curves[0].values[0] == np.inf
    assert panel.never == "never"


def test_a_chart_in_which_every_run_arrives_has_no_place_for_never():
    descent = lesson("leaving-a-saddle").document
    arrived = {0: np.linspace(300.0, 60.0, len(OFFSETS) + 1)}
    assert escape_chart(descent, arrived, Translation()).curves[0].never == ""
    assert escape_chart(descent, {}, Translation()).curves[0].curves == ()


def test_a_dot_marks_each_whole_power_of_ten_and_each_start_from_which_a_run_never_leaves():
    descent, times = lesson("leaving-a-saddle").document, np.linspace(300.0, 60.0, len(OFFSETS) + 1)
    times[2] = np.nan
    solid, ring = escape_chart(descent, {0: times}, Translation()).curves[0].curves[0].dots
    assert np.log10(solid.places) == pytest.approx([-12, np.log10(OFFSETS[1]), *range(-11, -1)])
    assert np.isinf(solid.values).tolist() == [False, True] + [False] * 10
    assert (ring.places.tolist(), ring.values.tolist()) == ([0.0], [300.0])
