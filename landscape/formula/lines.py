"""The lines of a program with the numbers that go into each, what comes of it, and which branch was taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from landscape.formula.tree import ZERO, Call, Name, Node, Program, evaluate, free_names, substitute, walk

Numbers = tuple[float, ...]
"""One number for each coordinate, or one where it is the same for all."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A condition in a line, and for which coordinates it held."""

    condition: Node
    held: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """``name = expression``, and its numbers once they are worked out."""

    name: str
    expression: Node
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    """What each name in the expression was when the line was reached."""
    result: Numbers = ()
    branches: tuple[Branch, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The names in the expression, in the order in which they are first read."""
        return tuple(dict.fromkeys(node.id for node in walk((self.expression,)) if isinstance(node, Name)))

    @property
    def conditions(self) -> tuple[Node, ...]:
        """What its choices depend on."""
        chosen = [node for node in walk((self.expression,)) if isinstance(node, Call) and node.function == "where"]
        return tuple(node.arguments[0] for node in chosen)


def live_lines(program: Program, zeros: Iterable[str], roots: Collection[str]) -> tuple[Line, ...]:
    """Return the lines that the ``roots`` depend on, in their order, where the names in ``zeros`` are 0.

    What is multiplied by 0 is gone from them, and so are the lines that only that was for.
    """
    nothing = dict.fromkeys(zeros, ZERO)
    lines = [Line(name=name, expression=substitute(tree, nothing)) for name, tree in program.statements]
    needed, kept = set(roots), []
    for line in reversed(lines):
        if line.name in needed:
            needed = (needed - {line.name}) | free_names(line.expression)
            kept.append(line)
    return tuple(reversed(kept))


def worked_out(lines: Sequence[Line], values: Mapping[str, ArrayLike]) -> tuple[Line, ...]:
    """Return the lines with their numbers, one after the other, from what is known before the first.

    Raises:
        KeyError: a line reads what is neither known nor assigned before it.
    """
    known: dict[str, ArrayLike] = dict(values)
    done = []
    for line in lines:
        read = {name: known[name] for name in line.reads}
        conditions = line.conditions
        result, *held = evaluate((line.expression, *conditions), read)
        known[line.name] = result
        done.append(
            replace(
                line,
                numbers={name: _numbers(value) for name, value in read.items()},
                result=_numbers(result),
                branches=tuple(
                    Branch(condition=condition, held=tuple(map(bool, np.atleast_1d(one).tolist())))
                    for condition, one in zip(conditions, held, strict=True)
                ),
            )
        )
    return tuple(done)


def _numbers(value: ArrayLike) -> Numbers:
    return tuple(np.atleast_1d(np.asarray(value, dtype=np.float64)).tolist())
