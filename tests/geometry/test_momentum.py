"""What is proven about momentum on quadratics, held against what the runs do."""

import math

import numpy as np
import pytest

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.catalogue.surfaces import Surface, surface
from landscape.descent.trajectory import descend
from landscape.geometry.quadratic import curvatures
from landscape.geometry.stability import optimum, stable_rate

M, L = 1.0, 100.0
KAPPA = L / M
BOWL = surface("m*x**2/2 + L*y**2/2", m=M, L=L)
TUNED = ("sgd", "momentum", "momentum_ema", "nesterov")


def measured_rate(rule: UpdateRule, steps: int = 2000) -> float:
    """Return by what factor the distance to the minimum shrinks in a step, in the long run.

    Polynomial factors of a double root are taken out by comparing late distances far apart.
    """
    points = descend(BOWL, rule, (1.0, 1.0), steps).points
    size = np.hypot(*points.T)
    last = int(np.flatnonzero(size > 1e-250)[-1])
    return float((size[last] / size[last // 2]) ** (1.0 / (last - last // 2)))


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_heavy_ball_is_stable_up_to_the_bound_and_not_beyond(beta: float):
    """Goh 2017; Polyak 1964: 0 < lr L < 2 + 2 beta."""
    bound = stable_rate(optimizer("momentum", momentum=beta), L)
    assert bound == pytest.approx((2 + 2 * beta) / L)
    assert measured_rate(optimizer("momentum", momentum=beta, lr=0.99 * bound)) < 1.0
    assert measured_rate(optimizer("momentum", momentum=beta, lr=1.01 * bound), 1000) > 1.0


def test_gradient_descent_at_its_best_shrinks_the_distance_by_its_rate():
    best = optimizer("sgd", **optimum(optimizer("sgd"), M, L))
    assert measured_rate(best) == pytest.approx((KAPPA - 1) / (KAPPA + 1), rel=1e-6)


@pytest.mark.parametrize("name", ["momentum", "momentum_ema"])
def test_heavy_ball_at_its_best_needs_the_root_of_the_condition_number(name: str):
    best = optimizer(name, **optimum(optimizer(name), M, L))
    assert measured_rate(best) == pytest.approx((math.sqrt(KAPPA) - 1) / (math.sqrt(KAPPA) + 1), rel=5e-3)


def test_nesterov_at_its_best_has_the_published_rate():
    """Lessard, Recht & Packard 2016, Proposition 1."""
    best = optimizer("nesterov", **optimum(optimizer("nesterov"), M, L))
    assert measured_rate(best) == pytest.approx(1 - 2 / math.sqrt(3 * KAPPA + 1), rel=5e-3)


@pytest.mark.parametrize("name", TUNED)
def test_nothing_near_the_optimum_is_faster(name: str):
    best = optimum(optimizer(name), M, L)
    fastest = measured_rate(optimizer(name, **best))
    for parameter, value in best.items():
        for factor in (0.97, 1.03):
            moved = best | {parameter: value * factor}
            assert measured_rate(optimizer(name, **moved)) > fastest - 1e-9


@pytest.mark.parametrize(
    "values", [{"dampening": 0.4}, {"weight_decay": 0.5}, {"dampening": 0.4, "weight_decay": 0.5}], ids=str
)
def test_dampening_divides_the_best_rate_and_weight_decay_adds_to_the_curvatures(values: dict[str, float]):
    """Polyak 1964, for the quadratic that the rule sees."""
    given = optimizer("momentum", **values)
    kappa = (L + values.get("weight_decay", 0.0)) / (M + values.get("weight_decay", 0.0))
    found = measured_rate(given.with_values(**optimum(given, M, L)))
    assert found == pytest.approx((math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1), rel=5e-3)


def test_gradient_descent_with_weight_decay_shrinks_the_distance_by_the_rate_of_both():
    given = optimizer("sgd", weight_decay=0.5)
    assert measured_rate(given.with_values(**optimum(given, M, L))) == pytest.approx((L - M) / (L + M + 1), rel=1e-6)


def test_heavy_ball_can_run_in_circles_where_gradient_descent_converges():
    """Lessard, Recht & Packard 2016, section 4.6: alpha 1/9, beta 4/9 from 3.3."""
    bent = surface("where(x < 1, 25*x**2/2, where(x < 2, x**2/2 + 24*x - 12, 25*x**2/2 - 24*x + 36)) + y**2")
    ball = descend(bent, optimizer("momentum", lr=1 / 9, momentum=4 / 9), (3.3, 0.0), 300).points[-3:, 0]
    assert sorted(ball) == pytest.approx([-1.8024, 0.6465, 2.1159], abs=1e-4)
    plain = descend(bent, optimizer("sgd", lr=1 / 25), (3.3, 0.0), 300)
    assert plain.points[-1, 0] == pytest.approx(0.0, abs=1e-6)


def test_the_optimum_of_a_rule_without_theory_is_unknown():
    assert optimum(optimizer("adam"), M, L) is None
    assert optimum(optimizer("momentum"), -1.0, L) is None


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (surface("x**2/2 + 50*y**2"), (1.0, 100.0)),
        (surface("x**2/2 + a*y**2/2", a=7.0), (1.0, 7.0)),
        (surface("booth"), (2.0, 18.0)),
        (surface("x**2 - y**2"), (-2.0, 2.0)),
        (Surface(formula="x**2/2 + 50*y**2", rotation=30.0), (1.0, 100.0)),
        (Surface(formula="x**2/2 + 50*y**2", scaling=(2.0, 1.0)), (0.25, 100.0)),
        (surface("mean((x*u + y - v)**2)", data={"u": (-1.0, 1.0), "v": (0.0, 1.0)}), (2.0, 2.0)),
        (surface("rosenbrock"), None),
        (surface("x**2 + abs(y) + y**2"), None),
        (surface("where(x < 1, x**2, 2*x) + y**2"), None),
    ],
)  # fmt: skip
def test_a_quadratic_is_known_by_its_second_derivatives(where: Surface, expected: tuple[float, float] | None):
    assert curvatures(where) == (None if expected is None else pytest.approx(expected))
