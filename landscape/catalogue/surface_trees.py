"""The trees of a surface: pure functions of its text, and of whether it is rotated or rescaled."""

import math
from functools import lru_cache

from landscape.catalogue.formulas import names_read
from landscape.formula.derivatives import directional, exact_derivatives, gradient, hessian
from landscape.formula.signs import never_negative
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import Call, Name, Node, Number, call, free_names, rebuild, share, substitute, walk
from landscape.memory import bounded

VARIABLES = ("x", "y")
TRANSFORM = ("map.xx", "map.xy", "map.x", "map.yx", "map.yy", "map.y")
"""Extra parameters of a rotated or rescaled surface: the affine map from the plane to the formula's own x and y.

They are parameters so that turning a surface compiles nothing; the dot keeps them apart from every name in a formula.
"""


@bounded(256, megabytes=16)
def surface_tree(formula: str, transformed: bool) -> Node:
    """Return the tree of ``formula``, with x and y behind the affine map where ``transformed``."""
    if not transformed:
        return parse_expression(formula)
    xx, xy, x0, yx, yy, y0 = map(Name, TRANSFORM)
    x, y = Name("x"), Name("y")
    mapped = {
        "x": call("add", call("add", call("mul", xx, x), call("mul", xy, y)), x0),
        "y": call("add", call("add", call("mul", yx, x), call("mul", yy, y)), y0),
    }
    return substitute(surface_tree(formula, False), mapped)


@bounded(64, megabytes=16)
def gradient_trees(formula: str, transformed: bool) -> tuple[Node, Node]:
    """Return the trees of the first derivatives by x and y."""
    by_x, by_y = gradient(surface_tree(formula, transformed), VARIABLES)
    return by_x, by_y


@bounded(64, megabytes=16)
def hessian_trees(formula: str, transformed: bool) -> tuple[Node, Node, Node]:
    """Return the trees of the second derivatives xx, xy and yy."""
    return hessian(surface_tree(formula, transformed))


@bounded(64, megabytes=16)
def exponent_names(formula: str) -> frozenset[str]:
    """Return the names that are read in exponents."""
    powers = (node for node in walk((surface_tree(formula, False),)) if isinstance(node, Call))
    return free_names(*(node.arguments[1] for node in powers if node.function == "pow"))


@bounded(64, megabytes=16)
def exact_trees(
    formula: str, transformed: bool, exponents: tuple[tuple[str, float], ...]
) -> tuple[Node, tuple[Node, Node], tuple[Node, Node, Node]]:
    """Return the tree with its first and second derivatives, in which nothing is rounded, for proofs.

    Equal parts are one object, and what cannot bend does not: ``where(c, f, f)`` is ``f``, and so is ``abs(f)`` where
    ``f`` is an even power; the root of a square is ``abs``. Parameters in ``exponents`` are at their values:
    whether a power is whole decides how it bends.
    """
    known = {name: Number(value) for name, value in exponents}
    [shared] = share((substitute(surface_tree(formula, transformed), known),))
    [tree] = share((rebuild(shared, _without_idle),))
    return tree, *exact_derivatives(tree)


@bounded(64, megabytes=16)
def directional_tree(formula: str, transformed: bool, exponents: tuple[tuple[str, float], ...]) -> Node:
    """Return the tree of the derivative along a direction, ``derivatives.ALONG``, in which nothing is rounded."""
    return directional(exact_trees(formula, transformed, exponents)[0])


def _without_idle(node: Node, arguments: tuple[Node, ...]) -> Node:
    """Return a part of a tree without functions that change nothing."""
    if not isinstance(node, Call):
        return node
    if node.function == "where" and arguments[1] is arguments[2]:
        return arguments[1]
    if node.function in ("min", "max") and arguments[0] is arguments[1]:
        return arguments[0]
    if node.function in ("abs", "relu") and never_negative(arguments[0]):
        return arguments[0]
    match node.function, arguments:
        case "sqrt", (Call("pow", (base, Number(2.0))),):
            return Call("abs", (base,))
    return Call(node.function, arguments)


@lru_cache(maxsize=1024)
def own_parameter_names(formula: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in ``formula`` that are neither variables nor columns, in the order they are first read."""
    return names_read((surface_tree(formula, False),), (*VARIABLES, *columns))


def affine(
    centre: tuple[float, float], degrees: float, scaling: tuple[float, float]
) -> tuple[float, float, float, float, float, float]:
    """Return the values of ``TRANSFORM``: p to c + S^-1 R^T (p - c), R a turn by ``degrees``, S = diag(scaling)."""
    cx, cy = centre
    cos, sin = _turn(degrees)
    sx, sy = scaling
    xx, xy, yx, yy = cos / sx, sin / sx, -sin / sy, cos / sy
    return xx, xy, cx - xx * cx - xy * cy, yx, yy, cy - yx * cx - yy * cy


def _turn(degrees: float) -> tuple[float, float]:
    """Return cosine and sine; exact for quarter turns, so that a turn by 90° maps grid points to grid points."""
    quarters = degrees % 360.0 / 90.0
    if quarters.is_integer():
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
