"""A trajectory does what its rule says, keeps all of it, and ends as a value whatever happens."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import Surface, surface, surface_entries
from landscape.descent import trajectory
from landscape.descent.noise import batches, normals
from landscape.descent.trajectory import descend, is_warm, warm
from landscape.errors import InputError
from tests.descent.interpreter import interpreted

RULES = pytest.mark.parametrize("name", optimizer_entries())
SWITCHES = {p.name for entry in optimizer_entries().values() for p in entry.parameters if p.scale == "switch"}
BOWL = surface("(x**2 + 20*y**2)/2")


def line() -> Surface:
    rng = np.random.default_rng(4)
    u = rng.normal(0.0, 1.0, 23)
    return surface("mean((x*u + y - v)**2)", data={"u": u, "v": 2.0 * u - 1.0 + rng.normal(0.0, 0.3, 23)})


@pytest.mark.parametrize("first", ["t", "g"])
def test_lines_that_use_each_other_twice_do_not_double_the_work_each_time(first: str) -> None:
    lines = [f"a0 = {first}", *(f"a{k + 1} = a{k}/2 + a{k}/2" for k in range(50))]
    moved = "theta = theta - lr*a50" + ("*g" if first == "t" else "")
    plain = optimizer("theta = theta - lr*t*g" if first == "t" else "theta = theta - lr*g", lr=0.01)
    run = descend(BOWL, optimizer("\n".join([*lines, moved]), lr=0.01), (3.0, 1.0), 20)
    np.testing.assert_allclose(run.points, descend(BOWL, plain, (3.0, 1.0), 20).points, rtol=1e-12)


# Closed forms


def test_gradient_descent_on_a_quadratic_shrinks_each_coordinate_by_its_factor() -> None:
    run = descend(BOWL, optimizer("sgd", lr=0.05), (3.0, 1.0), 40)
    k = np.arange(41)
    np.testing.assert_allclose(run.points[:, 0], 3.0 * (1 - 0.05) ** k, rtol=1e-13)
    np.testing.assert_allclose(run.points[:, 1], np.where(k == 0, 1.0, 0.0), atol=1e-15)


def test_the_seed_example_goes_where_it_is_known_to_go() -> None:
    where, how = surface("x**2 - 10*x + 25"), optimizer("sgd", lr=0.01)
    assert descend(where, how, (0.0, 0.0), 1).points[1, 0] == pytest.approx(0.1, rel=1e-15)
    assert round(float(descend(where, how, (0.0, 0.0), 1000).points[-1, 0]), 4) == 5.0 - 0.0
    np.testing.assert_allclose(descend(where, how, (0.0, 0.0), 1000).points[:, 0], 5 * (1 - 0.98 ** np.arange(1001)))


@pytest.mark.parametrize("start", [(3.0, 1.0), (-2.0, 5.0), (1e-3, -1e3)])
def test_the_first_step_of_adam_is_the_rate_against_the_sign_of_the_gradient(start: tuple[float, float]) -> None:
    run = descend(BOWL, optimizer("adam", lr=0.1, eps=1e-16), start, 1)
    np.testing.assert_allclose(run.points[1] - run.points[0], -0.1 * np.sign(run.gradients[0]), rtol=1e-12)


def test_newton_reaches_the_minimum_of_a_quadratic_in_one_step() -> None:
    rule = optimizer("d = hxx*hyy - hxy**2\nx = x - lr*(hyy*gx - hxy*gy)/d\ny = y - lr*(hxx*gy - hxy*gx)/d", lr=1.0)
    run = descend(surface("(x - 1)**2 + 3*(y + 2)**2 + x*y"), rule, (5.0, 7.0), 1)
    np.testing.assert_allclose(run.gradients[1], 0.0, atol=1e-13)


# Every rule of the catalogue


@RULES
@pytest.mark.parametrize("where", ["rosenbrock", "tanh(x + 2*y)**2 + sin(x*y) + 0.1*x**2 + 0.1*y**2"])
def test_a_compiled_rule_does_what_its_lines_say(name: str, where: str) -> None:
    rule, start = optimizer(name).with_values(lr=0.004), (-0.7, 1.1)
    run = descend(surface(where), rule, start, 25, seed=5)
    points, state = interpreted(surface(where), rule, start, run.rates, normals(5, 25, 4)[:, 2:])
    np.testing.assert_allclose(run.points, points, rtol=1e-9, atol=1e-12)
    assert run.state.keys() == state.keys()
    for key, values in state.items():
        np.testing.assert_allclose(run.state[key], values, rtol=1e-7, atol=1e-9 * (1e-3 + np.abs(values).max()))


@RULES
def test_a_rule_follows_its_schedule(name: str) -> None:
    rule, plan = optimizer(name).with_values(lr=0.01), schedule("lr*(1 - t/T)", warmup=3)
    run = descend(BOWL, rule, (1.5, -0.5), 20, schedule=plan, seed=2)
    points, _ = interpreted(BOWL, rule, (1.5, -0.5), plan.rates(rule.lr, 20), normals(2, 20, 4)[:, 2:])
    np.testing.assert_allclose(run.points, points, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(run.rates, plan.rates(rule.lr, 20))


@pytest.mark.parametrize("name", [name for name in optimizer_entries() if 0.0 in dict(optimizer(name).values).values()])
def test_a_switch_that_is_off_is_as_if_it_were_hardly_on(name: str) -> None:
    rule = optimizer(name).with_values(lr=0.01)
    off = [key for key, value in rule.values if value == 0.0]
    hardly = rule.with_values(**{key: 1e-300 for key in off if key not in SWITCHES})
    ends = [descend(BOWL, each, (1.5, -0.5), 20).points for each in (rule, hardly)]
    np.testing.assert_allclose(*ends, rtol=1e-9)


# What is kept


@pytest.mark.parametrize("entry", surface_entries().values(), ids=surface_entries())
def test_losses_and_gradients_are_those_of_the_surface_at_the_points(entry) -> None:
    where = entry.surface
    run = descend(where, optimizer("adam", lr=0.05), entry.start, 30)
    losses, gradients = where.value(*run.points.T), where.gradient(*run.points.T).T
    np.testing.assert_allclose(run.losses, losses, rtol=1e-12, atol=1e-12 * np.abs(losses).max())
    np.testing.assert_allclose(run.gradients, gradients, rtol=1e-12, atol=1e-12 * np.abs(gradients).max())


@pytest.mark.parametrize("steps", [0, 1, 7, 1000])
def test_there_is_one_point_more_than_steps(steps: int) -> None:
    run = descend(BOWL, optimizer("adam", lr=0.01), (1.0, 2.0), steps)
    assert run.points.shape == run.gradients.shape == (steps + 1, 2)
    assert run.losses.shape == (steps + 1,)
    assert run.rates.shape == (steps,)
    assert {name: values.shape for name, values in run.state.items()} == {"m": (steps + 1, 2), "v": (steps + 1, 2)}
    assert tuple(run.points[0]) == (1.0, 2.0)


def test_the_memory_of_a_rule_begins_at_zero_and_is_that_after_each_step() -> None:
    run = descend(BOWL, optimizer("adam", lr=0.01), (1.0, 2.0), 3)
    assert not run.state["m"][0].any()
    np.testing.assert_allclose(run.state["m"][1], 0.1 * run.gradients[0], rtol=1e-14)


def test_nothing_in_a_trajectory_can_be_written() -> None:
    run = descend(BOWL, optimizer("adam", lr=0.01), (1.0, 2.0), 3)
    for array in (run.points, run.losses, run.gradients, run.rates, *run.state.values()):
        assert not array.flags.writeable


def test_a_surface_and_a_rule_may_use_the_same_names() -> None:
    where = surface("beta1*x**2 + g*y**2 + lr + m", beta1=2.0, g=3.0, lr=5.0, m=7.0)
    run = descend(where, optimizer("adam", lr=0.1), (1.0, 1.0), 5)
    plain = descend(surface("2*x**2 + 3*y**2 + 12"), optimizer("adam", lr=0.1), (1.0, 1.0), 5)
    np.testing.assert_allclose(run.points, plain.points, rtol=1e-14)
    np.testing.assert_allclose(run.losses, plain.losses, rtol=1e-14)


HOSTILE = "v1 = v1*lambda + g\nstate0 = state0 + v1\nloop = state0\nx1 = 2*loop\ntheta = theta - lr*x1*record - step"


def test_names_of_a_rule_meet_no_name_of_the_kernel() -> None:
    rule = optimizer(HOSTILE, lr=0.01, record=0.5, step=0.0).with_values(**{"lambda": 0.5})
    points, _ = interpreted(BOWL, rule, (1.0, 2.0), np.full(10, 0.01))
    np.testing.assert_allclose(descend(BOWL, rule, (1.0, 2.0), 10).points, points, rtol=1e-12)


# How it ends


def test_a_run_that_overflows_ends_at_its_last_finite_point() -> None:
    run = descend(surface("x**4 + y**4"), optimizer("sgd", lr=1.0), (3.0, 2.0), 200)
    assert run.outcome == "diverged"
    assert 2 <= len(run.points) < 20
    assert all(np.isfinite(array).all() for array in (run.points, run.losses))
    assert len(run.rates) == len(run.points) - 1
    beyond = descend(surface("x**4 + y**4"), optimizer("sgd", lr=1.0), (3.0, 2.0), len(run.points) - 1)
    np.testing.assert_array_equal(beyond.points, run.points)
    assert beyond.outcome == "left"


def test_a_start_where_the_surface_is_undefined_is_all_there_is() -> None:
    run = descend(surface("log(x) + y**2"), optimizer("adam"), (-1.0, 2.0), 50)
    assert run.outcome == "diverged"
    assert run.points.tolist() == [[-1.0, 2.0]]
    assert len(run.rates) == 0


def test_an_undefined_gradient_ends_the_run_where_it_was_met() -> None:
    run = descend(surface("sqrt(x - 1) + y**2"), optimizer("sgd", lr=0.1), (1.0, 2.0), 50)
    assert (run.outcome, len(run.points)) == ("diverged", 1)


def test_a_run_that_settles_has_converged() -> None:
    assert descend(BOWL, optimizer("sgd", lr=0.05), (3.0, 1.0), 400).outcome == "converged"
    assert descend(BOWL, optimizer("sgd", lr=0.05), (3.0, 1.0), 40).outcome == "finished"


def test_a_run_that_begins_in_a_minimum_has_converged() -> None:
    assert descend(BOWL, optimizer("adam"), (0.0, 0.0), 5).outcome == "converged"


def test_a_run_whose_last_point_is_outside_the_domain_has_left() -> None:
    rule = optimizer("sgd", lr=0.1)
    assert descend(surface("x + y", domain=((-1, 1), (-1, 1))), rule, (0.0, 0.0), 20).outcome == "left"
    back = descend(surface("x**2 + y**2", domain=((-1, 1), (-1, 1))), rule, (5.0, 5.0), 30)
    assert back.outcome == "finished"


def test_a_rate_that_is_not_a_number_is_a_divergence_and_not_an_exception() -> None:
    run = descend(BOWL, optimizer("sgd", lr=0.1), (1.0, 1.0), 10, schedule=schedule("lr*sqrt(3 - t)"))
    assert (run.outcome, len(run.points)) == ("diverged", 5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"steps": -1}, '"steps" must be a whole number of at least 0, not -1'), ({"steps": 2.5}, "steps"),
        ({"steps": 10**12}, '"steps" must be a whole number from 0 to 10000000'),
        ({"noise": -0.1}, "noise"), ({"noise": math.nan}, "noise"), ({"noise": math.inf}, "noise"),
        ({"batch_size": -4}, "batch_size"), ({"seed": 0.5}, "seed"), ({"start": (1.0,)}, "two numbers"),
        ({"start": (1.0, 2.0, 3.0)}, "two numbers"), ({"start": ("a", "b")}, "two numbers"), ({"start": 3.0}, "start"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_sentence(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        descend(BOWL, optimizer("sgd"), **{"start": (1.0, 2.0), **wrong})


# Noise and mini-batches


def test_noise_is_added_to_what_the_rule_sees_and_not_to_what_is_kept() -> None:
    run = descend(BOWL, optimizer("sgd", lr=0.01), (1.0, 2.0), 50, noise=0.5, seed=9)
    told = run.gradients[:-1] + 0.5 * normals(9, 50, 2)
    np.testing.assert_allclose(run.points[1:], run.points[:-1] - 0.01 * told, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(run.gradients, BOWL.gradient(*run.points.T).T, rtol=1e-12)


def test_a_mini_batch_step_uses_the_gradient_of_its_rows() -> None:
    where = line()
    run = descend(where, optimizer("sgd", lr=0.05), (0.0, 0.0), 12, batch_size=5, seed=3)
    for k, rows in enumerate(batches(3, 12, 23, 5)):
        few = surface(where.formula, data={name: np.array(column)[rows] for name, column in where.data})
        step = -0.05 * few.gradient(*run.points[k])
        np.testing.assert_allclose(run.points[k + 1] - run.points[k], step, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(run.losses, where.value(*run.points.T), rtol=1e-12)


@pytest.mark.parametrize("size", [0, 23, 100])
def test_a_batch_of_all_rows_is_plain_descent(size: int) -> None:
    plain = descend(line(), optimizer("adam", lr=0.05), (0.0, 0.0), 12)
    run = descend(line(), optimizer("adam", lr=0.05), (0.0, 0.0), 12, batch_size=size)
    np.testing.assert_array_equal(run.points, plain.points)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**63), steps=st.integers(1, 40), more=st.integers(1, 40), size=st.sampled_from([0, 1, 4, 22])
)
def test_a_longer_run_begins_like_a_shorter_one_bit_for_bit(seed: int, steps: int, more: int, size: int) -> None:
    rule = optimizer("adam", lr=0.05)
    short, long = (
        descend(line(), rule, (0.5, -2.0), length, noise=0.1, batch_size=size, seed=seed)
        for length in (steps, steps + more)
    )
    np.testing.assert_array_equal(short.points, long.points[: steps + 1])
    np.testing.assert_array_equal(short.state["v"], long.state["v"][: steps + 1])


@pytest.mark.parametrize("piece", [1, 30, 64, 1000])
def test_it_does_not_matter_in_which_pieces_the_mini_batches_are_laid_out(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = descend(line(), optimizer("adam", lr=0.05), (0.5, -2.0), 60, noise=0.2, batch_size=4, seed=1)
    monkeypatch.setattr(trajectory, "PIECE", piece)
    cut = descend(line(), optimizer("adam", lr=0.05), (0.5, -2.0), 60, noise=0.2, batch_size=4, seed=1)
    np.testing.assert_array_equal(cut.points, whole.points)
    np.testing.assert_array_equal(cut.state["m"], whole.state["m"])
    assert cut.outcome == whole.outcome


def test_a_run_that_diverges_in_a_later_piece_ends_there(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = optimizer("sgd", lr=3.0)
    whole = descend(line(), rule, (0.5, -2.0), 3000, batch_size=4)
    monkeypatch.setattr(trajectory, "PIECE", 64)
    cut = descend(line(), rule, (0.5, -2.0), 3000, batch_size=4)
    assert whole.outcome == cut.outcome == "diverged"
    np.testing.assert_array_equal(cut.points, whole.points)


def test_another_seed_is_another_run() -> None:
    runs = [descend(BOWL, optimizer("sgd", lr=0.01), (1.0, 2.0), 5, noise=0.5, seed=seed) for seed in (0, 1)]
    assert not np.array_equal(runs[0].points, runs[1].points)


# Warm and cold


def test_a_pair_is_warm_once_it_was_compiled() -> None:
    where, how = surface("x**2 + 3.1415*y**2 + sin(x)"), optimizer("theta = theta - lr*g*1.0625", lr=0.1)
    assert not is_warm(where, how)
    warm(where, how)
    assert is_warm(where, how)
    assert is_warm(surface("x**2 + 3.1415*y**2 + sin(x)", domain=((0, 1), (0, 1))), how.with_values(lr=0.7))


def test_asking_whether_a_pair_is_warm_and_drawing_a_cold_grid_load_no_numba() -> None:
    program = (
        "import sys, landscape as ls; from landscape.descent import convergence, trajectory;"
        "from landscape.geometry import grid;"
        "pair = ls.surface('x**2+y**2'), ls.optimizer('adam');"
        "cold = not (trajectory.is_warm(*pair) or convergence.is_warm(*pair) or grid.is_warm(pair[0]));"
        "grid.sample(pair[0], (0, 1), (0, 1), 4, 4); print(cold, {'numba', 'llvmlite'} & sys.modules.keys())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert said.stdout.strip() == "True set()", said.stderr


def test_a_rate_of_descent_is_kept_in_full_precision() -> None:
    run = descend(surface("x**2"), optimizer("sgd", lr=math.pi / 10), (1.0, 0.0), 1)
    assert run.points[1, 0] == 1.0 - math.pi / 10 * 2.0


# Schedules that follow the run


def followed(plan, losses, lr: float, steps: int):
    """Return the rates that a schedule gives for the losses that a trajectory had, line by line."""
    return plan.rates(lr, steps, losses=losses[:steps])


@pytest.mark.parametrize("steps", [0, 1, 2, 60, 3000])
@pytest.mark.parametrize("warmup", [0, 7])
@pytest.mark.parametrize(
    "plan",
    [
        "lr*where(loss < 0.5, 0.1, 1)",
        "rate = where(t < 1, lr, rate*0.99)",
        "best = where(t < 1, loss, min(best, loss))\nrate = lr*where(loss > best, 0.5, 1)",
    ],
)
def test_a_schedule_may_read_the_loss_and_what_it_was_before(plan: str, warmup: int, steps: int) -> None:
    made, rule = schedule(plan, warmup=warmup), optimizer("momentum", lr=0.05, momentum=0.8)
    run = descend(BOWL, rule, (1.5, -0.5), steps, schedule=made)
    np.testing.assert_allclose(run.rates, followed(made, run.losses, rule.lr, steps), rtol=1e-12)
    points, _ = interpreted(BOWL, rule, (1.5, -0.5), run.rates)
    np.testing.assert_allclose(run.points, points, rtol=1e-9, atol=1e-12)


def test_a_schedule_that_follows_a_run_of_mini_batches_reads_the_loss_of_all_rows(monkeypatch) -> None:
    where = surface("mean((x*u + y - v)**2)", data={"u": (0.0, 1.0, 2.0, 3.0), "v": (1.0, 2.5, 4.0, 6.5)})
    plan, rule = schedule("plateau", patience=1, factor=0.8), optimizer("sgd", lr=0.1)
    whole = descend(where, rule, (1.0, 0.0), 400, schedule=plan, batch_size=2, seed=4)
    np.testing.assert_allclose(whole.rates, followed(plan, whole.losses, rule.lr, 400), rtol=1e-12)
    assert len(set(whole.rates)) > 3
    monkeypatch.setattr(trajectory, "CHUNK", 100)
    pieces = descend(where, rule, (1.0, 0.0), 399, schedule=plan, batch_size=2, seed=4)
    np.testing.assert_array_equal(pieces.points, whole.points[:400])
    np.testing.assert_array_equal(pieces.rates, whole.rates[:399])


def test_a_diverged_run_has_as_many_rates_as_steps() -> None:
    run = descend(BOWL, optimizer("sgd", lr=1e3), (1.5, -0.5), 2000, schedule=schedule("plateau", patience=1900))
    assert run.outcome == "diverged"
    assert len(run.rates) == len(run.points) - 1


def test_a_rate_that_changes_the_momentum_drives_the_rule() -> None:
    plan = schedule("rate = lr\nmomentum = momentum*t/T")
    rule = optimizer("momentum", lr=0.05, momentum=0.8)
    run = descend(BOWL, rule, (1.5, -0.5), 3, schedule=plan)
    b1, b2 = run.gradients[0], 0.8 / 3 * run.gradients[0] + run.gradients[1]
    np.testing.assert_allclose(run.points[2], run.points[0] - 0.05 * (b1 + b2), rtol=1e-12)
    still = descend(BOWL, optimizer("sgd", lr=0.05), (1.5, -0.5), 3, schedule=plan)
    np.testing.assert_array_equal(still.points, descend(BOWL, optimizer("sgd", lr=0.05), (1.5, -0.5), 3).points)
