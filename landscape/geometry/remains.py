"""What subdivision cannot decide, sorted while it goes on: curves, kinks and flat regions would be cut for ever."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as made_of

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.formula.kinks import JUMP, SMOOTH
from landscape.geometry.certificate import SLENDER, Search
from landscape.geometry.field import Box, Field, balls, sampled_gradient
from landscape.geometry.valleys import Tracer

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
_LEAST = 2.0**-40
NEGLIGIBLE = 1e-15
"""A gradient of this part of the largest one is numerically zero."""
_VALUES = 100_000
_TOGETHER = 1024
"""Boxes whose slopes are sampled at once: NumPy lets no other thread work meanwhile, and a frame is short."""
_SEED_BOXES = 6
_TRIES = 4


@dataclass(kw_only=True)
class Remains:
    """Takes boxes out of a search that it would not decide in time, and remembers what they are."""

    surface: Surface
    field: Field
    domain: Box
    tracer: Tracer
    steepest: float
    """Length of the largest gradient seen on the domain."""
    rough: list[Box] = made_of(default_factory=list)
    """On lines along which the formula is not smooth."""
    flat: list[Box] = made_of(default_factory=list)
    beside: list[Box] = made_of(default_factory=list)
    """On and beside curves of critical points."""
    crowded: list[Box] = made_of(default_factory=list)

    def sort_out(self, search: Search) -> None:
        """Take what is small and not worth cutting out of the open boxes of ``search``."""
        candidates, kept = _split(search.open, lambda box: self._extent(box) <= _FLAT)
        candidates = self._without_flat(candidates)
        small, large = _split(candidates, lambda box: self._extent(box) <= SMALL)
        kept += large
        smooth, rough = _split(small, lambda box: self.field.roughness(*balls(box)) == SMOOTH)
        for group in clusters(rough, self.domain):
            (self.rough if len(group) >= _ROUGH_LINE else kept).extend(group)
        smooth = self._without_covered(smooth)
        for group in clusters(smooth, self.domain):
            if len(group) >= _SEED_BOXES:
                group = self._traced(search, group)
            tiny = bool(group) and max(map(self._extent, group)) < _TINY
            (self.crowded if tiny and len(group) > _CROWD else kept).extend(group)
        search.open = kept

    def _extent(self, box: Box) -> float:
        """Return the longer side in parts of the domain."""
        x0, x1, y0, y1 = self.domain
        return max((box[1] - box[0]) / (x1 - x0), (box[3] - box[2]) / (y1 - y0))

    def _without_flat(self, boxes: list[Box]) -> list[Box]:
        level: set[Box] = set()
        for start in range(0, len(boxes), _TOGETHER):
            part = boxes[start : start + _TOGETHER]
            x0, x1, y0, y1 = np.array(part).T
            slopes = np.abs(sampled_gradient(self.surface, (x0 + x1) / 2, (y0 + y1) / 2)).max(axis=0)
            level.update(box for box, slope in zip(part, slopes, strict=True) if not slope > self._least_slope)
        steep, flat = _split(boxes, lambda box: not (box in level and self._is_flat(box)))
        self.flat.extend(flat)
        return steep

    @property
    def _least_slope(self) -> float:
        return NEGLIGIBLE * self.steepest

    def _is_flat(self, box: Box) -> bool:
        x0, x1, y0, y1 = self.domain
        least = min((box[1] - box[0]) / (x1 - x0), (box[3] - box[2]) / (y1 - y0))
        if least < _FLAT_LEAST / SLENDER or self.field.roughness(*balls(box)) == JUMP:
            return False
        return all(float(part.abs_upper()) <= self._least_slope for part in self.field.gradient(*balls(box)))

    def _without_covered(self, boxes: list[Box]) -> list[Box]:
        free, covered = _split(boxes, lambda box: not self.tracer.covers(box))
        self.beside.extend(covered)
        return free

    def _traced(self, search: Search, group: list[Box]) -> list[Box]:
        """Look for curves through ``group``; return the boxes that are on none."""
        tries = 0
        while group and tries < _TRIES and not search.is_spent():
            box = group[(tries * 7919) % len(group)]
            if self.tracer.trace(((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)):
                group = self._without_covered(group)
                tries = 0
            else:
                tries += 1
        return group


def _split(boxes: Iterable[Box], test: Callable[[Box], bool]) -> tuple[list[Box], list[Box]]:
    """Return the boxes that pass the test, and the others."""
    passed: list[Box] = []
    failed: list[Box] = []
    for box in boxes:
        (passed if test(box) else failed).append(box)
    return passed, failed


def clusters(boxes: list[Box], domain: Box) -> list[list[Box]]:
    """Return the boxes in groups that touch, or nearly so."""
    if not boxes:
        return []
    x0, x1, y0, y1 = domain
    part = max(_LEAST, *(max((b[1] - b[0]) / (x1 - x0), (b[3] - b[2]) / (y1 - y0)) for b in boxes))
    width, height = part * (x1 - x0), part * (y1 - y0)
    cells: dict[tuple[int, int], list[Box]] = {}
    for box in boxes:
        cell = math.floor((box[0] - x0) / width + 0.5), math.floor((box[2] - y0) / height + 0.5)
        cells.setdefault(cell, []).append(box)
    groups: list[list[Box]] = []
    while cells:
        stack, group = [next(iter(cells))], []
        group.extend(cells.pop(stack[0]))
        while stack:
            i, j = stack.pop()
            for k in range(9):
                near = (i + k // 3 - 1, j + k % 3 - 1)
                if near in cells:
                    group.extend(cells.pop(near))
                    stack.append(near)
        groups.append(group)
    return groups


def bounds(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around ``boxes``."""
    x0, x1, y0, y1 = zip(*boxes, strict=True)
    return min(x0), max(x1), min(y0), max(y1)


def slopes(surface: Surface, domain: Box) -> tuple[float, float]:
    """Return the median and the largest length of the gradient on a grid; 1 and 1 where there is no slope."""
    side = max(6, min(42, int((_VALUES / max(1, surface.rows)) ** 0.5)))
    x, y = np.meshgrid(np.linspace(domain[0], domain[1], side)[1:-1], np.linspace(domain[2], domain[3], side)[1:-1])
    lengths = np.hypot(*sampled_gradient(surface, x.ravel(), y.ravel()))
    lengths = lengths[np.isfinite(lengths) & (lengths > 0)]
    return (float(np.median(lengths)), float(lengths.max())) if lengths.size else (1.0, 1.0)
