"""Lines of formulas as they are read: each formula, and under it the numbers, with as many digits as they need.

Whoever takes the numbers that are shown comes to the result that is shown, to one unit of its last digit. Four digits
are mostly enough for that; where they are not, as where nearly equal numbers are subtracted, more are shown.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from landscape.formula.lines import Line
from landscape.formula.tree import Call, Node, evaluate
from landscape.formula.typeset import Part, filled
from landscape.scene.text import number

DIGITS = 4
MOST = 17
HIDDEN = "□"
"""In place of a number that is to be found."""
SIGNS = {True: "✓", False: "✗"}
Hidden: TypeAlias = Callable[[str, int], bool]
_POWER = re.compile("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
WHOLE = 1e6
"""Whole numbers below are shown with all digits: the number of the step."""


@dataclass(frozen=True, kw_only=True)
class ShownNumbers:
    """A line with the numbers of one coordinate."""

    parts: tuple[Part, ...]
    result: str
    coordinate: int
    """0 for x, 1 for y; -1 where the line is the same for both, or stands for itself."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Each name with what is shown for it."""
    conditions: tuple[str, ...] = ()
    """What decided which branches were taken, with its numbers: ``8 ≤ 2 ✗``. The line shows those branches alone."""

    @property
    def text(self) -> str:
        """The line as one text."""
        return f"{''.join(part.text for part in self.parts)} = {self.result}"


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line of the rule with its numbers for each coordinate."""

    line: Line
    rows: tuple[ShownNumbers, ...]


def shown_lines(lines: Sequence[Line], moved: Mapping[str, float]) -> tuple[ShownLine, ...]:
    """Return the lines as they are shown; ``moved`` says by how much names change, for results as exact as that."""
    return tuple(shown_line(line, moved.get(line.name, 0.0)) for line in lines)


def shown_line(line: Line, moved: float = 0.0, hidden: Hidden = lambda _name, _coordinate: False) -> ShownLine:
    """Return a line as it is shown.

    Args:
        line: The line with its numbers.
        moved: By how much its name changes: the result is exact enough to tell.
        hidden: Tells of a name that the line reads, and a coordinate, whether it is hidden.
    """
    count = max([len(line.result), *(len(each) for each in line.numbers.values())])
    rows = [_row(line, coordinate, count, moved, hidden) for coordinate in range(count)]
    return ShownLine(line=line, rows=tuple(rows))


def number_at(numbers: Sequence[float], coordinate: int) -> float:
    """Return that of one coordinate, or the one of all."""
    return numbers[coordinate] if len(numbers) > coordinate >= 0 else numbers[0]


def written(value: float, digits: int) -> str:
    """Return a number as it is shown: whole ones with all their digits."""
    if value.is_integer() and abs(value) < WHOLE:
        return number(value, 7)
    return number(value, digits)


def read(text: str) -> float:
    """Return the number that is shown as ``text``; NaN where it shows none."""
    if "∞" in text or text in ("–", HIDDEN):
        return math.nan
    factor, times, power = text.replace("−", "-").partition("×")
    if not times and _POWER.search(factor):
        factor, power = ("-1" if factor.startswith("-") else "1"), factor.removeprefix("-")
    return float(f"{factor}e{power[2:].translate(_PLAIN_DIGITS)}" if power else factor)


def unit(value: float, digits: int) -> float:
    """Return one unit of the last of so many digits of a number."""
    return 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 10.0 ** (-digits)


def _row(line: Line, coordinate: int, count: int, moved: float, hidden: Hidden) -> ShownNumbers:
    values = {name: number_at(each, coordinate) for name, each in line.numbers.items()}
    tree, asked = _taken(line, coordinate)
    result = number_at(line.result, coordinate)
    exact = _digits_of_result(result, moved)
    texts = _texts(tree, asked, values, result, exact)
    told = {name: HIDDEN if hidden(name, coordinate if count > 1 else -1) else text for name, text in texts.items()}
    return ShownNumbers(
        parts=filled(tree, told),
        result=written(result, exact),
        coordinate=coordinate if count > 1 else -1,
        numbers=texts,
        conditions=tuple("".join(part.text for part in filled(one, told)) + f" {SIGNS[held]}" for one, held in asked),
    )


def _taken(line: Line, coordinate: int) -> tuple[Node, list[tuple[Node, bool]]]:
    """Return the line with the branches that were taken in place of its choices, and what was asked on the way."""
    held = {id(branch.condition): bool(number_at(branch.held, coordinate)) for branch in line.branches}
    if not held:
        return line.expression, []
    asked: list[tuple[Node, bool]] = []

    def follow(node: Node) -> Node:
        if not isinstance(node, Call):
            return node
        if node.function == "where":
            condition, yes, no = node.arguments
            asked.append((condition, held[id(condition)]))
            return follow(yes if held[id(condition)] else no)
        return Call(node.function, tuple(follow(argument) for argument in node.arguments))

    return follow(line.expression), asked


def _texts(
    tree: Node, asked: Sequence[tuple[Node, bool]], values: Mapping[str, float], result: float, exact: int
) -> dict[str, str]:
    """Return the numbers with as few digits as come to the result that is shown, by way of the same branches."""
    for digits in range(exact, MOST):
        texts = {name: written(value, digits) for name, value in values.items()}
        if not math.isfinite(result):
            return texts
        known = {name: read(text) for name, text in texts.items()}
        found, *held = evaluate((tree, *(condition for condition, _ in asked)), known)
        near = abs(float(found) - read(written(result, exact))) <= unit(result, exact) * (1 + 1e-9)
        if near and all(bool(one) == wanted for one, (_, wanted) in zip(held, asked, strict=True)):
            return texts
    return {name: written(value, MOST) for name, value in values.items()}


def _digits_of_result(result: float, moved: float) -> int:
    """Return how many digits of a result show by how much it moved, to two digits."""
    if not (moved and result and math.isfinite(moved) and math.isfinite(result)):
        return DIGITS
    more = math.ceil(min(math.log10(abs(result / moved)), MOST))  # The quotient may be too large for a number.
    return min(max(DIGITS, 2 + more), MOST - 5)
