"""Work in the background."""

import sys
import threading
import time

import pytest
from PySide6.QtCore import QObject

from landscape.ui.jobs import Jobs, first


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
