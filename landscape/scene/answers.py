"""Answers kept under their questions, least recently used out, within a number of bytes; and what is not whole yet.

The window asks from its own thread what jobs compute in others: every method may be called from any thread.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscape.errors import forget_frames
from landscape.memory import bytes_of
from landscape.scene.question import Answer, Question

QuestionKind = TypeVar("QuestionKind", bound=Question[Any])

INSTANT = 0.008
"""Seconds that fit into a frame beside the drawing."""
FIRST = 0.05
"""Seconds that are worth it while kernels are still loading: the first picture, which nobody drags yet."""
SMALLEST = 256
"""Bytes that an answer takes at the least, with its question."""
PARTIAL = 24
"""So many answers that are not whole are kept ..."""
PARTIAL_SHARE = 4
"""... as long as they take less than this part of what the whole ones may take, and the newest of them always."""


class _Partial(NamedTuple):
    """What is known of an answer, which part of it that is, and how large its arrays are."""

    answer: Any
    share: float
    bytes: int


NOTHING = _Partial(None, 0.0, 0)


class Answers:
    """What has been computed: whole answers, those that are still coming, and why there is none."""

    def __init__(self, capacity_bytes: int = 256 * 2**20) -> None:
        self.capacity_bytes = capacity_bytes
        self._kept: OrderedDict[Question[Any], Any] = OrderedDict()
        self._beside: dict[Question[Any], int] = {}
        """Bytes of each kept answer without its arrays."""
        self._held: Counter[int] = Counter()
        self._partial: OrderedDict[Question[Any], _Partial] = OrderedDict()
        self._refused: OrderedDict[Question[Any], Exception] = OrderedDict()
        self._latest: dict[type[Question[Any]], tuple[Question[Any], Any]] = {}
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """Size of all whole answers."""
        return self._bytes

    def __call__(self, question: Question[Answer]) -> Answer:
        """Return the answer, kept or computed."""
        return self.compute(question)

    def get(self, question: Question[Answer]) -> Answer | None:
        """Return the answer if it is known and whole; it counts as used."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is None:
                return None
            self._kept.move_to_end(question)
            answer: Answer = kept
            return answer

    def so_far(self, question: Question[Answer]) -> Answer | None:
        """Return what is known of the answer until now, whole or not; None where that is nothing."""
        whole = self.get(question)
        if whole is not None:
            return whole
        with self._lock:
            partial: Answer | None = self._partial.get(question, NOTHING).answer
            return partial

    def finest(self, question: Question[Answer]) -> Answer | None:
        """Return the answer, or that to the finest of its coarser questions that is known."""
        asked = (question, *reversed(question.coarser))
        return next((known for one in asked if (known := self.get(one)) is not None), None)

    def share(self, question: Question[Any]) -> float:
        """Return which share of an answer is known, from 0 to 1."""
        with self._lock:
            return 1.0 if question in self._kept else self._partial.get(question, NOTHING).share

    def error(self, question: Question[Any]) -> Exception | None:
        """Return why a question cannot be answered; None where it can, as far as is known."""
        return self._refused.get(question)

    def refuse(self, question: Question[Any], error: Exception) -> None:
        """Keep why a question cannot be answered, so that it is not asked again and again."""
        with self._lock:
            self._refused[question] = forget_frames(error)
            while len(self._refused) > PARTIAL:
                self._refused.popitem(last=False)

    def put(self, question: Question[Answer], answer: Answer, share: float = 1.0) -> Answer:
        """Keep an answer and return it; where there is a whole one already, that one stays and is returned.

        So everyone holds the same object for the same question, whoever computed it twice. What is known of an answer
        that is not whole, by its ``share``, gives way to what is more.
        """
        # Not behind the lock: thousands of boxes of a search are gone through, and the window asks meanwhile.
        beside = SMALLEST + _beside_arrays(answer) if share >= 1.0 else 0
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                first: Answer = self._kept[question]
                return first
            if share < 1.0:
                return self._put_partial(question, answer, share)
            self._partial.pop(question, None)
            self._kept[question] = answer
            self._latest[type(question)] = (question, answer)
            self._beside[question] = beside
            self._bytes += beside + self._hold(answer)
            while self._bytes > self.capacity_bytes and len(self._kept) > 1:
                self._let_go(*self._kept.popitem(last=False))
        return answer

    def _let_go(self, question: Question[Any], answer: object) -> None:
        """Take what is no longer kept out of the count, and hold it no longer as the latest of its kind."""
        self._bytes -= self._beside.pop(question) + self._release(answer)
        kind = type(question)
        if kind in self._latest and self._latest[kind][1] is answer:
            del self._latest[kind]

    def _put_partial(self, question: Question[Answer], answer: Answer, share: float) -> Answer:
        if share >= self._partial.get(question, NOTHING).share:
            held = {id(array): array.nbytes for array in map(whole, arrays_of(answer))}
            self._partial[question] = _Partial(answer, share, sum(held.values()))
            self._partial.move_to_end(question)
        while len(self._partial) > 1 and self._partial_is_too_much():
            self._partial.popitem(last=False)
        return answer

    def _partial_is_too_much(self) -> bool:
        held = sum(one.bytes for one in self._partial.values())
        return len(self._partial) > PARTIAL or held * PARTIAL_SHARE > self.capacity_bytes

    def _hold(self, answer: object) -> int:
        """Return the bytes of arrays that no other answer holds: a shading has its grid's values."""
        size = 0
        for array in map(whole, arrays_of(answer)):
            self._held[id(array)] += 1
            size += array.nbytes if self._held[id(array)] == 1 else 0
        return size

    def _release(self, answer: object) -> int:
        """Return the bytes of those of its arrays that no answer holds any more."""
        size = 0
        for array in map(whole, arrays_of(answer)):
            self._held[id(array)] -= 1
            if not self._held[id(array)]:
                del self._held[id(array)]
                size += array.nbytes
        return size

    def latest(self, kind: type[QuestionKind]) -> tuple[QuestionKind, Any] | None:
        """Return the question of this kind that was answered last, with its answer.

        It is what can be shown while something is dragged faster than it is computed.
        """
        with self._lock:
            found: tuple[QuestionKind, Any] | None = self._latest.get(kind)  # type: ignore[assignment]
            return found

    def compute(self, question: Question[Answer]) -> Answer:
        """Return the answer, kept or computed; what it is made of is kept as well."""
        known = self.get(question)
        if known is not None:
            return known
        with np.errstate(all="ignore"):
            return self.put(question, question.answer(self))

    def is_instant(self, *questions: Question[Any]) -> bool:
        """Tell whether all the answers together are there within a part of one frame."""
        unknown = set(self._unknown(questions))
        spent = sum(question.seconds() for question in unknown)
        return spent <= INSTANT or (spent <= FIRST and not all(question.is_warm() for question in unknown))

    def warm(self, question: Question[Any]) -> None:
        """Load or compile all that makes answering ``question`` fast; for a job, it can take a second."""
        for part in question.parts:
            self.warm(part)
        question.warm()

    def _unknown(self, questions: tuple[Question[Any], ...]) -> Iterator[Question[Any]]:
        """Yield the questions, and those they are made of, whose answers are not kept."""
        for question in questions:
            with self._lock:
                known = question in self._kept
            if not known:
                yield question
                yield from self._unknown(question.parts)


def whole(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array that one is a part of: as long as the part is kept, all of it is."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def _beside_arrays(answer: object) -> int:
    """Return the bytes of all in an answer that is no array: texts, and objects such as the boxes of a search."""
    names = getattr(answer, "__dataclass_fields__", ())
    if isinstance(answer, np.ndarray) or (names and all(_is_small(getattr(answer, name)) for name in names)):
        return 0  # Such as a trajectory: walking through all of it would take longer than many a descent.
    arrays = {id(array): array.nbytes for array in arrays_of(answer)}
    return max(0, bytes_of(answer) - sum(arrays.values()))


def _is_small(value: object) -> bool:
    """Tell whether a part of an answer is a number, a word or arrays, which are counted apart."""
    if isinstance(value, dict):
        return all(isinstance(each, np.ndarray) for each in value.values())
    return value is None or isinstance(value, (np.ndarray, int, float)) or (isinstance(value, str) and len(value) < 100)


def arrays_of(answer: object) -> Iterator[NDArray[Any]]:
    """Yield the arrays in an answer."""
    if isinstance(answer, np.ndarray):
        yield answer
    elif isinstance(answer, (tuple, list)):
        yield from chain.from_iterable(map(arrays_of, answer))
    elif isinstance(answer, Mapping):
        yield from chain.from_iterable(map(arrays_of, answer.values()))
    elif is_dataclass(answer):
        yield from chain.from_iterable(arrays_of(getattr(answer, field.name)) for field in fields(answer))
