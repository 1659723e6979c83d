"""What is drawn and said of a strategy at a step."""

import numpy as np
import pytest

from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.descent.trajectory import descend
from landscape.scene.descent.population import drawn
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.strategy_step import strategy_sentences
from landscape.scene.descent.text import outcome_sentence, outcome_step, run_titles
from landscape.scene.population_layer import Population
from landscape.scene.text import number
from landscape.session.descent import edits
from landscape.session.descent.strategies import add_strategy
from landscape.session.descent.workspace import default_descent
from landscape.translation import Translation
from tests.scene.descent.test_build import Studio

SAY = Translation()
HIMMELBLAU = surface("himmelblau")
NAMES = tuple(strategy_entries())


def population(name: str, *, explained: bool = True, steps: int = 30, **values: float) -> Population:
    made = strategy(name, **values)
    found = descend(HIMMELBLAU, made, (0.5, 0.5), steps, seed=1)
    return Population(run=0, name=name, color="#ff0000", strategy=made, course=found, explained=explained)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_and_told_at_every_step(name: str) -> None:
    shown = population(name)
    for step in (0, 0.5, 1, 15, 29, 30, 99):
        figure = drawn(shown, step)
        assert np.isfinite(figure.points).all()
        assert all(strategy_sentences(shown, int(step), SAY))


@pytest.mark.parametrize("name", NAMES)
def test_a_run_without_steps_has_nothing_to_tell(name: str) -> None:
    assert strategy_sentences(population(name, steps=0), 0, SAY) == ()


def test_the_ellipse_is_that_of_the_distribution() -> None:
    shown = population("cma_es")
    course = shown.course
    *_, ellipse, _ = drawn(shown, 5).lines
    xx, xy, yy = course.state["covariance"][4]
    away = (ellipse.points - course.state["mean"][4]) / course.state["sigma"][4]
    lengths = np.einsum("ij,jk,ik->i", away, np.linalg.inv([[xx, xy], [xy, yy]]), away)
    np.testing.assert_allclose(lengths, 1.0, rtol=1e-9)


def test_the_lines_around_an_annealing_are_where_a_move_is_taken_with_their_probability() -> None:
    descent = add_strategy(default_descent(), strategy("annealing"))
    descent = edits.explain(descent, descent.runs[-1].id)
    scene = Studio(descent).scene
    (shown,) = scene.populations
    figure = drawn(shown, 3, scene.heat)
    temperature, value = shown.course.state["temperature"][4], shown.course.losses[3]
    assert figure.levels
    for part, points in figure.levels:
        kept = points[np.isfinite(points).all(axis=1)]
        found = np.exp(-(HIMMELBLAU.value(*kept.T) - value) / temperature)
        assert np.median(found) == pytest.approx(part, abs=0.05)


def test_what_was_refused_is_a_ring() -> None:
    shown = population("annealing", temperature=20.0)
    taken = shown.course.state["accepted"]
    for k in range(1, 31):
        assert len(drawn(shown, k).rings) == (taken[k] == 0.0)


def test_a_triangle_is_closed_and_the_parts_of_a_velocity_hang_together() -> None:
    corners = drawn(population("nelder_mead"), 4).lines[-1].points
    np.testing.assert_array_equal(corners[0], corners[-1])
    shown = population("swarm")
    ends = [line.points.reshape(-1, 3, 2)[:, :2] for line in drawn(shown, 4).lines]
    np.testing.assert_allclose(ends[0][:, 0], shown.course.population[4])
    np.testing.assert_allclose(ends[0][:, 1], ends[1][:, 0])
    np.testing.assert_allclose(ends[2][:, 1], shown.course.population[5], atol=1e-9)


def test_each_move_of_the_triangle_is_named() -> None:
    shown = population("nelder_mead", size=0.3)
    words = {1: "Reflection", 2: "Expansion", 3: "Contraction outside", 4: "Contraction inside", 5: "Shrinking"}
    for k, move in enumerate(shown.course.state["move"][1:].astype(int)):
        told = " ".join(strategy_sentences(shown, k, SAY))
        assert words[int(move)] in told


def test_an_annealing_tells_its_probability_and_what_was_drawn() -> None:
    shown = population("annealing", temperature=50.0)
    state = shown.course.state
    uphill = np.flatnonzero(state["worse"] > 0.0)
    k = int(uphill[0])
    told = strategy_sentences(shown, k - 1, SAY)[1]
    assert f"accepted with probability e^(−Δ/T) = {number(state['probability'][k])} at T =" in told
    assert told.endswith("accepted" if state["accepted"][k] else "refused")


def hops(start: tuple[float, float]) -> tuple[str, list[str]]:
    """Return what became of basin hopping over 1/(x + y), and what is told of its first steps."""
    steep, made = surface("1/(x + y)"), strategy("basin_hopping")
    found = descend(steep, made, start, 40)
    shown = Population(run=0, name="", color="", strategy=made, course=found)
    told = [" ".join(strategy_sentences(shown, k, SAY)[:2]) for k in range(40)]
    return outcome_sentence(found, outcome_step(found, steep), SAY), told


def test_hops_that_fall_out_of_the_view_say_so() -> None:
    outcome, told = hops((1.0, 1.0))
    assert outcome == "the way down from the start leaves the view"
    assert "hardly a slope to go down" in told[0]


def test_hops_from_where_there_is_no_value_have_not_converged() -> None:
    outcome, told = hops((1.0, -1.0))
    assert outcome == ""
    assert told[0].endswith("f had no value before: accepted")
    assert not any("∞" in one for one in told)


def test_runs_of_one_strategy_are_told_apart_by_what_differs() -> None:
    descent = default_descent()
    for cooling in (0.8, 0.95):
        descent = add_strategy(descent, strategy("annealing", cooling=cooling))
    titles = list(run_titles(descent, SAY).values())[-2:]
    assert titles == ["Simulated annealing, cooling = 0.8", "Simulated annealing, cooling = 0.95"]


def test_the_scene_has_a_population_for_each_strategy_and_curves_without_rates() -> None:
    descent = add_strategy(edits.set_schedule(default_descent(), schedule("cosine")), strategy("swarm"))
    scene = Studio(descent).scene
    (shown,) = scene.populations
    assert shown.run == descent.runs[-1].id
    np.testing.assert_array_equal(scene.paths[-1].points, shown.course.points)
    curves = {panel.quantity: panel.curves[-1].values for panel in scene.curves}
    np.testing.assert_array_equal(curves["loss"], shown.course.losses)
    assert len(curves["rate"]) == 0


def test_a_population_that_did_not_change_is_the_same_object() -> None:
    descent = add_strategy(default_descent(), strategy("swarm"))
    studio = Studio(descent)
    again = studio.show(edits.set_colormap(descent, "magma"), studio.scene)
    assert again.populations is studio.scene.populations


def test_restarts_run_the_rule_of_their_run() -> None:
    descent = add_strategy(default_descent(), strategy("restarts"))
    run = descent.runs[-1]
    question = trajectory_question(descent, run)
    found = question.answer(lambda _: None)
    alone = descend(descent.surface, run.rule, descent.start, 50)
    np.testing.assert_array_equal(found.points[:51], alone.points)


def test_where_no_run_has_a_rate_the_evaluations_are_in_its_place() -> None:
    descent = default_descent()
    for run in descent.runs:
        descent = edits.remove_run(descent, run.id)
    scene = Studio(add_strategy(descent, strategy("genetic"))).scene
    panel = next(one for one in scene.curves if one.quantity == "rate")
    assert panel.title == "evaluations"
    np.testing.assert_array_equal(panel.curves[0].values, scene.populations[0].course.evaluations)


def test_a_hop_is_told_at_the_temperature_that_was_set() -> None:
    shown = population("basin_hopping", temperature=0.25)
    told = [" ".join(strategy_sentences(shown, k, SAY)) for k in range(30)]
    worse = [one for one in told if "Worse by" in one]
    assert worse
    assert all("at T = 0.25;" in one for one in worse)


def test_the_best_of_a_generation_is_said_to_fall_only_where_it_falls() -> None:
    shown = population("genetic")
    fell = np.diff(shown.course.losses) < 0
    told = [" ".join(strategy_sentences(shown, k, SAY)) for k in range(30)]
    assert ["The best f fell" in one for one in told] == fell.tolist()
    assert ["No child is better" in one for one in told] == (~fell).tolist()
