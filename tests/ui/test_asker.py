"""Questions that are answered in jobs: what is wanted, what is no longer, and who is told."""

import threading
import time
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.question import LongQuestion, StreamQuestion
from landscape.ui.asker import Asker
from landscape.ui.jobs import Jobs

REST = 0.25


@dataclass
class Lab:
    """What the questions of these tests do, and what holds them up."""

    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    def work(self, name: str, cancelled, *, held: bool) -> None:
        """Note that work has begun; while it is held, wait until it may go on or is cancelled."""
        self.begun.append(name)
        while held and not self.go_on.wait(0.002) and not cancelled():
            pass
        self.ended.append(name)


LAB = Lab()


@dataclass(frozen=True)
class Coarse(LongQuestion[str]):
    """Answers with its name; it is not patient, but can be held up."""

    name: str
    held: bool = False

    def run(self, cancelled):
        LAB.work(f"coarse {self.name}", cancelled, held=self.held)
        return self.name


@dataclass(frozen=True)
class Fine(LongQuestion[str]):
    """Gives way; a coarser one goes before it. It waits until it may go on."""

    name: str
    held: bool = False
    """Whether the coarser one is held up, too."""
    rest: float = 0.0

    patient = True

    @property
    def coarser(self):
        return (Coarse(self.name, self.held),)

    def run(self, cancelled):
        LAB.work(f"fine {self.name}", cancelled, held=True)
        return self.name.upper()


@dataclass(frozen=True)
class Counting(StreamQuestion[int]):
    """Yields 1, 2, 3, ... one at a time, each when it is let on."""

    name: str
    most: int = 3

    def results(self, ask, cancelled):
        for number in range(1, self.most + 1):
            LAB.work(f"{self.name} {number}", cancelled, held=True)
            if cancelled():
                return
            yield number, number / self.most
            LAB.go_on.clear()


@dataclass(frozen=True)
class Wrong(LongQuestion[str]):
    """Cannot be answered."""

    name: str

    def run(self, cancelled):
        LAB.begun.append(self.name)
        raise InputError("There is no {name}", name=self.name)


class Client:
    """Someone who wants answers of an asker and writes down what he is told."""

    def __init__(self, asker: Asker, jobs: Jobs, answers: Answers, qtbot) -> None:
        self.asker, self.jobs, self.answers, self.qtbot = asker, jobs, answers, qtbot
        self.told, self.refused = 0, []
        asker.answered.connect(self._hear)
        asker.refused.connect(lambda question, error: self.refused.append((question, str(error))))

    def _hear(self) -> None:
        self.told += 1

    def want(self, *questions, of: str = "test") -> None:
        self.asker.want(of, questions)

    def until(self, done) -> None:
        self.qtbot.waitUntil(done, timeout=5000)

    def until_begun(self, name: str) -> None:
        self.until(lambda: name in LAB.begun)

    def until_known(self, question) -> None:
        self.until(lambda: self.answers.get(question) is not None)

    def until_idle(self) -> None:
        self.until(lambda: self.jobs.idle)
        self.qtbot.wait(20)
        self.until(lambda: self.jobs.idle)


@pytest.fixture
def client(qtbot):
    LAB.begun.clear()
    LAB.ended.clear()
    LAB.go_on.clear()
    parent, answers = QObject(), Answers()
    jobs = Jobs(parent)
    yield Client(Asker(parent, jobs, answers), jobs, answers, qtbot)
    LAB.go_on.set()
    jobs.close()


def test_what_is_asked_first_is_begun_first_where_there_are_fewer_threads_than_kinds(client):
    client.want(Fine("f", held=True), Counting("c"), Coarse("x"))
    client.until(lambda: len(LAB.begun) >= 2)
    assert set(LAB.begun) == {"coarse f", "c 1"}


def test_the_coarse_answer_is_there_while_the_fine_one_is_worked_at(client):
    client.want(Fine("a"))
    client.until_begun("fine a")
    assert client.answers.finest(Fine("a")) == "a"
    client.until(lambda: client.told > 0)
    LAB.go_on.set()
    client.until_known(Fine("a"))
    assert client.answers.finest(Fine("a")) == "A"


def test_the_coarse_answer_follows_what_is_dragged_even_when_it_is_old_by_then(client):
    client.want(Fine("a", held=True))
    client.until_begun("coarse a")
    for name in "bcd":
        client.want(Fine(name))
    LAB.go_on.set()
    client.until_known(Fine("d"))
    client.until_idle()
    assert client.answers.get(Coarse("a", held=True)) == "a"
    assert LAB.begun == ["coarse a", "coarse d", "fine d"]


def test_a_patient_question_gives_way_to_what_is_newer(client):
    client.want(Fine("a"))
    client.until_begun("fine a")
    client.want(Fine("b"))
    client.until_known(Coarse("b"))
    assert client.answers.get(Fine("a")) is None
    assert "fine a" in LAB.ended
    LAB.go_on.set()
    client.until_known(Fine("b"))


def test_what_is_worth_it_only_at_rest_waits_for_it_and_its_coarser_one_does_not(client):
    begin = time.perf_counter()
    client.want(Fine("a", rest=REST))
    client.until_known(Coarse("a"))
    assert time.perf_counter() - begin < REST
    assert LAB.begun == ["coarse a"]
    LAB.go_on.set()
    client.until_known(Fine("a", rest=REST))
    # Qt's timers may be a twentieth early.
    assert time.perf_counter() - begin >= 0.9 * REST


def test_every_change_begins_the_rest_anew_and_asking_for_the_same_does_not(client):
    LAB.go_on.set()
    begin = time.perf_counter()
    while time.perf_counter() - begin < 2 * REST:
        client.want(Fine(f"{time.perf_counter()}", rest=REST))
        client.qtbot.wait(20)
    assert not [name for name in LAB.begun if "fine" in name]
    last = Fine("last", rest=REST)
    begin = time.perf_counter()
    while client.answers.get(last) is None:
        client.want(last)
        client.qtbot.wait(20)
        assert time.perf_counter() - begin < 4 * REST


def test_what_is_known_is_not_asked_again(client):
    LAB.go_on.set()
    client.want(Fine("a"))
    client.until_known(Fine("a"))
    client.until_idle()
    LAB.begun.clear()
    client.want(Fine("a"))
    client.qtbot.wait(30)
    assert LAB.begun == []


def test_what_is_running_is_not_begun_a_second_time(client):
    for _ in range(3):
        client.want(Coarse("a", held=True))
        client.qtbot.wait(10)
    LAB.go_on.set()
    client.until_known(Coarse("a", held=True))
    client.until_idle()
    assert LAB.begun == ["coarse a"]


def test_a_stream_delivers_its_results_one_by_one(client):
    seen = []
    question = Counting("one")
    client.asker.answered.connect(lambda: seen.append(client.answers.so_far(question)))
    client.want(question)
    for number in (1, 2, 3):
        client.until_begun(f"one {number}")
        assert client.answers.so_far(question) == (number - 1 or None)
        assert client.asker.share([question]) == pytest.approx((number - 1) / 3)
        LAB.go_on.set()
        client.until(lambda number=number: number in seen)
    client.until_idle()
    assert client.answers.get(question) == 3
    assert sorted(set(seen)) == [1, 2, 3]


def test_two_streams_come_on_in_turns(client):
    client.want(Counting("one"), Counting("two"))
    for name in ("one 1", "two 1", "one 2", "two 2"):
        client.until_begun(name)
        LAB.go_on.set()
    assert LAB.begun[:4] == ["one 1", "two 1", "one 2", "two 2"]


def test_a_stream_that_is_no_longer_wanted_ends_after_what_it_has_shown(client):
    client.want(Counting("one"))
    client.until_begun("one 1")
    LAB.go_on.set()
    client.until_begun("one 2")
    client.want()
    client.until(lambda: client.jobs.idle)
    assert client.answers.so_far(Counting("one")) == 1
    assert client.answers.get(Counting("one")) is None


def test_what_nobody_wants_any_more_stops_soon(client):
    client.want(Fine("a"))
    client.until_begun("fine a")
    client.want()
    begin = time.perf_counter()
    client.until(lambda: client.jobs.idle)
    assert time.perf_counter() - begin < 0.5
    assert client.answers.get(Fine("a")) is None


def test_owners_do_not_take_each_others_place(client):
    client.want(Fine("a"), of="map")
    client.until_begun("fine a")
    client.want(Coarse("b"), of="preview")
    client.want(of="preview")
    LAB.go_on.set()
    client.until_known(Fine("a"))


def test_a_long_question_of_one_kind_does_not_hold_up_another_kind(client):
    client.want(Fine("a"), Coarse("b"))
    client.until_begun("fine a")
    client.until_known(Coarse("b"))
    assert client.answers.get(Fine("a")) is None


def test_wanting_one_then_another_then_the_first_again_ends_with_the_answer_of_the_first(client):
    client.want(Fine("a"))
    client.until_begun("fine a")
    client.want(Fine("b"))
    client.want(Fine("a"))
    LAB.go_on.set()
    client.until_known(Fine("a"))
    client.until_idle()
    assert client.answers.get(Fine("a")) == "A"


def test_the_same_where_the_first_was_given_up_in_the_meantime(client):
    client.want(Counting("a"))
    client.until_begun("a 1")
    LAB.go_on.set()
    client.until_begun("a 2")
    client.want(Counting("b"))
    client.until_begun("b 1")
    client.want(Counting("a"))
    while client.answers.get(Counting("a")) is None:
        LAB.go_on.set()
        client.qtbot.wait(5)
    client.until_idle()
    assert client.answers.get(Counting("a")) == 3


def test_an_error_reaches_who_asked_once(client):
    client.want(Wrong("sun"))
    client.until(lambda: bool(client.refused))
    client.want(Wrong("sun"))
    client.until_idle()
    client.want(Wrong("sun"))
    assert client.refused == [(Wrong("sun"), "There is no sun")]
    assert LAB.begun == ["sun"]
    assert client.asker.share([Wrong("sun")]) == 1.0


def test_an_error_that_is_known_reaches_who_asks_for_the_same_later(client):
    client.want(Wrong("sun"))
    client.until(lambda: bool(client.refused))
    client.want(Coarse("a"))
    client.want(Wrong("sun"))
    client.want(Wrong("sun"), of="another")
    assert len(client.refused) == 3
    assert LAB.begun.count("sun") == 1


def test_an_error_leaves_the_other_questions_their_answers(client):
    LAB.go_on.set()
    client.want(Wrong("sun"), Wrong("moon"), Coarse("a"))
    client.until_known(Coarse("a"))
    client.until(lambda: len({question for question, _ in client.refused}) == 2)


def test_many_results_before_the_window_looks_are_told_of_once(client):
    thread = threading.Thread(target=lambda: [client.asker.announce() for _ in range(1000)])
    thread.start()
    thread.join()
    client.qtbot.wait(20)
    assert client.told == 1


def test_closing_the_window_while_it_is_busy_stops_the_work_and_tells_nothing_more(client):
    client.want(Fine("a"), Counting("one"))
    client.until_begun("fine a")
    client.until_begun("one 1")
    client.qtbot.wait(20)
    client.told = 0
    begin = time.perf_counter()
    client.jobs.close()
    assert time.perf_counter() - begin < 0.5
    client.want(Coarse("late"))
    client.qtbot.wait(30)
    assert client.answers.get(Fine("a")) is None
    assert "coarse late" not in LAB.begun
    assert client.told == 0
    assert client.refused == []
