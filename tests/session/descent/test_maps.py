"""The map of two hyper-parameters that a run is given shows where it works and where not."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.geometry.stability import optimum
from landscape.scene.descent.map_question import hyper_map_question, values_along
from landscape.session.descent import edits, maps
from landscape.session.descent.document import Descent
from landscape.session.descent.map_ranges import mapped_parameters
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson


def with_run(name: str, where: str = "himmelblau") -> Descent:
    descent = edits.choose_surface(default_descent(), surface(where))
    return edits.choose_rule(descent, 0, optimizer(name))


@pytest.mark.parametrize("name", optimizer_entries())
def test_every_optimizer_with_two_hyper_parameters_has_a_map_with_its_own_values_on_it(name: str):
    descent = with_run(name)
    if len(mapped_parameters(descent.runs[0].rule)) < 2:
        with pytest.raises(InputError, match="two hyper-parameters"):
            maps.show_map_of(descent, 0)
        return
    shown = maps.show_map_of(descent, 0).hyper_map
    values = dict(descent.runs[0].rule.values)
    assert all(axis.low <= values[axis.name] <= axis.high for axis in (shown.across, shown.up))


def test_the_rate_goes_across_and_what_matters_most_besides_goes_up():
    wanted = {"momentum": "momentum", "nesterov": "momentum", "adam": "beta2", "rmsprop": "alpha"}
    for name, up in wanted.items():
        shown = maps.show_map_of(with_run(name), 0).hyper_map
        assert (shown.across.name, shown.up.name) == ("lr", up)


def test_on_a_quadratic_the_rates_end_beyond_the_limit_of_stability():
    descent = with_run("momentum", "ravine")
    axis = maps.show_map_of(descent, 0).hyper_map.across
    assert axis.low < 2 / 101 < 4 / 100 < axis.high


def test_the_threshold_is_a_thousandth_of_what_there_is_to_lose():
    descent = with_run("adam")
    begin = float(descent.surface.value(*descent.start))
    assert maps.show_map_of(descent, 0).hyper_map.threshold == pytest.approx(begin / 1000, rel=0.5)


def test_choosing_what_is_on_the_other_side_swaps_both():
    descent = maps.show_map_of(with_run("adam"), 0)
    swapped = maps.set_map_axis(descent, "across", "beta2").hyper_map
    assert (swapped.across, swapped.up) == (descent.hyper_map.up, descent.hyper_map.across)
    assert maps.set_map_axis(descent, "across", "lr") == descent


def test_a_choice_on_the_map_changes_its_run_and_no_other():
    descent = maps.show_map_of(edits.add_run(with_run("adam"), optimizer("adam")), 0)
    chosen = maps.choose_on_map(descent, {"lr": 0.02, "beta2": 0.99})
    assert dict(chosen.runs[0].rule.values) | {"lr": 0.02, "beta2": 0.99} == dict(chosen.runs[0].rule.values)
    assert chosen.runs[1:] == descent.runs[1:]


def test_the_lesson_on_momentum_has_its_lowest_loss_at_the_optimum_of_theory():
    """Polyak 1964; Goh 2017."""
    descent = lesson("momentum-map").document
    question = hyper_map_question(descent)
    losses = question.run(lambda: False).losses
    row, column = np.unravel_index(np.nanargmin(losses), losses.shape)
    best = optimum(descent.runs[1].rule, 1.0, 100.0)
    assert values_along(question.rule, question.across, question.columns)[column] == pytest.approx(best["lr"], rel=0.1)
    assert values_along(question.rule, question.up, question.rows)[row] == pytest.approx(best["momentum"], abs=0.06)


def test_the_lesson_on_momentum_leaves_the_best_rate_without_it_far_behind():
    descent = lesson("momentum-map").document
    losses = hyper_map_question(descent).run(lambda: False).losses
    assert np.nanmin(losses) < 1e-6 * np.nanmin(losses[0])


def test_another_surface_gives_the_same_map_other_ranges():
    descent = maps.set_map_measure(maps.show_map_of(with_run("momentum", "ravine"), 0), "steps")
    moved = edits.choose_surface(descent, surface("himmelblau"))
    assert moved.hyper_map.across.name == "lr"
    assert moved.hyper_map.across != descent.hyper_map.across
    assert moved.hyper_map.across.low < moved.runs[0].rule.lr < moved.hyper_map.across.high
    assert moved.hyper_map.measure == "steps"


def test_another_optimizer_gives_its_run_a_map_of_its_own_and_leaves_those_of_others():
    descent = maps.show_map_of(edits.add_run(with_run("momentum"), optimizer("sgd")), 0)
    changed = edits.choose_rule(descent, 0, optimizer("adam"))
    assert changed.hyper_map.up.name == "beta2"
    last = len(descent.runs) - 1
    assert edits.choose_rule(descent, last, optimizer("adam")).hyper_map == descent.hyper_map
    assert edits.choose_rule(descent, 0, optimizer("newton")).hyper_map is None


def test_another_optimizer_keeps_what_the_map_is_coloured_by():
    descent = maps.set_map_measure(maps.show_map_of(with_run("momentum"), 0), "steps")
    for name in ("adam", "nesterov"):
        assert edits.choose_rule(descent, 0, optimizer(name)).hyper_map.measure == "steps"
