"""Every lesson shows what its title promises."""

import numpy as np
import pytest

from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson


def runs_of(descent: Descent) -> dict[tuple[str, float], Trajectory]:
    return {
        (run.rule.entry, run.rule.lr): descend(
            descent.surface, run.rule, descent.start_of(run), descent.steps, schedule=descent.schedule_of(run)
        )
        for run in descent.runs
    }


def first_below(trajectory: Trajectory, loss: float) -> float:
    below = np.flatnonzero(trajectory.losses < loss)
    return float(below[0]) if len(below) else np.inf


def turns(trajectory: Trajectory) -> int:
    """How often a run turns back by more than a right angle."""
    steps = np.diff(trajectory.points, axis=0)
    return int(((steps[1:] * steps[:-1]).sum(axis=1) < 0).sum())


def test_the_ravine_makes_a_large_rate_zigzag_a_small_one_crawl_and_momentum_wins():
    runs = runs_of(lesson("ravine").document)
    crawl, zigzag, momentum = runs["sgd", 0.004], runs["sgd", 0.0195], runs["momentum", 0.005]
    assert turns(crawl) == 0
    assert turns(zigzag) > 50
    assert crawl.losses[-1] > 1.0
    assert first_below(momentum, 0.01) < 50
    assert min(first_below(run, 0.01) for name, run in runs.items() if name[0] != "momentum") > 100


def test_the_ravine_shows_its_condition_number():
    surface = lesson("ravine").document.surface
    eigenvalues = np.linalg.eigvalsh(surface.hessian(0.3, -0.2))
    assert eigenvalues[1] / eigenvalues[0] == pytest.approx(100.0)


def test_the_saddle_holds_gradient_descent_longest():
    descent = lesson("saddle").document
    runs = runs_of(descent)
    assert abs(descent.start[1]) <= 1e-3
    left = {name[0]: first_below(run, -0.125) for name, run in runs.items()}
    assert sorted(left, key=left.__getitem__) == ["rmsprop", "adam", "momentum", "sgd"]
    assert left["sgd"] > 2 * left["rmsprop"]
    flat = np.hypot(*runs["sgd", 0.1].gradients.T) < 0.1
    assert flat[: int(left["sgd"])].sum() >= 15


def test_everyone_finishes_the_beale_race_but_not_together():
    descent = lesson("beale-race").document
    finish = {name[0]: first_below(run, 0.01) for name, run in runs_of(descent).items()}
    assert len(finish) == 6
    assert all(np.isfinite(step) for step in finish.values())
    assert finish["nesterov"] < finish["momentum"] < finish["adam"] < finish["rmsprop"] < finish["sgd"]
    assert finish["sgd"] > 4 * finish["nesterov"]


@pytest.mark.parametrize("name", ["ravine", "saddle", "beale-race"])
def test_no_run_of_a_lesson_is_lost(name: str):
    assert {run.outcome for run in runs_of(lesson(name).document).values()} <= {"finished", "converged"}


def test_the_first_picture_shows_optimizers_that_part_ways():
    ends = {tuple(run.points[-1].round(1)) for run in runs_of(default_descent()).values()}
    assert len(ends) == 3


def test_larger_rates_end_at_flatter_minima_on_the_edge_of_stability():
    descent = lesson("edge-of-stability").document
    runs = runs_of(descent)
    ends = [
        float(np.linalg.eigvalsh(descent.surface.hessian(*runs["sgd", lr].points[-1]))[-1])
        for lr in (0.05, 0.3, 0.35, 0.4)
    ]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] > 2 * ends[-1]


@pytest.mark.parametrize("name", ["newton-saddle", "newton-monkey-saddle"])
def test_newton_goes_to_the_saddle_and_saddle_free_newton_leaves_the_view(name: str):
    runs = {rule: run for (rule, _), run in runs_of(lesson(name).document).items()}
    size = {rule: np.hypot(*run.points.T) for rule, run in runs.items()}
    assert size["newton"][-1] < 0.1 * size["newton"][0]
    assert runs["saddle_free_newton"].outcome == "left"
    assert runs["sgd"].losses[-1] < runs["newton"].losses[-1]


def test_beside_the_saddle_gradient_descent_waits_longest_and_adam_not_at_all():
    runs = runs_of(lesson("leaving-a-saddle").document)
    arrived = {rule: int(np.flatnonzero(np.abs(run.points[:, 1] - 1) < 0.01)[0]) for (rule, _), run in runs.items()}
    assert (arrived["sgd"], arrived["adam"]) == (211, 21)
    assert arrived["adam"] < arrived["momentum"] < arrived["perturbed_gd"] < arrived["sgd"]
