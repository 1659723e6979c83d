"""What a rule remembers has room in the record, also where only the schedule switches it on."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import momenta, schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend

STEPS = 60
BOWL = surface("x**2 + 3*y**2")


def test_a_momentum_of_0_that_the_schedule_drives_is_that_of_the_lines() -> None:
    cycle = schedule("one_cycle")
    done = descend(BOWL, optimizer("momentum", lr=0.02, momentum=0.0), (1.0, -0.5), STEPS, schedule=cycle)
    rates, driven = cycle.rates(0.02, STEPS), momenta(cycle, 0.0, 0.02, STEPS)
    assert driven.min() > 0.5
    point, velocity = np.array([1.0, -0.5]), np.zeros(2)
    for step in range(STEPS):
        velocity = driven[step] * velocity + np.array([2.0, 6.0]) * point
        point = point - rates[step] * velocity
        assert done.points[step + 1] == pytest.approx(point, abs=1e-13)
    assert list(done.state) == ["b"]
    assert done.state["b"][-1] == pytest.approx(velocity, abs=1e-12)


@pytest.mark.parametrize("name", ["rmsprop", "momentum", "nesterov"])
@pytest.mark.parametrize("lines", ["one_cycle", "rate = lr*min(loss, 1)\nmomentum = 0.5"])
def test_nothing_is_written_behind_the_record(name: str, lines: str) -> None:
    done = descend(BOWL, optimizer(name, lr=1e-3, momentum=0.0), (1.0, -0.5), STEPS, schedule=schedule(lines))
    assert done.points.base.shape == (STEPS + 1, 4 + 1 + 2 * len(done.state))
    assert np.isfinite(done.points).all()
    assert np.hypot(*done.gradients.T) == pytest.approx(np.hypot(2 * done.points[:, 0], 6 * done.points[:, 1]))
