r"""Formulas are typeset as in a textbook, and the typesetter accepts every one."""

import math
import re

import pytest
from hypothesis import assume, given, settings

from landscape.formula.syntax import FormulaError, parse_expression, parse_program
from landscape.formula.tree import COMPARISONS, ELEMENTARY, REDUCTIONS, Name, Node, Number, call, evaluate, free_names
from landscape.formula.typeset import latex, nesting, pretty
from tests.formula.texts import algebra, trees


@pytest.mark.parametrize(
    ("text", "in_latex", "in_text"),
    [
        ("(x**2 + y - 11)**2", r"(x^2 + y - 11)^2", "(x² + y − 11)²"),
        ("(a - x)**2 + b*(y - x**2)**2", r"(a - x)^2 + b (y - x^2)^2", "(a − x)² + b·(y − x²)²"),
        ("0.5*x", "0.5 x", "0.5x"), ("2*x*3", r"2 x \cdot 3", "2x·3"), ("1e-8*x", "10^{-8} x", "10⁻⁸·x"),
        ("2.5e-7", r"2.5 \times 10^{-7}", "2.5×10⁻⁷"), ("x/3 + x*(1/3)", r"\frac{x}{3} + x \frac{1}{3}", "x/3 + x·1/3"),
        ("a + -b", "a - b", "a − b"), ("a - -2", "a + 2", "a + 2"), ("-1*x", "-x", "−x"),
        ("a + -2*b", "a - 2 b", "a − 2b"),
        ("a - (b - c)", "a - (b - c)", "a − (b − c)"), ("a + (b + c)", "a + b + c", "a + b + c"),
        ("a*(b*c)", "a b c", "a·b·c"), ("a*-b", "a (-b)", "a·(−b)"), ("-(a + b)", "-(a + b)", "−(a + b)"),
        ("-a/b", r"-\frac{a}{b}", "−a/b"), ("a/(b*c)", r"\frac{a}{b c}", "a/(b·c)"),
        ("a/b*c", r"\frac{a}{b} c", "a/b·c"),
        ("(a/b)**2", r"\left(\frac{a}{b}\right)^2", "(a/b)²"), ("(-x)**2", "(-x)^2", "(−x)²"), ("-x**2", "-x^2", "−x²"),
        ("x**-1", "x^{-1}", "x⁻¹"), ("x**12", "x^{12}", "x¹²"), ("x**y", "x^{y}", "x^y"),
        ("x**(y+1)", "x^{y + 1}", "x^(y + 1)"), ("x**(2*y)", "x^{2 y}", "x^(2y)"),
        ("x**(pi*y)", r"x^{\pi y}", "x^(πy)"),
        ("(x**2)**3", "(x^2)^3", "(x²)³"), ("x**0.5", r"\sqrt{x}", "√x"), ("sqrt(x + 1)", r"\sqrt{x + 1}", "√(x + 1)"),
        ("cbrt(x)", r"\sqrt[3]{x}", "∛x"), ("x**(1/3)", r"x^{\frac{1}{3}}", "x^(1/3)"),
        ("sin(x)**2", r"\sin^{2}(x)", "sin²(x)"), ("2*sin(3*x)", r"2 \sin(3 x)", "2 sin(3x)"),
        ("log(x)", r"\ln(x)", "ln(x)"),
        ("exp(-x**2)", "e^{-x^2}", "exp(−x²)"), ("sin(x/y)", r"\sin\left(\frac{x}{y}\right)", "sin(x/y)"),
        ("cos(2*pi*x)", r"\cos(2 \pi x)", "cos(2πx)"), ("pi/2", r"\frac{\pi}{2}", "π/2"), ("e*x", "e x", "e·x"),
        ("abs(x)", "|x|", "|x|"), ("abs(x/y)", r"\left|\frac{x}{y}\right|", "|x/y|"),
        ("norm(x, y, a)", r"\|x, y, a\|", "‖x, y, a‖"),
        ("floor(x)", r"\left\lfloor x\right\rfloor ", "⌊x⌋"), ("max(x, y, 0)", r"\max(x, y, 0)", "max(x, y, 0)"),
        ("mod(x, 2*y)", r"\operatorname{mod}(x, 2 y)", "mod(x, 2y)"), ("sigmoid(x)", r"\sigma(x)", "σ(x)"),
        ("relu(x)", r"\operatorname{relu}(x)", "relu(x)"),
        ("where(x < 0, -x, x)", r"\begin{cases} -x, & x < 0 \\ x, & x \ge 0 \end{cases}", "{−x (x < 0), x (x ≥ 0)}"),
        ("beta1*m_hat", r"\beta_1 \hat{m}", "β₁·m̂"), ("lr*g", r"\eta g", "η·g"), ("theta", r"\theta", "θ"),
        ("eps + epsilon", r"\epsilon + \epsilon", "ε + ε"), ("hxx*gx", "f_{xx} f_x", "f_xx·f_x"),
        ("x12", "x_{12}", "x₁₂"),
        ("v_max", r"v_{\mathrm{max}}", "v_max"), ("v_hat_2", r"\hat{v}_2", "v_hat_2"),
        ("momentum*v", r"\mathrm{momentum} \, v", "momentum·v"),
        ("sx*dy - xy", r"s_x d_y - \mathrm{xy}", "sx·dy − xy"),
        ("weight_decay", r"\mathrm{weight\ decay}", "weight_decay"),
    ],
)  # fmt: skip
def test_a_formula_is_written_as_in_a_textbook(text: str, in_latex: str, in_text: str) -> None:
    node = parse_expression(text)
    assert latex(node) == in_latex
    assert pretty(node) == in_text


ADAM = """
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m/(1 - beta1**t)
v_hat = v/(1 - beta2**t)
theta = theta - lr*m_hat/(sqrt(v_hat) + eps)
"""
ADAM_LATEX = (
    r"\beta_1 m + (1 - \beta_1) g",
    r"\beta_2 v + (1 - \beta_2) g^2",
    r"\frac{m}{1 - \beta_1^{t}}",
    r"\frac{v}{1 - \beta_2^{t}}",
    r"\theta - \frac{\eta \hat{m}}{\sqrt{\hat{v}} + \epsilon}",
)


def test_the_rule_of_adam_is_written_as_in_its_paper() -> None:
    assert tuple(latex(node) for _, node in parse_program(ADAM).statements) == ADAM_LATEX


def test_symbols_that_are_given_go_before_the_spelling() -> None:
    symbols = {"weight_decay": r"\lambda", "lr": r"\alpha"}
    assert latex(parse_expression("lr*weight_decay*theta"), symbols) == r"\alpha \lambda \theta"


def typesets(text: str) -> bool:
    """Tell whether ziamath draws the text, and draws something."""
    ziamath = pytest.importorskip("ziamath")
    ziamath.config.svg2 = False
    return "<path" in ziamath.Latex(text).svg()


@pytest.mark.parametrize("line", ADAM_LATEX)
def test_the_typesetter_draws_the_rule_of_adam(line: str) -> None:
    assert typesets(line)


@pytest.mark.parametrize("function", [*ELEMENTARY, *REDUCTIONS])
def test_the_typesetter_draws_every_function_of_the_language(function: str) -> None:
    count = {**ELEMENTARY, **REDUCTIONS}[function]
    inner = "x < y/2, x, y" if function == "where" else ", ".join(["x/y", "y", "a"][:count])
    assert typesets(latex(parse_expression(f"2*{function}({inner})**2 + 1")))


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_the_typesetter_draws_every_comparison(sign: str) -> None:
    assert len(COMPARISONS) == 6
    assert typesets(latex(parse_expression(f"where(x {sign} y, x, y)")))


NAMES = ["lr", "eps", "gnorm", "noise", "gx", "hxy", "theta", "m_hat", "v_bar", "x1", "beta12", "v_hat_max",
         "weight_decay", "lambda", "momentum", "Delta"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_typesetter_draws_every_kind_of_name(name: str) -> None:
    assert typesets(latex(Name(name)))


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("x + 1", 0),
        (r"\sqrt{x}", 1),
        (r"\frac{1}{\sqrt{x}}", 2),
        (r"\left(\frac{a}{b}\right)^2", 2),
        ("((x))", 0),
        (r"\begin{cases} \sqrt{x}, & \begin{cases} y \end{cases} \end{cases}", 2),
    ],
)
def test_the_nesting_that_costs_the_typesetter_time_is_counted(text: str, depth: int) -> None:
    assert nesting(text) == depth


@settings(max_examples=300, deadline=None)
@given(algebra())
def test_plain_text_means_what_the_tree_means(tree: Node) -> None:
    """Read the line back: brackets and signs are right where the values agree. LaTeX goes through the same layout."""
    text = pretty(tree)
    assume("nh²" not in text)
    try:
        again = parse_expression(text)
    except FormulaError:
        assume(False)
    names = {name: 0.6 + 0.1 * len(name) for name in free_names(tree)}
    known = {**names, "epsilon": names.get("eps", 0.0), "eta": names.get("lr", 0.0)}
    [mine], [theirs] = evaluate([tree], names), evaluate([again], known)
    assume(math.isfinite(mine) and 1e-250 < abs(mine) < 1e250)
    assert float(theirs) == pytest.approx(float(mine), rel=1e-6)


@settings(max_examples=200, deadline=None)
@given(trees())
def test_brackets_and_groups_are_always_closed(tree: Node) -> None:
    text = latex(tree)
    for opening, closing in ["()", "{}", (r"\left", r"\right"), (r"\begin", r"\end")]:
        assert text.count(opening) == text.count(closing)


@pytest.mark.parametrize("text", ["1e308", "x + 1.7976931348623157e308", "x**2/1e308", "5e-324*x", "0.1**300*x"])
def test_numbers_of_any_size_are_written(text: str) -> None:
    node = parse_expression(text)
    assert re.search(r"10\^\{-?3\d\d\}", latex(node))
    assert re.search("10⁻?³[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}", pretty(node))


@pytest.mark.parametrize("text", ["x**1e300", "sin(x)**1e300", "x**-1e300"])
def test_an_exponent_of_many_digits_is_written_as_a_power_of_ten(text: str) -> None:
    assert len(pretty(parse_expression(text))) < 20
    assert len(latex(parse_expression(text))) < 30


def test_what_is_no_finite_number_is_written_by_its_sign() -> None:
    assert latex(call("mul", Number(math.inf), Name("x"))) == r"\infty x"
    assert pretty(Number(-math.inf)) == "−∞"
    assert (latex(Number(math.nan)), pretty(Number(math.nan))) == (r"\mathrm{NaN}", "NaN")
