"""How large a learning rate may be before gradient methods with momentum diverge on a quadratic."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule


def stable_rate(rule: UpdateRule, sharpness: float) -> float | None:
    """Return the rate below which ``rule`` converges on a quadratic whose largest curvature is ``sharpness``.

    With L = λmax, plus the rule's weight decay, and momentum β:

    - gradient descent: 2/L;
    - heavy ball, ``b = βb + (1 - τ)g``: 2(1 + β)/((1 - τ)L) (Polyak 1964; Goh 2017), τ = 0 where β is;
    - Nesterov: 2(1 + β)/((1 + 2β)L);
    - heavy ball with a running mean, ``m = βm + (1 - β)g``: 2(1 + β)/((1 - β)L).

    None for other rules, whose step does not follow from the curvature alone, and where ``sharpness`` is not
    positive: nothing holds the rule there.
    """
    curvature = sharpness + dict(rule.values).get("weight_decay", 0.0)
    gain = _gain(rule)
    return gain / curvature if gain is not None and curvature > 0.0 else None


def stable_sharpness(rule: UpdateRule, rates: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the largest curvature at which ``rule`` converges with each learning rate: 2/η for gradient descent.

    The inverse of :func:`stable_rate`: a run at whose steepest curvature λmax is above it is at the edge of stability
    (Cohen et al. 2021, arXiv:2103.00065). None for the rules that have no such limit. A rate of 0 is stable everywhere:
    infinity.
    """
    gain = _gain(rule)
    if gain is None:
        return None
    with np.errstate(divide="ignore"):
        limits: NDArray[np.float64] = gain / rates - dict(rule.values).get("weight_decay", 0.0)
    limits.flags.writeable = False
    return limits


def _gain(rule: UpdateRule) -> float | None:
    """Return the learning rate times the curvature at which ``rule`` ceases to converge; None where that is no rule."""
    values = dict(rule.values)
    match rule.entry:
        case "sgd":
            return 2.0
        case "momentum":
            share = 1.0 - values["dampening"] if values["momentum"] else 1.0
            return 2.0 * (1.0 + values["momentum"]) / share if share > 0.0 else None
        case "heavy_ball":
            return 2.0 * (1.0 + values["momentum"])
        case "nesterov":
            return 2.0 * (1.0 + values["momentum"]) / (1.0 + 2.0 * values["momentum"])
        case "momentum_ema":
            return 2.0 * (1.0 + values["beta"]) / (1.0 - values["beta"])
    return None


def optimum(rule: UpdateRule, least: float, most: float) -> Mapping[str, float] | None:
    """Return the hyper-parameters that make ``rule`` fastest on quadratics curved from ``least`` to ``most``.

    With m and L, each plus the rule's weight decay, and κ = L/m, the distance shrinks in each step by

    - gradient descent, η = 2/(L + m): (κ - 1)/(κ + 1);
    - heavy ball, η = (2/(√L + √m))², β = ((√L - √m)/(√L + √m))²: (√κ - 1)/(√κ + 1) (Polyak 1964; Goh 2017);
    - Nesterov, η = 4/(3L + m), β = (√(3κ + 1) - 2)/(√(3κ + 1) + 2): 1 - 2/√(3κ + 1) (Lessard, Recht & Packard 2016,
      Proposition 1).

    None for other rules, and where ``least`` is not positive.
    """
    values = dict(rule.values)
    decay = values.get("weight_decay", 0.0)
    m, large = least + decay, most + decay
    if not 0.0 < m <= large < math.inf:
        return None
    root, total = math.sqrt(large) - math.sqrt(m), math.sqrt(large) + math.sqrt(m)
    rate, beta = (2.0 / total) ** 2, (root / total) ** 2
    match rule.entry:
        case "sgd":
            return {"lr": 2.0 / (large + m)}
        case "momentum":
            share = 1.0 - values["dampening"]
            return {"lr": rate / share, "momentum": beta} if share > 0.0 else None
        case "heavy_ball":
            return {"lr": rate, "momentum": beta}
        case "momentum_ema":
            return {"lr": rate / (1.0 - beta), "beta": beta}
        case "nesterov":
            width = math.sqrt(3.0 * large / m + 1.0)
            return {"lr": 4.0 / (3.0 * large + m), "momentum": (width - 2.0) / (width + 2.0)}
    return None
