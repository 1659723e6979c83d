"""What somebody who worked out a number by hand did wrong: each slip is made on purpose, and compared.

A slip is only named where it leads to another number than the right one.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from landscape.errors import InputError
from landscape.formula.lines import Line, worked_out
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import ONE, Call, Name, Node, Number, call, evaluate, is_number, rebuild
from landscape.scene.line_numbers import number_at, unit, written
from landscape.translation import Translation

Slip: TypeAlias = Literal[
    "sign", "coordinate", "bias", "square", "rate twice", "rate forgotten", "before", "unread", "other"
]
Change: TypeAlias = Callable[[Line], Line]

NEAR = 3
"""So many digits must be right."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a number is right, and if not, what it comes from."""

    right: bool
    slip: Slip | None = None


def judge(lines: Sequence[Line], index: int, coordinate: int, typed: str, moved: float = 0.0) -> Verdict:
    """Return what to say to ``typed`` as the result of a line.

    Args:
        lines: The lines of the step with their numbers.
        index: Which one it is about.
        coordinate: 0 for x, 1 for y; -1 where it is the same for both.
        typed: A number, or an expression of numbers.
        moved: By how much the name of the line moves, if it does: the number must be exact enough to show that.
    """
    try:
        (found,) = evaluate((parse_expression(typed),), {})
        value = float(found)
    except (InputError, KeyError):
        return Verdict(right=False, slip="unread")
    right = number_at(lines[index].result, coordinate)
    if _near(value, right, moved):
        return Verdict(right=True)
    for slip, wrong in _wrong(lines, index, coordinate):
        if math.isfinite(wrong) and not _near(wrong, right, moved) and _near(value, wrong, moved):
            return Verdict(right=False, slip=slip)
    return Verdict(right=False, slip="other")


def verdict_sentence(verdict: Verdict, right: float, say: Translation) -> str:
    """Return the sentence under a number that was typed."""
    if verdict.right:
        return say("Right: {value}", value=written(right, 4))
    sentences: dict[Slip | None, str] = {
        "sign": say("Almost: the sign is the other way round."),
        "coordinate": say("That is the number of the other coordinate."),
        "bias": say("The bias correction is forgotten: nothing was divided by 1 − βᵗ."),
        "square": say("Squared after averaging: the square belongs to the gradient, before it is averaged."),
        "rate twice": say("The learning rate is in it twice."),
        "rate forgotten": say("The learning rate is forgotten."),
        "before": say("That is the number before this step."),
        "unread": say("That is no number."),
    }
    return sentences.get(verdict.slip, say("Not yet. Look at the line once more; Escape shows the number."))


def _near(value: float, right: float, moved: float) -> bool:
    if not math.isfinite(right):
        return False
    allowed = 0.51 * unit(right, NEAR)
    return abs(value - right) <= (min(allowed, 0.05 * abs(moved)) if moved else allowed)


def _wrong(lines: Sequence[Line], index: int, coordinate: int) -> Iterator[tuple[Slip, float]]:
    """Yield the slips that can be made on the way to a line, with the numbers that they lead to."""
    line = lines[index]
    yield "sign", -number_at(line.result, coordinate)
    yield "sign", _again(lines, index, coordinate, _with_name("lr", lambda rate: Call("neg", (rate,))))
    if coordinate >= 0:
        yield "coordinate", number_at(line.result, 1 - coordinate)
    yield "bias", _again(lines, index, coordinate, _without_correction)
    for change in (_squared_late, _squared_late_of_root):
        yield "square", _again(lines, index, coordinate, change)
    yield "rate twice", _again(lines, index, coordinate, _with_name("lr", lambda rate: Call("mul", (rate, rate))))
    yield "rate forgotten", _again(lines, index, coordinate, _with_name("lr", lambda _rate: ONE))
    if line.name in line.numbers:
        yield "before", number_at(line.numbers[line.name], coordinate)


def _again(lines: Sequence[Line], index: int, coordinate: int, change: Change) -> float:
    """Return the result of a line where it and those before it are changed."""
    known: dict[str, tuple[float, ...]] = {}
    assigned: set[str] = set()
    for line in lines[: index + 1]:
        for name, numbers in line.numbers.items():
            if name not in assigned:
                known.setdefault(name, numbers)
        assigned.add(line.name)
    values = {name: numbers if len(numbers) > 1 else numbers[0] for name, numbers in known.items()}
    done = worked_out([change(line) for line in lines[: index + 1]], values)
    return number_at(done[-1].result, coordinate)


def _with_name(name: str, make: Callable[[Node], Node]) -> Change:
    def changed(node: Node, arguments: tuple[Node, ...]) -> Node:
        if isinstance(node, Name):
            return make(node) if node.id == name else node
        return Call(node.function, arguments) if isinstance(node, Call) else node

    return lambda line: replace(line, expression=rebuild(line.expression, changed))


def _without_correction(line: Line) -> Line:
    """Return a line without what corrects for the start: 1 in place of 1 − β**t."""

    def changed(node: Node, arguments: tuple[Node, ...]) -> Node:
        if not isinstance(node, Call):
            return node
        if node.function == "sub" and is_number(node.arguments[0], 1.0) and _is_power_of_t(node.arguments[1]):
            return ONE
        return call(node.function, *arguments)

    return replace(line, expression=rebuild(line.expression, changed))


def _is_power_of_t(node: Node) -> bool:
    if not isinstance(node, Call) or node.function != "pow":
        return False
    base, exponent = node.arguments
    return isinstance(base, Name) and isinstance(exponent, Name) and exponent.id == "t"


def _squared_late(line: Line) -> Line:
    """Return a line that averages squares as one that squares the average."""
    return _late(line, lambda own: own)


def _squared_late_of_root(line: Line) -> Line:
    """Return the same for somebody who takes the root of what is remembered, as if that were the average."""
    return _late(line, lambda own: Call("sqrt", (own,)))


def _late(line: Line, remembered: Callable[[Node], Node]) -> Line:
    squares = 0

    def changed(node: Node, arguments: tuple[Node, ...]) -> Node:
        nonlocal squares
        if isinstance(node, Name):
            return remembered(node) if node.id == line.name else node
        if not isinstance(node, Call):
            return node
        if node.function == "pow" and is_number(node.arguments[1], 2.0):
            squares += 1
            return arguments[0]
        return Call(node.function, arguments)

    made = rebuild(line.expression, changed)
    averages = squares == 1 and line.name in line.reads
    return replace(line, expression=Call("pow", (made, Number(2.0)))) if averages else line
