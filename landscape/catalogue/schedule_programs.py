"""Schedules of several lines: what they assign, what they read of the run, and their rates one step after another.

The lines of such a schedule are those of a program, ``name = expression``; it assigns ``rate``, the learning rate of
the step, and may assign ``momentum``, for rules that have one. It may read ``loss``: that of the step before, as a loop
of training knows it (before the second step, that at the start). A name that is read before it is assigned is
remembered from step to step and starts at 0. What neither remembers nor reads the loss is known for all steps
beforehand.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from landscape.catalogue.formulas import names_read, refuse_reductions
from landscape.catalogue.programs import folded
from landscape.errors import InputError
from landscape.formula.syntax import parse_expression, parse_program
from landscape.formula.tree import Name, Node, Program, evaluate

RATE, MOMENTUM, LOSS = "rate", "momentum", "loss"
VARIABLES = ("lr", "t", "T")
GIVEN = (*VARIABLES, LOSS, MOMENTUM)
DRIVEN = ("momentum", "beta1")
"""What a schedule's momentum is called in rules, the first of these that a rule has."""

_ASSIGNMENT = re.compile(r"[^\W\d]\w*\s*=(?!=)")


def is_program(text: str) -> bool:
    """Tell whether the last line of ``text`` assigns a name: then all of its lines do."""
    lines = [line for line in re.split(r"[\n;]", text) if line.strip()]
    return bool(lines) and _ASSIGNMENT.match(lines[-1].strip()) is not None


@lru_cache(maxsize=256)
def program_of(text: str) -> Program:
    """Return the statements of the lines of a schedule; one that is a single expression assigns it to ``rate``."""
    if is_program(text):
        return parse_program(text)
    return Program(((RATE, parse_expression(text, ("t", "T"))),))


@lru_cache(maxsize=256)
def memory_of(text: str) -> tuple[str, ...]:
    """Return the names that are remembered from step to step."""
    return tuple(name for name in program_of(text).state if name not in GIVEN) if is_program(text) else ()


@lru_cache(maxsize=256)
def parameters_read(text: str) -> tuple[str, ...]:
    """Return the names that are neither given nor assigned, in the order they are first read."""
    program = program_of(text)
    given = (*GIVEN, *program.assigned) if is_program(text) else (*VARIABLES, LOSS)
    return names_read((tree for _, tree in program.statements), given)


@lru_cache(maxsize=256)
def follows_run(text: str) -> bool:
    """Tell whether the rate of a step depends on what came before it: on the loss, or on what is remembered."""
    read = names_read((tree for _, tree in program_of(text).statements), ())
    return LOSS in read or bool(memory_of(text))


@lru_cache(maxsize=256)
def trees_of(text: str) -> Mapping[str, Node]:
    """Return what ``rate``, ``momentum`` and the remembered names come to in a step, as trees of what is given."""
    held = folded(program_of(text))
    names = (RATE, *((MOMENTUM,) if MOMENTUM in held else ()), *memory_of(text))
    return {name: held.get(name, Name(name)) for name in names}


def known_names(text: str) -> tuple[str, ...]:
    """Return what the lines may read besides the step, the loss and what they remember, in one order."""
    return (*((MOMENTUM,) if is_program(text) else ()), "lr", "T", *parameters_read(text))


def schedule_driven(text: str, hyper_names: Collection[str]) -> str:
    """Return which of a rule's hyper-parameters the lines drive beside the rate; empty for none."""
    if not is_program(text) or MOMENTUM not in trees_of(text):
        return ""
    return next((name for name in DRIVEN if name in hyper_names), "")


def check_lines(text: str) -> None:
    """Refuse lines that do not assign the rate, or have data."""
    program = program_of(text)
    if RATE not in program.assigned:
        raise InputError('The lines of a schedule must assign "{name}", the learning rate of the step', name=RATE)
    refuse_reductions(tree for _, tree in program.statements)


def follower(text: str, values: Mapping[str, float], warmup: int) -> Callable[[int, float], tuple[float, float]]:
    """Return what gives the rate and the momentum of each step, called with its number and the loss it is told.

    Steps must come in their order. For a warm-up as in ``Schedule.rates``: its rates rise to the first one of all.
    """
    trees = trees_of(text)
    memory: dict[str, ArrayLike] = dict.fromkeys(memory_of(text), 0.0)

    def next_rate(step: int, loss: float) -> tuple[float, float]:
        now: dict[str, ArrayLike] = {**values, **memory, "t": float(max(step - warmup, 0)), LOSS: loss}
        with np.errstate(all="ignore"):
            found = dict(zip(trees, (float(each) for each in evaluate(tuple(trees.values()), now)), strict=True))
        if step >= warmup:
            memory.update((name, found[name]) for name in memory)
        share = (step + 1) / warmup if step < warmup else 1.0
        return found[RATE] * share, found.get(MOMENTUM, values.get(MOMENTUM, 0.0))

    return next_rate
