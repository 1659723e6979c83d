"""Flat regions: where a formula is exactly constant."""

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.boxes import Box, clusters, hull
from landscape.geometry.critical.limits import Ask
from landscape.geometry.critical.points import Flat


def flats(surface: Surface, level: list[Box], domain: Box, ask: Ask) -> tuple[Flat, ...]:
    """Return the regions that the boxes ``level``, whose gradient is zero, make up, by the rectangles around them."""
    found = []
    for group in clusters(level, domain, ask):
        x0, x1, y0, y1 = hull(group)
        a, b, c, d = sorted(group)[len(group) // 2]
        value = float(surface.value((a + b) / 2, (c + d) / 2))
        found.append(Flat(x=(x0, x1), y=(y0, y1), value=value))
    return tuple(sorted(found, key=lambda flat: (flat.value, flat.x, flat.y)))
