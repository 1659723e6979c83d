"""Two things done in turn, and how their times compare."""

import ctypes
import gc
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).parent
FLAGS = (
    "-O3", "-march=native", "-fopenmp", "-fno-math-errno", "-fno-trapping-math", "-freciprocal-math",
    "-fno-signed-zeros", "-ffp-contract=fast",
)  # fmt: skip
"""All that the program's own kernels are allowed, too; ``-ffast-math`` would forget that there is infinity."""
PAUSE = 0.02
"""Seconds before a sample, in which the other side's idle threads stop waiting busily for more work."""


class Missing(Exception):
    """A comparator that is not installed; its name is the message."""


class Seconds(float):
    """What a side returns that has measured its time itself."""


Side: TypeAlias = Callable[[], object] | float
"""What is timed; or a number of seconds that it is held against."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    workload: str
    against: str
    prepare: Callable[[], tuple[Side, Side]]
    """Returns ours and theirs, ready to run; everything that is not to be measured is done here."""
    aim: float
    """Most that the time of ours may be of theirs: 1.05, or 1/5000."""
    repeats: int = 7
    sample: float = 0.01
    """Seconds that a sample of something short takes, after as long to warm up; it is repeated as often as needed.
    Work for several threads needs longer: a core that has slept takes some calls to be awake."""


def measure(row: Row) -> tuple[float, float]:
    """Return the median seconds of ours and theirs, measured in turn."""
    ours, theirs = (_Timer(side, row.sample) for side in row.prepare())
    pairs = [(ours.sample(), theirs.sample()) for _ in range(row.repeats)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


class _Timer:
    """Times one side; the first runs warm it up and tell how often it fits into a sample."""

    def __init__(self, side: Side, seconds: float) -> None:
        self.side = side
        self.number = 1
        self.sample()
        self.number = max(1, round(seconds / max(self.sample(), 1e-7)))

    def sample(self) -> float:
        if isinstance(self.side, float):
            return self.side
        time.sleep(PAUSE)
        gc.disable()  # As timeit does: the search for garbage takes the longer, the more libraries are loaded
        for number in (self.number, self.number) if self.number > 1 else (1,):
            begin = time.perf_counter()
            for _ in range(number):
                result = self.side()
            spent = (time.perf_counter() - begin) / number
        gc.enable()
        return float(result) if isinstance(result, Seconds) else spent


def need(*modules: str) -> None:
    """Raise :class:`Missing` unless all these modules are installed."""
    for name in modules:
        if find_spec(name) is None:
            raise Missing(name)


@cache
def compiled(name: str) -> ctypes.CDLL:
    """Return ``name``.c of this folder, compiled for this machine."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise Missing("gcc")
    target = Path(tempfile.mkdtemp()) / f"{name}.so"
    command = [compiler, *FLAGS, "-shared", "-fPIC", "-o", str(target), str(HERE / f"{name}.c"), "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(target))


def line(row: Row, ours: float, theirs: float) -> str:
    """Return the row of the table."""
    ratio = ours / theirs
    met = "yes" if ratio <= row.aim else "**no**"
    cells = (row.workload, row.against, _time(ours), _time(theirs), _ratio(ratio), f"≤ {_ratio(row.aim)}", met)
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1.0:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio > 0.2 else f"1/{1 / ratio:,.0f}" if ratio < 0.02 else f"1/{1 / ratio:.1f}"
