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
        ("2 x y", "2*x*y"), ("x e^y", "x*e**y"), ("a b x", "a*b*x"), ("½x", "0.5*x"), ("x + ¾", "x + 0.75"),
        ("[x+y]^2", "(x + y)**2"), ("2[x(y+1)]", "2*(x*(y + 1))"), ("e^{-y}", "e**(-y)"), ("⌊x⌋ + ⌈y⌉",
        "floor(x) + ceil(y)"),
        ("x_{12} + x_1", "x_12 + x_1"), ("√x²", "sqrt(x**2)"), ("√x^2", "sqrt(x**2)"), ("√(x²)", "sqrt(x**2)"),
    ],
)  # fmt: skip
def test_what_people_type_is_read_as_they_mean_it(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == canonical(parse_expression(same))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("sin x + y", "sin(x) + y"), ("sin 2x", "sin(2*x)"), ("cos 2πx", "cos(2*pi*x)"), ("ln x²", "log(x**2)"),
        ("sin x cos y", "sin(x)*cos(y)"), ("2 sin x", "2*sin(x)"), ("sin x / 2", "sin(x)/2"), ("exp -x", "exp(-x)"),
        ("ln sin x", "log(sin(x))"), ("log|x|", "log(abs(x))"), ("√|x|", "sqrt(abs(x))"), ("sin √x", "sin(sqrt(x))"),
        ("sin{x}", "sin(x)"), ("sin[x + y]", "sin(x + y)"), ("sin²(x)", "sin(x)**2"), ("sin^2(x)", "sin(x)**2"),
        ("sin**2(x)", "sin(x)**2"), ("sin² x", "sin(x)**2"), ("sin^{2} x", "sin(x)**2"), ("ln³ x", "log(x)**3"),
        ("ln(x)", "log(x)"), ("log_2(x)", "log2(x)"), ("log_{10}(x)", "log10(x)"), ("sgn(x)", "sign(x)"),
        ("arcsin(x) + arccos(x) + arctan(x)", "asin(x) + acos(x) + atan(x)"), ("arctan2(x, y)", "atan2(x, y)"),
        ("arsinh(x) + arcosh(x) + arctanh(x)", "asinh(x) + acosh(x) + atanh(x)"), ("cosec(x)", "csc(x)"),
        ("pow(x, 3)", "x**3"), ("hypot(x, y)", "norm(x, y)"), ("Γ(x)", "gamma(x)"), ("γ(x)", "gamma*x"),
        ("lr*gamma**t", "lr*γ**t"), ("lr*gamma", "lr*γ"),
        (r"\frac{x}{2}", "x/2"), (r"\frac{1}{2}x", "0.5*x"), (r"\sqrt{x}", "sqrt(x)"),
        (r"\sqrt[3]{x}", "cbrt(x)"), (r"\sqrt[4]{x}", "x**0.25"), (r"\sin x + \cos{y}", "sin(x) + cos(y)"),
        (r"\ln\left(x^{2}\right)", "log(x**2)"), (r"2 \cdot x \times y", "2*x*y"), (r"e^{-\frac{x^2}{2}}",
        "e**(-(x**2/2))"),
        (r"\alpha x\,y", "alpha*x*y"), (r"\left|x\right|", "abs(x)"), (r"\operatorname{erf}(x)", "erf(x)"),
        (r"\pi x", "pi*x"),
        (r"\varepsilon x", "epsilon*x"), (r"\sin^{2}\left(\pi x\right)", "sin(pi*x)**2"),
    ],
)  # fmt: skip
def test_functions_are_read_as_on_paper_and_in_latex(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == canonical(parse_expression(same))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("sum(i, 1, 3, x**i)", "x + x**2 + x**3"), ("prod(i, 1, 3, x - i)", "(x - 1)*(x - 2)*(x - 3)"),
        ("sum(i, 1, 4, i*x)", "(x + 2*x) + (3*x + 4*x)"), ("sum(i, 2, 2, x*i)", "x*2"), ("x + sum(i, 1, 0, x)", "x"),
        ("prod(i, 1, 0, x)*y", "y"), ("sum(i, -1, 1, x*i)", "x*-1 + 0 + x"), ("sum(i, 1, 100, i)", "5050"),
        ("sum(i, 1, 2, sum(j, 1, i, x*y^j))", "x*y + (x*y + x*y**2)"), ("prod(i, 1, 2, sum(j, 0, 1, x + i + j))",
         "(x + 1 + 0 + (x + 1 + 1))*(x + 2 + 0 + (x + 2 + 1))"), ("sum(k, 1, 2*2 - 2, x/k)", "x + x/2"),
        ("sum(x*u)", "sum(x*u)"),
    ],
)  # fmt: skip
def test_a_sum_over_a_range_is_what_it_says(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == canonical(parse_expression(same))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("u = x + y; u^2 + u", "(x + y)**2 + (x + y)"), ("u = x + y\nv = u²\nv - u", "(x + y)**2 - (x + y)"),
        ("f(x, y) = x² + y²", "x**2 + y**2"), ("f(x,y) = x\n + y", "x + y"), ("z = x² + y²", "x**2 + y**2"),
        ("u = x; u*y", "x*y"), ("u = (x +\n y)\nu²", "(x + y)**2"), ("t = x - y; t²", "(x - y)**2"),
        ("a = 3; a*x + y", "3*x + y"), ("u = x;\n; u + y;", "x + y"), ("gamma = x; gamma*y", "x*y"),
        ("u = x + y; sum(i, 1, 2, u**i)", "x + y + (x + y)**2"), ("i = x; i + sum(i, 1, 2, i*y)", "x + (y + 2*y)"),
    ],
)  # fmt: skip
def test_a_formula_may_have_names_for_its_parts(text: str, same: str) -> None:
    assert canonical(parse_expression(text)) == canonical(parse_expression(same))


def test_a_name_for_a_part_counts_as_often_as_it_is_read() -> None:
    doubled = "; ".join(["u0 = x + y", *(f"u{k} = u{k - 1}*u{k - 1}" for k in range(1, 7))])
    parse_expression(f"{doubled}; u6")
    with pytest.raises(FormulaError, match="more than 500 parts"):
        parse_expression(f"{doubled}; u6*u6 + u6")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x[0]**2 + x[1]**2", "x**2 + y**2"), ("x[1] + 2x[2]", "x + 2y"), ("1,5x + y", "1.5x + y"),
        ("xsin(y) + 1", "x*sin(y) + 1"), ("Sin(x) + snh(y)", "sin(x) + sinh(y)"), ("0x10 + x", "16 + x"),
        ("foo(x)", "floor(x)"), ("qqqq(x)", ""), ("x +", ""), ("xsin(y) +", ""),
    ],
)  # fmt: skip
def test_what_was_meant_is_suggested_as_a_whole_where_it_can_be_read(text: str, meant: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_expression(text)
    assert caught.value.suggestion == meant


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
        ("x 2", 2, 1, "An operator is missing before 2"), ("2 3", 2, 1, "before 3"), ("（x）2", 3, 1, "before 2"),
        ("sin + x", 0, 3, "write sin(…)"), ("sin - x", 0, 3, "write sin(…)"), ("x + sin", 4, 3, "write sin(…)"),
        ("sin(x, y)", 0, 3, "Number of arguments of sin: 1, not 2"), ("atan2(x)", 0, 5, "2, not 1"),
        ("max(x)", 0, 3, "two or more"), ("sin()", 0, 3, "1, not 0"), ("sin(x,)", 6, 1, ") cannot"),
        ("x < 1", 2, 1, "where(condition, a, b)"), ("0 < x < 1", 2, 1, "where(condition, a, b)"),
        ("where(0 < x < 1, 1, 2)", 12, 1, "Compare two things at a time"), ("where(x, 1, 2)", 7, 1, "comparison first"),
        ("where(x < 1)", 0, 5, "3, not 1"), ("x = 1", 2, 1, "write =="), ("1,5", 1, 1, "decimals have a point"),
        ("1/0", 1, 1, "no value"),
        ("log(0)", 0, 3, "no value"), ("√-1", 0, 1, "no value"), ("x + 0/0", 5, 1, "no value"),
        ("9**9**9", 1, 2, "overflows"), ("1e999x", 0, 5, "1e999 overflows"), ("exp(1000)*x", 0, 3, "overflows"),
        ("√(x)²", 0, 1, "two ways"), ("x.y", 1, 1, ". cannot be used"), ("x²+¤", 3, 1, "U+00A4"),
        ("sin x y", 0, 3, "two ways"), ("sin x/2", 0, 3, "two ways"), ("sin x(y)", 0, 3, "two ways"),
        ("log|x|²", 0, 3, "two ways"), ("1 + sin⁻¹(x)", 4, 3, "two ways"), ("sin^x(y)", 0, 3, "write sin(…)"),
        ("atan2 x", 0, 5, "write atan2(…)"), ("0x1f + x", 0, 4, "write 31"), ("0b11", 0, 4, "write 3"),
        ("x[0]", 0, 4, "x and y"), ("1 + x[10]y", 4, 5, "x and y"), (r"x\y", 1, 2, r"\y cannot be used"),
        (r"\sum x", 0, 4, r"\sum cannot"), (r"\frac x 2", 0, 5, "braces"), ("[x)", 2, 1, ") cannot stand here"),
        ("{x", 0, 1, "{ is never closed"), ("sum(i, 1, 2.5, x)", 0, 3, "whole numbers"), ("prod(x)", 0, 4,
        "whole numbers"),
        ("sum(i, 1, x, x)", 0, 3, "whole numbers"), ("sum(i, 1, 9)", 0, 3, "whole numbers"),
        ("sum(sin, 1, 2, x)", 4, 3, "another name"), ("sum(e, 1, 2, x)", 4, 1, "another name"),
        ("x + sum(i, 1, 1e12, 1)", 4, 3, "more than 500 parts"), ("sum(i, 1, 400, x + i)", 15, 1, "500 parts"),
        ("u = x; y", 0, 1, "defined but not read"), ("x = 2; x", 0, 1, "a meaning already"),
        ("u = x; u = y; u", 7, 1, "a meaning already"), ("sin = x; sin", 0, 3, "another name"), ("x; y", 1, 1,
        "; cannot"),
        ("u = x\n+ y", 0, 1, "defined but not read"), ("x² + y² = 1", 8, 1, "write =="), ("u + 1; u", 5, 1, "; cannot"),
        ("u = x; v + 1; u", 7, 1, "name = expression"),
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


def test_the_statements_of_a_rule_may_be_parted_by_semicolons() -> None:
    assert parse_program("m = g; v = 2m;").assigned == ("m", "v")


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
        ("π = 3", 0, 1, "another name"), ("m = g; v", 7, 1, "name = expression"), ("m = v = g", 6, 1, "write =="),
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
