"""What subdivision cannot decide in time: on valleys and lines of kinks it would cut boxes for ever (cluster effect).

Nothing is decided here: what is taken out of a search stays open, with a guess at what explains it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as made_of

from landscape.formula.kinks import SMOOTH
from landscape.geometry.critical.boxes import Box, clusters, extent, hull
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.valleys import Tracer

SMALL = 1 / 200
"""Undecided boxes of this part of the domain are looked at."""
_ROUGH_LINE = 16
"""So many small boxes that meet a kink, or more, are a line of it ..."""
_LONG = 8
"""... if together they are so many times as long as one."""
_HEAP = 2.0**-24
"""What is not, is cut until it is of this part of the domain."""
_CROWD = 20_000
"""So many tiny boxes in a heap will not be decided."""
_TINY = 2.0**-12
_TOGETHER = 1024
"""Boxes between two questions whether to go on."""
_SEED_BOXES = 6
_TRIES = 4


@dataclass(kw_only=True)
class Undecided:
    """Takes boxes out of a search that it would not decide in time, and remembers why."""

    enclosure: Enclosure
    domain: Box
    tracer: Tracer
    crowd: int = _CROWD
    rough: list[Box] = made_of(default_factory=list)
    """On lines along which the formula is not smooth."""
    heaps: list[list[Box]] = made_of(default_factory=list)
    """Around places where it is not smooth."""
    covered: list[Box] = made_of(default_factory=list)
    """On and beside curves of critical points."""
    crowded: list[Box] = made_of(default_factory=list)

    def take_from(self, search: Subdivision) -> None:
        """Take what is small and not worth cutting out of the open boxes of ``search``.

        Where it is ended by ``Spent``, they are still all there: what was taken until then is in both.
        """
        small, kept = self._split(search.open, lambda box: extent(box, self.domain) <= SMALL)
        smooth, rough = self._split(small, lambda box: self.enclosure.roughness(*balls(box)) == SMOOTH)
        for group in clusters(rough, self.domain, self.enclosure.ask):
            size = extent(hull(group), self.domain)
            is_line = size >= _LONG * max(extent(box, self.domain) for box in group)
            if len(group) < _ROUGH_LINE or (not is_line and size > _HEAP and len(group) < self.crowd):
                kept += group
            elif size <= _TINY:
                self.heaps.append(group)
            else:
                self.rough += group
        smooth = self._without_covered(smooth)
        for group in clusters(smooth, self.domain, self.enclosure.ask):
            if len(group) >= _SEED_BOXES:
                group = self._traced(group)
            tiny = bool(group) and max(extent(box, self.domain) for box in group) < _TINY
            (self.crowded if tiny and len(group) > self.crowd else kept).extend(group)
        search.open = kept

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
