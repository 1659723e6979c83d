"""Numerical probing around a point where a formula is not smooth: jump, kink or bend, and whether it is an extremum."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.limits import Ask
from landscape.geometry.critical.points import Break
from landscape.geometry.curvature import Pair

_RADIUS, _CLOSER = 1e-6, 1e-12
"""Of the circles, in parts of the domain."""
_DIRECTIONS = 16
_JUMP = 1e-9
"""A difference on the circle of this part of that on the domain may be a jump ..."""
_STAYS = 0.7
"""... and is one if so much of it is left on the closer circle."""
_BEND = 0.02
"""A difference of slopes on the circle of this part of a typical slope is a kink."""
_NOISE = 1e-11
"""A value of this part of the difference on the domain is rounding: of the place, to begin with."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """Compares values and slopes on a tiny circle around a point, in floating point."""

    surface: Surface
    domain: Box
    typical: float
    """Length of an ordinary gradient on the domain."""
    ask: Ask

    def value(self, x: float, y: float) -> float:
        """Return the value, 0 where it is no more than rounding."""
        value = float(self.surface.value(x, y))
        return 0.0 if abs(value) < _NOISE * self.range else value

    def breaks(self, points: Iterable[Pair]) -> Break:
        """Tell what is missing at some of the points."""
        worst: Break = "curvature"
        for x, y in points:
            self.ask()
            around = self._circle(x, y)
            values = self.surface.value(*around)
            difference = _spread(values)
            closer = _spread(self.surface.value(*self._circle(x, y, _CLOSER)))
            here = self.surface.value(x, y)
            if closer > max(_STAYS * difference, _JUMP * self.range) or not np.isfinite(values).any():
                return "value"
            if np.isinf(here):
                return "value"
            if np.isnan(here):
                worst = "gap"
                continue
            slopes = self.surface.gradient(*around)
            slopes = slopes[:, np.isfinite(slopes).all(axis=0)]
            bend = np.hypot(*np.ptp(slopes, axis=1)) if slopes.size else np.inf
            if worst != "gap" and (np.isnan(values).any() or bend > _BEND * self.typical):
                worst = "slope"
        return worst

    def _circle(self, x: float, y: float, radius: float = _RADIUS) -> NDArray[np.float64]:
        """Return points around one, shape (2, n)."""
        x0, x1, y0, y1 = self.domain
        turns = 2 * np.pi * (np.arange(_DIRECTIONS) + 0.3) / _DIRECTIONS
        return np.array([x + radius * (x1 - x0) * np.cos(turns), y + radius * (y1 - y0) * np.sin(turns)])

    @cached_property
    def range(self) -> float:
        """Difference of the lowest and the highest ordinary value on the domain; 1 where there is none."""
        x0, x1, y0, y1 = self.domain
        side = max(4, min(20, int((100_000 / max(1, self.surface.rows)) ** 0.5)))
        values = self.surface.value(*np.meshgrid(np.linspace(x0, x1, side), np.linspace(y0, y1, side)))
        values = values[np.isfinite(values)]
        spread = float(np.subtract(*np.quantile(values, (0.98, 0.02)))) if values.size else 0.0
        return spread or 1.0


def _spread(values: NDArray[np.float64]) -> float:
    """Return the difference of the largest and the smallest finite value; 0 where there is none."""
    finite = values[np.isfinite(values)]
    return float(np.ptp(finite)) if finite.size else 0.0
