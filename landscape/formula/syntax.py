"""Text to tree: a parser that can only ever build this language's own tree.

It accepts what people write on paper: ``2x``, ``3(x+1)``, ``x²``, ``√x``, ``|x|``, ``β₁``. Multiplication that is not
written binds like ``*``, from left to right: ``1/2x`` is ``(1/2)*x``. ``-x**2`` is ``-(x**2)``.
"""

from collections.abc import Collection

from landscape.errors import Listing
from landscape.formula.mistakes import FormulaError, suggestion
from landscape.formula.parser import CONSTANTS, DEPTH, NODES, Parser
from landscape.formula.tokens import CHARACTERS, LITERAL, Token, tokens
from landscape.formula.tree import Node, Program

__all__ = [
    "CHARACTERS", "CONSTANTS", "DEPTH", "LITERAL", "NODES",
    "FormulaError", "parse_expression", "parse_program", "unknown_name_error",
]  # fmt: skip


def parse_expression(text: str) -> Node:
    """Return the tree of a single expression; line breaks are spaces.

    Raises :class:`FormulaError`, in under 10 ms whatever the text is.
    """
    words = [token for token in tokens(text) if token.kind != "line"]
    parser = Parser(words)
    if parser.peek().kind == "end":
        raise FormulaError("The formula is empty")
    node = parser.expression()
    parser.finish()
    return node


def parse_program(text: str) -> Program:
    """Return the statements ``name = expression`` of ``text``, one a line; empty lines are skipped.

    Raises :class:`FormulaError`; the budgets hold for all lines together.
    """
    statements: list[tuple[str, Node]] = []
    parser = Parser([])
    line: list[Token] = []
    for token in tokens(text):
        if token.kind not in ("line", "end"):
            line.append(token)
        elif line:
            parser.restart([*line, Token("end", "", token.position, 0)])
            statements.append(parser.statement())
            line = []
    if not statements:
        raise FormulaError("The rule is empty: write name = expression, one on a line")
    return Program(tuple(statements))


def unknown_name_error(name: str, text: str, allowed: Collection[str]) -> FormulaError:
    """Return the error for a name in ``text`` that means nothing there; ``xy`` suggests ``x*y``."""
    place = next((token for token in tokens(text) if token.kind == "name" and token.text == name), None)
    position, length = (place.position, place.length) if place else (0, len(text))
    meant = suggestion(name, allowed)
    names = Listing(sorted(allowed))
    if meant:
        return FormulaError(
            "{name} is not known here; did you mean {meant}? Known are {names}",
            position=position, length=length, name=name, meant=meant, names=names,
        )  # fmt: skip
    return FormulaError(
        "{name} is not known here; known are {names}", position=position, length=length, name=name, names=names
    )
