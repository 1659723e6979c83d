"""Doing something again and again, and whether more is left of it than the bounds allow."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import fields

from PySide6.QtCore import QCoreApplication, QEvent

from landscape.ui.heap import return_memory
from tests.gaps.operation import rest
from tests.soak.counts import MOST, Count, count
from tests.ui.conftest import Person

WARM = 3
"""So often everything is done at least before it counts: pages are made, pools of threads and caches are filled ..."""
SHARE = 4
"""... and where it is done often, this part of all times: so many formulas are kept."""
KEPT_ANSWERS = 32 * 2**20
"""Bytes of the kept answers, so few that they are there when the warm-up is over."""
SPARE = 4
"""So many threads, timers and files may be more: what is at work at the one time and not at the other."""
LANE = 3
"""So many objects has a kind of question of its own from the first time on that a busy machine lets it wait."""
KEPT = 250
"""So many objects of Python may be kept each time: what undo goes back to, and what caches have not yet let go."""


def repeated(person: Person, doing: Callable[[Person], None], times: int) -> tuple[Count, Count]:
    """Do something so many times, and return what there was before and afterwards."""
    person.window.answers.capacity_bytes = KEPT_ANSWERS
    begin, warm = time.monotonic(), max(WARM, times // SHARE)
    for _ in range(warm):
        doing(person)
    before = counted(person, warm, begin)
    for _ in range(times):
        doing(person)
    return before, counted(person, warm + times, begin)


def counted(person: Person, actions: int, begin: float) -> Count:
    """Count what there is when nothing is on its way; what is free in the heap is as good as gone."""
    person.settle()
    rest(person, None)
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    gc.collect()
    return_memory()
    return count(actions, begin, person.window.answers, warm=True)


def more(before: Count, after: Count) -> dict[str, float]:
    """Return by how much everything has grown; memory without the kept answers, which have a bound of their own."""
    grown = {each.name: getattr(after, each.name) - getattr(before, each.name) for each in fields(Count)}
    grown["memory"] -= grown["answers"]
    return {name: grown[name] for name in ("widgets", "objects", "python", "threads", "timers", "files", "memory")}


def excess(before: Count, after: Count) -> Iterator[str]:
    """Yield what has grown by more than it may."""
    times = after.actions - before.actions
    most = {"widgets": 0, "objects": LANE, "python": KEPT * times, "memory": MOST}
    for name, grown in more(before, after).items():
        if grown > most.get(name, SPARE):
            yield f"{grown:g} more {name} after {times} times"
