import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.network.training.updates import updater

ELEMENTWISE = [name for name in optimizer_entries() if not optimizer(name).planar]


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if "noise" not in optimizer(name).rule])
def test_every_rule_makes_the_steps_that_it_makes_on_a_surface(name: str) -> None:
    hill, rule, rates = surface("x^2 + 3y^2 + sin(x*y)"), optimizer(name), schedule("cosine")
    update = updater(rule, rates, 30)
    theta = np.array([1.5, -2.0])
    points = [theta]
    for _ in range(30):
        theta = update(theta, hill.gradient(*theta))
        points.append(theta)
    assert np.allclose(points, descend(hill, rule, (1.5, -2.0), 30, rates).points, rtol=1e-9, atol=1e-12)


def test_a_rule_that_reads_noise_moves_by_the_seed() -> None:
    rule = optimizer("theta = theta + noise")
    moved = [updater(rule, None, 1, seed)(np.zeros(1000), np.zeros(1000)) for seed in (0, 0, 1)]
    assert np.array_equal(moved[0], moved[1])
    assert not np.array_equal(moved[0], moved[2])
    assert np.isclose(moved[0].std(), 1.0, rtol=0.1)


def test_a_planar_rule_is_refused() -> None:
    with pytest.raises(InputError, match="moves x and y"):
        updater(optimizer("newton"), None, 1)
