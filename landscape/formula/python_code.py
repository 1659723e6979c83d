"""A tree as an expression of Python: of PyTorch's tensors, or of plain floats with ``math``."""

import keyword
from collections.abc import Collection, Mapping

from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Name, Node, Number, free_names, walk

RESERVED = frozenset({
    "torch", "math", "self", "group", "param", "memory", "function", "optimizer", "scheduler", "loss", "step", "points",
    "told", "before", "rows", "theta_", "mixed", "hashed", "normals", "rows_of", "set_rate", "hessian", "params",
    "float", "dict", "sum", "min", "max", "abs", "round", "list", "lambda", "STEPS", "SEED", "MEMORY", "Rule",
})  # fmt: skip
"""Names that scripts use for something of their own."""
_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = 1, 2, 3, 4, 5
_SIGNS = {"add": ("+", _SUM), "sub": ("-", _SUM), "mul": ("*", _PRODUCT), "div": ("/", _PRODUCT)}
_COMPARED = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
_TORCH: Mapping[str, str] = {
    **{
        name: f"torch.{name}({{0}})"
        for name in (
            "sqrt", "exp", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sigmoid", "relu", "erf", "erfc", "abs", "sign",
            "floor", "ceil", "round", "trunc",
        )
    },
    "cbrt": "torch.sign({0})*torch.abs({0})**(1/3)", "gamma": "torch.exp(torch.lgamma({0}))",
    "sec": "1/torch.cos({0})", "csc": "1/torch.sin({0})", "cot": "torch.cos({0})/torch.sin({0})",
    "sech": "1/torch.cosh({0})", "csch": "1/torch.sinh({0})", "coth": "1/torch.tanh({0})",
    "softplus": "torch.logaddexp({0}, torch.tensor(0.0))",
    "atan2": "torch.atan2({0}, {1})", "min": "torch.minimum({0}, {1})", "max": "torch.maximum({0}, {1})",
    "mod": "torch.remainder({0}, {1})", "norm": "torch.hypot({0}, {1})", "where": "torch.where({0}, {1}, {2})",
}  # fmt: skip
_MATH: Mapping[str, str] = {
    **{
        name: f"math.{name}({{0}})"
        for name in (
            "sqrt", "cbrt", "exp", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos",
            "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "floor", "ceil", "trunc",
        )
    },
    "sec": "1/math.cos({0})", "csc": "1/math.sin({0})", "cot": "1/math.tan({0})", "sech": "1/math.cosh({0})",
    "csch": "1/math.sinh({0})", "coth": "1/math.tanh({0})", "sigmoid": "1/(1 + math.exp(-({0})))",
    "relu": "max({0}, 0.0)", "softplus": "math.log1p(math.exp({0}))", "abs": "abs({0})",
    "sign": "(({0} > 0) - ({0} < 0))", "round": "round({0})", "atan2": "math.atan2({0}, {1})", "min": "min({0}, {1})",
    "max": "max({0}, {1})", "mod": "({0}) % ({1})", "norm": "math.hypot({0}, {1})",
    "where": "({1} if {0} else {2})",
}  # fmt: skip


def torch_code(node: Node, columns: Collection[str] = ()) -> str:
    """Return ``node`` as an expression of tensors; every name is one, and ``columns`` are those of data."""
    return _code(node, _TORCH, columns)


def math_code(node: Node) -> str:
    """Return ``node`` as an expression of floats; the branch of a choice that is not taken is not computed."""
    return _code(node, _MATH, ())


def safe(name: str) -> str:
    """Return a name as it is called in a script, where some words mean something else."""
    name = name.replace(".", "_")
    return f"{name}_" if keyword.iskeyword(name) or name in RESERVED else name


def literal(value: float) -> str:
    """Return a number as Python writes it, whole ones without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def _code(root: Node, functions: Mapping[str, str], columns: Collection[str]) -> str:
    pieces: dict[Node, tuple[str, int]] = {}
    for node in walk((root,)):
        pieces[node] = _piece(node, pieces, functions, columns)
    return pieces[root][0]


def _piece(
    node: Node, pieces: Mapping[Node, tuple[str, int]], functions: Mapping[str, str], columns: Collection[str]
) -> tuple[str, int]:
    """Return the text of a node and how tightly it binds."""
    if isinstance(node, Number):
        return literal(node.value), _ATOM if node.value >= 0 else _UNARY
    if isinstance(node, Name):
        return safe(node.id), _ATOM
    given = [pieces[argument] for argument in node.arguments]
    if node.function in _SIGNS:
        sign, binding = _SIGNS[node.function]
        spaced = f" {sign} " if binding == _SUM else sign
        return f"{_bound(given[0], binding)}{spaced}{_bound(given[1], binding + 1)}", binding
    if node.function == "neg":
        return f"-{_bound(given[0], _UNARY)}", _UNARY
    if node.function == "pow":
        return f"{_bound(given[0], _ATOM)}**{_bound(given[1], _ATOM)}", _POWER
    if node.function in COMPARISONS:
        return f"{_bound(given[0], _SUM)} {_COMPARED[node.function]} {_bound(given[1], _SUM)}", 0
    if node.function in REDUCTIONS:
        return _reduced(node, given[0][0], columns), _ATOM
    return _called(node, given, functions)


def _called(node: Call, given: list[tuple[str, int]], functions: Mapping[str, str]) -> tuple[str, int]:
    form = functions[node.function]
    texts = [text for text, _ in given]
    if functions is _TORCH and node.function != "where":
        # A function of tensors does not take a number.
        texts = [
            f"torch.tensor({float(each.value)!r})" if isinstance(each, Number) else text
            for text, each in zip(texts, node.arguments, strict=True)
        ]
    return form.format(*texts), _ATOM if form.endswith(")") and "/" not in form and "*" not in form else _PRODUCT


def _reduced(node: Call, text: str, columns: Collection[str]) -> str:
    read = free_names(node)
    if columns and not read & set(columns):
        text = f"{text} + torch.zeros_like({safe(next(iter(columns)))})"
    return f"torch.{node.function}({text})"


def _bound(piece: tuple[str, int], binding: int) -> str:
    text, own = piece
    return text if own >= binding else f"({text})"
