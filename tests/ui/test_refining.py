"""What is shown coarsely first: the coarse answer always comes, the fine one only where it is still wanted."""

import threading
from dataclasses import dataclass

import pytest
from landscape.ui.refining import Refining
from PySide6.QtCore import QObject

from landscape.scene.answers import Answers
from landscape.scene.question import LongQuestion
from landscape.ui.jobs import Jobs

BEGUN, GO_ON = threading.Event(), threading.Event()


@dataclass(frozen=True)
class Wait(LongQuestion[str]):
    """Answers with its name; the fine one waits until it is told to go on, or is cancelled."""

    name: str
    fine: bool

    def run(self, cancelled):
        BEGUN.set()
        while self.fine and not GO_ON.wait(0.005) and not cancelled():
            pass
        return self.name

    def seconds(self):
        return 1.0


@pytest.fixture
def refining(qtbot):
    BEGUN.clear()
    GO_ON.clear()
    parent, answers, wanted = QObject(), Answers(), []
    jobs = Jobs(parent)
    yield Refining(parent, jobs, answers, "test", lambda: wanted), answers, wanted, jobs
    GO_ON.set()
    jobs.close()


def ask(refining, wanted, name):
    wanted[:] = [Wait(name, fine=False), Wait(name, fine=True)]
    refining.follow()


def test_the_coarse_answer_is_there_while_the_fine_one_is_worked_at(refining, qtbot):
    work, answers, wanted, jobs = refining
    with qtbot.waitSignal(work.found):
        ask(work, wanted, "a")
    assert answers.get(Wait("a", fine=False)) == "a"
    assert answers.get(Wait("a", fine=True)) is None
    GO_ON.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert answers.get(Wait("a", fine=True)) == "a"


def test_a_fine_answer_that_is_not_wanted_any_more_gives_way(refining, qtbot):
    work, answers, wanted, jobs = refining
    with qtbot.waitSignal(work.found):
        ask(work, wanted, "a")
    ask(work, wanted, "b")
    qtbot.waitUntil(lambda: answers.get(Wait("b", fine=False)) is not None)
    assert answers.get(Wait("a", fine=True)) is None
    GO_ON.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert answers.get(Wait("b", fine=True)) == "b"


def test_what_is_known_is_not_asked_again(refining, qtbot):
    work, answers, wanted, jobs = refining
    GO_ON.set()
    ask(work, wanted, "a")
    qtbot.waitUntil(lambda: jobs.idle and answers.get(Wait("a", fine=True)) is not None)
    BEGUN.clear()
    work.follow()
    qtbot.wait(30)
    assert not BEGUN.is_set()
