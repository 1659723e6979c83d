"""A step explained line by line: its numbers are those of the trajectory."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.explanation import explainer
from landscape.descent.trajectory import descend

BOWL = surface("(x**2 + 3*y**2)/2 + x*y/2 + 0.1*x**3", domain=((-4, 4), (-4, 4)))
STEPS = 40
START = (1.5, -0.7)


def _explained(rule, given=BOWL, steps=STEPS, start=START, **settings):
    trajectory = descend(given, rule, start, steps, **settings)
    return trajectory, explainer(given, rule, trajectory, steps, **settings)


def _moved(explanation):
    """Return what the last assignments of the rule come to."""
    results = {line.name: line.result for line in explanation.lines}
    return results["theta"] if "theta" in results else (*results["x"], *results["y"])


def _memory(explanation, names):
    results = {line.name: line.result for line in explanation.lines}
    return {name: results[name] for name in names}


def _agree(trajectory, explaining):
    for step in (0, 1, 2, 7, len(trajectory.points) - 2):
        told = explaining.at(step)
        scale = np.abs(trajectory.points[step : step + 2]).max()
        np.testing.assert_allclose(_moved(told), trajectory.points[step + 1], rtol=1e-12, atol=1e-12 * scale)
        for name, value in _memory(told, trajectory.state).items():
            expected = np.atleast_1d(trajectory.state[name][step + 1])
            np.testing.assert_allclose(np.broadcast_to(value, expected.shape), expected, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("entry", optimizer_entries())
def test_the_lines_of_every_rule_come_to_the_next_point_and_to_what_it_remembers(entry):
    _agree(*_explained(optimizer(entry)))


@pytest.mark.parametrize("entry", optimizer_entries())
def test_so_they_do_with_every_hyper_parameter_on_in_noise_and_on_a_turned_surface(entry):
    rule = optimizer(entry)
    wanted = {
        p.name: 1.0 if p.scale == "switch" else 0.1 for p in optimizer_entries()[entry].parameters if not p.default
    }
    turned = surface("x**2 + 2*y**2", domain=((-4, 4), (-4, 4)), rotation=30.0)
    _agree(*_explained(rule.with_values(**wanted), turned, noise=0.3, seed=4))


@pytest.mark.parametrize("entry", schedule_entries())
@pytest.mark.parametrize("warmup", [0, 5])
@pytest.mark.parametrize("rule", ["sgd", "momentum"])
def test_the_lines_of_every_schedule_come_to_the_rate(entry, warmup, rule):
    trajectory, explaining = _explained(optimizer(rule, lr=0.02), schedule=schedule(entry, warmup=warmup))
    for step in (0, 3, 4, 5, 6, 17, STEPS - 1):
        told = explaining.at(step)
        rates = [line.result[0] for line in told.rate if line.name == "rate"]
        if rates:
            assert rates[-1] == pytest.approx(trajectory.rates[step], rel=1e-12)
        else:
            assert trajectory.rates[step] == 0.02
    _agree(trajectory, explaining)


def test_the_gradient_is_that_of_the_mini_batch_that_was_drawn():
    given = _with_data()
    trajectory, explaining = _explained(optimizer("sgd", lr=0.05), given, batch_size=2, seed=3)
    told = explaining.at(6)
    rows = list(told.drawn.rows)
    u, v = given.data_array[:, rows]
    x, y = trajectory.points[6]
    wrong = x * u + y - v
    assert told.gradient == pytest.approx((np.mean(2 * wrong * u), np.mean(2 * wrong)))
    _agree(trajectory, explaining)


def _with_data():
    columns = {"u": [0.0, 1.0, 2.0, 3.0, -1.0], "v": [1.0, 2.9, 5.2, 7.1, -1.2]}
    return surface("mean((x*u + y - v)**2)", data=columns, domain=((-4, 4), (-4, 4)))


def test_noise_is_told_apart_from_the_gradient():
    trajectory, explaining = _explained(optimizer("sgd", lr=0.05), noise=0.5, seed=2)
    told = explaining.at(3)
    assert told.exact == pytest.approx(trajectory.gradients[3])
    assert np.add(told.exact, told.drawn.shift) == pytest.approx(told.gradient)
    assert told.gradient != told.exact


def test_a_condition_tells_which_branch_was_taken_in_each_coordinate():
    rule = optimizer("theta = theta - lr*where(g > 0, 1, -2)", lr=0.1)
    _, explaining = _explained(rule, surface("x**2 + y**2"), start=(1.0, -1.0))
    (line,) = explaining.at(0).lines
    (branch,) = line.branches
    assert branch.held == (True, False)


def test_what_is_switched_off_is_not_among_the_lines():
    _, explaining = _explained(optimizer("adam"))
    assert [line.name for line in explaining.at(0).lines] == ["m", "v", "m_hat", "v_hat", "theta"]
    _, explaining = _explained(optimizer("adam", amsgrad=True))
    assert [line.name for line in explaining.at(0).lines] == ["m", "v", "w", "m_hat", "v_hat", "theta"]


def test_a_run_without_a_step_has_none_to_explain():
    _, explaining = _explained(optimizer("sgd"), steps=0)
    with pytest.raises(IndexError):
        explaining.at(0)
