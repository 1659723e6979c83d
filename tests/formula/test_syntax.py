"""Formulas and rules are read as people mean them, and what is wrong is said where it is."""

import math

import pytest
from hypothesis import given, settings

from landscape.formula.mistakes import FormulaError
from landscape.formula.syntax import parse_expression, parse_program, unknown_name_error
from landscape.formula.tree import Call, Name, Node, Number, evaluate, free_names
from tests.formula.canonical import canonical
from tests.formula.texts import trees


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2x", "2*x"), ("3(x+1)", "3*(x + 1)"), ("(x+1)(y-1)", "(x + 1)*(y - 1)"), ("2sin(x)", "2*sin(x)"),
        ("x(y+1)", "x*(y + 1)"), ("x sin(y)", "x*sin(y)"), ("1/2x", "0.5*x"), ("2x²y", "2*x**2*y"),
        ("-x**2", "-(x**2)"), ("-x²", "-(x**2)"), ("x**y**2", "x**(y**2)"), ("2^-x", "2**(-x)"), ("-2^x", "-(2**x)"),
        ("x - y - 1", "(x - y) - 1"), ("x/y/2", "(x/y)/2"), ("+x", "x"), ("x--y", "x + y"),
        ("x²", "x**2"), ("x¹²", "x**12"), ("x⁻¹", "x**(-1)"), ("(x+1)³", "(x + 1)**3"), ("x^2", "x**2"),
        ("√x", "sqrt(x)"), ("√(x+1)", "sqrt(x + 1)"), ("2√x", "2*sqrt(x)"), ("√2x", "sqrt(2)*x"), ("∛x", "cbrt(x)"),
        ("x·y", "x*y"), ("x×y", "x*y"), ("x÷y", "x/y"), ("x−y", "x - y"), ("x ⋅ y", "x*y"), ("x–y", "x - y"),
        ("（ｘ＋１）＊２", "(x + 1)*2"), ("x－y", "x - y"), ("ｍａｘ（x，y）", "max(x, y)"), ("x＾２", "x**2"),
        ("𝑥² + 𝑦", "x**2 + y"), ("x\u00a0+\u3000y", "x + y"),
        ("β1*m", "beta1*m"), ("β₁m", "beta1*m"), ("ηg", "eta*g"), ("x₁ + x₂", "x1 + x2"), ("λ_max", "lambda_max"),
        ("2θ", "2*theta"), ("µ", "mu"), ("Δx", "Delta*x"), ("λx", "lambda*x"), ("ϑ", "theta"),
        ("|x|", "abs(x)"), ("2|x|", "2*abs(x)"), ("|x||y|", "abs(x)*abs(y)"), ("||x|-1|", "abs(abs(x) - 1)"),
        ("|x-|y||", "abs(x - abs(y))"), ("(|x|)", "abs(x)"), ("|(x+1)(y)|", "abs((x + 1)*y)"), ("｜x｜", "abs(x)"),
        ("|x|²", "abs(x)**2"), ("-|x|", "-abs(x)"),
        ("norm(x)", "abs(x)"), ("min(x, y, 3)", "min(min(x, y), 3)"), ("norm(x, y, 1)", "norm(norm(x, y), 1)"),
        ("where(x≤y, 1, 2)", "where(x <= y, 1, 2)"), ("where(x ≠ 0, x, 1)", "where(x != 0, x, 1)"),
        ("x\n+ y", "x + y"), ("e(x)", "e*x"), (".5x", "0.5*x"), ("5.x", "5*x"), ("1e3x", "1000*x"), ("2e", "2*e"),
    ],
)  # fmt: skip
def test_what_people_type_is_read_as_they_mean_it(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == canonical(parse_expression(same))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2**3**2", 512.0), ("-2**2", -4.0), ("(-2)**2", 4.0), ("2²³", 2.0**23), ("2π", 2 * math.pi), ("e", math.e),
        ("7 - 2 - 1", 4.0), ("8/4/2", 1.0), ("1 + 2*3", 7.0), ("-3²", -9.0), ("2*-3", -6.0), ("mod(-1, 3)", 2.0),
        ("norm(3, 4, 12)", 13.0), ("min(3, 1, 2)", 1.0), ("√9", 3.0), ("|-3|", 3.0), ("10 - -3", 13.0), ("2^-1", 0.5),
        ("log10(1000)", 3.0), ("atan2(1, 1)", math.pi / 4), ("cbrt(-27)", -3.0), ("6/2(1+2)", 9.0),
    ],
)  # fmt: skip
def test_constants_are_folded_to_the_value_of_the_formula(text: str, value: float) -> None:
    node = parse_expression(text)
    assert isinstance(node, Number)
    assert node.value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "position", "length", "said"),
    [
        ("", 0, 1, "empty"), ("  ", 0, 1, "empty"),
        ("x + ", 4, 0, "ends too early"), ("(x + 1", 0, 1, "( is never closed"), ("2*|x", 2, 1, "| is never closed"),
        ("sin(x", 3, 1, "( is never closed"), ("x + 1)", 5, 1, ") cannot stand here"), ("x*/y", 2, 1, "/ cannot"),
        ("xx(2)", 0, 2, "x*x"), ("foo(x)", 0, 3, "not a function"), ("1 + snh(x)", 4, 3, "did you mean sinh"),
        ("xsin(x)", 0, 4, "x*sin"), ("lr(1 - t)", 0, 2, "to multiply, write lr*(…)"),
        ("x y", 2, 1, "An operator is missing before y"), ("2 3", 2, 1, "before 3"), ("（x）2", 3, 1, "before 2"),
        ("sin x", 0, 3, "write sin(…)"), ("x + sin", 4, 3, "write sin(…)"),
        ("sin(x, y)", 0, 3, "Number of arguments of sin: 1, not 2"), ("atan2(x)", 0, 5, "2, not 1"),
        ("max(x)", 0, 3, "two or more"), ("sin()", 0, 3, "1, not 0"), ("sin(x,)", 6, 1, ") cannot"),
        ("x < 1", 2, 1, "where(condition, a, b)"), ("0 < x < 1", 2, 1, "where(condition, a, b)"),
        ("where(0 < x < 1, 1, 2)", 12, 1, "Compare two things at a time"), ("where(x, 1, 2)", 7, 1, "comparison first"),
        ("where(x < 1)", 0, 5, "3, not 1"), ("x = 1", 2, 1, "write =="), ("1,5", 1, 1, "decimals have a point"),
        ("1/0", 1, 1, "no value"),
        ("log(0)", 0, 3, "no value"), ("√-1", 0, 1, "no value"), ("x + 0/0", 5, 1, "no value"),
        ("9**9**9", 1, 2, "overflows"), ("1e999x", 0, 5, "1e999 overflows"), ("exp(1000)*x", 0, 3, "overflows"),
        ("√x²", 0, 1, "two ways"), ("x.y", 1, 1, ". cannot be used"), ("x²+½", 3, 1, "U+00BD"),
        ("β₁ + #", 5, 1, "# cannot be used"),
        ("x if y", 2, 2, "word of Python"), ("while + 1", 0, 5, "word of Python"),
        ("x + х", 4, 1, "U+0445 CYRILLIC SMALL LETTER HA looks like x"), ("Α", 0, 1, "looks like A"),
        ("＋ｘ＋＋）", 4, 1, ") cannot stand here"),
    ],
)  # fmt: skip
def test_an_error_says_what_is_wrong_and_marks_the_place(text: str, position: int, length: int, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_expression(text)
    assert said in str(caught.value)
    assert (caught.value.position, caught.value.length) == (position, length)


ADAM = """
m = β₁ m + (1 - β₁) g

v = beta2*v + (1 - beta2)*g²\r
theta = theta - lr*m/(√v + eps)
"""


def test_a_rule_is_read_one_statement_a_line() -> None:
    program = parse_program(ADAM)
    assert program.assigned == ("m", "v", "theta")
    assert program.state == ("m", "v", "theta")
    assert canonical(program.statements[0][1]) == "beta1*m + (1 - beta1)*g"


@pytest.mark.parametrize(
    ("text", "position", "length", "said"),
    [
        ("", 0, 1, "empty"), ("\n\n", 0, 1, "empty"), ("m = g\nm + 1", 6, 1, "name = expression"),
        ("m = g\n  = 2", 8, 1, "name = expression"), ("m = g\nsin = 2", 6, 3, "another name"),
        ("π = 3", 0, 1, "another name"), ("m = g; v = g", 5, 1, "; cannot be used"), ("m = v = g", 6, 1, "write =="),
        ("m = (g\n+ 1)", 4, 1, "never closed"), ("m =\nv = g", 3, 0, "ends too early"), ("m == g", 0, 1, "name ="),
        ("m = g\nif = 2", 6, 2, "word of Python"), ("m = g # momentum", 6, 1, "# cannot"),
    ],
)  # fmt: skip
def test_an_error_in_a_rule_marks_the_place_in_the_whole_text(text: str, position: int, length: int, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_program(text)
    assert said in str(caught.value)
    assert (caught.value.position, caught.value.length) == (position, length)


@pytest.mark.parametrize(
    ("accepted", "refused", "limit"),
    [
        ("x" + " " * 1999, "x" + " " * 2000, "2001 characters; at most 2000"),
        ("1" * 40, "1" * 41, "40 characters"),
        ("x" * 40, "x" * 41, "40 characters"),
        ("(" * 64 + "x" + ")" * 64, "(" * 65 + "x" + ")" * 65, "64 deep"),
        ("-" * 64 + "x", "-" * 65 + "x", "64 deep"),
        ("+".join("x" * 65), "+".join("x" * 66), "64 deep"),
        ("|" * 64 + "x" + "|" * 64, "|" * 65 + "x" + "|" * 65, "64 deep"),
        ("√" * 64 + "x", "√" * 65 + "x", "64 deep"),
        ("sin(" * 64 + "x" + ")" * 64, "sin(" * 65 + "x" + ")" * 65, "64 deep"),
        ("^".join("x" * 65), "^".join("x" * 66), "64 deep"),
    ],
)
def test_a_budget_is_kept_to_the_last_unit(accepted: str, refused: str, limit: str) -> None:
    parse_expression(accepted)
    with pytest.raises(FormulaError, match=limit):
        parse_expression(refused)


def test_a_formula_has_at_most_500_parts() -> None:
    def balanced(leaves: int) -> str:
        return "x" if leaves == 1 else f"({balanced(leaves // 2)}+{balanced(leaves - leaves // 2)})"

    parse_expression(balanced(250))
    with pytest.raises(FormulaError, match="more than 500 parts"):
        parse_expression(balanced(251))


def test_the_parts_of_all_lines_of_a_rule_count_together() -> None:
    line = "m = " + "+".join("g" * 26)
    parse_program("\n".join([line] * 9))
    with pytest.raises(FormulaError, match="more than 500 parts"):
        parse_program("\n".join([line] * 10))


@pytest.mark.parametrize(
    ("name", "text", "allowed", "position", "said"),
    [
        ("xy", "2 + xy", ("x", "y"), 4, "did you mean x*y"), ("xlr", "xlr", ("x", "lr", "t"), 0, "did you mean x*lr"),
        ("thta", "1 - thta", ("theta", "g"), 4, "did you mean theta"), ("beta1", "β₁ + 1", ("x",), 0, "known are x"),
    ],
)  # fmt: skip
def test_an_unknown_name_gets_the_nearest_meaning(
    name: str, text: str, allowed: tuple[str, ...], position: int, said: str
) -> None:
    error = unknown_name_error(name, text, allowed)
    assert said in str(error)
    assert error.position == position


@settings(max_examples=400, deadline=None)
@given(trees())
def test_canonical_text_is_plain_and_reads_back_as_the_same_tree(tree: Node) -> None:
    text = canonical(tree)
    again = parse_expression(text)
    assert text.isascii()
    assert same(tree, again)
    names = dict.fromkeys(free_names(tree), 0.7)
    assert str(evaluate([again], names)) == str(evaluate([tree], names))


def same(a: Node, b: Node) -> bool:
    """Tell whether two trees have equal parts in equal places."""
    if isinstance(a, Number) and isinstance(b, Number):
        return a.value == b.value and math.copysign(1, a.value) == math.copysign(1, b.value)
    if isinstance(a, Name) and isinstance(b, Name):
        return a.id == b.id
    if isinstance(a, Call) and isinstance(b, Call) and a.function == b.function:
        return all(map(same, a.arguments, b.arguments))
    return False
