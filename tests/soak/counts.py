"""What there is in the process, counted from time to time, and whether it has grown."""

import gc
import statistics
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from landscape.scene.answers import Answers
from tests.ui.test_storm import resident

MOST = 20.0
"""Megabytes that may come after the warm-up."""
FEWEST = 10
"""Counts after the warm-up that growth can be told from."""
WARM = 20
"""Times that every kind of action must have been done before the beginning, beside a quarter of the whole run."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """What there was at one time."""

    actions: int
    seconds: float
    memory: float
    """Resident, in megabytes."""
    answers: float
    """Of it the kept answers."""
    widgets: int
    objects: int
    """Of Qt, in all windows."""
    python: int
    """Objects that Python's garbage collector follows."""
    timers: int
    """Active ones."""
    threads: int
    files: int
    warm: bool
    """Whether the warm-up is over."""

    @property
    def beside_answers(self) -> float:
        """Megabytes of memory that are not the kept answers."""
        return self.memory - self.answers


def count(actions: int, begin: float, answers: Answers, *, warm: bool) -> Count:
    """Count what there is now."""
    tops = QApplication.topLevelWidgets()
    objects = [found for top in tops if top.parent() is None for found in (top, *top.findChildren(QObject))]
    return Count(
        actions=actions,
        seconds=time.monotonic() - begin,
        memory=resident() / 2**20,
        answers=answers.bytes / 2**20,
        widgets=len(QApplication.allWidgets()),
        objects=len(objects),
        python=len(gc.get_objects()),
        timers=sum(isinstance(each, QTimer) and each.isActive() for each in objects),
        threads=max(threading.active_count(), len(list(Path("/proc/self/task").iterdir()))),
        files=len(list(Path("/proc/self/fd").iterdir())),
        warm=warm,
    )


def types() -> Counter[str]:
    """Return how many Python objects there are of each type."""
    return Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())


def heading() -> str:
    """Return the first lines of the table."""
    names = [each.name for each in fields(Count)]
    return f"| {' | '.join(names)} |\n{'|---' * len(names)}|"


def line(found: Count) -> str:
    """Return a line of the table."""
    values = (getattr(found, each.name) for each in fields(Count))
    return f"| {' | '.join(f'{value:.1f}' if isinstance(value, float) else str(value) for value in values)} |"


def growth(counts: Sequence[Count], name: str = "beside_answers") -> float | None:
    """Return by how much something has grown since the warm-up, along a line through all counts.

    The line rises by the median of what it rises by between every two counts (Theil, Sen). Memory is that beside the
    kept answers, which are bounded by themselves, and few in a window that was just opened. From one count to the next
    the rest goes up and down by as much as may come in all: by how large pictures are as panels were dragged, and by
    what is kept of the last searches. None: there are too few counts.
    """
    warm = [(each.actions, float(getattr(each, name))) for each in counts if each.warm]
    if len(warm) < FEWEST:
        return None
    rises = [(later[1] - one[1]) / (later[0] - one[0]) for one, later in combinations(warm, 2) if later[0] > one[0]]
    return statistics.median(rises) * (warm[-1][0] - warm[0][0])
