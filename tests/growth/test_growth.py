"""What is opened and closed again and again leaves nothing behind: neither widgets nor other objects of Qt's."""

import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from landscape.session.files import open_session
from tests.growth.bounds import excess, repeated
from tests.growth.doings import DOINGS, show_pages, type_formula
from tests.soak.counts import Count
from tests.ui.conftest import Person

TIMES = 4
"""So often what was warmed before is done again ..."""
COUNTED = 8
"""... and so often where everything is counted; ``python -m tests.growth`` does it 50 times."""
FORMULAS = 24


def left() -> Counter[str]:
    """Return how many there are of every kind of object of Qt's, those that garbage still holds among them."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    # By the type: what isinstance asks of a weak proxy is the dead object's.
    known = (one for one in gc.get_objects() if issubclass(type(one), QObject) and isValid(one))
    return Counter(type(one).__name__ for one in known) + Counter(
        f"{type(one).__name__} seen by Qt" for one in QApplication.allWidgets()
    )


@pytest.mark.parametrize(
    "doing",
    [pytest.param(each, marks=pytest.mark.slow if each is show_pages else ()) for each in DOINGS],
    ids=lambda doing: doing.__name__,
)
def test_what_is_done_again_and_again_leaves_nothing_behind(
    open_window: Callable[..., Person], doing: Callable[[Person], None]
) -> None:
    """Without a search for garbage: what is closed goes by itself."""
    person = open_window(open_session("leaving-a-saddle"))
    for _ in range(2):
        doing(person)
    gc.collect()
    gc.disable()
    try:
        before = left()
        for _ in range(TIMES):
            doing(person)
        after = left()
    finally:
        gc.enable()
    more = {kind: count - before[kind] for kind, count in after.items() if count > before[kind]}
    assert not {kind: count for kind, count in more.items() if count >= TIMES}


@pytest.mark.slow
@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.__name__)
def test_nothing_that_can_be_counted_grows(open_window: Callable[..., Person], doing: Callable[[Person], None]) -> None:
    """Neither widgets and objects nor threads, timers, files and memory."""
    person = open_window(open_session("leaving-a-saddle"))
    times = FORMULAS if doing is type_formula else COUNTED
    assert not list(excess(*repeated(person, doing, times)))


def counts(**numbers: float) -> Count:
    return replace(Count(**dict.fromkeys(Count.__annotations__, 0)), **numbers)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {}, []),
        ({}, {"widgets": 1}, ["1 more widgets after 50 times"]),
        ({"objects": 700}, {"objects": 705}, ["5 more objects after 50 times"]),
        ({}, {"timers": 4, "threads": 4, "files": 4}, []),
        ({}, {"threads": 50}, ["50 more threads after 50 times"]),
        ({}, {"files": 50}, ["50 more files after 50 times"]),
        ({}, {"timers": 50}, ["50 more timers after 50 times"]),
        ({}, {"python": 50_000}, ["50000 more python after 50 times"]),
        ({"memory": 200.0}, {"memory": 219.0}, []),
        ({"memory": 200.0}, {"memory": 225.0}, ["25 more memory after 50 times"]),
        ({"memory": 200.0}, {"memory": 225.0, "answers": 20.0}, []),
    ],
)
def test_what_grows_is_told(before: dict[str, float], after: dict[str, float], told: list[str]) -> None:
    assert list(excess(counts(**before), counts(actions=50, **after))) == told
