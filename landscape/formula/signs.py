"""The sign of a formula, told from a simpler one: factors that are positive everywhere are left out.

A ball that holds e^-50 and e^-5 holds 0 as well: its lower end is lost in the rounding of its radius. Without the
factor, the enclosure of ``x*exp(-9*x**2)`` tells its sign however small it is.
"""

from collections import Counter
from functools import reduce

from landscape.formula.tree import ONE, Call, Node, Number, call, walk

_POSITIVE = frozenset(("exp", "cosh", "sigmoid", "softplus"))


def same_sign(root: Node) -> Node:
    """Return a tree that is positive, zero and negative where ``root`` is."""
    found: dict[Node, tuple[Counter[Node], Node]] = {}
    for node in walk((root,)):
        parts = [found[argument] for argument in node.arguments] if isinstance(node, Call) else []
        found[node] = _split(node, parts)
    return found[root][1]


def _split(node: Node, parts: list[tuple[Counter[Node], Node]]) -> tuple[Counter[Node], Node]:
    """Return the positive factors of ``node``, and the rest; ``parts`` are those of its arguments."""
    if not isinstance(node, Call):
        return Counter(), node
    if _is_positive(node):
        return Counter((node,)), ONE
    match node.function, parts:
        case "neg", [(factors, rest)]:
            return factors, call("neg", rest)
        case "mul", [(first, a), (second, b)]:
            return first + second, call("mul", a, b)
        case "div", [(factors, a), _]:
            return factors, call("div", a, node.arguments[1])
        case (("add" | "sub"), [(first, a), (second, b)]) if common := first & second:
            return common, call(node.function, _times(a, first - common), _times(b, second - common))
    return Counter(), node


def _is_positive(node: Call) -> bool:
    match node:
        case Call("sub", (Number(1.0), Call("sigmoid"))):
            return True
        case Call("sub", (Number(1.0), Call("pow", (Call("tanh"), Number(2.0))))):
            return True
    return node.function in _POSITIVE


def _times(node: Node, factors: Counter[Node]) -> Node:
    return reduce(lambda product, factor: call("mul", product, factor), factors.elements(), node)
