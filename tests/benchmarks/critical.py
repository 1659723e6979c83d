"""The proof of all critical points of the catalogue's smooth surfaces, against what a person does not wait for."""

import statistics
import time
from collections.abc import Callable

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.geometry.critical import critical_points
from tests.benchmarks.harness import Row, Seconds, Side

VAST = ("levy13", "schaffer")
"""Thousands of points, and hundreds of nearly level valleys: not for a frame."""
SMOOTH = [name for name, entry in surface_entries().items() if entry.smooth and name not in VAST]


def times() -> list[float]:
    """Return the seconds of one proof of each smooth surface."""
    spent = []
    for name in SMOOTH:
        given = surface(name)
        begin = time.perf_counter()
        critical_points(given)
        spent.append(time.perf_counter() - begin)
    return spent


def _all(summary: Callable[[list[float]], float], seconds: float) -> Callable[[], tuple[Side, Side]]:
    return lambda: (lambda: Seconds(summary(times())), seconds)


def _one(name: str, seconds: float) -> Callable[[], tuple[Side, Side]]:
    return lambda: (lambda: critical_points(surface(name)), seconds)


ROWS = [
    Row(
        workload=f"proof of all critical points, median of {len(SMOOTH)} smooth surfaces",
        against="30 ms",
        prepare=_all(statistics.median, 0.03),
        aim=1.0,
        repeats=3,
    ),
    Row(
        workload=f"proof of all critical points, slowest of {len(SMOOTH)} smooth surfaces",
        against="1 s",
        prepare=_all(max, 1.0),
        aim=1.0,
        repeats=3,
    ),
    Row(
        workload="proof of the 3,653 critical points of Lévy 13",
        against="5 s",
        prepare=_one("levy13", 5.0),
        aim=1.0,
        repeats=1,
    ),
]
