"""Formulas of all functions of the language, made up at random: smooth, kinked, broken, undefined here and there."""

import random
from contextlib import suppress
from dataclasses import dataclass

from landscape.catalogue.surfaces import Surface, surface
from landscape.errors import InputError
from landscape.formula.tree import COMPARISONS, ELEMENTARY

_SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
_DOMAINS = (
    ((-2, 2), (-2, 2)), ((-2, 2), (-2, 2)), ((-1, 3), (-2, 1)), ((0, 3), (0, 3)), ((-5, 5), (-5, 5)),
    ((-1e-3, 2e-3), (-1e-3, 1e-3)), ((-100, 50), (-1, 1)), ((0.1, 1.3), (-0.7, 0.4)),
)  # fmt: skip
_NUMBERS = ("0.5", "2", "3", "0.1", "1.7", "0.01234", "10", "pi", "1")
_POWERS = ("2", "2", "2", "3", "4", "0.5", "1.5", "-1", "-2", "6")


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """A formula on a domain."""

    number: int
    formula: str
    domain: tuple[tuple[float, float], tuple[float, float]]

    @property
    def surface(self) -> Surface:
        return surface(self.formula, domain=self.domain)


def made_up(number: int, seed: int = 0) -> MadeUp:
    """Return the formula of this number; so many in a row as there are functions hold every function."""
    source = random.Random(f"{seed} {number}")
    while True:
        made = _attempt(source, number)
        with suppress(InputError):  # A constant part of it has no value, as acos(2)
            made.surface  # noqa: B018
            return made


def _attempt(source: random.Random, number: int) -> MadeUp:
    functions = sorted(ELEMENTARY)
    feature = _call(source, functions[number % len(functions)], source.choice((0, 1, 1, 2)))
    rest = _expression(source, source.choice((0, 1, 2)))
    text = source.choice(("{f} + {r}", "{f}*({r})", "({r}) - {f}", "{f} + 0.3*(x^2 + y^2)", "{f} + x^2 + {r}"))
    formula = text.format(f=feature, r=rest)
    if "x" not in _names(formula) or "y" not in _names(formula):
        formula += " + (x - 0.3*y)^2"
    return MadeUp(number=number, formula=formula, domain=source.choice(_DOMAINS))


def _names(formula: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in formula).split())


def _expression(source: random.Random, depth: int) -> str:
    if depth == 0:
        return _leaf(source)
    kind = source.randrange(10)
    if kind < 5:
        return f"({_expression(source, depth - 1)} {source.choice('++-*')} {_expression(source, depth - 1)})"
    if kind == 5:
        return f"({_expression(source, depth - 1)})/({_expression(source, depth - 1)})"
    if kind == 6:
        return f"({_expression(source, depth - 1)})^{source.choice(_POWERS)}"
    return _call(source, source.choice(sorted(ELEMENTARY)), depth - 1)


def _call(source: random.Random, function: str, depth: int) -> str:
    arguments = [_expression(source, depth) for _ in range(ELEMENTARY[function])]
    if function == "where":
        sign = _SIGNS[source.choice(sorted(COMPARISONS))]
        arguments[0] = f"{arguments[0]} {sign} {_expression(source, depth)}"
    return f"{function}({', '.join(arguments)})"


def _leaf(source: random.Random) -> str:
    number = source.choice(_NUMBERS)
    return source.choice(
        (
            "x", "y", "x", "y", "(x - y)", "(x + y)", f"{number}*x", f"{number}*y", f"(x - {number})",
            f"({number}*x + y)", "x*y", "(x^2 + y^2)", f"(x^2 - {number})", number,
        )
    )  # fmt: skip
