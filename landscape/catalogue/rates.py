"""Which learning rate to begin with: a good one for this surface and this kind of optimizer."""

import math
from functools import lru_cache

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, optimizer_entries
from landscape.catalogue.surfaces import Surface, surface_entries

_BY_CURVATURE = {"gradient": 0.4, "momentum": 0.1}
"""Rate times the curvature of the surface, for families whose step is proportional to the gradient."""
_BY_WIDTH = {"adaptive": 0.015, "sign": 0.005, "accumulating": 0.03}
"""Rate over the width of the domain, for families whose step has about the length of the rate."""
_ADADELTA = 10.0
"""AdaDelta chooses its own steps, very small at first; this factor makes them visible."""
_GRID = 13


def default_rate(surface: Surface, rule: UpdateRule) -> float:
    """Return the learning rate with which ``rule`` shows something on ``surface`` at the first play.

    For a surface of the catalogue it is that of its entry, for this very optimizer or else for its family. For one
    that was typed it is estimated: from the curvature where the step is proportional to the gradient, from the
    width of the domain where it is not. A rule that was typed counts as plain gradient descent.
    """
    optimizer = optimizer_entries().get(rule.entry)
    family = optimizer.family if optimizer else "gradient"
    entry = surface_entries().get(surface.entry)
    if entry is not None:
        return entry.rates.get(rule.entry, entry.rates.get(family, rule.lr))
    if family in _BY_CURVATURE:
        return _round(_BY_CURVATURE[family] / _curvature(surface))
    if family in _BY_WIDTH:
        return _round(_BY_WIDTH[family] * min(high - low for low, high in surface.domain))
    return _ADADELTA if family == "adadelta" else rule.lr


@lru_cache(maxsize=64)
def _curvature(surface: Surface) -> float:
    """Return a typical curvature: the median of the Hessian's norm over the domain; 1 where there is none."""
    x, y = (np.linspace(low, high, _GRID) for low, high in surface.domain)
    hessian = surface.hessian(*np.meshgrid(x, y))
    with np.errstate(all="ignore"):
        norms = np.sqrt(np.sum(hessian**2, axis=(0, 1)))
    finite = norms[np.isfinite(norms) & (norms > 0)]
    return float(np.median(finite)) if finite.size else 1.0


def _round(rate: float) -> float:
    """Return the greatest of 1, 2 and 5 times a power of ten that is not above ``rate``; between 1e-6 and 10."""
    rate = min(max(rate, 1e-6), 10.0)
    power = 10.0 ** math.floor(math.log10(rate))
    return max(factor * power for factor in (1.0, 2.0, 5.0) if factor * power <= rate * (1 + 1e-9))
