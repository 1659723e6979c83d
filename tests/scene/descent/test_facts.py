"""What is told of a step: how the runs stand, and what the surface is like where a run or the pointer is."""

import re
from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.descent.facts import (
    ROWS,
    adaptive_sentence,
    chosen_run,
    here,
    numbers_at,
    place_of,
    stability_sentence,
    standings,
    standings_at,
)
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.text import number
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from landscape.translation import Translation
from tests.scene.descent.test_build import Studio

SAY = Translation()


def bowl(**rates: float) -> Descent:
    """Return a quadratic of curvatures 1 and 100 with a run of gradient descent for each rate."""
    descent = replace(edits.choose_surface(default_descent(), surface("(x**2 + 100*y**2)/2")), runs=(), steps=60)
    for name, rate in rates.items():
        descent = edits.add_run(descent, optimizer("sgd"), name)
        descent = edits.set_hyper(descent, descent.runs[-1].id, "lr", rate)
    return edits.move_start(descent, (1.0, 1.0))


def told(descent: Descent, step: float = 0.0, run: int | None = None, pointer=None):
    studio = Studio(descent)
    return here(descent, studio.scene, studio.answers, SAY, run=run, step=step, pointer=pointer)


@pytest.mark.parametrize("step", [0.0, 1.0, 7.0, 7.9, 60.0])
def test_a_standing_is_the_loss_and_the_gradient_at_that_very_step(step: float):
    descent = bowl(one=0.015, two=0.003)
    studio = Studio(descent)
    for run, standing in zip(descent.runs, standings(studio.scene, step), strict=True):
        found = studio.answers.compute(trajectory_question(descent, run))
        assert standing.run == run.id
        whole, part = int(step), step % 1
        drawn = (1 - part) * found.points[whole] + part * found.points[min(whole + 1, descent.steps)]
        assert standing.loss == pytest.approx(descent.surface.value(*drawn), rel=1e-12)
        assert standing.gradient == pytest.approx(np.hypot(*descent.surface.gradient(*drawn)))


def test_between_two_steps_the_numbers_are_those_of_the_point_that_is_drawn():
    descent = bowl(one=0.015)
    run = Studio(descent).answers.compute(trajectory_question(descent, descent.runs[0]))
    drawn = 0.4 * run.points[7] + 0.6 * run.points[8]
    shown = told(descent, 7.6)
    assert shown.text == "at step 7.6"
    assert shown.numbers["f"] == number(float(descent.surface.value(*drawn)), 5)


def test_a_standing_carries_the_name_and_the_look_of_its_run():
    descent = edits.remove_run(default_descent(), 0)
    found = standings(Studio(descent).scene, 0.0)
    assert [one.run for one in found] == [1, 2, 3]
    assert [one.name for one in found] == ["Momentum", "RMSProp", "Adam"]
    assert [(one.color, one.dash) for one in found] == [(RUN_COLORS[k], DASHES[k]) for k in (1, 2, 3)]


def test_the_lowest_loss_is_first_and_what_diverged_is_last():
    descent = replace(bowl(slow=0.001, wild=30.0, quick=0.015), steps=300)
    scene = Studio(descent).scene
    assert [one.name for one in standings_at(scene, 300.0)] == ["quick", "slow", "wild"]
    assert [one.name for one in standings(scene, 300.0)] == ["slow", "wild", "quick"]
    assert [one.lost for one in standings_at(scene, 300.0)] == [False, False, True]


def test_what_diverged_is_last_though_its_loss_was_the_lowest():
    falling = edits.set_formula(bowl(wild=1.0, slow=1e-3), "x**3 + y**2")
    scene = Studio(edits.move_start(falling, (-1.0, 1.0))).scene
    wild, slow = standings(scene, 60.0)
    assert wild.lost
    assert wild.loss < slow.loss
    assert [one.name for one in standings_at(scene, 60.0)] == ["slow", "wild"]


def test_a_run_is_not_lost_before_the_step_at_which_it_is():
    descent = replace(bowl(wild=30.0), steps=300)
    scene = Studio(descent).scene
    last = len(scene.paths[0].points) - 1
    before, at = (standings(scene, step)[0] for step in (last - 1.0, float(last)))
    assert (before.lost, before.note) == (False, "")
    assert at.lost
    assert at.note.startswith("diverged at step")


def test_what_became_of_a_run_is_told_from_that_step_on():
    descent = replace(bowl(quick=0.015), steps=2000)
    scene = Studio(descent).scene
    (path,) = scene.paths
    assert path.note == f"converged at step {path.note_step}"
    assert 0 < path.note_step < 2000
    assert standings(scene, path.note_step - 1.0)[0].note == ""
    assert standings(scene, float(path.note_step))[0].note == path.note


def test_what_is_not_known_of_a_run_is_not_a_number():
    from landscape.scene.descent.build import build_scene
    from landscape.scene.descent.view import View

    scene = build_scene(bowl(one=0.01), View((-1.0, 1.0), (-1.0, 1.0), 8, 8), Answers(), SAY)
    (standing,) = standings(scene, 0.0)
    assert np.isnan([standing.loss, standing.gradient]).all()
    assert not standing.lost


def test_the_numbers_of_a_point_are_those_of_calculus():
    numbers = numbers_at(bowl(one=0.01), (2.0, 0.5))
    assert tuple(numbers) == ROWS
    assert numbers == {
        "f": "14.5", "∇f": "(2, 50)", "‖∇f‖": "50.04", "λ₁, λ₂": "100, 1", "κ": "100", "2/λmax": "0.02",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("x*y", {"λ₁, λ₂": "1, −1", "κ": "–", "2/λmax": "2"}),
        ("-x**2 - 2*y**2", {"λ₁, λ₂": "−2, −4", "κ": "–", "2/λmax": "–"}),
        ("sqrt(x - 5)", {"f": "–", "λ₁, λ₂": "–", "κ": "–"}),
        ("log(x - 5) + y**2", {"f": "–", "∇f": "(–, –)", "‖∇f‖": "–", "λ₁, λ₂": "–", "2/λmax": "–"}),
    ],
)
def test_what_there_is_none_of_at_a_point_is_a_dash(formula: str, wanted: dict[str, str]):
    numbers = numbers_at(edits.set_formula(default_descent(), formula), (1.0, 1.0))
    assert {name: numbers[name] for name in wanted} == wanted


def test_no_rate_is_called_stable_where_the_surface_has_no_value():
    descent = edits.set_formula(default_descent(), "log(x - 5) + y**2")
    assert stability_sentence(descent, 0, (1.0, 1.0), SAY) == "There is no Hessian here"
    assert "stable" in stability_sentence(descent, 0, (8.0, 1.0), SAY)


def test_a_run_is_told_at_the_start_and_then_at_its_step():
    descent = bowl(one=0.01)
    assert told(descent).text == "at the start"
    assert told(descent, 0.9).text == "at the start"
    assert told(descent, 5.7).text == "at step 5.7"
    # The point that is drawn lies between those of both steps.
    x = 0.3 * 0.99**5 + 0.7 * 0.99**6
    assert told(descent, 5.7).numbers["f"] == numbers_at(descent, (x, 0.0))["f"]


def test_the_chosen_run_is_told_and_without_one_the_first():
    descent = edits.remove_run(default_descent(), 0)
    assert chosen_run(descent, 3) == 3
    assert chosen_run(descent, None) == chosen_run(descent, 0) == 1
    assert chosen_run(replace(descent, runs=()), 1) is None
    studio = Studio(descent)
    for run in (1, 3):
        path = next(one for one in studio.scene.paths if one.run == run)
        assert place_of(descent, studio.scene, run, 7.0, SAY)[0] == tuple(path.points[7].tolist())


def test_the_pointer_goes_before_the_run():
    found = told(bowl(one=0.01), 5.0, pointer=(2.0, 0.5))
    assert found.text == "at (2, 0.5)"
    assert found.numbers["f"] == "14.5"
    assert (found.stuck, found.saddle) == (None, None)


def test_without_runs_the_common_start_is_told():
    found = told(replace(bowl(one=0.01), runs=()), 5.0)
    assert found.text == "at the start"
    assert found.numbers["f"] == "50.5"
    assert found.sentence == "Gradient descent is stable here below lr = 0.02"


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (0.01, "one: lr 0.01 is stable here, 0.5 of the limit 0.02 along the steep axis"),
        (0.03, "one: lr 0.03 is 1.5 times the stable limit 0.02 along the steep axis"),
    ],
)
def test_a_rate_is_held_against_two_by_the_largest_curvature(rate: float, sentence: str):
    assert told(bowl(one=rate)).sentence == sentence


def test_the_rate_is_that_of_the_schedule_at_the_step():
    descent = edits.set_schedule(bowl(one=0.03), schedule("cosine", min_lr=0.0))
    rates = descent.schedule.rates(lr=0.03, steps=60)
    for step in (0, 10, 30, 59):
        sentence = stability_sentence(descent, descent.runs[0].id, (0.0, 0.0), SAY, step)
        times = rates[step] / 0.02
        assert (f"is {times:.2g} times" in sentence) == (times > 1)
        assert (f"{times:.2g} of the limit" in sentence) == (times <= 1)


def test_a_run_near_a_saddle_is_told_with_the_saddle():
    descent = lesson("leaving-a-saddle").document
    found = told(descent, 1.0, descent.runs[0].id)
    assert found.saddle == pytest.approx((0.0, 0.0), abs=1e-6)
    assert found.stuck is not None
    assert told(bowl(one=0.01), 1.0).stuck is None


def test_of_adam_the_curvature_that_it_feels_is_told_after_a_step():
    descent = edits.add_run(replace(bowl(one=0.01), runs=()), optimizer("adam"))
    assert "preconditioned sharpness" not in told(descent, 0.0).sentence
    assert "Adam: its preconditioned sharpness" in told(descent, 30.0).sentence


def test_the_numbers_of_a_bowl_are_its_curvatures_the_larger_first_and_their_ratio():
    texts = numbers_at(edits.set_formula(default_descent(), "(x**2 + 20*y**2)/2"), (1.0, 1.0))
    assert texts["λ₁, λ₂"] == "20, 1"
    assert texts["κ"] == "20"
    assert texts["2/λmax"] == "0.1"


def test_a_saddle_has_curvatures_and_a_stable_rate_but_no_condition_number():
    texts = numbers_at(edits.set_formula(default_descent(), "2*x**2 - 3*y**2"), (0.0, 0.0))
    assert texts["λ₁, λ₂"] == "4, −6"
    assert texts["κ"] == "–"
    assert texts["2/λmax"] == "0.5"


def quadratic(rule):
    descent = edits.choose_surface(default_descent(), surface("(x**2 + 20*y**2)/2"))
    return edits.set_rule(descent, 0, rule)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (optimizer("sgd", lr=0.13), "SGD: lr 0.13 is 1.3 times the stable limit 0.1 along the steep axis"),
        (optimizer("sgd", lr=0.05), "SGD: lr 0.05 is stable here, 0.5 of the limit 0.1 along the steep axis"),
        (optimizer("adam", lr=0.05), "Gradient descent is stable here below lr = 0.1"),
        (
            optimizer("momentum", lr=0.38, momentum=0.9),
            "Momentum: lr 0.38 is 2 times the stable limit 0.19 along the steep axis",
        ),
    ],
)
def test_the_rate_of_the_run_is_compared_with_its_own_limit(rule, sentence):
    descent = quadratic(rule)
    descent = edits.set_visible(descent, 0, True)
    for run in descent.runs[1:]:
        descent = edits.remove_run(descent, run.id)
    assert stability_sentence(descent, 0, (1.0, 1.0), SAY) == sentence


def test_nothing_is_said_where_the_surface_falls_in_every_direction():
    descent = edits.choose_surface(default_descent(), surface("-x**2 - y**2"))
    assert stability_sentence(descent, 0, (0.0, 0.0), SAY) == ""


def test_a_surface_without_a_hessian_is_told():
    descent = edits.choose_surface(default_descent(), surface("sqrt(x) + y**2"))
    assert stability_sentence(descent, 0, (-1.0, 0.0), SAY) == "There is no Hessian here"


def test_of_adam_the_curvature_that_it_feels_is_compared_with_38_over_the_rate():
    descent = edits.set_steps(quadratic(optimizer("adam", lr=0.05, beta2=0.99)), 20_000)
    run = descend(descent.surface, descent.runs[0].rule, (1.0, 1.0), 20_000)
    told = adaptive_sentence(descent, 0, run, 20_000, SAY)
    found = re.fullmatch(r"(.*): its preconditioned sharpness (.*) is (.*) of the limit 760 = 38/lr", told)
    assert found
    assert float(found[3]) == pytest.approx(1.0, abs=0.2)
    assert float(found[2]) / 760 == pytest.approx(float(found[3]), abs=0.01)
    assert adaptive_sentence(descent, 0, run, 0, SAY) == ""
