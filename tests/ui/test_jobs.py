"""Work in the background."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from landscape.ui.jobs import WAY, WORK, Jobs, first


@pytest.fixture
def jobs(qapp):
    owner = QObject()
    made = Jobs(owner)
    yield made
    made.close()
    owner.deleteLater()


def test_a_job_delivers_its_result_in_the_thread_of_the_window(jobs, qtbot) -> None:
    channel = jobs.channel("test")
    seen: list[object] = []
    channel.done.connect(lambda key, result: seen.append((key, result, threading.current_thread())))
    with qtbot.waitSignal(channel.done, timeout=5000):
        channel.submit("key", lambda _cancelled: 42)
    assert seen == [("key", 42, threading.main_thread())]


def test_the_running_job_finishes_and_only_the_newest_waits(jobs, qtbot) -> None:
    channel = jobs.channel("test")
    gate = threading.Event()
    done: list[object] = []
    channel.done.connect(lambda key, _result: done.append(key))
    channel.submit(0, lambda _cancelled: gate.wait(5))
    for key in range(1, 50):
        channel.submit(key, lambda _cancelled: None)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2, timeout=5000)
    assert done == [0, 49]
    assert jobs.idle


def test_an_error_is_delivered_as_a_value(jobs, qtbot) -> None:
    channel = jobs.channel("test")

    def fail(_cancelled: object) -> None:
        raise ValueError("no")

    with qtbot.waitSignal(channel.failed, timeout=5000) as caught:
        channel.submit("key", fail)
    assert caught.args[0] == "key"
    assert str(caught.args[1]) == "no"


def test_closing_cancels_what_runs_and_waits_for_it(jobs) -> None:
    channel = jobs.channel("test")
    begun, ended = threading.Event(), threading.Event()

    def work(cancelled) -> None:
        begun.set()
        while not cancelled():
            threading.Event().wait(0.002)
        ended.set()

    channel.submit("key", work)
    assert begun.wait(5)
    jobs.close()
    assert ended.is_set()


def test_closing_does_not_wait_for_what_nothing_can_stop(jobs) -> None:
    channel = jobs.channel("test")
    begun, gate = threading.Event(), threading.Event()
    channel.submit("key", lambda _cancelled: (begun.set(), gate.wait(60)))
    assert begun.wait(5)
    jobs.close()
    assert not jobs.ended
    gate.set()
    jobs.close()
    assert jobs.ended


def test_what_is_running_is_not_started_twice(jobs, qtbot) -> None:
    channel = jobs.channel("test")
    gate = threading.Event()
    runs: list[int] = []

    def work(_cancelled: object) -> None:
        runs.append(1)
        gate.wait(5)

    channel.submit("same", work)
    channel.submit("same", work)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle, timeout=5000)
    assert runs == [1]


def test_a_job_keeps_the_interpreter_from_the_window_for_a_fraction_of_a_millisecond(jobs) -> None:
    assert sys.getswitchinterval() < 1e-3


def test_a_job_makes_way_while_the_window_is_at_work_and_goes_on_afterwards(jobs, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("landscape.ui.jobs.WAY", 10.0)
    channel, answers, enough = jobs.channel("test"), [], threading.Event()

    def work(cancelled) -> None:
        while not (enough.is_set() or (answers and answers[-1])):
            answers.append(cancelled())
            time.sleep(1e-3)

    channel.submit("key", work)
    qtbot.waitUntil(lambda: len(answers) > 0, timeout=5000)
    with first():
        time.sleep(0.2)
        before = len(answers)
        time.sleep(0.2)
        assert len(answers) == before
    qtbot.waitUntil(lambda: len(answers) > before, timeout=5000)
    enough.set()
    qtbot.waitUntil(lambda: jobs.idle, timeout=5000)


def test_a_job_does_not_make_way_for_ever(jobs, qtbot) -> None:
    channel = jobs.channel("test")
    with first(), qtbot.waitSignal(channel.done, timeout=5000):
        channel.submit("key", lambda cancelled: [(time.sleep(2e-3), cancelled()) for _ in range(5)])


def test_jobs_make_way_while_anything_of_the_window_is_painted(person, qtbot) -> None:
    seen: list[tuple[int, int]] = []
    asked = [0]

    class Painted(QWidget):
        def paintEvent(self, _event: object) -> None:
            before = asked[0]
            time.sleep(0.1)
            seen.append((before, asked[0]))

    def work(cancelled: Callable[[], bool]) -> None:
        while not seen and not cancelled():
            asked[0] += 1
            time.sleep(2 * WORK)

    person.window.jobs.channel("test").submit("key", work)
    qtbot.waitUntil(lambda: asked[0] > 0)
    painted = Painted(person.window)
    painted.show()
    qtbot.waitUntil(lambda: bool(seen))
    before, after = seen[0]
    # It asks after each turn of work, and then waits for its way five times as long.
    assert after - before <= 0.1 / (2 * WORK + WAY) + 2
    painted.deleteLater()


def test_what_comes_first_within_what_comes_first_does_not_end_it(jobs, qtbot) -> None:
    with first():
        with first():
            pass
        begun = time.perf_counter()
        waited: list[float] = []

        def work(cancelled: Callable[[], bool]) -> None:
            time.sleep(2 * WORK)
            cancelled()
            waited.append(time.perf_counter() - begun)

        jobs.channel("test").submit("key", work)
        while not waited:
            time.sleep(WORK)
    assert waited[0] >= WAY


DELETED_AT_WORK = """
import time
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from landscape.session.files import default_session
from landscape.ui.app import open_window

application = QApplication(["test"])
window = open_window(default_session(), QSettings("w.ini", QSettings.Format.IniFormat))
until = time.monotonic() + 2.0

def work(cancelled):
    while time.monotonic() < until:  # Python alone, as when a kernel is compiled
        sum(range(1000))

window.jobs.channel("test").submit("key", work)
window.close()
window.deleteLater()
QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
print("gone")
"""


@pytest.mark.slow
def test_a_window_can_be_deleted_while_a_job_that_cannot_be_stopped_has_the_interpreter(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DELETED_AT_WORK], cwd=tmp_path, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "gone\n", done.stderr
