import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.geometry.stability import stable_rate

RULES = [
    optimizer("sgd"),
    optimizer("sgd", weight_decay=0.7),
    *(optimizer("momentum", momentum=beta) for beta in (0.0, 0.5, 0.9)),
    optimizer("momentum", momentum=0.9, dampening=0.5),
    optimizer("momentum", momentum=0.0, dampening=0.5),
    optimizer("heavy_ball", momentum=0.7),
    optimizer("momentum", momentum=0.6, weight_decay=0.3),
    *(optimizer("nesterov", momentum=beta) for beta in (0.5, 0.9)),
    *(optimizer("momentum_ema", beta=beta) for beta in (0.5, 0.9)),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.entry} {dict(rule.values)}")
def test_a_run_converges_just_below_the_limit_and_diverges_just_above(rule):
    bowl = surface("(x**2 + 20*y**2)/2", domain=((-3, 3), (-3, 3)))
    limit = stable_rate(rule, 20.0)

    def last(factor: float) -> float:
        run = descend(bowl, rule.with_values(lr=factor * limit), (0.0, 1.0), 6000)
        return float(np.abs(run.points[-1, 1])) if len(run.points) == 6001 else np.inf

    assert last(0.99) < 1e-6
    assert last(1.01) > 1e6


def test_rules_that_rescale_the_gradient_have_no_limit_of_this_kind():
    told = {name for name in optimizer_entries() if stable_rate(optimizer(name), 1.0) is not None}
    assert told == {"sgd", "momentum", "heavy_ball", "nesterov", "momentum_ema"}


@pytest.mark.parametrize("sharpness", [0.0, -2.0, float("nan")])
def test_nothing_is_stable_where_the_surface_does_not_curve_upwards(sharpness):
    assert stable_rate(optimizer("sgd"), sharpness) is None
