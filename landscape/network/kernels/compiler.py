"""The compiler of the network's kernels: from Python functions to machine code, for three kinds of numbers.

A kernel is a function of one of the modules below. Compiled, all of them are called alike: with the memory, the
program, and where in it their instruction is, which holds the arguments by their order; ``program`` itself is not among
them. Apart from each other they compile in a tenth of the time that they take as one.
"""

import ast
import inspect
from functools import cache, partial
from types import ModuleType
from typing import Any, Literal, TypeAlias

import numpy as np

from landscape.formula.machine_code.compiler import Typed, uncollected
from landscape.formula.machine_code.llvm import FLAGS
from landscape.formula.machine_code.native import Compiled, compiled
from landscape.network.kernels import (
    activations,
    interpreter,
    intrinsics,
    layers,
    losses,
    normalization,
    regularization,
    whitening,
)

Kind: TypeAlias = Literal["float32", "float64", "complex128"]
"""Of numbers."""

_KERNELS = (activations, layers, losses, normalization, regularization, whitening)


def source(name: str, kind: Kind) -> str:
    """Return the text of a kernel as it is compiled for this kind of numbers."""
    text = _functions()[name]
    if kind != "complex128":
        return text
    tree = _Multiplied().visit(ast.parse("\n\n".join([*_plain_intrinsics(), text])))
    return ast.unparse(ast.fix_missing_locations(tree))


def _constants() -> dict[str, int]:
    """Return the constants that kernels read."""
    named = {**vars(normalization), **vars(whitening), **vars(interpreter)}
    return {name: value for name, value in named.items() if name.isupper() and isinstance(value, int)}


@cache
def _functions() -> dict[str, str]:
    """Return the text of every kernel, as it is compiled."""
    found = {node.name: _bare(node, "kernel") for node in _definitions(interpreter)}
    for module in _KERNELS:
        found |= {node.name: _bare(_instructed(node), "kernel") for node in _definitions(module)}
    return found


@cache
def _plain_intrinsics() -> list[str]:
    names = {function.__name__ for function in intrinsics.PLAIN}
    return [_bare(node, "part") for node in _definitions(intrinsics) if node.name in names]


def _definitions(module: ModuleType) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)]


def _instructed(node: ast.FunctionDef) -> ast.FunctionDef:
    """Take the arguments from the program."""
    given = [argument.arg for argument in node.args.args if argument.arg not in ("memory", "program")]
    loads = [f"{name} = program[place + {index}]" for index, name in enumerate(given, start=1)]
    node.args = ast.arguments([], [ast.arg(name) for name in ("memory", "program", "place")], None, [], [], None, [])
    node.body[1:1] = ast.parse("\n".join(loads)).body
    return node


def _bare(node: ast.FunctionDef, decorator: str) -> str:
    """Return the text of a function without docstring and annotations, its literals of the kernels' kind."""
    node.body = node.body[1:]
    node.returns = None
    for argument in node.args.args:
        argument.annotation = None
    node.decorator_list = [ast.Name(decorator, ast.Load())]
    return ast.unparse(ast.fix_missing_locations(Typed("number").visit(node)))


class _Multiplied(ast.NodeTransformer):
    """Writes products as the intrinsic that Numba does not have for complex numbers without calling for help."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Mult):
            return node
        return ast.Call(func=ast.Name("times", ast.Load()), args=[node.left, node.right], keywords=[])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Mult):
            return node
        held = ast.parse(ast.unparse(node.target), mode="eval").body
        product = ast.Call(func=ast.Name("times", ast.Load()), args=[held, node.value], keywords=[])
        return ast.Assign(targets=[node.target], value=product)


def compile_kernel(text: str, name: str, kind: Kind) -> Compiled:
    """Return the kernel of a text that :func:`source` gave."""
    import numba
    from numba import types

    memory, program, told = (types.CPointer(getattr(types, number)) for number in (kind, "int64", "float64"))
    signature = types.int64(memory, program, told) if name == "run" else types.void(memory, program, types.int64)
    options = {"nopython": True, "error_model": "numpy", "fastmath": set(FLAGS)}
    names: dict[str, Any] = {
        "__name__": __name__,
        "kernel": compiled(signature, **options),
        "part": partial(numba.jit, forceinline=True, **options),
        **_constants(),
        **intrinsics.compiled(np.dtype(kind).itemsize),
    }
    with uncollected():
        exec(compile(text, "<network>", "exec"), names)
    made: Compiled = names[name]
    return made
