"""Garbage collection: only in the window's thread, and only while its event loop runs."""

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from landscape.ui import garbage
from landscape.ui.garbage import Search, collected_here
from tests.ui.test_storm import resident

ROUNDS = 400
"""More than Python's thresholds let pass before what is old is searched: 10 of 10."""


class Cycle:
    """Garbage that only a search finds, and that knows in which thread it went."""

    def __init__(self, ended_in: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: ended_in.append(threading.get_ident()))


@pytest.fixture
def parent(qapp) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


@pytest.fixture
def loaded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "LOADED", 0)
    monkeypatch.setattr(garbage, "QUIET", 0)
    monkeypatch.setattr(garbage, "ALONE", 0)


def make_garbage(ended_in: list[int], count: int = 5_000) -> None:
    for _ in range(count):
        Cycle(ended_in)


def make_garbage_until(qtbot, done: Callable[[], bool]) -> None:
    """Go on as long as a search of what is old may be waited for."""
    for _ in range(ROUNDS):
        if done():
            return
        make_garbage([])
        qtbot.wait(2 * garbage.TICK)


@pytest.mark.usefixtures("loaded_at_once")
def test_what_a_job_leaves_is_collected_in_the_thread_of_the_window(qtbot, parent: QObject) -> None:
    ended_in: list[int] = []
    with collected_here(parent):
        qtbot.wait(2 * garbage.TICK)
        worker = threading.Thread(target=make_garbage, args=(ended_in,))
        worker.start()
        worker.join()
        assert not ended_in
        qtbot.waitUntil(lambda: len(ended_in) == 5_000, timeout=10_000)
    assert set(ended_in) == {threading.get_ident()}


@pytest.mark.usefixtures("loaded_at_once")
def test_what_has_become_old_is_collected_too(qtbot, parent: QObject) -> None:
    ended_in: list[int] = []
    with collected_here(parent):
        qtbot.wait(2 * garbage.TICK)
        kept = [Cycle(ended_in) for _ in range(100)]
        gc.collect(0)
        gc.collect(1)
        kept.clear()
        make_garbage_until(qtbot, lambda: len(ended_in) == 100)
    assert len(ended_in) == 100


@pytest.mark.usefixtures("loaded_at_once")
def test_no_frame_is_left_out_for_it_while_something_happens(
    qtbot, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended_in: list[int] = []
    monkeypatch.setattr(garbage, "QUIET", 1000)
    monkeypatch.setattr(garbage, "ALONE", 1000)
    with collected_here(parent, time.monotonic):
        qtbot.wait(2 * garbage.TICK)
        kept = [Cycle(ended_in) for _ in range(100)]
        gc.collect(0)
        gc.collect(1)
        kept.clear()
        for _ in range(30):
            make_garbage([])
            qtbot.wait(garbage.TICK)
    assert not ended_in


def test_a_search_in_the_midst_of_something_goes_through_what_is_new_only(
    qtbot, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "LOADED", 10**6)
    monkeypatch.setattr(garbage, "MOST", 0)
    with collected_here(parent, time.monotonic):
        kept = [[number] for number in range(50_000)]
        qtbot.waitUntil(lambda: len(gc.get_objects()) < 50_000, timeout=10_000)
        assert len(kept) == 50_000


@pytest.mark.usefixtures("loaded_at_once")
def test_what_becomes_garbage_among_what_was_found_to_stay_is_collected_when_nobody_is_there(
    qtbot, parent: QObject
) -> None:
    ended_in: list[int] = []
    with collected_here(parent):
        kept = [Cycle(ended_in) for _ in range(100)]
        gc.freeze()
        kept.clear()
        make_garbage_until(qtbot, lambda: len(ended_in) == 100)
    assert len(ended_in) == 100


@pytest.mark.usefixtures("loaded_at_once")
def test_what_was_loaded_is_not_gone_through_again_when_it_is_only_quiet(
    qtbot, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "ALONE", 10**6)
    ended_in: list[int] = []
    with collected_here(parent):
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
        loaded = gc.get_freeze_count()
        kept = [Cycle(ended_in) for _ in range(100)]
        gc.collect(1)
        kept.clear()
        made = [0]

        def collected() -> bool:
            made[0] += 1
            make_garbage([])
            return len(ended_in) == 100 or made[0] > ROUNDS

        qtbot.waitUntil(collected, timeout=60_000)
        assert gc.get_freeze_count() > loaded / 2
    assert len(ended_in) == 100


@pytest.mark.parametrize("enabled", [True, False])
def test_afterwards_the_process_collects_as_before(qtbot, parent: QObject, enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        with collected_here(parent):
            qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=2 * garbage.LOADED)
            assert not gc.isenabled()
        assert gc.isenabled() == enabled
        assert gc.get_freeze_count() == 0
    finally:
        gc.enable()


@pytest.mark.usefixtures("loaded_at_once")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")
def test_memory_that_is_free_goes_back_to_the_system_once_nothing_happens(qtbot, parent: QObject) -> None:
    blocks = [b"x" * 60_000 for _ in range(4_000)]
    # What stays is in between, so that it does not go by itself.
    del blocks[::2]
    before = resident()
    with collected_here(parent):
        qtbot.waitUntil(lambda: resident() < before - 60 * 2**20, timeout=10_000)
        assert parent.findChild(Search).returned
    assert len(blocks) == 2_000


def test_nothing_is_collected_when_the_window_is_gone(qtbot, parent: QObject) -> None:
    ended_in: list[int] = []
    with collected_here(parent):
        pass
    gc.disable()
    try:
        make_garbage(ended_in)
        qtbot.wait(4 * garbage.TICK)
        assert not ended_in
    finally:
        gc.enable()
