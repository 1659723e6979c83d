"""The two-dimensional functions of SciPy's benchmarks: searched, compared with what is published, and told as a table.

``python -m tests.geometry.critical.scipy_functions [NAME …]`` prints a line for each function, and the totals.
"""

import argparse
import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from landscape.catalogue.surfaces import Surface, surface
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.points import CriticalPoints
from tests.geometry.critical.independent import false_words

SECONDS = 20.0
_LATE = 1.1
"""So many times its seconds a search may take ..."""
BEGIN = 0.5
"""... and so many more of the processor, where there are few: derivatives are made, and compiled, in one go."""
_CLOSE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Function:
    """What is published of a function."""

    name: str
    surface: Surface
    minimizers: tuple[tuple[float, float], ...]
    value: float
    smooth: tuple[tuple[float, float], ...]
    """The minimizers, to double precision, where the function is smooth and its Hessian regular."""
    why: str
    """Why there are none."""
    samples: tuple[tuple[float, float, float], ...]
    """x, y and the value of the published code."""


@cache
def functions() -> Mapping[str, Function]:
    """Return every function by its name."""
    table = tomllib.loads((Path(__file__).parent / "scipy_functions.toml").read_text(encoding="utf-8"))
    return {
        name: Function(
            name=name,
            surface=surface(entry["formula"], domain=entry["domain"], data=entry.get("data")),
            minimizers=tuple(map(tuple, entry["minimizers"])),
            value=entry["value"],
            smooth=tuple(map(tuple, entry.get("smooth", ()))),
            why=entry.get("why", ""),
            samples=tuple(map(tuple, entry["samples"])),
        )
        for name, entry in table.items()
    }


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a search says of a function."""

    function: Function
    found: CriticalPoints
    seconds: float
    listed: bool
    """Whether every smooth published minimizer is a proven minimum."""
    wrong: tuple[str, ...]

    @property
    def solved(self) -> bool:
        """Whether the answer is complete, or has every published minimizer that it could have."""
        return self.found.complete or (bool(self.function.smooth) and self.listed)


def searched(function: Function, seconds: float = SECONDS, runs: int = 200) -> Outcome:
    """Search, and compare with what is published and with ``runs`` runs of Newton's method and of minimization."""
    begin, used = time.perf_counter(), time.process_time()
    found = critical_points(function.surface, seconds=seconds)
    took, used = time.perf_counter() - begin, time.process_time() - used
    missing = [place for place in function.smooth if not _is_told(found, place)]
    wrong = [
        f"the published minimum {place} is neither proven nor open" for place in missing if not _open(found, place)
    ]
    if used > _LATE * seconds + BEGIN:  # Of the processor: others may be at work, too
        wrong.append(f"it took {used:.1f} s")
    return Outcome(
        function=function, found=found, seconds=took, listed=not missing,
        wrong=(*wrong, *false_words(function.surface, found, runs)),
    )  # fmt: skip


def is_named(outcome: Outcome) -> bool:
    """Tell whether every published minimizer inside the domain is told as a minimum, proven or not: a point, a tip."""
    found = outcome.found
    tips = [tip for tip in found.kinks if not len(tip.lines)]
    minima = [(told.x, told.y) for told in (*found.points, *tips) if told.kind == "minimum"]
    size = np.array([x1 - x0 for x0, x1 in found.domain])
    inside = [place for place in outcome.function.minimizers if _inside(found, place)]
    near = [any((np.abs(np.subtract(one, place)) <= 1e-5 * size).all() for one in minima) for place in inside]
    return bool(near) and all(near)


def _inside(found: CriticalPoints, place: tuple[float, float]) -> bool:
    return all(low < at < high for at, (low, high) in zip(place, found.domain, strict=True))


def _is_told(found: CriticalPoints, place: tuple[float, float]) -> bool:
    size = np.array([x1 - x0 for x0, x1 in found.domain])
    minima = [(point.x, point.y) for point in found.of_kind("minimum") if point.proven]
    return any((np.abs(np.subtract(one, place)) <= _CLOSE * size).all() for one in minima)


def _open(found: CriticalPoints, place: tuple[float, float]) -> bool:
    x, y = place
    across, up = (1e-12 * (high - low) for low, high in found.domain)
    return any(
        left - across <= x <= right + across and low - up <= y <= top + up for left, right, low, top in found.open
    )


class Overdue(Exception):
    """A search goes on long after its time."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer."""

    def overdue(*_: object) -> None:
        raise Overdue

    before = signal.signal(signal.SIGALRM, overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    """Print the table; exit code 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.geometry.critical.scipy_functions", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them, where none is named")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--part", metavar="K/N", default="1/1", help="every Nth function, from the Kth on")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    first, step = map(int, options.part.split("/"))
    chosen = [functions()[name] for name in options.names or list(functions())[first - 1 :: step]]
    print(
        "| function | complete | points | smooth minima listed | open | seconds | index | regions |\n"
        + "|---" * 8
        + "|"
    )
    outcomes: list[Outcome] = []
    overdue = 0
    for function in chosen:
        try:
            with _limited(4 * options.seconds + 30):
                outcome = searched(function, options.seconds, options.runs)
        except Overdue:
            overdue += 1
            print(f"**{function.name}: not done after {4 * options.seconds + 30:g} s**", flush=True)
            continue
        outcomes.append(outcome)
        print(_row(outcome), flush=True)
        for sentence in outcome.wrong:
            print(f"**{function.name}: {sentence}**", flush=True)
    print("\n" + _totals(outcomes))
    return 1 if overdue or any(outcome.wrong for outcome in outcomes) else 0


def _row(outcome: Outcome) -> str:
    found, function = outcome.found, outcome.function
    listed = ("yes" if outcome.listed else "no") if function.smooth else f"– ({function.why})"
    cells = (
        function.name, "yes" if found.complete else "no", len(found.points), listed, f"{found.share:.2g}",
        f"{outcome.seconds:.2f}", f"{found.boundary_index}/{found.index_sum}",
        " ".join(sorted({region.kind for region in found.regions})) + (" exhausted" if found.exhausted else ""),
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def _totals(outcomes: list[Outcome]) -> str:
    smooth = [outcome for outcome in outcomes if outcome.function.smooth]
    seconds = np.array([outcome.seconds for outcome in outcomes])
    lines = (
        f"{len(outcomes)} functions",
        f"{sum(outcome.found.complete for outcome in outcomes)} complete",
        f"{sum(outcome.listed for outcome in smooth)} of {len(smooth)} with smooth minimizers have them all proven",
        f"{sum(outcome.solved for outcome in outcomes)} complete or with every published smooth minimizer proven",
        f"{sum(outcome.solved or is_named(outcome) for outcome in outcomes)} with those that name it unproven",
        f"{sum(outcome.solved or not outcome.function.smooth for outcome in outcomes)} with those that have none",
        f"{sum(len(outcome.wrong) for outcome in outcomes)} false words",
        f"seconds: median {np.median(seconds):.3f}, most {seconds.max():.2f}, together {seconds.sum():.0f}",
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
