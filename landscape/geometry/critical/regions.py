"""The open boxes of a search for critical points, in regions by what explains them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from landscape.geometry.critical.boxes import Box, area, intersection
from landscape.geometry.critical.limits import Ask, Spent, never
from landscape.geometry.critical.points import REGIONS, Region, RegionKind

_TOGETHER = 512
_LEAST = math.ulp(0.0)


def regions(labelled: Mapping[RegionKind, Iterable[Box]], domain: Box, ask: Ask = never) -> tuple[Region, ...]:
    """Return the regions that have boxes; a box with two labels keeps the last, which claims least.

    ``ask`` is only to let others work meanwhile: it cannot end this.
    """
    labels: dict[Box, RegionKind] = {}
    for kind in REGIONS:
        for box in _asking(labelled.get(kind, ()), ask):
            inside = intersection(box, domain)
            if inside is not None:
                labels[inside] = kind
    found: dict[RegionKind, list[Box]] = {}
    for box, kind in labels.items():
        found.setdefault(kind, []).append(box)
    return tuple(
        Region(kind=kind, boxes=tuple(found[kind]), share=_share(found[kind], domain))
        for kind in REGIONS
        if kind in found
    )


def _asking(boxes: Iterable[Box], ask: Ask) -> Iterator[Box]:
    for index, box in enumerate(boxes):
        if index % _TOGETHER == 0:
            with suppress(Spent):
                ask()
        yield box


def _share(boxes: list[Box], domain: Box) -> float:
    """Return the part of the domain that ``boxes`` cover, at the most; never 0, however small the last box is."""
    return min(1.0, max(sum(map(area, boxes)) / area(domain), _LEAST))
