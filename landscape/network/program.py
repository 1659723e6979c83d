"""The kernels as machine code, for three kinds of numbers: each compiled when it is first needed, then from the disk.

A kernel is a function of one of the modules below. Compiled, all of them are called alike: with the room, the plan, and
where in the plan their instruction is, which holds the arguments by their order; ``plan`` itself is not among them.
Apart from each other they compile in a tenth of the time that they take as one.
"""

import ast
import ctypes
import hashlib
import inspect
import threading
from collections.abc import Callable
from functools import cache, partial
from types import ModuleType
from typing import Any, Literal, TypeAlias

import numpy as np

from landscape.formula.compiler import Kernel, Typed, machine, uncollected
from landscape.formula.kept import find, keep
from landscape.formula.words import FLAGS
from landscape.network import activations, layers, losses, normalization, registers, steps, words

Kind: TypeAlias = Literal["float32", "float64", "complex128"]
"""Of numbers."""

_KERNELS = (activations, layers, losses, normalization)
_LOCK = threading.Lock()
_RUN = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * 3)


@cache
def runner(kind: Kind) -> Callable[..., int]:
    """Return :func:`landscape.network.steps.run`, to be called with the addresses of room, plan and losses."""
    return _RUN(kernel("run", kind).address)


def kernel(name: str, kind: Kind) -> Kernel:
    """Return a kernel; it stays where it is. May be called from any thread."""
    with _LOCK:  # Around the cache: of two made at once it would keep one, and the other's machine code would be freed
        return _kernel(name, kind)


@cache
def _kernel(name: str, kind: Kind) -> Kernel:
    source = _source(name, kind)
    made = find(source)
    if made is None:
        made = _compile(source, name, kind)
        if kept := machine(made):
            keep(source, kept)
    return made


def _source(name: str, kind: Kind) -> str:
    """Return the text of a kernel, led by what else its machine code depends on."""
    text = _functions()[name]
    if kind == "complex128":
        tree = _Multiplied().visit(ast.parse("\n\n".join([*_plain_words(), text])))
        text = ast.unparse(ast.fix_missing_locations(tree))
    return f"# {kind} {_digest()}\n{text}"


@cache
def _digest() -> str:
    said = "\n".join((*map(inspect.getsource, (words, registers)), repr(_constants())))
    return hashlib.sha256(said.encode()).hexdigest()


def _constants() -> dict[str, int]:
    """Return the constants that kernels read."""
    named = {**vars(normalization), **vars(steps)}
    return {name: value for name, value in named.items() if name.isupper() and isinstance(value, int)}


@cache
def _functions() -> dict[str, str]:
    """Return the text of every kernel, as it is compiled."""
    found = {node.name: _bare(node, "kernel") for node in _definitions(steps)}
    for module in _KERNELS:
        found |= {node.name: _bare(_instructed(node), "kernel") for node in _definitions(module)}
    return found


@cache
def _plain_words() -> list[str]:
    names = {function.__name__ for function in words.PLAIN}
    return [_bare(node, "part") for node in _definitions(words) if node.name in names]


def _definitions(module: ModuleType) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)]


def _instructed(node: ast.FunctionDef) -> ast.FunctionDef:
    """Take the arguments from the plan."""
    given = [argument.arg for argument in node.args.args if argument.arg not in ("room", "plan")]
    loads = [f"{name} = plan[place + {index}]" for index, name in enumerate(given, start=1)]
    node.args = ast.arguments([], [ast.arg(name) for name in ("room", "plan", "place")], None, [], [], None, [])
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
    """Writes products as the word that Numba does not have for complex numbers without calling for help."""

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


def _compile(source: str, name: str, kind: Kind) -> Kernel:
    import numba
    from numba import types

    room, plan, told = (types.CPointer(getattr(types, number)) for number in (kind, "int64", "float64"))
    signature = types.int64(room, plan, told) if name == "run" else types.void(room, plan, types.int64)
    options = {"nopython": True, "error_model": "numpy", "fastmath": set(FLAGS)}
    names: dict[str, Any] = {
        "__name__": __name__,
        "kernel": numba.cfunc(signature, **options),
        "part": partial(numba.jit, forceinline=True, **options),
        **_constants(),
        **words.compiled(np.dtype(kind).itemsize),
    }
    with uncollected():
        exec(compile(source, "<network>", "exec"), names)
    return Kernel(names[name].address, names[name])
