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
    - heavy ball, ``b = βb + (1 - τ)g``: 2(1 + β)/((1 - τ)L) (Polyak 1964; Goh 2017);
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
            share = 1.0 - values["dampening"]
            return 2.0 * (1.0 + values["momentum"]) / share if share > 0.0 else None
        case "nesterov":
            return 2.0 * (1.0 + values["momentum"]) / (1.0 + 2.0 * values["momentum"])
        case "momentum_ema":
            return 2.0 * (1.0 + values["beta"]) / (1.0 - values["beta"])
    return None
