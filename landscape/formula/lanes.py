"""Vectorized loops: trees computed for many points side by side, which the compiler turns into wide instructions.

It does so only with innermost loops. Where ``mean`` and ``sum`` run over rows of data, the loop over the points is
therefore the inner one, and each point's total is kept in memory meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from landscape.formula.kernels import Code, Columns, Emitter, levels
from landscape.formula.tree import Call, Node


def each(code: Code, count: int | str, write: Callable[[], None]) -> None:
    """Write a loop over ``count`` points around what ``write`` writes for one of them, the one called ``lane``."""
    code.write("lane = 0")
    with code.block(f"while lane < {count}:"):
        write()
        code.write("lane += 1")


def totals(roots: Sequence[Node], columns: Sequence[str]) -> int:
    """Return how many totals over the rows of data each point needs room for."""
    return sum(map(len, levels(roots))) if columns else 0


@dataclass(kw_only=True)
class Lanes:
    """Writes trees for many points."""

    code: Code
    count: int | str
    """How many points."""
    values: Mapping[str, str]
    """What holds the names that are the same for all of them."""
    columns: Columns
    load: Callable[[], Mapping[str, str]]
    """Writes the loading of the present point; returns what holds the names that are its own."""
    room: Callable[[int], str]
    """Returns where a total of the present point is kept, as ``address, index``."""
    _kept: dict[Call, str] = field(default_factory=dict)

    def emit(self, roots: Sequence[Node], finish: Callable[[Mapping[str, str], Sequence[str]], None]) -> None:
        """Write the trees; ``finish``, given the names of a point and the values of the trees, writes what follows."""
        for level in levels(roots) if self.columns.names else ():
            self._reduce(level)
        each(self.code, self.count, lambda: finish(*self._at_point(roots, {})))

    def _reduce(self, reductions: Sequence[Call]) -> None:
        """Write a loop over the rows with one over the points in it."""
        code, bodies = self.code, [node.arguments[0] for node in reductions]
        places = [self.room(len(self._kept) + index) for index in range(len(bodies))]

        def add(row: Mapping[str, str]) -> None:
            sums = zip(places, self._at_point(bodies, row)[1], strict=True)
            code.write(*(f"put({place}, get({place}) + {value})" for place, value in sums))

        each(code, self.count, lambda: code.write(*(f"put({place}, 0.0)" for place in places)))
        self.columns.loop(code, lambda row: each(code, self.count, lambda: add(row)))
        self._kept |= zip(reductions, places, strict=True)

    def _at_point(self, roots: Sequence[Node], row: Mapping[str, str]) -> tuple[Mapping[str, str], list[str]]:
        point = self.load()
        emitter = Emitter(self.code, {**self.values, **row, **point}, self.columns)
        for node, place in self._kept.items():
            emitter.reduced(node, self.code.variable(f"get({place})"))
        return point, emitter.emit(roots)
