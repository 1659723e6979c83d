"""Derivatives agree with SymPy's, with finite differences, and on a kink with PyTorch's."""

import math
import random

import mpmath
import numpy as np
import pytest
import sympy

from landscape.formula.derivatives import PARTS, gradient, hessian
from landscape.formula.mistakes import FormulaError
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import Call, Name, Node, Number, call, evaluate, share, size, walk
from tests.formula.canonical import canonical
from tests.formula.oracle import DIGITS, A, X, Y, in_sympy, sympy_value, tree_values

UNARY = ("neg", "sqrt", "cbrt", "exp", "log", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
         "tanh", "sigmoid", "softplus", "expm1", "log1p", "log2", "sec", "csc", "cot", "sech", "csch", "coth", "asinh",
         "acosh", "atanh", "erf", "erfc", "gamma")  # fmt: skip
BINARY = ("add", "sub", "mul", "div", "pow", "atan2", "norm")
EXPONENTS = (2.0, 3.0, 4.0, -1.0, -2.0, 0.5, 1.5, -0.5)
TREES, BLOCKS = 1000, 10


def random_tree(rng: random.Random, depth: int) -> Node:
    """Return a tree of smooth functions; the functions nearest to the leaves are tame, so that most values exist."""
    if depth == 0 or rng.random() < 0.1:
        leaf = rng.randrange(4)
        return Number(round(rng.uniform(0.3, 3.0), 2)) if leaf == 3 else Name("xya"[leaf])
    if rng.random() < 0.2:
        return call("pow", random_tree(rng, depth - 1), Number(rng.choice(EXPONENTS)))
    if rng.random() < 0.5:
        return call(rng.choice(UNARY), random_tree(rng, depth - 1))
    return call(rng.choice(BINARY), random_tree(rng, depth - 1), random_tree(rng, depth - 1))


def is_tame(tree: Node, point: dict[str, float]) -> bool:
    """Tell whether every part of the tree is a moderate real number at ``point``."""
    values = np.array(evaluate(list(walk((tree,))), point))
    return bool(np.all(np.abs(values) < 1e4))


def disagreement(tree: Node, point: dict[str, float]) -> str | None:
    """Return the derivatives that differ from SymPy's; None where the true ones are not moderate."""
    expression = in_sympy(tree, point)
    fx, fy = sympy.diff(expression, X), sympy.diff(expression, Y)
    theirs = (fx, fy, sympy.diff(fx, X), sympy.diff(fx, Y), sympy.diff(fy, Y), sympy.diff(expression, A))
    truths = [sympy_value(part, point) for part in theirs]
    if not all(mpmath.isfinite(truth) and abs(truth) < 1e6 for truth in truths):
        return None
    ours = (*gradient(tree), *hessian(tree), *gradient(tree, ("a",)))
    wrong = [mine for mine, truth in zip(ours, truths, strict=True) if not agrees(mine, truth, point)]
    return ", ".join(map(canonical, wrong))


def compared(block: int) -> list[tuple[str, str]]:
    """Compare a block of random trees; return each with what is wrong about its derivatives."""
    rng = random.Random(block)
    outcome: list[tuple[str, str]] = []
    while len(outcome) < TREES // BLOCKS:
        tree, point = random_tree(rng, rng.randint(2, 4)), {name: rng.uniform(0.2, 0.95) for name in "xya"}
        wrong = disagreement(tree, point) if isinstance(tree, Call) and is_tame(tree, point) else None
        if wrong is not None:
            outcome.append((canonical(tree), wrong))
    return outcome


def agrees(ours: Node, truth: mpmath.mpf, point: dict[str, float]) -> bool:
    """Tell whether a tree has the true value with 30 digits, and in floating point as far as cancellation allows."""
    values = tree_values(ours, point)
    if not abs(values[ours] - truth) <= 1e-9 * abs(truth) + 1e-13:
        return False
    [quick] = evaluate([ours], point)
    largest = max(abs(value) for value in values.values())
    return bool(abs(float(quick) - truth) <= 1e-9 * abs(truth) + 1e-14 * largest)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_first_and_second_derivatives_of_random_trees_agree_with_sympy(block: int) -> None:
    with mpmath.workdps(DIGITS):
        outcome = compared(block)
    assert [pair for pair in outcome if pair[1]] == []


@pytest.mark.parametrize("function", [*UNARY, *BINARY])
def test_the_random_trees_reach_every_smooth_function(function: str) -> None:
    trees = [random_tree(random.Random(seed), 4) for seed in range(200)]
    assert any(isinstance(node, Call) and node.function == function for tree in trees for node in walk((tree,)))


KINKED = [
    ("abs(x*y) + abs(x - 2)", [(0.7, -1.3), (-2.0, 0.4), (3.0, 1.0)]),
    ("relu(x - y)**2 + relu(x)", [(0.7, -1.3), (-2.0, 0.4), (1.0, 2.0)]),
    ("max(x, y**2, 0.5)", [(0.7, -1.3), (2.0, 0.4), (0.1, 0.2)]),
    ("min(x*y, x + y)", [(0.7, -1.3), (2.0, 0.4), (3.0, 2.5)]),
    ("where(x < y, sin(x), exp(y)*x)", [(0.7, -1.3), (0.2, 0.4)]),
    ("mod(x**2, y)", [(0.7, 1.3), (2.1, 0.37), (2.1, -0.9)]),
    ("norm(x, y, 2)", [(0.7, -1.3), (0.0, 0.4)]),
    ("norm(x, y)", [(0.7, -1.3), (0.0, 0.4)]),
    ("floor(3*x)*y + ceil(y)*x + sign(x)*x", [(0.7, -1.3), (-0.4, 0.4)]),
    ("cbrt(x*y)", [(0.7, -1.3), (-1.0, -0.4)]),
    ("x**2.5*y**-3", [(0.7, 1.3)]),
]


@pytest.mark.parametrize(("text", "points"), KINKED)
def test_away_from_its_kinks_a_derivative_agrees_with_finite_differences(
    text: str, points: list[tuple[float, float]]
) -> None:
    tree = parse_expression(text)
    slopes, seconds, h = gradient(tree), hessian(tree), 1e-5
    for x, y in points:

        def at(node: Node, dx: float, dy: float, x: float = x, y: float = y) -> float:
            return float(evaluate([node], {"x": x + dx, "y": y + dy})[0])

        for node, truths in [(tree, slopes), (slopes[0], seconds[:2]), (slopes[1], seconds[1:])]:
            steps = [(at(node, h, 0) - at(node, -h, 0)) / (2 * h), (at(node, 0, h) - at(node, 0, -h)) / (2 * h)]
            assert [at(truth, 0, 0) for truth in truths] == pytest.approx(steps, rel=1e-6, abs=1e-6)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("abs(x) + 0*y", lambda t, x, y: x.abs()),
        ("relu(x) + relu(y)", lambda t, x, y: x.relu() + y.relu()),
        ("max(x, y)", lambda t, x, y: t.maximum(x, y)),
        ("min(x, y)", lambda t, x, y: t.minimum(x, y)),
        ("max(2*x, y, 0)", lambda t, x, y: t.maximum(t.maximum(2 * x, y), t.zeros(()))),
        ("norm(x, y)", lambda t, x, y: t.linalg.vector_norm(t.stack([x, y]))),
        ("where(x <= y, 2*x, 3*y)", lambda t, x, y: t.where(x <= y, 2 * x, 3 * y)),
        ("sign(x) + floor(x) + ceil(y)", lambda t, x, y: x.sign() + x.floor() + y.ceil()),
        ("round(x) + trunc(x) + round(y + 0.5)", lambda t, x, y: x.round() + x.trunc() + (y + 0.5).round()),
        ("hypot(x, y)", lambda t, x, y: t.linalg.vector_norm(t.stack([x, y]))),
    ],
)
@pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 1.0), (-1.0, 2.0), (0.0, -0.0)])
def test_on_a_kink_the_slope_is_that_of_pytorch(text: str, function: object, point: tuple[float, float]) -> None:
    torch = pytest.importorskip("torch")
    x, y = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in point)
    function(torch, x, y).backward()
    theirs = [0.0 if part.grad is None else part.grad.item() for part in (x, y)]
    ours = evaluate(gradient(parse_expression(text)), {"x": point[0], "y": point[1]})
    assert [float(part) for part in ours] == theirs


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("x**2", "x", "2*x"), ("x*x", "x", "2*x"), ("x**4", "x", "4*x**3"), ("x**1.5", "x", "1.5*sqrt(x)"),
        ("exp(3*x)", "x", "3*exp(3*x)"), ("sigmoid(x)", "x", "sigmoid(x)*(1 - sigmoid(x))"),
        ("tanh(x)", "x", "1 - tanh(x)**2"), ("x/y", "y", "-(x/y/y)"), ("a*x + y", "z", "0"), ("log(x)", "x", "1/x"),
        ("mean(x*u)", "x", "mean(u)"), ("sum(x*u + y)", "y", "sum(1)"), ("floor(x)*x", "x", "floor(x)"),
    ],
)  # fmt: skip
def test_a_derivative_is_written_in_its_usual_short_form(text: str, name: str, expected: str) -> None:
    assert canonical(gradient(parse_expression(text), (name,))[0]) == expected


def test_the_derivative_of_a_power_with_a_variable_exponent_is_zero_at_base_zero() -> None:
    slope = gradient(parse_expression("x**y"), ("y",))[0]
    assert evaluate([slope], {"x": 0.0, "y": 2.0})[0] == 0.0
    assert evaluate([slope], {"x": 2.0, "y": 3.0})[0] == pytest.approx(8 * math.log(2))


def test_the_norm_has_no_slope_at_the_origin_and_does_not_overflow_far_out() -> None:
    slopes = gradient(parse_expression("norm(x, y)"))
    assert [float(part) for part in evaluate(slopes, {"x": 0.0, "y": 0.0})] == [0.0, 0.0]
    assert [float(part) for part in evaluate(slopes, {"x": 3e200, "y": 4e200})] == pytest.approx([0.6, 0.8])


def test_the_gradient_of_a_loss_over_data_is_the_mean_of_the_gradients_of_its_rows() -> None:
    u, v = np.array([-1.0, 0.5, 2.0]), np.array([0.0, 1.0, 1.0])
    slopes = gradient(parse_expression("mean((sigmoid(x*u + y) - v)**2)"))
    ours = evaluate(slopes, {"x": 0.3, "y": -0.2}, {"u": u, "v": v})
    s = 1 / (1 + np.exp(-(0.3 * u - 0.2)))
    row = 2 * (s - v) * s * (1 - s)
    assert [float(part) for part in ours] == pytest.approx([np.mean(row * u), np.mean(row)], rel=1e-14)


def test_the_hessian_of_the_rosenbrock_function_is_the_published_one() -> None:
    x, y = -1.2, 1.0
    ours = evaluate(hessian(parse_expression("(1 - x)**2 + 100*(y - x**2)**2")), {"x": x, "y": y})
    assert [float(part) for part in ours] == pytest.approx([1200 * x**2 - 400 * y + 2, -400 * x, 200.0])


def test_common_parts_of_value_and_slopes_are_shared() -> None:
    tree = parse_expression("sigmoid(3*x + y)**2")
    roots = share((tree, *gradient(tree)))
    sigmoids = [node for node in walk(roots) if isinstance(node, Call) and node.function == "sigmoid"]
    assert len(sigmoids) == 1


def test_differentiating_a_deep_tree_does_not_explode() -> None:
    tree = parse_expression("sin(" * 60 + "x*y" + ")" * 60)
    assert size(*gradient(tree)) < 500


def test_a_derivative_that_is_too_large_is_refused() -> None:
    tree: Node = Name("x")
    for k in range(1200):
        tree = call("sin", call("add", call("mul", tree, Name("y")), Number(float(k))))
    with pytest.raises(FormulaError, match=f"at most {PARTS}"):
        hessian(tree)
