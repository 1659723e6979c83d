"""Kernels that evaluate a surface at one point, its value or its gradient, to be called through their addresses."""

from landscape.catalogue.surfaces import Surface
from landscape.descent.strategies.frame import ASKED_X, ASKED_Y, FOUND, FOUND_X
from landscape.formula.kernels import Code, Columns, Emitter
from landscape.memory import bounded

ARGUMENTS = ("told", "constants", "data", "count")


def value_source(surface: Surface) -> str:
    """Return the kernel that reads a point out of ``told`` and writes the value there into it."""
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names, False)


def gradient_source(surface: Surface) -> str:
    """Return the kernel that writes both components of the gradient."""
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names, True)


@bounded(256, megabytes=16)
def _source(
    formula: str, transformed: bool, columns: tuple[str, ...], parameters: tuple[str, ...], gradient: bool
) -> str:
    bare = Surface(formula=formula, rotation=1.0 if transformed else 0.0)
    code = Code()
    values = {name: code.load("constants", index) for index, name in enumerate(parameters)}
    point = {"x": code.load("told", ASKED_X), "y": code.load("told", ASKED_Y)}
    trees = list(bare.gradient_trees) if gradient else [bare.tree]
    first = FOUND_X if gradient else FOUND
    roots = Emitter(code, {**values, **point}, Columns(columns)).emit(trees)
    code.write(*(f"put(told, {first + index}, {root})" for index, root in enumerate(roots)))
    return code.function("surface", ARGUMENTS, "void")
