"""How results become shades and heights: by their logarithm, from the best that there is to where runs begin."""

import math
from dataclasses import dataclass

import numpy as np

from landscape.scene.search.scene import Floats, Shades
from landscape.scene.shades import logarithmic
from landscape.search.objectives import SurfaceRun
from landscape.search.truth import Truth
from landscape.session.search.document import Study

DEEPEST = 1e-18
"""Losses below this part of that at the start are all of the darkest colour."""
TYPICAL = 0.9
"""Of a network, this quantile is where the brightest colour begins."""


@dataclass(frozen=True, kw_only=True)
class Shading:
    """From results to the part of the colour scale; what is not under ``high`` has no shade."""

    low: float
    high: float
    lowest: float = 0.0
    """What is taken off the results first: the least of them where that is below 0."""
    worst: float = math.inf
    """Results from here on are none: a run that is not below its start."""
    log: bool = True

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Marks of the colour bar: shade, and what it stands for."""
        return logarithmic(np.empty(0), self.low, self.high)[1]

    def shades(self, results: Floats) -> Shades:
        """Return shades in [0, 1], NaN where there is no result."""
        good = np.isfinite(results) & (results < self.worst)
        shades, _ = logarithmic(np.where(good, results - self.lowest, np.nan), self.low, self.high)
        return shades

    def heights(self, results: Floats) -> Floats:
        """Return the same as heights in a chart."""
        known = np.where(np.isfinite(results), results - self.lowest, np.nan)
        first, last = math.log10(self.low), math.log10(max(self.high, self.low * 1.01))
        with np.errstate(all="ignore"):
            heights: Floats = (np.log10(np.maximum(known, self.low)) - first) / (last - first)
        return np.clip(heights, 0.0, 1.0)


def shading_of(study: Study, truth: Truth | None, seen: Floats) -> Shading:
    """Return how the results of a study are coloured: by the truth as far as it is known, and by what was seen."""
    known = np.concatenate((truth.results.reshape(-1) if truth is not None else np.empty(0), seen))
    known = known[np.isfinite(known)]
    if study.measure == "steps" and study.network is None:
        least = float(max(known.min(initial=float(study.steps)), 1.0))
        return Shading(low=least, high=float(max(study.steps, 2)))
    begin = _begin(study)
    known = known[known < begin]
    lowest = min(float(known.min(initial=0.0)), 0.0)
    above = known - lowest
    top = begin - lowest if math.isfinite(begin) else float(np.quantile(above, TYPICAL)) if len(above) else 1.0
    top = top if top > 0.0 else 1.0
    bottom = max(float(np.min(above[above > 0], initial=top)), top * DEEPEST)
    return Shading(low=min(bottom, top / 1.02), high=top, lowest=lowest, worst=begin)


def _begin(study: Study) -> float:
    """Return the loss at which the runs begin; infinite where that is not one number."""
    objective = study.objective
    if not isinstance(objective, SurfaceRun):
        return math.inf
    begin = float(objective.surface.value(*objective.start))
    return begin if math.isfinite(begin) else math.inf
