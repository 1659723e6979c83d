"""A formula as a typeset picture, in black."""

from dataclasses import dataclass
from math import inf
from threading import Lock

from landscape.formula.typeset import nesting
from landscape.memory import bounded
from landscape.scene.question import Ask, Question

DEEPEST = 6
"""Typesetting time doubles with each level of nesting; deeper formulas are left to plain text ..."""
LARGEST = 35_000
"""... and so are those whose length, doubled for each level, is more than this: some seconds."""
_ONE_AT_A_TIME = Lock()
"""The typesetter loses signs where two threads use it together."""


@dataclass(frozen=True, kw_only=True)
class EquationQuestion(Question[str]):
    """The formula as SVG; empty where it cannot be typeset."""

    latex: str

    def answer(self, ask: Ask) -> str:  # noqa: ARG002
        """Typeset it."""
        return equation_svg(self.latex)

    def seconds(self) -> float:
        """Return infinity: the first one takes a tenth of a second."""
        return inf


@bounded(256, megabytes=16)
def equation_svg(latex: str) -> str:
    """Return the formula drawn in black, 24 pixels high, as SVG; empty where it cannot be typeset.

    Takes some milliseconds, the first one a tenth of a second.
    """
    levels = nesting(latex)
    if not latex or levels > DEEPEST or len(latex) << levels > LARGEST:
        return ""
    with _ONE_AT_A_TIME:
        import ziamath

        ziamath.config.svg2 = False  # Qt draws only SVG 1.1
        try:
            svg: str = ziamath.Latex(latex, size=24, color="black").svg()
        except Exception:  # noqa: BLE001  the typesetter meets what it does not know with errors of any kind
            return ""
    return svg
