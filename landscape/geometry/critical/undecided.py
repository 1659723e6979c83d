"""What subdivision cannot decide: on valleys, kinks and flat regions it would cut boxes for ever (cluster effect)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as made_of

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.formula.kinks import JUMP, SMOOTH
from landscape.geometry.critical.boxes import Box, clusters, extent
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.slopes import NEGLIGIBLE, sampled_gradient
from landscape.geometry.critical.subdivision import SLENDER, Subdivision
from landscape.geometry.critical.valleys import Tracer

SMALL = 1 / 200
"""Undecided boxes of this part of the domain are looked at."""
_FLAT = 1 / 32
"""The same for flat ones."""
_FLAT_LEAST = 2.0**-10
"""Smaller than this, a place with hardly any slope is a degenerate point; much narrower, it is on a curve."""
_ROUGH_LINE = 16
"""So many small boxes in a row that meet a kink are a line of it."""
_CROWD = 600
"""So many tiny boxes in a heap will not be decided."""
_TINY = 2.0**-12
_TOGETHER = 1024
"""Boxes whose slopes are sampled at once: NumPy lets no other thread work meanwhile, and a frame is short."""
_SEED_BOXES = 6
_TRIES = 4


@dataclass(kw_only=True)
class Undecided:
    """Takes boxes out of a search that it would not decide in time, and remembers what they are."""

    surface: Surface
    enclosure: Enclosure
    domain: Box
    tracer: Tracer
    steepest: float
    """Length of the largest gradient seen on the domain."""
    rough: list[Box] = made_of(default_factory=list)
    """On lines along which the formula is not smooth."""
    flat: list[Box] = made_of(default_factory=list)
    covered: list[Box] = made_of(default_factory=list)
    """On and beside curves of critical points."""
    crowded: list[Box] = made_of(default_factory=list)

    def take_from(self, search: Subdivision) -> None:
        """Take what is small and not worth cutting out of the open boxes of ``search``.

        Where it is ended by ``Spent``, they are still all there: what was taken until then counts twice.
        """
        candidates, kept = self._split(search.open, lambda box: extent(box, self.domain) <= _FLAT)
        candidates = self._without_flat(candidates)
        small, large = self._split(candidates, lambda box: extent(box, self.domain) <= SMALL)
        kept += large
        smooth, rough = self._split(small, lambda box: self.enclosure.roughness(*balls(box)) == SMOOTH)
        for group in clusters(rough, self.domain, self.enclosure.ask):
            (self.rough if len(group) >= _ROUGH_LINE else kept).extend(group)
        smooth = self._without_covered(smooth)
        for group in clusters(smooth, self.domain, self.enclosure.ask):
            if len(group) >= _SEED_BOXES:
                group = self._traced(group)
            tiny = bool(group) and max(extent(box, self.domain) for box in group) < _TINY
            (self.crowded if tiny and len(group) > _CROWD else kept).extend(group)
        search.open = kept

    def _without_flat(self, boxes: list[Box]) -> list[Box]:
        level: set[Box] = set()
        for start in range(0, len(boxes), _TOGETHER):
            part = boxes[start : start + _TOGETHER]
            x0, x1, y0, y1 = np.array(part).T
            middles = (x0 + x1) / 2, (y0 + y1) / 2
            slopes = np.abs(sampled_gradient(self.surface, *middles, self.enclosure.ask)).max(axis=0)
            level.update(box for box, slope in zip(part, slopes, strict=True) if not slope > self._least_slope)
        steep, flat = self._split(boxes, lambda box: not (box in level and self._is_flat(box)))
        self.flat.extend(flat)
        return steep

    @property
    def _least_slope(self) -> float:
        return NEGLIGIBLE * self.steepest

    def _is_flat(self, box: Box) -> bool:
        x0, x1, y0, y1 = self.domain
        least = min((box[1] - box[0]) / (x1 - x0), (box[3] - box[2]) / (y1 - y0))
        if least < _FLAT_LEAST / SLENDER or self.enclosure.roughness(*balls(box)) == JUMP:
            return False
        return all(float(part.abs_upper()) <= self._least_slope for part in self.enclosure.gradient(*balls(box)))

    def _without_covered(self, boxes: list[Box]) -> list[Box]:
        free, covered = self._split(boxes, lambda box: not self.tracer.covers(box))
        self.covered.extend(covered)
        return free

    def _traced(self, group: list[Box]) -> list[Box]:
        """Look for curves through ``group``; return the boxes that are on none."""
        tries = 0
        while group and tries < _TRIES:
            box = group[(tries * 7919) % len(group)]
            if self.tracer.trace(((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)):
                group = self._without_covered(group)
                tries = 0
            else:
                tries += 1
        return group

    def _split(self, boxes: Iterable[Box], test: Callable[[Box], bool]) -> tuple[list[Box], list[Box]]:
        """Return the boxes that pass the test, and the others."""
        passed: list[Box] = []
        failed: list[Box] = []
        for index, box in enumerate(boxes):
            if index % _TOGETHER == 0:
                self.enclosure.ask()
            (passed if test(box) else failed).append(box)
        return passed, failed
