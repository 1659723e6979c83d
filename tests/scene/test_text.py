import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend
from landscape.scene.descent.run_questions import StableRateQuestion
from landscape.scene.descent.text import outcome_sentence, outcome_step, run_titles, shape_text
from landscape.scene.text import duration, number, session_title
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.files import default_session, lesson
from landscape.translation import Translation

SAY = Translation()


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "−1.5"), (0.1 + 0.2, "0.3"), (3.14159, "3.142"), (0.001, "0.001"),
     (0.00012, "1.2×10⁻⁴"), (1e-4, "10⁻⁴"), (-1e-4, "−10⁻⁴"), (99999, "10⁵"), (12345, "12340"), (1.5e7, "1.5×10⁷"),
     (-2.5e-11, "−2.5×10⁻¹¹"), (0.00099999, "0.001"), (float("inf"), "∞"), (float("-inf"), "−∞"), (float("nan"), "–"),
     (1000, "1000"), (181.6165, "181.6")],
)  # fmt: skip
def test_a_number_is_written_short_with_a_proper_minus_and_times(value: float, written: str):
    assert number(value) == written


def test_fewer_digits_can_be_asked_for():
    assert number(2.3456, 2) == "2.3"
    assert number(87.6, 1) == "90"


@given(st.floats(-1e307, 1e307), st.integers(1, 8))
def test_a_written_number_is_the_number_to_its_digits(value: float, digits: int):
    found = re.fullmatch(r"(−?)([\d.]*?)(?:×?(?<![\d.])10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", number(value, digits))
    assert found, number(value, digits)
    sign, factor, power = found.groups()
    exponent = (power or "⁰").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    read = float(f"{sign and '-'}{factor or 1}e{exponent}")
    assert read == pytest.approx(value, rel=0.5001 * 10.0 ** (1 - digits), abs=5e-324)


def sentence_of(rule: str, lr: float, formula: str, start: tuple[float, float], steps: int = 200) -> str:
    ground = surface(formula)
    trajectory = descend(ground, optimizer(rule, lr=lr), start, steps)
    bound = StableRateQuestion(surface=ground, point=start).answer(lambda question: None)
    return outcome_sentence(trajectory, outcome_step(trajectory, ground), SAY, bound)


def test_a_rate_above_the_stable_one_is_given_as_the_reason():
    # Each step multiplies the distance by 1 - 2*1.075 = -1.15: 1 has grown beyond 3 after ln 3/ln 1.15 = 7.9 steps.
    assert sentence_of("sgd", 1.075, "x**2 + y**2", (1.0, 0.0), 50) == (
        "left the view at step 8: lr is 1.1 times the stable 2/λmax"
    )


def test_an_overflow_is_told_with_its_step():
    # x becomes x - 4x³: 2, -30, 1e5, -5e15, 5e47, and with step 5 -5e143, whose fourth power overflows.
    said = sentence_of("sgd", 1.0, "x**4 + y**4", (2.0, 2.0))
    assert said == "diverged at step 5: lr is 24 times the stable 2/λmax"


def test_no_reason_is_invented_where_the_rate_is_below_the_bound():
    assert sentence_of("sgd", 0.5, "x", (0.0, 0.0)) == "left the view at step 7"


def test_arriving_is_told_with_the_step():
    # The gradient 2*0.8**k is at most 1e-6*2 from step 62 on.
    assert sentence_of("sgd", 0.1, "x**2 + y**2 + 7", (1.0, 0.0)) == "converged at step 62"


def test_of_a_run_on_its_way_there_is_nothing_to_tell():
    assert sentence_of("sgd", 0.01, "x**2 + y**2", (1.0, 0.0), 10) == ""


@pytest.mark.parametrize("start", [(2.9, 2.9), (0.0, 0.0)])
def test_a_run_that_cannot_move_has_not_converged(start: tuple[float, float]):
    told = sentence_of("sgd", 0.1, "-exp(-10*(x**2 + y**2))", start)
    assert told == "does not move: the slope is too small for double precision"


def test_a_run_that_begins_where_there_is_hardly_a_slope_has_not_converged_either():
    told = sentence_of("adam", 0.01, "1e-8*x + 1e-9*y**2", (1.0, 1.0))
    assert told == "the slope is hardly more than 0 from the start on"


def test_the_step_of_the_outcome_is_the_one_that_is_told():
    ground = surface("x**2 + y**2")
    steps = {lr: outcome_step(descend(ground, optimizer("sgd", lr=lr), (1.0, 0.0), 70), ground) for lr in (0.1, 1.075)}
    assert steps == {0.1: 62, 1.075: 8}


def test_what_the_formula_does_not_show_of_a_surface_is_said():
    assert shape_text(surface("x*y"), SAY) == ""
    assert shape_text(surface("x*y", rotation=-30.0), SAY) == "turned −30°"
    assert shape_text(surface("x*y", rotation=12.5, scaling=(2.0, 1.0)), SAY) == "turned 12.5° · stretched ×2, ×1"


def test_a_run_that_cannot_begin_and_one_that_begins_outside_have_a_sentence():
    nowhere = Trajectory(points=np.zeros((1, 2)), losses=np.array([np.nan]), gradients=np.full((1, 2), np.nan),
                         rates=np.empty(0), state={}, outcome="diverged")  # fmt: skip
    assert outcome_sentence(nowhere, outcome_step(nowhere, surface("x*y")), SAY) == "f has no value at the start"
    assert sentence_of("sgd", 1e-6, "x**2 + y**2", (50.0, 0.0)) == "outside the view from the start on"


def test_the_stable_rate_is_two_by_the_largest_curvature():
    def stable(formula: str) -> float:
        return StableRateQuestion(surface=surface(formula), point=(0.3, 0.1)).answer(lambda question: None)

    assert stable("x**2 + 10*y**2") == pytest.approx(0.1)
    assert stable("x*y") == pytest.approx(2.0)
    assert stable("-x**2 - y**2") == 0.0
    assert stable("sqrt(x - 1)") == 0.0


def test_runs_of_the_same_optimizer_are_told_apart_by_their_rates():
    descent = edits.set_hyper(edits.duplicate_run(default_descent(), 0), 4, "lr", 0.002)
    titles = run_titles(descent, SAY)
    assert [titles[run.id] for run in descent.runs[:3]] == [
        f"SGD, η = {number(descent.runs[0].rule.lr)}",
        "SGD, η = 0.002",
        "Momentum",
    ]


def test_a_given_name_goes_before_the_optimizers_title():
    assert run_titles(edits.rename_run(default_descent(), 0, "plain"), SAY)[0] == "plain"


def test_titles_follow_the_language():
    session = lesson("saddle")
    assert session_title(session, SAY) == session.title["en"]
    assert session_title(session, Translation("zh")) == session.title["zh"]
    assert session_title(default_session(), SAY) == "Himmelblau"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0:00"), (4.6, "0:05"), (59.7, "1:00"), (125.0, "2:05"), (3600.0, "1:00:00"), (36125.0, "10:02:05")],
)
def test_a_time_is_written_as_a_clock_does(seconds, text):
    assert duration(seconds) == text
