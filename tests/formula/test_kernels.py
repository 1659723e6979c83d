"""Compiled arithmetic is the plain meaning of the language, whatever its names are and wherever its code comes from."""

import ctypes
import math
from collections.abc import Mapping, Sequence

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from landscape.catalogue.surfaces import SurfaceEntry, surface_entries
from landscape.formula import kernel_cache
from landscape.formula.kernels import Code, Columns, Emitter, is_plain
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import (
    ELEMENTARY,
    FUNCTIONS,
    OPERATORS,
    Call,
    Name,
    Node,
    Number,
    evaluate,
    free_names,
    walk,
)
from tests.formula.texts import trees

SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e-300, -1e300, 745.0, -745.0, math.inf, -math.inf, math.nan)
"""Where functions change their mind."""


LANES = 8
"""Points in a kernel that the compiler may compute side by side."""


def source(
    roots: Sequence[Node], names: Sequence[str], lanes: int = 1, columns: Sequence[str] = (), *, single: bool = False
) -> str:
    """Return a kernel ``point`` that reads ``lanes`` numbers for each name and writes as many for each root."""
    code = Code(wide=lanes > 1, single=single)
    code.write("lane = 0")
    with code.block(f"while lane < {lanes}:"):
        values = {name: code.load("inputs", f"{index * lanes} + lane") for index, name in enumerate(names)}
        for index, value in enumerate(Emitter(code, values, Columns(tuple(columns))).emit(roots)):
            code.write(f"put(outputs, {index * lanes} + lane, {value})")
        code.write("lane += 1")
    return code.function("point", ("inputs", "outputs", "data", "count"), "void")


def compiled(
    roots: Sequence[Node],
    values: Mapping[str, NDArray[np.float64] | float],
    columns: Mapping[str, Sequence[float]] | None = None,
    lanes: int = LANES,
) -> NDArray[np.float64]:
    """Return what the compiled trees give for ``lanes`` points."""
    columns = columns or {}
    kernel = kernel_cache.load(source(roots, list(values), lanes, list(columns)), "point")
    inputs = np.array([np.broadcast_to(value, lanes) for value in values.values()], dtype=np.float64)
    outputs = np.empty((len(roots), lanes))
    data = np.array(list(columns.values()), dtype=np.float64)
    rows = data.shape[1] if columns else 0
    pointers = [array.ctypes.data for array in (inputs, outputs, data)]
    ctypes.CFUNCTYPE(None, *(ctypes.c_void_p,) * 3, ctypes.c_int64)(kernel.address)(*pointers, rows)
    return outputs


@pytest.mark.parametrize("lanes", [1, LANES])
@pytest.mark.parametrize("function", [*OPERATORS, *ELEMENTARY])
def test_a_compiled_function_is_numpys_everywhere(function: str, lanes: int) -> None:
    count = FUNCTIONS[function]
    names = "abc"[:count]
    arguments: list[Node] = [Name(name) for name in names]
    if function == "where":
        arguments[0] = Call("lt", (Name("a"), Name("b")))
    tree = Call(function, tuple(arguments))
    rng = np.random.default_rng(count)
    for _ in range(40):
        points = {name: rng.choice([*SPECIAL, *rng.normal(0.0, 3.0, 14)], lanes) for name in names}
        expected = evaluate([tree], points)[0]
        if lanes > 1 and function in ("sin", "cos", "tan", "sec", "csc", "cot"):
            expected = np.where(np.abs(points["a"]) > 2.0**48, math.nan, expected)
        if lanes > 1 and function in ("csc", "cot", "coth"):  # A zero has no sign there.
            expected = np.where(points["a"] == 0.0, math.inf, expected)
        np.testing.assert_allclose(compiled([tree], points, lanes=lanes)[0], expected, rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize("lanes", [1, LANES])
@pytest.mark.parametrize("order", [0, 1, 2, 3, 4])
def test_a_compiled_polygamma_function_is_mpmaths(order: int, lanes: int) -> None:
    tree = Call("polygamma", (Number(float(order)), Name("a")))
    points = np.array([0.02, 0.5, 1.25, 3.0, 40.0, -0.3, -2.75, -31.4])
    truth = [float(mpmath.polygamma(order, point)) for point in points]
    for first in range(0, len(points), lanes):
        part = slice(first, first + lanes)
        found = compiled([tree], {"a": points[part]}, lanes=lanes)[0]
        np.testing.assert_allclose(found, truth[part], rtol=2e-14)
        np.testing.assert_allclose(evaluate([tree], {"a": points[part]})[0], truth[part], rtol=2e-14)
    poles = np.resize([0.0, -1.0, -7.0, math.nan], lanes)
    assert np.isnan(compiled([tree], {"a": poles}, lanes=lanes)).all()


@pytest.mark.parametrize("exponent", [2.0, 3.0, 4.0, 5.0, 7.0, 12.0, 32.0, 33.0, -1.0, -2.0, -3.0, 0.5, -0.5, 1.5, 0.3])
def test_a_power_is_numpys_to_the_last_digits(exponent: float) -> None:
    points = {"x": np.array([0.3, 1.7, 2.0, 5.5, 0.0, 9.25, 1e-3, 12.0])}
    tree = Call("pow", (Name("x"), Number(exponent)))
    np.testing.assert_allclose(compiled([tree], points)[0], evaluate([tree], points)[0], rtol=8e-16 * abs(exponent))


@pytest.mark.parametrize("text", ["where(x < y, x, y)", "where(x >= y, x, y)", "where(x, 1, 2)", "where(x != 0, y, x)"])
def test_a_condition_chooses_lane_by_lane_and_nan_compares_with_nothing(text: str) -> None:
    points = {"x": np.array([0.0, 1.0, 2.0, math.nan, -1.0, 0.0, 3.0, 3.0]), "y": np.full(8, 1.0)}
    tree = parse_expression(text) if text != "where(x, 1, 2)" else Call("where", (Name("x"), Number(1.0), Number(2.0)))
    np.testing.assert_array_equal(compiled([tree], points)[0], evaluate([tree], points)[0])


@settings(max_examples=25, deadline=None)
@given(trees())
def test_any_compiled_tree_is_its_plain_evaluation(tree: Node) -> None:
    points = {name: np.linspace(0.2, 1.9, LANES) + index for index, name in enumerate(sorted(free_names(tree)))}
    expected = np.broadcast_to(evaluate([tree], points)[0], LANES)
    # What mod leaves of a large number has the rounding of that number.
    divided = [node.arguments[0] for node in walk([tree]) if isinstance(node, Call) and node.function == "mod"]
    largest = max((float(np.nanmax(np.abs(number))) for number in evaluate(divided, points)), default=0.0)
    np.testing.assert_allclose(compiled([tree], points)[0], expected, rtol=1e-9, atol=1e-12 * max(1.0, largest))


@pytest.mark.parametrize("entry", surface_entries().values(), ids=surface_entries())
def test_every_compiled_surface_has_the_value_gradient_and_hessian_of_its_formula(entry: SurfaceEntry) -> None:
    surface = entry.surface
    rng = np.random.default_rng(7)
    x, y = (rng.uniform(low, high, LANES) for low, high in surface.domain)
    names = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
    roots = [surface.tree, *surface.gradient_trees, *surface.hessian_trees]
    found = compiled(roots, {"x": x, "y": y, **names}, dict(surface.data))
    hessian = surface.hessian(x, y)
    expected = np.stack([surface.value(x, y), *surface.gradient(x, y), hessian[0, 0], hessian[0, 1], hessian[1, 1]])
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12 * np.abs(expected).max())


@pytest.mark.parametrize(
    "text",
    [
        "mean(x*u + y)", "sum(u*v)", "sum(1)*x", "mean((u - mean(u))**2)", "sum(sum(u)*v) + sum(x)",
        "where(mean(u) > x, sum(u), y) + mean(where(u > v, x, y))", "x*y",
    ],
)  # fmt: skip
def test_compiled_reductions_run_over_the_rows(text: str) -> None:
    columns = {"u": [1.0, 2.0, 6.0, -3.0], "v": [0.5, 1.0, 2.0, 7.0]}
    points = {"x": np.linspace(-2.0, 4.0, LANES), "y": np.linspace(1.0, 2.0, LANES)}
    tree = parse_expression(text)
    np.testing.assert_allclose(compiled([tree], points, columns)[0], evaluate([tree], points, columns)[0], rtol=1e-14)


def test_without_data_a_compiled_reduction_has_one_row() -> None:
    assert compiled([parse_expression("sum(x) + mean(1)")], {"x": 4.0}, lanes=1)[0] == 5.0


@pytest.mark.parametrize(
    ("low", "high"), [(-1.0, 1.0), (-708.0, 709.7), (-745.2, -700.0), (709.0, 709.782), (-1e-8, 1e-8)]
)
def test_exponentials_side_by_side_are_good_to_the_last_digits(low: float, high: float) -> None:
    for x in np.random.default_rng(5).uniform(low, high, (60, LANES)):
        found, expected = compiled([Call("exp", (Name("x"),))], {"x": x})[0], np.exp(x)
        assert (np.abs(found - expected) <= 3 * np.spacing(expected)).all()


def test_exponentials_side_by_side_overflow_and_vanish_where_they_should() -> None:
    x = np.array([709.79, 1e5, math.inf, -745.2, -1e300, -math.inf, math.nan, -0.0])
    np.testing.assert_array_equal(
        compiled([Call("exp", (Name("x"),))], {"x": x})[0], [math.inf] * 3 + [0.0] * 3 + [math.nan, 1.0]
    )


HOSTILE = ("v1", "v2", "y2", "t0", "lane", "row", "data", "count", "inputs", "lambda", "import", "get", "put", "choose",
           "times", "kernel", "sqrt", "abs", "inf", "nan", "math", "np", "numba", "step", "left", "β")  # fmt: skip


def test_no_name_of_a_person_meets_a_name_of_the_kernel() -> None:
    tree: Node = Number(0.0)
    for index, name in enumerate(HOSTILE):
        tree = Call("add", (tree, Call("mul", (Number(2.0**index), Name(name)))))
    values = {name: float(index % 3) for index, name in enumerate(HOSTILE)}
    expected = sum(2.0**index * value for index, value in enumerate(values.values()))
    assert compiled([tree], values, lanes=1)[0, 0] == expected


def test_equal_parts_are_written_once() -> None:
    roots = [parse_expression("exp(x*y) + sin(x*y)"), parse_expression("exp(x*y)*2")]
    text = source(roots, ["x", "y"])
    assert text.count("exp(") == 1
    assert text.count("times(") == 2


@pytest.mark.parametrize(
    "text",
    [
        "x*y - 3*x/y + 0.1",
        "sqrt(abs(x)) - x**5/7",
        "where(x < y, 1, -0.5)*x",
        "min(x, y) + max(x, 0) - sign(y)",
        "x**-2",
        "sin(x)*cos(3*y) + tanh(x*y)",
        "exp(-x**2) + sigmoid(y)",
    ],
)
def test_a_kernel_of_short_numbers_rounds_like_short_numbers(text: str) -> None:
    tree = parse_expression(text)
    assert is_plain([tree])
    rng = np.random.default_rng(3)
    inputs = rng.normal(0.0, 3.0, (2, LANES)).astype(np.float32)
    outputs = np.empty((1, LANES), dtype=np.float32)
    kernel = kernel_cache.load(source([tree], ["x", "y"], LANES, single=True), "point")
    ctypes.CFUNCTYPE(None, *(ctypes.c_void_p,) * 3, ctypes.c_int64)(kernel.address)(
        inputs.ctypes.data, outputs.ctypes.data, None, 0
    )
    exact = evaluate([tree], dict(zip("xy", inputs.astype(np.float64), strict=True)))[0]
    np.testing.assert_allclose(outputs[0], exact, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("text", ["asin(x)", "x**y", "log(x)", "softplus(x)", "mod(x, y)", "x**0.3", "norm(x, y)"])
def test_functions_of_the_c_library_are_not_for_short_numbers(text: str) -> None:
    assert not is_plain([parse_expression(text)])
