"""The map of two hyper-parameters as a layer of the scene."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.descent.hyper_map import hyper_map_layer, reading, values_at
from landscape.scene.descent.map_axes import map_axis, place
from landscape.scene.descent.map_question import FOLLOWED_COARSE, FOLLOWED_FINE, hyper_map_question
from landscape.session.descent import edits, maps
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from landscape.translation import Translation, translation

SAY = Translation()


def session_of(rule: str, where: str = "ravine", **values: float):
    descent = edits.choose_surface(default_descent(), surface(where))
    descent = edits.choose_rule(descent, 0, optimizer(rule))
    if where == "ravine":
        descent = edits.set_surface_value(descent, "kappa", 100.0)
    for name, value in values.items():
        descent = edits.set_hyper(descent, 0, name, value)
    return maps.show_map_of(replace(descent, steps=60), 0)


def layer_of(descent, say=SAY, coarse=True):
    answers = Answers()
    question = hyper_map_question(descent)
    answers.compute(question.coarser[0] if coarse else question)
    return hyper_map_layer(descent, answers, say, None)


def test_the_cells_of_the_map_are_runs_with_the_values_that_the_axes_tell():
    descent = session_of("momentum")
    layer = layer_of(descent)
    run = descent.runs[0]
    for row, column in ((3, 40), (20, 100), (31, 10)):
        values = values_at(layer, ((column + 0.5) / 256, (row + 0.5) / 32))
        one = descend(descent.surface, run.rule.with_values(**values), descent.start_of(run), descent.steps)
        assert layer.values[row, column] == pytest.approx(one.losses[-1], rel=1e-6)


def test_the_map_of_a_schedule_that_reads_the_loss_has_fewer_cells():
    descent = edits.set_schedule(session_of("momentum"), schedule("plateau", patience=2, factor=0.5))
    question = hyper_map_question(descent)
    assert (question.columns, question.rows) == FOLLOWED_FINE
    [coarse] = question.coarser
    assert (coarse.columns, coarse.rows) == FOLLOWED_COARSE
    assert not coarse.coarser
    assert np.isfinite(Answers().compute(coarse).losses).sum() > 50


def test_there_is_no_colour_where_the_loss_did_not_fall():
    descent = session_of("momentum")
    layer = layer_of(descent)
    begin = float(descent.surface.value(*descent.start))
    assert (np.isnan(layer.heat.shade) == ~(layer.values < begin)).all()
    assert np.isnan(layer.heat.shade).any()
    good = layer.values < begin
    assert (layer.heat.values[good] == layer.values[good]).all()
    assert np.isnan(layer.heat.values[~good]).all()
    order = np.argsort(layer.values[layer.values < begin])
    assert (np.diff(layer.heat.shade[layer.values < begin][order]) >= 0).all()


def test_colours_by_steps_leave_out_what_never_was_good():
    descent = maps.set_map_measure(session_of("momentum"), "steps")
    layer = layer_of(descent)
    assert (np.isnan(layer.heat.shade) == (layer.values < 0)).all()
    assert (np.isnan(layer.heat.values) == (layer.values < 0)).all()
    assert "steps to a loss of" in layer.title


@pytest.mark.parametrize(
    ("rule", "bound"),
    [
        ("momentum", lambda beta: 2 * (1 + beta) / 100),
        ("nesterov", lambda beta: 2 * (1 + beta) / ((1 + 2 * beta) * 100)),
        ("momentum_ema", lambda beta: 2 * (1 + beta) / ((1 - beta) * 100)),
    ],
)
def test_the_limit_of_stability_is_that_of_theory(rule: str, bound):
    layer = layer_of(session_of(rule))
    points = layer.boundary[np.isfinite(layer.boundary).all(axis=1)]
    assert len(points) > 50
    for position in points[::20].tolist():
        rate, beta = values_at(layer, position).values()
        assert rate == pytest.approx(bound(beta), rel=1e-6)


def test_what_is_beyond_the_limit_diverges_and_what_is_well_before_it_does_not():
    descent = session_of("momentum")
    layer = layer_of(replace(descent, steps=2000))
    for across, up in layer.boundary[np.isfinite(layer.boundary).all(axis=1)][::40].tolist():
        row = min(int(up * 32), 31)
        column = int(across * 256)
        assert np.isnan(layer.heat.shade[row, column + 8])
        assert not np.isnan(layer.heat.shade[row, column - 8])


def test_theory_is_silent_where_it_is_not_exact():
    assert not layer_of(session_of("momentum", "himmelblau")).boundary.size
    assert not layer_of(session_of("adam")).boundary.size
    decayed = edits.set_schedule(session_of("momentum"), schedule("cosine"))
    assert not layer_of(decayed).boundary.size
    assert layer_of(decayed).marks == ()
    assert layer_of(session_of("momentum", weight_decay=0.1)).marks == ()


def test_the_optimum_and_the_best_without_momentum_are_marked():
    layer = layer_of(session_of("momentum"))
    best, plain = (values_at(layer, mark.point) for mark in layer.marks)
    assert best == pytest.approx({"lr": (2 / 11) ** 2, "momentum": (9 / 11) ** 2})
    assert plain == pytest.approx({"lr": 2 / 101, "momentum": 0.0})


def test_dampening_lets_the_best_rate_grow_with_momentum_and_not_without():
    layer = layer_of(session_of("momentum", dampening=0.5))
    best, plain = (values_at(layer, mark.point) for mark in layer.marks)
    assert best == pytest.approx({"lr": 2 * (2 / 11) ** 2, "momentum": (9 / 11) ** 2})
    # torch.optim.SGD dampens nothing where there is no momentum.
    assert plain == pytest.approx({"lr": 2 / 101, "momentum": 0.0})


def test_an_optimum_is_marked_only_where_all_that_it_takes_is_on_the_axes():
    descent = maps.set_map_axis(session_of("momentum"), "up", "weight_decay")
    assert layer_of(descent).boundary.size
    assert layer_of(descent).marks == ()
    (mark,) = layer_of(session_of("sgd")).marks
    assert values_at(layer_of(session_of("sgd")), mark.point) == pytest.approx({"lr": 2 / 101, "weight_decay": 0.0})


def test_the_cross_stands_at_the_values_of_the_run_and_off_the_map_nowhere():
    descent = session_of("momentum", lr=0.01)
    layer = layer_of(descent)
    assert values_at(layer, layer.here) == pytest.approx({"lr": 0.01, "momentum": 0.9})
    assert layer_of(edits.set_hyper(descent, 0, "lr", 5.0)).here is None


def test_moving_the_run_on_the_map_asks_nothing_new():
    descent = session_of("momentum", lr=0.01)
    moved = maps.choose_on_map(descent, {"lr": 0.02, "momentum": 0.5})
    assert hyper_map_question(moved) == hyper_map_question(descent)


def test_the_map_stays_until_the_new_one_is_there():
    descent = session_of("momentum")
    answers = Answers()
    answers.compute(hyper_map_question(descent).coarser[0])

    class Before:
        hyper_map = hyper_map_layer(descent, answers, SAY, None)

    moved = edits.move_start(descent, (1.0, 1.0))
    kept = hyper_map_layer(moved, answers, SAY, Before)
    assert kept.heat is Before.hyper_map.heat
    assert kept.pending
    assert hyper_map_layer(descent, answers, SAY, Before) is Before.hyper_map
    other = maps.set_map_axis(moved, "up", "dampening")
    assert hyper_map_layer(other, answers, SAY, Before).heat is None


def test_a_map_that_stays_while_the_number_of_steps_is_dragged_keeps_its_own_number_in_its_title():
    descent, answers = session_of("momentum"), Answers()
    answers.compute(hyper_map_question(descent).coarser[0])

    class Before:
        hyper_map = hyper_map_layer(descent, answers, SAY, None)

    fewer = edits.set_steps(descent, 5)
    waiting = hyper_map_layer(fewer, answers, SAY, Before)
    assert waiting.values is Before.hyper_map.values
    assert "after 60 steps" in waiting.title
    answers.compute(hyper_map_question(fewer).coarser[0])
    assert "after 5 steps" in hyper_map_layer(fewer, answers, SAY, Before).title


def test_a_loss_below_zero_is_coloured_by_how_far_it_is_above_the_lowest():
    layer = layer_of(replace(session_of("adam", "six_hump_camel", lr=0.3), steps=200))
    assert np.nanmin(layer.values) < -1.03 + 1e-2
    assert "loss above −1.03 after" in layer.title
    assert "\nloss −1.03 + " in reading(layer, layer.here, SAY)


def test_reading_tells_the_values_and_what_became_of_the_run():
    layer = layer_of(session_of("momentum"))
    assert reading(layer, (0.5, 0.0), SAY).startswith("lr 0.008\nmomentum 0\nloss ")
    assert reading(layer, (1.0, 0.5), SAY).endswith("diverged") or "loss" in reading(layer, (1.0, 0.5), SAY)
    steps = layer_of(maps.set_map_measure(session_of("momentum"), "steps"))
    assert reading(steps, (1.0, 0.0), SAY).endswith("never that low")


def test_the_map_speaks_chinese():
    assert "步后的损失" in layer_of(lesson("momentum-map").document, translation("zh")).title


@pytest.mark.parametrize(
    ("scale", "low", "high", "written"),
    [
        ("log", 1e-4, 1e-1, ["10⁻⁴", "0.001", "0.01", "0.1"]),
        ("log", 0.02, 0.1, ["0.02", "0.05", "0.1"]),
        ("log1m", 0.0, 0.999, ["0", "0.9", "0.99", "0.999"]),
        ("log1m", 0.9, 0.9999, ["0.9", "0.99", "0.999", "0.9999"]),
        ("linear", 0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("linear", -10.0, 10.0, ["−10", "−5", "0", "5", "10"]),
    ],
)
def test_an_axis_is_marked_at_round_values_of_its_scale(scale, low, high, written):
    parameter = Parameter(name="p", default=low, minimum=low, maximum=high, scale=scale)
    axis = map_axis(parameter)
    ticks = sorted(axis.ticks)
    assert [text for _, text in ticks] == written
    assert ticks[-1][0] == pytest.approx(1.0)
    assert np.isnan(place(parameter, high * 1.1 if scale != "log1m" else 0.99999))
