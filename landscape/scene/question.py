"""What a question is: something that can be computed from itself alone, and kept under itself."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscape.formula.tree import ELEMENTARY, Call, Node, size, walk
from landscape.memory import bounded

Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")
Array: TypeAlias = NDArray[np.float64]

COSTLY = frozenset(ELEMENTARY) - {
    "sqrt", "abs", "sign", "floor", "ceil", "round", "trunc", "relu", "min", "max", "mod", "where",
}  # fmt: skip
"""Functions that take much longer than a sum or a product."""


Cancelled: TypeAlias = Callable[[], bool]
"""Tells whether an answer is no longer wanted."""


class Ask(Protocol):
    """Returns the answer to another question, kept or computed."""

    def __call__(self, question: "Question[Answer]") -> Answer:
        """Return the answer."""
        ...

    def so_far(self, question: "Question[Answer]") -> Answer | None:
        """Return what is known of the answer until now, whole or not; None where that is nothing."""
        ...


class Question(ABC, Generic[Answer_co]):
    """Something that can be computed from itself alone.

    It may *refine*: then ``coarser`` are questions that are answered before it, so that there is something to see soon.
    And it may *stream*: then ``results`` yields what is known of the answer again and again until it is whole.
    """

    @property
    def parts(self) -> tuple["Question[Any]", ...]:
        """The questions whose answers this one needs."""
        return ()

    @property
    def coarser(self) -> tuple["Question[Answer_co]", ...]:
        """The same, less exactly and sooner; the coarsest first."""
        return ()

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer.

        Others, once begun, are answered until there is something to see: so there is, while something is dragged.
        """
        return False

    @property
    def rest(self) -> float:
        """Seconds without a change after which it is worth asking; its coarser ones are asked at once."""
        return 0.0

    @abstractmethod
    def answer(self, ask: Ask) -> Answer_co:
        """Compute the answer; that of a part comes from ``ask``."""

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Answer_co, float]]:  # noqa: ARG002
        """Yield what is known of the answer, and which share of it that is; the whole one last, with 1.

        Soon no more once ``cancelled`` says yes.
        """
        yield self.answer(ask), 1.0

    def is_settled_by(self, coarse: Any) -> bool:  # noqa: ANN401, ARG002
        """Tell whether the answer to a coarser question is that to this one, too."""
        return False

    @abstractmethod
    def seconds(self) -> float:
        """Return about how long that takes without the parts; infinity where a kernel must be loaded first."""

    def is_warm(self) -> bool:
        """Tell whether the kernels that make this fast are loaded."""
        return True

    def warm(self) -> None:
        """Load or compile those kernels."""


class LongQuestion(Question[Answer_co]):
    """A question that takes longer than a frame, and whose answering can be stopped."""

    def answer(self, ask: Ask) -> Answer_co:  # noqa: ARG002
        """Compute the answer to the end."""
        return self.run(lambda: False)

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Answer_co, float]]:  # noqa: ARG002
        """Yield the answer, unless it was stopped."""
        found = self.run(cancelled)
        if not cancelled():
            yield found, 1.0

    @abstractmethod
    def run(self, cancelled: Cancelled) -> Answer_co:
        """Compute until ``cancelled`` says yes: then the answer is not the question's, and must not be kept."""

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return math.inf


class StreamQuestion(Question[Answer_co]):
    """A question whose answer comes little by little."""

    def answer(self, ask: Ask) -> Answer_co:
        """Take all that comes."""
        *_, (whole, _) = self.results(ask, lambda: False)
        return whole

    @abstractmethod
    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Answer_co, float]]:
        """Yield what is known of the answer, and which share of it that is; the whole one last, with 1."""

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return math.inf


def gathered(results: Iterator[Answer], count: int, cancelled: Cancelled) -> Iterator[tuple[tuple[Answer, ...], float]]:
    """Yield all results until now, after each; ``count`` is about how many there will be."""
    found: tuple[Answer, ...] = ()
    for result in results:
        found = (*found, result)
        yield found, min(len(found) / (count + 1), 0.999)
    if not cancelled():
        yield found, 1.0


@bounded(256, megabytes=16)
def effort(tree: Node) -> tuple[int, int]:
    """Return how many parts of a formula take about a nanosecond, and how many are a series of its own."""
    costly = sum(isinstance(node, Call) and node.function in COSTLY for node in walk((tree,)))
    return size(tree) - costly, costly
