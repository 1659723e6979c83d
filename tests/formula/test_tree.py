"""A tree evaluates as the language says, keeps shared parts shared, and folds only what may be folded."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from landscape.errors import InputError
from landscape.formula.syntax import parse_expression, parse_program
from landscape.formula.tree import (
    ELEMENTARY,
    Call,
    Name,
    Node,
    Number,
    call,
    evaluate,
    free_names,
    share,
    size,
    substitute,
    unreduced_names,
)
from tests.formula.canonical import canonical
from tests.formula.texts import trees


def value(text: str, columns: dict[str, list[float]] | None = None, **names: float) -> float:
    return float(evaluate([parse_expression(text)], names, columns)[0])


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("sqrt(x)", 2.25, 1.5), ("cbrt(x)", -8.0, -2.0), ("exp(x)", 1.0, math.e), ("log(x)", math.e, 1.0),
        ("log10(x)", 0.01, -2.0), ("sin(x)", math.pi / 6, 0.5), ("cos(x)", math.pi / 3, 0.5),
        ("tan(x)", 0.5, math.tan(0.5)),
        ("asin(x)", 0.5, math.pi / 6), ("acos(x)", 0.5, math.pi / 3), ("atan(x)", 1.0, math.pi / 4),
        ("atan2(x, -1)", 1.0, 3 * math.pi / 4), ("sinh(x)", 1.0, math.sinh(1)), ("cosh(x)", 1.0, math.cosh(1)),
        ("tanh(x)", 1.0, math.tanh(1)), ("sigmoid(x)", 0.0, 0.5), ("relu(x)", -2.0, 0.0), ("relu(x)", 2.0, 2.0),
        ("softplus(x)", 0.0, math.log(2)), ("abs(x)", -2.0, 2.0), ("sign(x)", -3.0, -1.0), ("sign(x)", 0.0, 0.0),
        ("min(x, 2)", 3.0, 2.0), ("max(x, 2)", 3.0, 3.0), ("floor(x)", -1.5, -2.0), ("ceil(x)", -1.5, -1.0),
        ("mod(x, 3)", -1.0, 2.0), ("mod(x, -3)", 1.0, -2.0), ("norm(x, 4)", 3.0, 5.0),
        ("expm1(x)", 1e-9, math.expm1(1e-9)), ("log1p(x)", 1e-9, math.log1p(1e-9)), ("log2(x)", 8.0, 3.0),
        ("sec(x)", math.pi / 3, 2.0), ("csc(x)", math.pi / 6, 2.0), ("cot(x)", math.pi / 4, 1.0),
        ("sech(x)", 1.0, 1 / math.cosh(1)), ("csch(x)", 1.0, 1 / math.sinh(1)), ("coth(x)", 1.0, 1 / math.tanh(1)),
        ("asinh(x)", 1.0, math.log(1 + math.sqrt(2))), ("acosh(x)", 2.0, math.log(2 + math.sqrt(3))),
        ("atanh(x)", 0.5, math.log(3) / 2), ("erf(x)", 1.0, 0.8427007929497149), ("erfc(x)", 1.0, 0.15729920705028513),
        ("gamma(x)", 0.5, math.sqrt(math.pi)), ("round(x)", 2.5, 2.0), ("trunc(x)", -1.5, -1.0),
        ("where(x < 1, 5, 6)", 1.0, 6.0), ("where(x <= 1, 5, 6)", 1.0, 5.0), ("where(x == 1, 5, 6)", 1.0, 5.0),
        ("where(x != 1, 5, 6)", 1.0, 6.0), ("where(x > 0, 5, 6)", 1.0, 5.0), ("where(x >= 2, 5, 6)", 1.0, 6.0),
    ],
)  # fmt: skip
def test_a_function_has_its_usual_value(text: str, x: float, expected: float) -> None:
    assert value(text, x=x) == pytest.approx(expected, rel=1e-15)


def test_every_function_of_the_language_is_tested_above() -> None:
    [mark] = [m for m in test_a_function_has_its_usual_value.pytestmark if m.name == "parametrize"]
    assert {text.split("(")[0] for text, _, _ in mark.args[1]} == set(ELEMENTARY)


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("sigmoid(x)", -800.0, 0.0), ("sigmoid(x)", 800.0, 1.0), ("sigmoid(x)", -700.0, math.exp(-700)),
        ("softplus(x)", 800.0, 800.0), ("softplus(x)", -700.0, math.exp(-700)),
        ("norm(x, x)", 1e200, math.sqrt(2) * 1e200),
        ("exp(x)", 1000.0, math.inf), ("1/x", 0.0, math.inf), ("log(x)", 0.0, -math.inf),
    ],
)  # fmt: skip
def test_far_out_a_function_neither_warns_nor_loses_its_digits(text: str, x: float, expected: float) -> None:
    assert value(text, x=x) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("text", ["sqrt(x)", "log(x)", "asin(x - 1)", "x**0.5", "mod(x, 0)"])
def test_where_a_function_is_undefined_its_value_is_nan(text: str) -> None:
    assert math.isnan(value(text, x=-1.0))


@pytest.mark.parametrize(
    "text", ["relu(x)", "min(x, 1)", "max(x, 1)", "abs(x)", "sign(x)", "softplus(x)", "sigmoid(x)"]
)
def test_nan_stays_nan(text: str) -> None:
    assert math.isnan(value(text, x=math.nan))


ROWS = {"u": [1.0, 2.0, 6.0], "v": [0.0, 1.0, 2.0]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mean(u)", 3.0), ("sum(u)", 9.0), ("mean(x*u + y)", 6.5), ("sum(1)", 3.0), ("mean(1)", 1.0), ("sum(x)", 6.0),
        ("mean(x)", 2.0), ("sum(u*v)", 14.0), ("mean((u - mean(u))**2)", 14.0 / 3.0), ("sum(sum(1))", 9.0),
        ("sum(u) + sum(1)*x", 15.0), ("sum(0)", 0.0), ("x + 1", 3.0), ("7", 7.0),
    ],
)  # fmt: skip
def test_mean_and_sum_run_over_the_rows_of_the_data(text: str, expected: float) -> None:
    assert value(text, ROWS, x=2.0, y=0.5) == pytest.approx(expected)


def test_without_data_there_is_one_row() -> None:
    assert value("sum(x) + mean(1)", x=4.0) == 5.0


def test_values_broadcast_and_the_rows_do_not_show() -> None:
    x, y = np.arange(4.0)[None, :], np.arange(3.0)[:, None]
    [loss, plain] = evaluate([parse_expression("mean(x*u + y)"), parse_expression("x*y")], {"x": x, "y": y}, ROWS)
    assert loss == pytest.approx(3.0 * x + y)
    assert plain == pytest.approx(x * y)


def test_a_column_outside_mean_and_sum_is_refused_even_with_one_row() -> None:
    with pytest.raises(InputError, match="column u can only be used inside"):
        evaluate([parse_expression("x + u*mean(v)")], {"x": 1.0}, {"u": [1.0], "v": [2.0]})


def test_the_names_outside_reductions_are_known() -> None:
    assert unreduced_names(parse_expression("x*mean(u*y) + sum(v) - a")) == {"x", "a"}


def test_constants_fold_but_never_to_infinity() -> None:
    assert call("add", Number(1.0), Number(2.0)).value == 3.0
    assert isinstance(call("div", Number(1.0), Number(0.0)), Call)
    assert isinstance(call("sum", Number(1.0)), Call)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x + 0", "x"), ("0 + x", "x"), ("x - 0", "x"), ("0 - x", "-x"), ("1*x", "x"), ("x*1", "x"), ("-1*x", "-x"),
        ("0*x", "0"), ("x/1", "x"), ("x**1", "x"), ("x**0", "1"), ("x + -y", "x - y"), ("x - -y", "x + y"),
        ("--x", "x"),
        ("where(x < y, a, a)", "where(x < y, a, a)"), ("where(x < y, 2, 2)", "2"), ("mean(3)", "3"), ("0/x", "0/x"),
    ],
)  # fmt: skip
def test_what_adds_nothing_is_left_out(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == same


@settings(max_examples=200, deadline=None)
@given(trees())
def test_sharing_changes_no_value_and_leaves_no_equal_parts(tree: Node) -> None:
    names = dict.fromkeys(free_names(tree), 0.3)
    [shared] = share([tree])
    assert str(evaluate([shared], names)) == str(evaluate([tree], names))
    assert size(shared) <= size(tree)
    assert size(*share([shared, tree])) == size(shared)


def test_equal_parts_of_two_trees_become_one_object_whatever_their_order() -> None:
    a, b = share([parse_expression("sin(x*y) + 1"), parse_expression("1 + sin(y*x)")])
    assert a is b


def test_parts_that_differ_in_order_where_it_matters_stay_apart() -> None:
    a, b = share([parse_expression("x - y"), parse_expression("y - x")])
    assert a is not b


def test_plus_and_minus_zero_stay_apart() -> None:
    assert size(*share([Number(0.0), Number(-0.0)])) == 2


def test_substitution_replaces_all_names_at_once() -> None:
    tree = substitute(parse_expression("x - 2*y"), {"x": Name("y"), "y": Name("x")})
    assert canonical(tree) == "y - 2*x"


def test_the_state_of_a_rule_is_what_it_reads_before_it_assigns_it() -> None:
    program = parse_program("v = beta*v + g\nw = v**2\nb = w + b\ntheta = theta - lr*v")
    assert program.state == ("v", "b", "theta")
