"""How questions are answered: coarse before fine, in turns, and until something newer is wanted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

import pytest

from landscape.catalogue.surfaces import surface
from landscape.scene.answers import Answers
from landscape.scene.asking import answering, known_share, unanswered
from landscape.scene.descent.critical_question import critical_points_question
from landscape.scene.question import Ask, LongQuestion, Question, StreamQuestion

Log = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Picture(LongQuestion[str]):
    """Something that can be had coarsely first: levels 0, 1 and 2."""

    name: str
    level: int = 2
    settled: int = 9
    """The answer of this level and of all finer ones are the same."""
    log: Log = field(default_factory=list, compare=False)

    @property
    def coarser(self) -> tuple["Picture", ...]:
        return tuple(Picture(self.name, level, self.settled, self.log) for level in range(self.level))

    @property
    def patient(self) -> bool:
        return self.level > 0

    def is_settled_by(self, coarse: Any) -> bool:
        return int(coarse[-1]) >= self.settled

    def run(self, cancelled: Callable[[], bool]) -> str:
        self.log.append((self.name, self.level))
        return f"{self.name}{self.level}"


@dataclass(frozen=True)
class Stream(StreamQuestion[tuple[int, ...]]):
    """Numbers that come one by one."""

    name: str
    count: int = 3
    gives_way: bool = False
    needs: tuple[Question[Any], ...] = ()
    log: Log = field(default_factory=list, compare=False)

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        return self.needs

    @property
    def patient(self) -> bool:
        return self.gives_way

    def results(self, ask: Ask, cancelled: Callable[[], bool]) -> Iterator[tuple[tuple[int, ...], float]]:
        for number in range(1, self.count + 1):
            if cancelled():
                return
            self.log.append((self.name, number))
            yield tuple(range(number)), number / self.count


@dataclass(frozen=True)
class Mistake(Question[int]):
    """Something that cannot be answered."""

    name: str = "mistake"
    log: Log = field(default_factory=list, compare=False)

    def answer(self, ask: Ask) -> int:
        self.log.append((self.name,))
        raise ValueError(f"no {self.name}")

    def seconds(self) -> float:
        return inf


@dataclass(frozen=True)
class Sum(Question[int]):
    """How many numbers a stream has."""

    stream: Question[Any]

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        return (self.stream,)

    def answer(self, ask: Ask) -> int:
        return len(ask(self.stream))

    def seconds(self) -> float:
        return 0.0


@pytest.fixture
def log() -> Log:
    return []


@pytest.fixture
def answers() -> Answers:
    return Answers()


def done(questions: list[Question[Any]], answers: Answers, **when: Callable[[], bool]) -> list[float]:
    return list(answering(questions, answers, **when))


def test_coarse_answers_come_before_fine_ones(log, answers):
    asked = Picture("a", log=log)
    seen = []
    for _ in answering([asked], answers):
        seen.append(answers.finest(asked))
    assert log == [("a", 0), ("a", 1), ("a", 2)]
    assert seen[:3] == ["a0", "a1", "a2"]
    assert answers.get(asked) == "a2"


def test_a_coarse_answer_that_is_as_good_is_that_to_the_fine_question_and_nothing_more_is_computed(log, answers):
    done([Picture("a", settled=1, log=log)], answers)
    assert log == [("a", 0), ("a", 1)]
    assert answers.get(Picture("a", settled=1)) == "a1"


def test_coarse_questions_that_know_of_no_coarser_ones_are_answered_in_their_order(log, answers):
    class Flat(Picture):
        @property
        def coarser(self) -> tuple[Picture, ...]:
            levels = range(self.level) if self.level == 2 else ()
            return tuple(Flat(self.name, level, log=self.log) for level in levels)

    done([Flat("a", log=log)], answers)
    assert log == [("a", 0), ("a", 1), ("a", 2)]


def test_what_is_known_is_not_computed_again(log, answers):
    done([Picture("a", log=log), Picture("a", log=log)], answers)
    done([Picture("a", log=log)], answers)
    assert log == [("a", 0), ("a", 1), ("a", 2)]


def test_several_questions_take_turns(log, answers):
    done([Picture("a", log=log), Stream("b", log=log), Picture("c", log=log)], answers)
    assert log[:3] == [("a", 0), ("b", 1), ("c", 0)]
    assert log[3:6] == [("a", 1), ("b", 2), ("c", 1)]
    assert len(log) == 9


def test_what_is_patient_gives_way_to_what_is_newer_and_the_first_look_does_not(log, answers):
    done([Picture("a", log=log)], answers, is_old=lambda: True)
    assert log == [("a", 0)]
    assert answers.get(Picture("a")) is None
    assert answers.finest(Picture("a")) == "a0"


def test_what_is_patient_ends_in_the_middle_once_something_newer_is_wanted(log, answers):
    old: list[bool] = []
    for _ in answering([Stream("a", 5, gives_way=True, log=log)], answers, is_old=lambda: bool(old)):
        if len(log) == 2:
            old.append(True)
    assert log == [("a", 1), ("a", 2)]


def test_a_stream_that_is_old_is_answered_until_there_is_something_to_see(log, answers):
    asked = Stream("a", log=log)
    done([asked], answers, is_old=lambda: True)
    assert log == [("a", 1)]
    assert answers.so_far(asked) == (0,)
    assert answers.get(asked) is None


def test_what_is_cancelled_ends_at_once(log, answers):
    done([Picture("a", log=log), Stream("b", log=log)], answers, cancelled=lambda: True)
    assert log == []
    done([Picture("a", log=log), Stream("b", log=log)], answers, cancelled=lambda: len(log) > 2)
    assert len(log) == 3


def test_the_answer_of_a_search_that_was_cancelled_is_not_kept(answers):
    class Cut(Picture):
        def run(self, cancelled: Callable[[], bool]) -> str:
            stop.append(True)
            return "half"

    stop: list[bool] = []
    asked = Cut("a", 0)
    done([asked], answers, cancelled=lambda: bool(stop))
    assert answers.so_far(asked) is None


def test_an_error_is_kept_and_does_not_stop_the_others(log, answers):
    bad, good = Mistake(log=log), Stream("a", log=log)
    done([bad, good], answers)
    assert str(answers.error(bad)) == "no mistake"
    assert answers.get(good) == (0, 1, 2)
    assert unanswered([bad, good], answers) == ()
    assert answers.error(good) is None


def test_what_cannot_be_answered_is_not_asked_for_again(log, answers):
    assert unanswered([Mistake(log=log)], answers) == (Mistake(),)
    done([Mistake(log=log)], answers)
    assert unanswered([Mistake(log=log)], answers) == ()


def test_the_error_of_a_part_is_that_of_the_whole(log, answers):
    whole = Sum(Mistake(log=log))
    done([whole], answers)
    assert str(answers.error(whole)) == "no mistake"
    assert log == [("mistake",)]


def test_parts_are_known_before_the_whole_and_come_little_by_little(log, answers):
    part = Stream("a", log=log)
    seen = []
    for _ in answering([Sum(part)], answers):
        seen.append(answers.so_far(part))
    assert seen[:3] == [(0,), (0, 1), (0, 1, 2)]
    assert answers.get(Sum(part)) == 3


def test_a_whole_is_not_computed_of_a_part_that_has_given_way(log, answers):
    part = Stream("a", log=log)
    done([Sum(part)], answers, is_old=lambda: True)
    assert log == [("a", 1)]
    assert answers.get(Sum(part)) is None
    assert answers.error(Sum(part)) is None


def test_the_share_that_is_known_grows_to_one(answers):
    shares = done([Stream("a", 4), Picture("b"), Mistake()], answers)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    # All but the mistake are still on their way when that is found out, and a quarter of the stream is there.
    assert (1 + 0.25) / 3 in shares


def test_the_share_of_nothing_is_everything(answers):
    assert known_share((), answers) == 1.0
    assert known_share((Picture("a"), Picture("b")), answers) == 0.0


def test_warming_goes_before_answering(answers):
    order = []

    class Cold(Picture):
        def warm(self) -> None:
            order.append("warm")

        def run(self, cancelled: Callable[[], bool]) -> str:
            order.append("run")
            return "a"

    done([Cold("a", 0)], answers)
    assert order == ["warm", "run"]


def test_a_brief_search_that_ends_is_the_patient_one(answers):
    asked = critical_points_question(surface("x**2 + 2*y**2"))
    done([asked], answers)
    assert answers.get(asked) is answers.get(asked.coarser[0])
    assert not answers.get(asked).exhausted


def test_a_formula_that_cannot_be_searched_is_told_at_once_and_not_searched_with_patience(answers):
    from landscape.errors import InputError

    asked = critical_points_question(surface("x**2 + y**2"))
    answers.put(asked.coarser[0], InputError("no"))
    done([asked], answers)
    assert str(answers.get(asked)) == "no"


def test_long_questions_rest_and_brief_ones_do_not():
    asked = critical_points_question(surface("x**2 + y**2"))
    assert asked.rest > 0
    assert [one.rest for one in asked.coarser] == [0.0]
    assert (asked.patient, [one.patient for one in asked.coarser]) == (True, [False])
