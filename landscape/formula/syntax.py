"""Text to tree, and back: a parser that can only ever build this language's own tree.

It accepts what people write on paper: ``2x``, ``3(x+1)``, ``x²``, ``√x``, ``|x|``, ``β₁``. Multiplication that is not
written binds like ``*``, from left to right: ``1/2x`` is ``(1/2)*x``. ``-x**2`` is ``-(x**2)``.
"""

from collections.abc import Collection, Mapping

from landscape.formula.mistakes import FormulaError, suggestion
from landscape.formula.parser import COMPARE, CONSTANTS, DEPTH, NODES, SIGN, Parser
from landscape.formula.tokens import CHARACTERS, LITERAL, Token, tokens
from landscape.formula.tree import Name, Node, Number, Program, walk

__all__ = [
    "CHARACTERS", "CONSTANTS", "DEPTH", "LITERAL", "NODES",
    "FormulaError", "canonical", "parse_expression", "parse_program", "unknown_name_error",
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
    names = ", ".join(sorted(allowed))
    if meant:
        return FormulaError(
            "{name} is not known here; did you mean {meant}? Known are {names}",
            position=position, length=length, name=name, meant=meant, names=names,
        )  # fmt: skip
    return FormulaError(
        "{name} is not known here; known are {names}", position=position, length=length, name=name, names=names
    )


def canonical(node: Node) -> str:
    """Return text in plain ASCII that parses back to an equal tree."""
    written: dict[Node, tuple[str, int]] = {}
    for part in walk((node,)):
        written[part] = _written(part, written)
    return written[node][0]


_ATOM = 50
_TEXT: Mapping[str, tuple[str, int, *tuple[int, ...]]] = {
    "add": ("{} + {}", 10, 10, 11), "sub": ("{} - {}", 10, 10, 11), "mul": ("{}*{}", 20, 20, 21),
    "div": ("{}/{}", 20, 20, 21), "pow": ("{}**{}", 40, _ATOM, SIGN), "neg": ("-{}", SIGN, 40),
    **{function: (f"{{}} {sign} {{}}", 0, 10, 10) for sign, function in COMPARE.items()},
}  # fmt: skip
"""How each operator is written, how tightly the text binds, and how tightly each argument must bind."""


def _written(node: Node, written: dict[Node, tuple[str, int]]) -> tuple[str, int]:
    """Return the text of ``node`` and how tightly it binds."""
    if isinstance(node, Name):
        return node.id, _ATOM
    if isinstance(node, Number):
        text = _number_text(node.value)
        return text, SIGN if text.startswith("-") else _ATOM
    if node.function not in _TEXT:
        return f"{node.function}({', '.join(written[part][0] for part in node.arguments)})", _ATOM
    template, power, *needed = _TEXT[node.function]
    parts = [written[part] for part in node.arguments]
    texts = [text if own >= least else f"({text})" for (text, own), least in zip(parts, needed, strict=True)]
    return template.format(*texts), power


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 and str(value) != "-0.0" else repr(value)
