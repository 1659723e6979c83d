"""Formulas, rules and schedules, made up and mutated: parsed, differentiated, typeset, and now and then compiled."""

import random
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.rates import default_rate
from landscape.catalogue.scales import nudged, position_of, value_at
from landscape.catalogue.schedule_programs import program_of
from landscape.catalogue.schedules import schedule, schedule_entries, schedule_parameters
from landscape.catalogue.surfaces import Surface, parameters_of, surface, surface_entries
from landscape.descent.stepping import step_of
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.formula.tree import ELEMENTARY
from landscape.formula.typeset import latex, pretty
from landscape.geometry.critical import critical_points
from landscape.geometry.levels import shading
from landscape.scene.equation import equation_svg
from tests.fuzz.harness import Fuzz
from tests.fuzz.mutation import NUMBERS, mutated_text

_BITS = [
    *"()[]{}+-*/^<>=,|√²³⁻βπ½Γ",
    "\\frac{",
    "\\sin ",
    "sin ",
    "ln ",
    "gamma(",
    "sum(i, 1, 3, ",
    "prod(i, 0, 2, ",
    "u = ",
    "u",
    "f(x,y) = ",
    "xy",
    "tmax",
    "x1",
    "**",
    " ",
    "\n",
    ";",
    "where(",
    "min(",
    "sum(",
    "mean(",
    "abs(",
    "x",
    "y",
    "theta = ",
    "lr",
    "(",
    ")",
]
_NAMES = {
    "surface": ["x", "y", "x", "y", "a", "k"],
    "rule": ["theta", "g", "lr", "t", "m", "gnorm", "k"],
    "schedule": ["lr", "t", "T", "k"],
}
_COMPILED = 40
"""One of so many is compiled and searched."""


@dataclass(frozen=True)
class Text:
    kind: Literal["surface", "rule", "schedule"]
    text: str


def _make(source: random.Random) -> Text:
    kind = source.choice(["surface", "surface", "surface", "rule", "schedule"])
    how = source.randrange(4)
    if how == 0:
        text = _known(source, kind)
    else:
        names = {
            "surface": ["x", "y", "x", "y", "a", "k"],
            "rule": ["theta", "g", "lr", "t", "m", "gnorm", "k"],
            "schedule": ["lr", "t", "T", "k"],
        }
        text = _expression(source, names[kind], source.choice([1, 2, 3, 4, 5, 8]))
        text = f"m = {_expression(source, names[kind], 2)}\ntheta = theta - {text}" if kind == "rule" else text
    if how < 2:
        text = mutated_text(source, text, _BITS)
    if source.random() < 0.02:
        text = source.choice(
            [text * source.choice([10, 100]), "+".join([text] * 50), "**".join([text] * 60), f"max({text}," * 60]
        )
    return Text(kind, text)


def _known(source: random.Random, kind: str) -> str:
    if kind == "surface":
        return source.choice([entry.formula for entry in surface_entries().values()])
    if kind == "rule":
        return source.choice([entry.rule for entry in optimizer_entries().values()])
    return source.choice([entry.formula for entry in schedule_entries().values()])


def _expression(source: random.Random, names: list[str], depth: int) -> str:
    if depth == 0 or source.random() < 0.15:
        return source.choice([*names, *names, source.choice(NUMBERS[:16]), str(source.randint(0, 9)), "x**2/1e308"])

    def part() -> str:
        return _expression(source, names, depth - 1)

    kind = source.randrange(10)
    if kind < 5:
        return f"({part()} {source.choice(['+', '-', '*', '/', '**', '**'])} {part()})"
    if kind == 5:
        return f"where({part()} {source.choice(['<', '<=', '==', '!='])} {part()}, {part()}, {part()})"
    if kind == 6:
        return f"{source.choice(['-', '2', '|', '√'])}{part()}"
    name = source.choice([name for name in ELEMENTARY if name != "where"])
    return f"{name}({', '.join(part() for _ in range(ELEMENTARY[name]))})"


def _attempt(case: Text, source: random.Random) -> None:
    if case.kind == "surface":
        _try_surface(surface(case.text), source)
    elif case.kind == "rule":
        rule = optimizer(case.text)
        for _, tree in rule.program.statements:
            latex(tree), pretty(tree)
        step_of(rule.rule)
        if source.randrange(_COMPILED) == 0 and not rule.planar:
            descend(surface("himmelblau"), rule, (1.0, 2.0), 4)
    else:
        made = schedule(case.text, warmup=source.choice([0, 1, 3, 10_000_000]))
        for _, tree in program_of(made.formula).statements:
            latex(tree), pretty(tree)
        if not made.follows:
            made.rates(0.1, source.choice([0, 1, 7]))
        _try_sliders(schedule_parameters(made))


def _try_surface(made: Surface, source: random.Random) -> None:
    x, y = np.meshgrid(np.linspace(-3.0, 3.0, 7), np.linspace(-3.0, 3.0, 5))
    text = latex(made.tree)
    pretty(made.tree)
    shading(made.value(x, y))
    made.gradient(x, y)
    with suppress(InputError):  # Its second derivatives may be too large
        made.hessian(x, y)
        default_rate(made, optimizer("sgd"))
    _try_sliders(parameters_of(made))
    if source.randrange(_COMPILED) == 0:
        equation_svg(text)
        descend(made, optimizer("sgd"), (0.5, -1.0), 4)
        critical_points(made, boxes=2000, seconds=0.3)


def _try_sliders(parameters: tuple[Parameter, ...]) -> None:
    for one in parameters:
        assert np.isfinite([value_at(one, 0.3), position_of(one, one.default), nudged(one, one.default, 1)]).all()


FUZZ = Fuzz(make=_make, attempt=_attempt, count=10_000, short=400, limit=30.0)
