r"""Text to tree: a parser that can only ever build this language's own tree.

It accepts what people write on paper: ``2x``, ``3(x+1)``, ``x²``, ``√x``, ``|x|``, ``β₁``, ``sin x``, ``\frac{1}{2}``.
Multiplication that is not written binds like ``*``, from left to right: ``1/2x`` is ``(1/2)*x``. ``-x**2`` is
``-(x**2)``. Lines ``name = expression`` before the formula, or parted from it by ``;``, are names for parts of it.
"""

from collections.abc import Collection, Iterator, Sequence

from landscape.errors import Listing
from landscape.formula.builder import DEPTH, NODES
from landscape.formula.mistakes import FormulaError, suggestion
from landscape.formula.parser import Parser
from landscape.formula.refusals import check_target, is_indexed, unindexed
from landscape.formula.tokens import CHARACTERS, LITERAL, Token, tokens
from landscape.formula.tree import Node, Program
from landscape.formula.vocabulary import CONSTANTS

__all__ = [
    "CHARACTERS", "CONSTANTS", "DEPTH", "LITERAL", "NODES",
    "FormulaError", "parse_expression", "parse_program", "unknown_name_error",
]  # fmt: skip
_MENDED = 4
"""Mistakes in one text that a suggestion mends, at most."""


def parse_expression(text: str, variables: Collection[str] = ("x", "y")) -> Node:
    """Return the tree of a formula: one expression, after definitions of local names where there are any.

    Without a definition line breaks are spaces. ``f(x, y) =`` and ``z =`` in front of the expression mean nothing.

    Args:
        text: The formula.
        variables: Names that cannot be local.

    Raises:
        FormulaError: in under 10 ms whatever the text is; where it is known what was meant, with a ``suggestion``.
    """
    try:
        return _parsed(text, variables)
    except FormulaError as error:
        error.suggestion = _mended(text, variables, error)
        raise


def _mended(text: str, variables: Collection[str], error: FormulaError) -> str:
    """Return the text with what was meant in the place of each mistake; empty where that is not known of one."""
    for _ in range(_MENDED):
        if error.instead is None:
            break
        begin, end = error.position, error.position + error.length
        text = unindexed(text) if is_indexed(text[begin:end]) else text[:begin] + error.instead + text[end:]
        try:
            _parsed(text, variables)
        except FormulaError as another:
            error = another
        else:
            return text
    return ""


def _parsed(text: str, variables: Collection[str]) -> Node:
    words = tokens(text)
    words = words[_head(words) :]
    parser = Parser(words)
    if not any(word.text == "=" for word in words):
        parser.restart([word for word in words if word.text != "\n"])
        return _last(parser)
    *definitions, last = _lines(words)
    for line in definitions:
        _define(parser, line, variables)
    parser.restart(_without_name(last, variables))
    node = _last(parser)
    for line in definitions:
        if line[0].text not in parser.read:
            raise FormulaError("{name} is defined but not read", **line[0].place, name=line[0].text)
    return node


def _last(parser: Parser) -> Node:
    if parser.peek().kind == "end":
        raise FormulaError("The formula is empty")
    node = parser.expression()
    parser.finish()
    return node


def _lines(words: Sequence[Token]) -> list[list[Token]]:
    """Return the lines that are not empty, each with an end; within brackets a break is a space."""
    lines: list[list[Token]] = []
    line: list[Token] = []
    depth = 0
    for word in words:
        depth += (word.text in ("(", "[", "{")) - (word.text in (")", "]", "}"))
        if word.kind not in ("line", "end"):
            line.append(word)
        elif line and (depth <= 0 or word.text == ";" or word.kind == "end"):
            lines.append([*line, Token("end", "", word.position, 0)])
            line, depth = [], 0
    return lines


def _define(parser: Parser, line: list[Token], variables: Collection[str]) -> None:
    """Parse ``name = expression`` before the formula."""
    target = line[0]
    if target.text in variables or target.text in parser.local:
        raise FormulaError("{name} has a meaning already; choose another name", **target.place, name=target.text)
    parser.restart(line)
    before = parser.nodes
    name, node = parser.statement()
    parser.assign(name, node, max(parser.nodes - before, 1))
    parser.nodes = before  # It counts where it is read.


def _head(words: Sequence[Token]) -> int:
    """Return how many tokens ``f(x, y) =`` has, if the text begins like this, else 0."""
    first = next((index for index, word in enumerate(words) if word.kind != "line"), 0)
    kinds = [word.kind if word.kind == "name" else word.text for word in words[first : first + 7]]
    length = next((size for size in (5, 7) if kinds[size - 1 : size] == ["="]), 0)
    pattern = ["name", "(", *["name", ",", "name", ","][: length - 4], ")", "="]
    return first + length if length and kinds[:length] == pattern else 0


def _without_name(line: list[Token], variables: Collection[str]) -> list[Token]:
    """Return a line without ``z =`` in front."""
    if len(line) < 3 or line[0].kind != "name" or line[1].text != "=" or line[0].text in variables:
        return line
    check_target(line[0])
    return line[2:]


def parse_program(text: str) -> Program:
    """Return the statements ``name = expression`` of ``text``, one a line or parted by ``;``.

    Raises :class:`FormulaError`; the budgets hold for all lines together.
    """
    parser = Parser([])
    statements = tuple(_statements(parser, tokens(text)))
    if not statements:
        raise FormulaError("The rule is empty: write name = expression, one on a line")
    return Program(statements)


def _statements(parser: Parser, words: Sequence[Token]) -> Iterator[tuple[str, Node]]:
    line: list[Token] = []
    for token in words:
        if token.kind not in ("line", "end"):
            line.append(token)
        elif line:
            parser.restart([*line, Token("end", "", token.position, 0)])
            yield parser.statement()
            line = []


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
