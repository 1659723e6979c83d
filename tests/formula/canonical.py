"""Trees as text in one spelling, so that tests can compare and print them."""

from collections.abc import Mapping

from landscape.formula.parser import SIGN
from landscape.formula.tree import Name, Node, Number, walk
from landscape.formula.vocabulary import COMPARE

_ATOM = 50
_TEXT: Mapping[str, tuple[str, int, *tuple[int, ...]]] = {
    "add": ("{} + {}", 10, 10, 11), "sub": ("{} - {}", 10, 10, 11), "mul": ("{}*{}", 20, 20, 21),
    "div": ("{}/{}", 20, 20, 21), "pow": ("{}**{}", 40, _ATOM, SIGN), "neg": ("-{}", SIGN, 40),
    **{function: (f"{{}} {sign} {{}}", 0, 10, 10) for sign, function in COMPARE.items()},
}  # fmt: skip
"""How each operator is written, how tightly the text binds, and how tightly each argument must bind."""


def canonical(node: Node) -> str:
    """Return text in plain ASCII that parses back to an equal tree."""
    written: dict[Node, tuple[str, int]] = {}
    for part in walk((node,)):
        written[part] = _written(part, written)
    return written[node][0]


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
