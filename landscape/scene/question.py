"""What a question is: something that can be computed from itself alone, and kept under itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscape.formula.tree import ELEMENTARY, Call, Node, size, walk

Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")
Array: TypeAlias = NDArray[np.float64]

COSTLY = frozenset(ELEMENTARY) - {"sqrt", "abs", "sign", "floor", "ceil", "relu", "min", "max", "mod", "where"}
"""Functions that take much longer than a sum or a product."""


class Ask(Protocol):
    """Returns the answer to another question, kept or computed."""

    def __call__(self, question: "Question[Answer]") -> Answer:
        """Return the answer."""
        ...


class Question(ABC, Generic[Answer_co]):
    """Something that can be computed from itself alone."""

    @property
    def parts(self) -> tuple["Question[Any]", ...]:
        """The questions whose answers this one needs."""
        return ()

    @abstractmethod
    def answer(self, ask: Ask) -> Answer_co:
        """Compute the answer; that of a part comes from ``ask``."""

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

    @abstractmethod
    def run(self, cancelled: Callable[[], bool]) -> Answer_co:
        """Compute until ``cancelled`` says yes: then the answer is not the question's, and must not be kept."""


@lru_cache(maxsize=256)
def effort(tree: Node) -> tuple[int, int]:
    """Return how many parts of a formula take about a nanosecond, and how many are a series of its own."""
    costly = sum(isinstance(node, Call) and node.function in COSTLY for node in walk((tree,)))
    return size(tree) - costly, costly
