"""The question whether what compiles formulas is loaded: asked before somebody types one, so that it moves at once."""

from dataclasses import dataclass
from math import inf

from landscape.formula.kernel_cache import prepare
from landscape.scene.question import Ask, Question


@dataclass(frozen=True, kw_only=True)
class CompilerQuestion(Question[bool]):
    """Whether the compiler is loaded and warm."""

    def answer(self, ask: Ask) -> bool:  # noqa: ARG002
        """Load it; half a second, once."""
        prepare()
        return True

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return inf
