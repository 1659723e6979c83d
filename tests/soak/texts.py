"""What is typed: numbers, formulas and words, good, bad and half typed."""

import random

NUMBERS = (
    "0", "1", "-1", "0.1", "1e-3", "1/3", "2π", "3e8", "1e308", "-1e308", "1e999", "nan", "inf", "", "-", "1e", "1,5",
    "١٢", "9**9**9", "1/0", "0.9999", "1920", "99999", "5", "30", "2", "x", "−5", "1" * 40, "7" * 5000,
)  # fmt: skip
FORMULAS = (
    "x**2 + 3y²", "sin(3x)·cos(2y) + 0.1(x² + y²)", "(1 − x)² + 100(y − x²)²", "|x| + |y|", "x**2/1e308 + y**2",
    "a x² + b y²", "where(x > 0, x**2, -x) + y**2", "log(x) + sqrt(y)", "max(x, y)**2", "x+1e308", "1/(x² + y²)",
    "exp(x**2)*y", "floor(x) + y", "xy", "f(x,y) = x⁴ + y⁴ − 4xy + 1", "sum(i, 1, 5, sin(i x)/i) + y²", "x",
)  # fmt: skip
RULES = (
    "theta = theta - lr*g", "m = 0.9*m + g\ntheta = theta - lr*m", "theta = theta - lr*sign(g)",
    "theta = theta - lr*g/(abs(g) + eps)", "theta = theta", "theta = theta/0", "x = x - lr*gx\ny = y - lr*gy",
    "lr*(1 - t/T)", "lr*0.5**floor(t/20)", "lr/(1 + t)", "theta = theta - lr*g/t",
)  # fmt: skip
WORDS = (
    "a",
    "adam",
    "Gradient",
    "二",
    "😀",
    "\x00",
    "\udcff",
    "(",
    "ro",
    "x" * 200,
    "momentum 2",
    " ",
    "<b>",
    "$\\frac{1}{2}$",
)
FINDABLE = (
    "lesson", "adam", "saddle", "network", "export", "search", "page", "rosenbrock", "copy", "momentum", "norm",
    "cosine", "light", "panels", "notes", "present", "batch", "language", "step", "why", "dive", "unsaved", "file",
)  # fmt: skip
SIGNS = "+-*/()^.,=xyabe0123456789 π²|\n"


def text(rng: random.Random, shown: str) -> str:
    """Return something to type into a field that shows ``shown``, most often of the kind that belongs there."""
    kind = rng.random()
    if kind < 0.35 and shown:
        return mistyped(rng, shown)
    if kind < 0.8:
        return _of_the_kind(rng, shown)
    return rng.choice(rng.choice((NUMBERS, FORMULAS, RULES, WORDS)))


def some_word(rng: random.Random) -> str:
    """Return a word of what the program can do or open."""
    return rng.choice(FINDABLE)


def mistyped(rng: random.Random, whole: str) -> str:
    """Return a text as it looks while it is typed, or with a slip in it."""
    at = rng.randrange(len(whole) + 1)
    match rng.randrange(4):
        case 0:
            return whole[:at]
        case 1:
            return whole[:at] + whole[at + 1 :]
        case 2:
            return whole[:at] + rng.choice(SIGNS) + whole[at:]
        case _:
            return whole[:at] + rng.choice(("0.37", "x", "+y", "sin(", "*2", ")")) + whole[at:]


def formula(rng: random.Random, depth: int = 3) -> str:
    """Return a random formula of x and y."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(("x", "y", "x", "y", "2", "0.5", f"{rng.uniform(-9, 9):.3g}", "pi", "a"))
    left, right = formula(rng, depth - 1), formula(rng, depth - 1)
    if rng.random() < 0.35:
        name = rng.choice(("sin", "cos", "exp", "log", "sqrt", "abs", "tanh", "sigmoid", "floor", "erf"))
        return f"{name}({left})"
    return f"({left} {rng.choice('+-*+-*/')} {right})" if rng.random() < 0.9 else f"({left})**{rng.choice('234')}"


def _of_the_kind(rng: random.Random, shown: str) -> str:
    if not shown.strip("−-+0123456789.e×⁰¹²³⁴⁵⁶⁷⁸⁹⁻ ") and shown:
        good = f"{rng.choice((1.0, 1e-3, 100.0)) * rng.random():.3g}"
        return good if rng.random() < 0.5 else rng.choice(NUMBERS)
    if "=" in shown or "lr" in shown:
        return rng.choice(RULES)
    return formula(rng) if rng.random() < 0.5 else rng.choice(FORMULAS)
