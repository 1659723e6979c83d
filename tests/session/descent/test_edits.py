import math

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.rates import default_rate
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import MAX_RUNS, Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.session import MAX_STEPS


@pytest.fixture
def descent() -> Descent:
    return default_descent()


@pytest.fixture
def with_data(descent: Descent) -> Descent:
    line = surface("mean((x*u + y - v)**2)", data={"u": (0.0, 1.0, 2.0), "v": (1.0, 2.0, 4.0)})
    return edits.choose_surface(descent, line)


def test_another_surface_keeps_the_runs_but_brings_its_own_start_domain_and_rates(descent: Descent):
    moved = edits.own_start(edits.move_start(edits.rename_run(descent, 1, "heavy"), (1.0, 1.0)), 0, True)
    chosen = edits.choose_surface(moved, surface("rosenbrock"))
    assert [run.name for run in chosen.runs] == ["", "heavy", "", ""]
    assert [run.color for run in chosen.runs] == [run.color for run in descent.runs]
    entry = surface_entries()["rosenbrock"]
    assert (chosen.start, chosen.steps) == (entry.start, entry.steps)
    assert chosen.steps != descent.steps
    assert [run.start for run in chosen.runs] == [None] * 4
    assert [run.rule.lr for run in chosen.runs] == [default_rate(chosen.surface, run.rule) for run in chosen.runs]
    assert chosen.runs[0].rule.lr != descent.runs[0].rule.lr


def test_the_same_surface_with_other_values_keeps_starts_and_rates(descent: Descent):
    tall = edits.choose_surface(descent, surface("x**2 + a*y**2", a=2.0))
    moved = edits.set_hyper(edits.move_start(tall, (0.5, 0.5)), 0, "lr", 0.123)
    again = edits.choose_surface(moved, surface("x**2 + a*y**2", a=20.0))
    assert again.start == (0.5, 0.5)
    assert again.runs[0].rule.lr == 0.123
    assert dict(again.surface.values) == {"a": 20.0}


def test_a_typed_surface_starts_inside_of_its_domain(descent: Descent):
    chosen = edits.choose_surface(descent, surface("x*y", domain=((100.0, 101.0), (-7.0, -6.0))))
    assert 100 < chosen.start[0] < 101
    assert -7 < chosen.start[1] < -6


def test_typing_a_formula_keeps_start_rates_domain_and_the_values_of_its_parameters(descent: Descent):
    first = edits.choose_surface(descent, surface("x**2 + a*y**2", a=20.0, domain=((-1.0, 1.0), (-2.0, 2.0))))
    typed = edits.set_formula(first, "x**2 + a*y**2 + b*x")
    assert dict(typed.surface.values) == {"a": 20.0, "b": 1.0}
    assert typed.surface.domain == first.surface.domain
    assert (typed.start, typed.runs) == (first.start, first.runs)


def test_typing_a_formula_keeps_the_data_only_while_it_reads_them(with_data: Descent):
    absolute = edits.set_formula(with_data, "mean(abs(x*u + y - v))")
    assert absolute.surface.data == with_data.surface.data
    assert edits.set_formula(with_data, "x**2 + y**2").surface.data == ()


@pytest.mark.parametrize("formula", ["x**", "foo(x)", "xy", "mean(x)", "9**9**9", ""])
def test_a_formula_with_a_mistake_is_refused(descent: Descent, formula: str):
    with pytest.raises(InputError):
        edits.set_formula(descent, formula)


def test_a_data_point_moves_its_input_and_its_target(with_data: Descent):
    moved = edits.set_data_point(with_data, 1, 1.5, -2.0)
    assert moved.surface.data == (("u", (0.0, 1.5, 2.0)), ("v", (1.0, -2.0, 4.0)))


def test_a_mini_batch_has_at_most_all_rows_and_needs_data(descent: Descent, with_data: Descent):
    assert edits.set_batch_size(with_data, 2).batch_size == 2
    for bad, given in ((with_data, 4), (with_data, -1), (descent, 1)):
        with pytest.raises(InputError):
            edits.set_batch_size(bad, given)


def test_a_surface_without_data_has_no_mini_batches(with_data: Descent):
    batched = edits.set_batch_size(with_data, 2)
    assert edits.choose_surface(batched, surface("rosenbrock")).batch_size == 0
    assert edits.set_formula(batched, "x**2 + y**2").batch_size == 0


def test_a_parameter_the_surface_does_not_have_is_refused_with_what_is_allowed(descent: Descent):
    tall = edits.choose_surface(descent, surface("x**2 + kappa*y**2"))
    assert dict(edits.set_surface_value(tall, "kappa", 3.0).surface.values) == {"kappa": 3.0}
    with pytest.raises(InputError, match="kappa"):
        edits.set_surface_value(tall, "kapa", 3.0)


@pytest.mark.parametrize(
    ("x", "y"),
    [((1.0, 1.0), (0.0, 1.0)), ((1.0, 0.0), (0.0, 1.0)), ((0.0, math.inf), (0.0, 1.0)), ((0.0, 1.0), (math.nan, 1.0)),
     ((1.0, 1.0 + 1e-12), (0.0, 1.0)), ((-1e308, 1e308), (0.0, 1.0)), ((0.0, 5e-324), (0.0, 1.0)),
     ((-8e307, 8e307), (0.0, 1.0))],
)  # fmt: skip
def test_a_domain_that_cannot_be_drawn_is_refused(descent: Descent, x: tuple[float, float], y: tuple[float, float]):
    with pytest.raises(InputError):
        edits.set_domain(descent, x, y)


def test_runs_share_a_start_until_one_gets_its_own(descent: Descent):
    own = edits.own_start(descent, 2, True)
    assert own.start_of(own.runs[2]) == descent.start
    moved = edits.move_start(own, (1.0, 2.0))
    assert [moved.start_of(run) for run in moved.runs] == [(1.0, 2.0), (1.0, 2.0), descent.start, (1.0, 2.0)]
    shared = edits.own_start(moved, 2, False)
    assert shared.start_of(shared.runs[2]) == (1.0, 2.0)


def test_dragging_the_start_of_one_run_gives_it_its_own(descent: Descent):
    moved = edits.move_start(descent, (3.0, 3.0), run=1)
    assert moved.start == descent.start
    assert moved.start_of(moved.runs[1]) == (3.0, 3.0)


def test_all_starts_shift_alike(descent: Descent):
    apart = edits.move_start(edits.move_start(descent, (0.0, 0.0)), (1.0, 1.0), run=1)
    shifted = edits.move_all_starts(apart, (2.0, 1.0), run=1)
    assert shifted.start == (1.0, 0.0)
    assert shifted.runs[1].start == (2.0, 1.0)


def test_all_starts_gather_at_one_point(descent: Descent):
    apart = edits.move_start(descent, (1.0, 1.0), run=1)
    together = edits.gather_starts(apart, (5.0, 5.0))
    assert {together.start_of(run) for run in together.runs} == {(5.0, 5.0)}


@pytest.mark.parametrize("point", [(math.nan, 0.0), (0.0, math.inf)])
def test_a_start_is_finite(descent: Descent, point: tuple[float, float]):
    for move in (edits.move_start, edits.move_all_starts, edits.gather_starts):
        with pytest.raises(InputError):
            move(descent, point)


def test_a_new_run_gets_a_free_color_and_a_rate_that_suits_the_surface(descent: Descent):
    without = edits.remove_run(descent, 1)
    added = edits.add_run(without, optimizer("nesterov"))
    assert [run.color for run in added.runs] == [0, 2, 3, 1]
    assert added.runs[-1].rule.lr == default_rate(descent.surface, optimizer("nesterov"))


def test_a_copy_of_a_hidden_run_is_below_it_and_shown(descent: Descent):
    copied = edits.duplicate_run(edits.set_visible(descent, 1, False), 1)
    assert [run.visible for run in copied.runs] == [True, False, True, True, True]
    assert copied.runs[2].rule == descent.runs[1].rule


def test_there_are_no_more_runs_than_can_be_told_apart(descent: Descent):
    while len(descent.runs) < MAX_RUNS:
        descent = edits.duplicate_run(descent, 0)
    assert sorted(run.color for run in descent.runs) == list(range(MAX_RUNS))
    for more in (lambda: edits.add_run(descent, optimizer("adam")), lambda: edits.duplicate_run(descent, 0),
                 lambda: edits.fan_rates(descent, 0)):  # fmt: skip
        with pytest.raises(InputError, match="8 runs"):
            more()


def test_five_learning_rates_differ_by_factors_of_three_around_the_chosen_one(descent: Descent):
    one = edits.set_hyper(edits.remove_run(edits.remove_run(descent, 3), 2), 1, "lr", 0.09)
    fan = edits.fan_rates(one, 1)
    assert [run.rule.lr for run in fan.runs[1:]] == pytest.approx([0.01, 0.03, 0.09, 0.27, 0.81])
    assert fan.runs[3] == one.runs[1]
    assert len({run.color for run in fan.runs}) == 6


def test_fewer_learning_rates_are_compared_where_fewer_runs_fit(descent: Descent):
    full = edits.duplicate_run(edits.duplicate_run(descent, 0), 0)
    fan = edits.fan_rates(edits.set_hyper(full, 0, "lr", 1.0), 0)
    assert [run.rule.lr for run in fan.runs[:3]] == pytest.approx([1 / 3, 1.0, 3.0])


def test_a_learning_rate_is_above_zero(descent: Descent):
    for bad in (0.0, -0.1, math.nan, math.inf):
        with pytest.raises(InputError):
            edits.set_hyper(descent, 0, "lr", bad)


def test_an_unknown_hyper_parameter_is_refused_with_the_nearest_name(descent: Descent):
    with pytest.raises(InputError, match="beta1"):
        edits.set_hyper(descent, 3, "beta_1", 0.5)


def test_another_optimizer_comes_with_its_title_and_a_suiting_rate(descent: Descent):
    named = edits.rename_run(descent, 0, "my run")
    chosen = edits.choose_rule(named, 0, optimizer("adam"))
    assert chosen.runs[0].name == ""
    suiting = default_rate(descent.surface, optimizer("adam"))
    assert chosen.runs[0].rule == optimizer("adam", lr=suiting)
    assert chosen.runs[0].color == descent.runs[0].color


def test_solo_shows_one_run_and_again_shows_all(descent: Descent):
    alone = edits.solo_run(descent, 2)
    assert [run.visible for run in alone.runs] == [False, False, True, False]
    assert all(run.visible for run in edits.solo_run(alone, 2).runs)


def test_a_name_is_one_short_line(descent: Descent):
    assert edits.rename_run(descent, 0, "  快 Adam ").runs[0].name == "快 Adam"
    for bad in ("x" * 61, "two\nlines", "\u202e"):
        with pytest.raises(InputError):
            edits.rename_run(descent, 0, bad)


def test_a_run_follows_the_common_schedule_until_it_gets_its_own(descent: Descent):
    own = edits.own_schedule(descent, 0, True)
    cosine = edits.set_schedule(own, schedule("cosine"))
    assert cosine.schedule_of(cosine.runs[0]) == descent.schedule
    assert cosine.schedule_of(cosine.runs[1]) == schedule("cosine")
    alone = edits.set_schedule(descent, schedule("cosine"), run=1)
    assert alone.schedule_of(alone.runs[0]) == descent.schedule


@pytest.mark.parametrize(
    ("edit", "bad"),
    [(edits.set_steps, (0, -1, MAX_STEPS + 1, 1.5, True)), (edits.set_noise, (-0.1, math.nan, math.inf)),
     (edits.set_seed, (-1, 2**32)), (edits.set_colormap, ("jet",)), (edits.set_levels, ("cubic",)),
     (edits.set_rotation, (math.nan,))],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_a_value_out_of_range_is_refused(descent: Descent, edit, bad):
    for value in bad:
        with pytest.raises(InputError):
            edit(descent, value)


def test_layers_are_shown_and_hidden(descent: Descent):
    assert edits.set_layer(descent, "arrows", True).arrows
    assert not edits.set_layer(descent, "contours", False).contours
