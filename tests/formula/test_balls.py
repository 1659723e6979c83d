"""Enclosures hold every value of the formula on a box, are tight on small ones, and know where it is not smooth."""

import math
import random
import sys

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.catalogue.surfaces import surface_entries
from landscape.formula.balls import enclosure, precision
from landscape.formula.derivatives import exact_derivatives, gradient, hessian
from landscape.formula.kinks import JUMP, KINK, OUTSIDE, SMOOTH, boundary, sites
from landscape.formula.signs import same_sign
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import COMPARISONS, FUNCTIONS, REDUCTIONS, Call, Name, Node, Number, evaluate, share
from tests.formula.test_derivatives import random_tree

ONE_ROW = ((),)
NAMES = ("x", "y", "z")
LARGEST = sys.float_info.max


def ball(low: float, high: float) -> arb:
    """Return a ball around all numbers from ``low`` to ``high``."""
    return arb(low).union(arb(high))


def on(root: Node, *sides: tuple[float, float]) -> arb:
    """Return the enclosure of a tree of x, y, z on a box."""
    return enclosure((root,), NAMES[: len(sides)])([ball(*side) for side in sides], ONE_ROW)[0]


def holds(enclosed: arb, value: float) -> bool:
    """Tell whether a ball holds a value that NumPy computed, to its rounding; an infinite one beyond all floats."""
    if math.isnan(value) or not enclosed.is_finite():
        return True
    if math.isinf(value):
        return bool(enclosed.upper() > LARGEST if value > 0 else enclosed.lower() < -LARGEST)
    return enclosed.overlaps(arb(value, 1e-12 * (1 + abs(value))))


def applied(function: str) -> Node:
    """Return ``function`` of x, y and z; a comparison in the place where it may stand."""
    names = tuple(map(Name, NAMES))
    if function == "where":
        return Call("where", (Call("lt", (Name("x"), Number(0.5))), Name("y"), Name("z")))
    made = Call(function, names[: FUNCTIONS[function]])
    return Call("where", (made, Name("z"), Number(7.0))) if function in COMPARISONS else made


SIDES = st.tuples(st.floats(-8, 8), st.floats(0, 6) | st.just(0.0), st.floats(0, 1))
"""The left end of a side, its length, and where on it the point lies."""


@pytest.mark.parametrize("function", [name for name in FUNCTIONS if name not in REDUCTIONS])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(sides=st.tuples(SIDES, SIDES, SIDES))
def test_an_enclosure_holds_what_the_function_is_in_the_box(
    function: str, sides: tuple[tuple[float, float, float], ...]
) -> None:
    root = applied(function)
    box = [(low, low + length) for low, length, _ in sides]
    point = [min(low + part * length, low + length) for low, length, part in sides]
    value = float(evaluate([root], dict(zip(NAMES, point, strict=True)))[0])
    assert holds(on(root, *box), value)


@pytest.mark.parametrize("order", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("low", "high"), [(0.3, 0.3), (0.2, 0.9), (2.0, 9.0), (-0.8, -0.1), (-2.5, -2.25), (-7.5, -7.5)]
)
def test_a_polygamma_function_is_held_and_from_its_poles_on_finite(order: int, low: float, high: float) -> None:
    enclosed = on(Call("polygamma", (Number(float(order)), Name("x"))), (low, high))
    assert enclosed.is_finite()
    for part in np.linspace(low, high, 7):
        assert holds(enclosed, float(mpmath.polygamma(order, float(part))))
    across = on(Call("polygamma", (Number(float(order)), Name("x"))), (low - 1.0, high))
    assert not across.is_finite() or low > 1.0


def test_what_overflows_as_a_float_is_enclosed_where_it_is() -> None:
    far, near = (on(applied("div"), (4.0, 4.0), (tiny, tiny)) for tiny in (1.6704819877032646e-308, 2.0))
    assert (holds(far, math.inf), holds(far, -math.inf), holds(near, math.inf)) == (True, False, False)


@pytest.mark.parametrize("function", [name for name in FUNCTIONS if name not in REDUCTIONS])
def test_the_enclosure_of_a_point_is_as_good_as_a_number(function: str) -> None:
    root, x = applied(function), 1.375 if function == "acosh" else 0.375
    enclosed = on(root, (x, x), (0.8125, 0.8125), (2.0, 2.0))
    [value] = evaluate([root], {"x": x, "y": 0.8125, "z": 2.0})
    assert float(enclosed.rad()) <= 1e-14
    assert float(enclosed.mid()) == pytest.approx(float(value), rel=1e-14)


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("x**2", (-1, 2), (0, 4)), ("x**4", (-2, 1), (0, 16)), ("x*x", (-1, 1), (0, 1)),
        ("sqrt(x**2)", (-3, 2), (0, 3)),
        ("abs(x)", (-1, 3), (0, 3)), ("relu(x)", (-1, 3), (0, 3)), ("sigmoid(x)", (-60, 60), (0, 1)),
        ("tanh(x)", (-50, 50), (-1, 1)), ("cosh(x)", (-1, 2), (1, math.cosh(2))),
        ("softplus(x)", (-9, 9), (math.log1p(math.exp(-9)), math.log1p(math.exp(9)))),
        ("cbrt(x)", (-8, 27), (-2, 3)), ("asin(x)", (-1, 1), (-math.pi / 2, math.pi / 2)),
        ("sign(x)", (-1, 1), (-1, 1)), ("floor(x)", (0.5, 1.5), (0, 1)), ("mod(x, 1)", (0.5, 1.5), (0, 1)),
        ("min(x, 1)", (0, 3), (0, 1)), ("where(x < 0, 2, 5)", (-1, 1), (2, 5)), ("where(x < 0, 2, 5)", (1, 2), (5, 5)),
        ("sech(x)", (-1, 2), (1 / math.cosh(2), 1)), ("csch(x)", (1, 2), (1 / math.sinh(2), 1 / math.sinh(1))),
        ("sec(x)", (-1, 1), (1, 1 / math.cos(1))), ("csc(x)", (1, 2), (1, 1 / math.sin(1))),
        ("cot(x)", (1, 2), (1 / math.tan(2), 1 / math.tan(1))), ("coth(x)", (1, 2),
        (1 / math.tanh(2), 1 / math.tanh(1))),
        ("asinh(x)", (-1, 2), (math.asinh(-1), math.asinh(2))), ("acosh(x)", (0, 2), (0, math.acosh(2))),
        ("atanh(x)", (-0.5, 0.9), (math.atanh(-0.5), math.atanh(0.9))), ("erf(x)", (-1, 3),
        (math.erf(-1), math.erf(3))),
        ("erfc(x)", (-1, 3), (math.erfc(3), math.erfc(-1))), ("gamma(x)", (1, 2), (0.8856031944108887, 1)),
        ("gamma(x)", (3, 5), (2, 24)), ("gamma(x)", (0.25, 0.5), (math.sqrt(math.pi), math.gamma(0.25))),
        ("expm1(x)", (-1, 2), (math.expm1(-1), math.expm1(2))), ("log1p(x)", (0, 3), (0, math.log(4))),
        ("log2(x)", (1, 8), (0, 3)), ("round(x)", (-0.4, 1.6), (0, 2)), ("trunc(x)", (-1.5, 2.5), (-1, 2)),
        ("trunc(x)", (-0.5, 0.5), (0, 0)),
        ("1 - tanh(x)**2", (30, 31), (0, 4 * math.exp(-60))), ("sqrt(x)", (-1, 4), (0, 2)),
    ],
)  # fmt: skip
def test_an_enclosure_is_no_wider_than_the_function_s_values(
    text: str, side: tuple[float, float], expected: tuple[float, float]
) -> None:
    enclosed = on(parse_expression(text), side)
    ends = float(enclosed.lower()), float(enclosed.upper())
    assert ends == pytest.approx(expected, abs=1e-6 * (1 + expected[1] - expected[0]))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("1/x", (-1, 1)),
        ("sec(x)", (1, 2)),
        ("cot(x)", (-1, 1)),
        ("coth(x)", (-1, 1)),
        ("atanh(x)", (0, 1)),
        ("gamma(x)", (-0.5, 0.5)),
        ("gamma(x)", (-2.5, -1.5)),
        ("log1p(x)", (-1, 1)),
        ("log(x)", (0, 1)),
        ("x**-2", (-1, 1)),
        ("x**-0.5", (0, 1)),
    ],
)
def test_what_is_unbounded_is_not_finite(text: str, side: tuple[float, float]) -> None:
    assert not on(parse_expression(text), side).is_finite()


@pytest.mark.parametrize("seed", range(60))
def test_values_and_derivatives_of_random_formulas_are_held(seed: int) -> None:
    rng = random.Random(seed)
    tree = random_tree(rng, 4)
    roots = (tree, *gradient(tree), *hessian(tree))
    low = {name: rng.uniform(0.2, 0.9) for name in "xya"}
    size = {name: rng.choice([0.0, 0.001, 0.1]) for name in "xya"}
    enclosed = enclosure(roots, ("x", "y", "a"))([ball(low[n], low[n] + size[n]) for n in "xya"], ONE_ROW)
    for _ in range(5):
        point = {name: low[name] + rng.random() * size[name] for name in "xya"}
        for part, value in zip(enclosed, evaluate(roots, point), strict=True):
            assert abs(float(value)) > 1e6 or holds(part, float(value))


@pytest.mark.parametrize("name", list(surface_entries()))
def test_the_derivatives_of_every_surface_are_held(name: str) -> None:
    surface = surface_entries()[name].surface
    roots = (surface.tree, *surface.gradient_trees, *surface.hessian_trees)
    enclose = enclosure(roots, ("x", "y", *surface.parameter_names), surface.columns)
    rows = tuple(tuple(map(arb, row)) for row in zip(*(column for _, column in surface.data), strict=True)) or ONE_ROW
    fixed = [arb(value) for value in surface.kernel_values]
    rng = np.random.default_rng(0)
    for (x0, x1), (y0, y1) in [surface.domain] * 4:
        x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
        wide, high = 0.01 * (x1 - x0), 0.01 * (y1 - y0)
        enclosed = enclose([ball(x, x + wide), ball(y, y + high), *fixed], rows)
        px, py = x + rng.random() * wide, y + rng.random() * high
        values = [surface.value(px, py), *surface.gradient(px, py), *surface.hessian(px, py).ravel()[[0, 1, 3]]]
        scale = max(map(abs, map(float, values)))
        for part, value in zip(enclosed, map(float, values), strict=True):
            assert not part.is_finite() or part.overlaps(arb(value, 1e-11 * (1 + scale)))


def test_means_and_sums_run_over_the_rows_also_inside_each_other() -> None:
    u, v = [1.0, 2.0, 4.0], [0.5, -1.0, 3.0]
    root = parse_expression("mean((x*u - mean(x*u + y))**2) + sum(v*y) + sum(2) + mean(x)")
    enclosed = enclosure((root,), ("x", "y"), ("u", "v"))(
        [arb(0.3), arb(-2)], tuple((arb(a), arb(b)) for a, b in zip(u, v, strict=True))
    )
    [value] = evaluate([root], {"x": 0.3, "y": -2.0}, {"u": u, "v": v})
    assert float(enclosed[0].mid()) == pytest.approx(float(value), rel=1e-14)


def test_names_of_a_formula_never_meet_those_of_the_generated_code() -> None:
    names = ("rows", "values", "v1", "k1", "f_exp", "zero", "c0", "a0")
    root = parse_expression("sum(rows*exp(values) + v1*k1*f_exp*zero*c0*a0*u)")
    values = dict(zip(names, np.linspace(0.5, 1.5, len(names)).tolist(), strict=True))
    enclosed = enclosure((root,), names, ("u",))([arb(value) for value in values.values()], ((arb(2),), (arb(3),)))
    assert float(enclosed[0].mid()) == pytest.approx(float(evaluate([root], values, {"u": [2.0, 3.0]})[0]), rel=1e-14)


def test_more_precision_ends_with_its_block() -> None:
    root = parse_expression("sqrt(x)")
    with precision(200):
        assert float(on(root, (2, 2)).rad()) < 1e-50
    assert ctx.prec == 53
    assert float(on(root, (2, 2)).rad()) > 1e-20


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("abs(x)", (-1, 1), KINK), ("abs(x)", (0.1, 1), SMOOTH), ("relu(x)", (-1, 1), KINK),
        ("sqrt(x)", (-1, 1), KINK),
        ("sqrt(x)", (-2, -1), OUTSIDE), ("log(x)", (-1, 1), JUMP), ("log(x)", (-2, -1), OUTSIDE),
        ("1/x", (-1, 1), JUMP),
        ("1/x", (1, 2), SMOOTH), ("floor(x)", (0.2, 0.8), SMOOTH), ("floor(x)", (0.2, 1.8), JUMP),
        ("mod(x, 2)", (1.5, 2.5), JUMP), ("mod(x, 2)", (0.5, 1.5), SMOOTH), ("sign(x)", (-1, 1), JUMP),
        ("round(x)", (0.6, 1.4), SMOOTH), ("round(x)", (0.2, 0.8), JUMP), ("trunc(x)", (-0.9, 0.9), SMOOTH),
        ("trunc(x)", (0.5, 1.5), JUMP), ("gamma(x)", (0.1, 9), SMOOTH), ("gamma(x)", (-0.9, -0.1), SMOOTH),
        ("gamma(x)", (-0.5, 0.5), JUMP), ("sec(x)", (1, 2), JUMP), ("sec(x)", (-1, 1), SMOOTH),
        ("csc(x)", (-1, 1), JUMP), ("cot(x)", (1, 2), SMOOTH), ("csch(x)", (-1, 1), JUMP), ("coth(x)", (1, 2), SMOOTH),
        ("acosh(x)", (0.5, 2), KINK), ("acosh(x)", (0, 0.5), OUTSIDE), ("acosh(x)", (2, 3), SMOOTH),
        ("atanh(x)", (0.5, 1.5), JUMP), ("atanh(x)", (2, 3), OUTSIDE), ("log1p(x)", (-1.5, 0), JUMP),
        ("log2(x)", (-1, 1), JUMP), ("sgn(x)", (-1, 1), JUMP), ("hypot(x, 0)", (-1, 1), KINK),
        ("tan(x)", (1, 2), JUMP), ("tan(x)", (-1, 1), SMOOTH), ("asin(x)", (0.5, 1.5), KINK),
        ("asin(x)", (2, 3), OUTSIDE),
        ("x**1.5", (-1, 1), KINK), ("x**1.5", (1, 2), SMOOTH), ("x**a", (-1, 1), SMOOTH), ("cbrt(x)", (-1, 1), KINK),
        ("where(x < 1, x, 2)", (0, 2), JUMP), ("where(x < 1, x, 2)", (0, 0.5), SMOOTH), ("max(x, 1)", (0, 2), KINK),
        ("min(x, 1)", (2, 3), SMOOTH), ("norm(x, 0)", (-1, 1), KINK), ("norm(x, 1)", (-1, 1), SMOOTH),
        ("atan2(x, -1)", (-1, 1), JUMP), ("atan2(x, 1)", (-1, 1), SMOOTH), ("x**-1", (-1, 1), JUMP),
        ("x**3", (-1, 1), SMOOTH),
        ("where(x > 0, sqrt(x), 0)", (-2, -1), SMOOTH), ("mean(abs(x - u))", (2.5, 3.5), KINK),
        ("mean(abs(x - u))", (3.5, 4.5), SMOOTH), ("sqrt(2) + abs(a)", (-1, 1), SMOOTH),
    ],
)  # fmt: skip
def test_a_site_tells_where_its_function_is_not_smooth(text: str, side: tuple[float, float], expected: int) -> None:
    tests = sites(parse_expression(text), ("u",))
    states = enclosure(tests, ("x", "a"), ("u",))([ball(*side), arb(3)], ((arb(1),), (arb(3),))) if tests else (SMOOTH,)
    assert max(states) == expected


@pytest.mark.parametrize(
    ("text", "zeros"),
    [("abs(x - 1)", [1]), ("min(x, 2)", [2]), ("where(x < 3, 1, x)", [3]), ("floor(x)", [-1, 0, 2]), ("1/(x - 2)", [2]),
     ("sqrt(x)", [0]), ("mod(x, 2)", [-2, 4]), ("tan(x)", [math.pi / 2]), ("asin(x)", [-1, 1]),
     ("sec(x)", [math.pi / 2]), ("cot(x)", [0, math.pi]),
     ("csch(x)", [0]), ("acosh(x)", [1]), ("atanh(x)", [-1, 1]), ("log1p(x)", [-1]), ("log2(x)", [0]),
     ("gamma(x)", [0, -1, -4]), ("round(x)", [0.5, -1.5]), ("trunc(x)", [1, -2]), ("norm(x, 0)", [0])],
)  # fmt: skip
def test_the_boundary_of_a_site_is_zero_where_it_is_not_smooth(text: str, zeros: list[float]) -> None:
    [test] = sites(parse_expression(text))
    root = boundary(test)
    assert root is not None
    assert [float(evaluate([root], {"x": zero})[0]) for zero in zeros] == pytest.approx([0.0] * len(zeros), abs=1e-12)
    assert abs(float(evaluate([root], {"x": 0.4321})[0])) > 0.01


@pytest.mark.parametrize(
    "text",
    ["x*exp(-9x**2)", "-x*exp(-y)*3 + 2y*exp(-y)", "exp(x)*exp(y)*x - y*exp(x)*exp(y)", "(x - y)*sigmoid(x)/(1 + x**2)",
     "x*exp(y) + y*exp(x)", "x*(1 - sigmoid(y))", "-(y*(1 - tanh(x)**2))", "x + y"],
)  # fmt: skip
def test_without_its_positive_factors_a_formula_keeps_its_sign(text: str) -> None:
    root = parse_expression(text)
    points = dict(zip("xy", np.random.default_rng(1).uniform(-3, 3, (2, 200)), strict=True))
    [ours], [theirs] = evaluate([same_sign(root)], points), evaluate([root], points)
    np.testing.assert_array_equal(np.sign(ours), np.sign(theirs))


@pytest.mark.parametrize("seed", range(150))
def test_a_slope_keeps_its_sign_when_each_factor_counts_with_its_own(seed: int) -> None:
    root = random_tree(random.Random(seed), 4)
    points = dict(zip("xya", np.random.default_rng(seed).uniform(-3, 3, (3, 300)), strict=True))
    for slope in share(exact_derivatives(root)[0]):
        [ours], [theirs] = evaluate([same_sign(slope)], points), evaluate([slope], points)
        ours, theirs = np.broadcast_arrays(ours, theirs, points["x"])[:2]
        clear = np.isfinite(ours) & np.isfinite(theirs) & (np.abs(theirs) > 1e-9) & (np.abs(ours) > 1e-9)
        np.testing.assert_array_equal(np.sign(ours[clear]), np.sign(theirs[clear]))


def test_the_power_of_a_factor_is_not_lost_where_it_is_computed_from_constants() -> None:
    slope = exact_derivatives(parse_expression("(x^2 + y^2)^0.25*sin(50*(x^2 + y^2)^0.1 + 1)^2"))[0][1]
    points = dict(zip("xy", np.random.default_rng(1).uniform(-9, 9, (2, 2000)), strict=True))
    [ours], [theirs] = evaluate(list(map(same_sign, share([slope]))), points), evaluate([slope], points)
    np.testing.assert_array_equal(np.sign(ours), np.sign(theirs))


def test_a_sign_is_told_where_the_value_is_lost_in_rounding() -> None:
    root = parse_expression("x*exp(-9x**2)")
    assert not on(root, (1, 9)) > 0
    assert on(same_sign(root), (1, 9)) > 0
