"""Outside truth for trees: the same tree in SymPy, and values with 30 digits by mpmath."""

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import sympy

from landscape.formula.tree import Name, Node, Number, walk

X, Y, A = sympy.symbols("x y a", positive=True)
SYMBOLS = {"x": X, "y": Y, "a": A}
DIGITS = 30


def real_cbrt(value: Any) -> Any:
    """Return the real cube root, of a negative number too; mpmath's is complex there."""
    return mpmath.sign(value) * mpmath.cbrt(abs(value))


_SYMPY: Mapping[str, Callable[..., sympy.Expr]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b, "neg": lambda a: -a, "sqrt": sympy.sqrt,
    "exp": sympy.exp, "log": sympy.log, "log10": lambda a: sympy.log(a) / sympy.log(10), "sin": sympy.sin,
    "cos": sympy.cos, "tan": sympy.tan, "asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
    "softplus": lambda a: sympy.log(1 + sympy.exp(a)), "atan2": sympy.atan2,
    "expm1": lambda a: sympy.exp(a) - 1, "log1p": lambda a: sympy.log(1 + a),
    "log2": lambda a: sympy.log(a) / sympy.log(2), "sec": sympy.sec, "csc": sympy.csc, "cot": sympy.cot,
    "sech": sympy.sech, "csch": sympy.csch, "coth": sympy.coth,
    "asinh": sympy.asinh, "acosh": sympy.acosh, "atanh": sympy.atanh,
    "erf": sympy.erf, "erfc": sympy.erfc, "gamma": sympy.gamma,
    "norm": lambda a, b: sympy.sqrt(a**2 + b**2),
}  # fmt: skip

_MPMATH: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "pow": mpmath.power, "neg": lambda a: -a, "sqrt": mpmath.sqrt, "cbrt": real_cbrt, "exp": mpmath.exp,
    "log": mpmath.log, "log10": mpmath.log10, "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan,
    "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan, "sinh": mpmath.sinh, "cosh": mpmath.cosh,
    "tanh": mpmath.tanh, "sigmoid": lambda a: 1 / (1 + mpmath.exp(-a)),
    "softplus": lambda a: mpmath.log(1 + mpmath.exp(a)), "atan2": lambda a, b: mpmath.atan2(a, b),
    "expm1": mpmath.expm1, "log1p": mpmath.log1p, "log2": lambda a: mpmath.log(a, 2), "sec": mpmath.sec,
    "csc": mpmath.csc, "cot": mpmath.cot, "sech": mpmath.sech, "csch": mpmath.csch, "coth": mpmath.coth,
    "asinh": mpmath.asinh, "acosh": mpmath.acosh, "atanh": mpmath.atanh, "erf": mpmath.erf, "erfc": mpmath.erfc,
    "gamma": mpmath.gamma, "polygamma": lambda n, a: mpmath.polygamma(int(n), a),
    "gauss": lambda a: 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-a * a),
    "norm": lambda a, b: mpmath.sqrt(a * a + b * b), "eq": lambda a, b: a == b,
    "where": lambda condition, a, b: a if condition else b,
}  # fmt: skip

_VALUES: Mapping[Any, Callable[..., Any]] = {
    sympy.Add: lambda *a: mpmath.fsum(a), sympy.Mul: lambda *a: mpmath.fprod(a), sympy.Pow: mpmath.power,
    sympy.exp: mpmath.exp, sympy.log: mpmath.log, sympy.sin: mpmath.sin, sympy.cos: mpmath.cos, sympy.tan: mpmath.tan,
    sympy.asin: mpmath.asin, sympy.acos: mpmath.acos, sympy.atan: mpmath.atan, sympy.sinh: mpmath.sinh,
    sympy.cosh: mpmath.cosh, sympy.tanh: mpmath.tanh, sympy.atan2: mpmath.atan2,
    sympy.sec: mpmath.sec, sympy.csc: mpmath.csc, sympy.cot: mpmath.cot, sympy.sech: mpmath.sech,
    sympy.csch: mpmath.csch, sympy.coth: mpmath.coth, sympy.asinh: mpmath.asinh, sympy.acosh: mpmath.acosh,
    sympy.atanh: mpmath.atanh, sympy.erf: mpmath.erf, sympy.erfc: mpmath.erfc, sympy.gamma: mpmath.gamma,
    sympy.polygamma: lambda n, a: mpmath.polygamma(int(n), a), sympy.Abs: mpmath.fabs, sympy.sign: mpmath.sign,
    sympy.DiracDelta: lambda *_: mpmath.mpf(0),  # Away from the jump.
}  # fmt: skip


def in_sympy(root: Node, point: Mapping[str, float]) -> sympy.Expr:
    """Return the expression made of SymPy's own classes, equal to the tree near ``point``; no text is involved."""
    values = tree_values(root, point)
    made: dict[Node, sympy.Expr] = {}
    for node in walk((root,)):
        if isinstance(node, Number):
            made[node] = sympy.Rational(node.value)
        elif isinstance(node, Name):
            made[node] = SYMBOLS[node.id]
        elif node.function == "cbrt":
            side = 1 if values[node] > 0 else -1
            made[node] = side * (side * made[node.arguments[0]]) ** sympy.Rational(1, 3)
        else:
            made[node] = _SYMPY[node.function](*(made[argument] for argument in node.arguments))
    return made[root]


def sympy_value(root: sympy.Expr, point: Mapping[str, float]) -> Any:
    """Return the value of a SymPy expression at ``point`` with ``DIGITS`` digits."""
    known: dict[sympy.Expr, Any] = {SYMBOLS[name]: mpmath.mpf(value) for name, value in point.items()}

    def value(part: sympy.Expr) -> Any:
        if isinstance(part, sympy.Derivative) and part.expr.func is sympy.sign:
            known[part] = mpmath.mpf(0)
        if part not in known:
            exact = part.is_Number or part.is_NumberSymbol
            known[part] = mpmath.mpf(part.evalf(mpmath.mp.dps)) if exact else _VALUES[part.func](*map(value, part.args))
        return known[part]

    return value(root)


def tree_values(root: Node, point: Mapping[str, float]) -> dict[Node, Any]:
    """Return the value of every part of our tree at ``point`` with ``DIGITS`` digits."""
    known: dict[Node, Any] = {}
    for node in walk((root,)):
        if isinstance(node, Number):
            known[node] = mpmath.mpf(node.value)
        elif isinstance(node, Name):
            known[node] = mpmath.mpf(point[node.id])
        else:
            known[node] = _MPMATH[node.function](*(known[argument] for argument in node.arguments))
    return known
