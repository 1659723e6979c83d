"""Lines of formulas beside a picture: each typeset, with its numbers, its colour and the matrices it completes."""

from collections.abc import Mapping
from dataclasses import dataclass

from landscape.catalogue.roles import Role
from landscape.formula.tree import Name, Node
from landscape.formula.typeset import latex, nesting, pretty
from landscape.memory import bounded
from landscape.scene.equation import DEEPEST
from landscape.scene.line_numbers import ShownLine

Symbols = tuple[tuple[str, str], ...]
"""Names with their LaTeX."""


@dataclass(frozen=True, kw_only=True)
class ShownMatrix:
    """A matrix, or a vector as its one column, with its numbers."""

    symbol: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The same on one line."""
        return f"{self.symbol} = ({'; '.join(', '.join(row) for row in self.rows)})"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A number that is hidden: the result of a line, in one coordinate."""

    line: int
    """Its place among the lines that are shown."""
    coordinate: int
    """As in the numbers that are shown."""


@dataclass(frozen=True, kw_only=True)
class FormulaLine:
    """One line beside the picture."""

    latex: str
    text: str
    """The same as plain text."""
    role: Role | None = None
    shown: ShownLine
    matrices: tuple[ShownMatrix, ...] = ()
    """What the line completes."""


@bounded(512, megabytes=4)
def line_formula(name: str, expression: Node, symbols: Symbols) -> tuple[str, str]:
    """Return a line in LaTeX, in black where it is too deeply nested with colours, and as plain text."""
    known: Mapping[str, str] = dict(symbols)
    formula = rf"{latex(Name(name), known)} \leftarrow {latex(expression, known)}"
    if nesting(formula) > DEEPEST:
        plain = {one: symbol for one, symbol in symbols if "textcolor" not in symbol}
        formula = rf"{latex(Name(name), plain)} \leftarrow {latex(expression, plain)}"
    return formula, f"{pretty(Name(name))} ← {pretty(expression)}"
