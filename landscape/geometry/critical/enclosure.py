"""Interval arithmetic of a surface: rigorous enclosures of its value, gradient and Hessian on boxes, and its kinks."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeAlias

from flint import arb

from landscape.catalogue.surfaces import Surface
from landscape.formula.balls import enclosure as enclosing
from landscape.formula.derivatives import ALONG, exact_derivatives
from landscape.formula.kinks import SMOOTH, boundary, is_by_row, sites
from landscape.formula.signs import same_sign
from landscape.formula.tree import Node
from landscape.geometry.critical.boxes import Box, grown
from landscape.geometry.critical.limits import Ask
from landscape.geometry.curvature import Pair
from landscape.memory import bounded

_PADDING = 2.0**-52
_ROWS = 64
"""Rows of data between two questions whether to go on."""


Edge: TypeAlias = Callable[[arb, arb], tuple[arb, arb, arb]]
"""A value and its derivatives by x and y."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Enclosure:
    """What the search asks of a surface. Every answer is a ball, or a pair or triple of them, over a pair of balls.

    Each raises ``Spent`` once nothing more is to be computed.
    """

    value: Callable[[arb, arb], arb]
    gradient: Callable[[arb, arb], tuple[arb, arb]]
    signs: Callable[[arb, arb], tuple[arb, arb]]
    """Balls with the signs of the gradient's, of no other meaning."""
    hessian: Callable[[arb, arb], tuple[arb, arb, arb]]
    """xx, xy, yy."""
    roughness: Callable[[arb, arb], int]
    """The worst of ``kinks.SMOOTH``, ``KINK``, ``JUMP`` and ``OUTSIDE`` there."""
    states: Callable[[arb, arb], tuple[int, ...]]
    """What each test of ``rough`` is there."""
    along: Callable[[arb, arb, Pair], arb]
    """The derivative along a direction."""
    edge: Callable[[int], "Edge | None"]
    """The function that is 0 where the test with this number is not smooth, and its slope; None where there is none."""
    tangents: Callable[[Pair, tuple[int, ...]], Iterable[Pair]]
    """Directions along the lines near a point on which the tests with these numbers are not smooth, and others."""
    rough: tuple[Node, ...]
    """The tests of :func:`kinks.sites` that are not smooth on all of ``reach``."""
    reach: Box
    """Where ``roughness`` may be asked: the domain, and as much again around it."""
    ask: Ask
    """To be asked between two pieces of other work."""

    def slope(self, x: float, y: float) -> tuple[float, float]:
        """Return the gradient at a point, to rounding."""
        by_x, by_y = self.gradient(arb(x), arb(y))
        return float(by_x), float(by_y)

    def curvature(self, x: float, y: float) -> tuple[float, float, float]:
        """Return the second derivatives xx, xy, yy at a point, to rounding."""
        xx, xy, yy = self.hessian(arb(x), arb(y))
        return float(xx), float(xy), float(yy)


def balls(box: Box) -> tuple[arb, arb]:
    """Return balls that hold all of ``box``."""
    x0, x1, y0, y1 = box
    return (
        arb((x0 + x1) / 2, (x1 - x0) / 2 + _PADDING * (abs(x0) + abs(x1))),
        arb((y0 + y1) / 2, (y1 - y0) / 2 + _PADDING * (abs(y0) + abs(y1))),
    )


def enclosure(surface: Surface, domain: Box, ask: Ask) -> Enclosure:
    """Return the enclosures of ``surface``, with its parameters and data at their values; ``ask`` may end them."""
    names = ("x", "y", *surface.parameter_names)
    fixed = tuple(arb(value) for value in surface.kernel_values)
    rows = tuple(tuple(map(arb, row)) for row in zip(*(column for _, column in surface.data), strict=True))
    given = _Rows(rows, ask) if len(rows) > _ROWS else rows or ((),)

    def of(*roots: Node, more: tuple[str, ...] = ()) -> Callable[..., tuple[arb, ...]]:
        ask()
        enclose = enclosing(roots, (*names, *more), surface.columns)

        def enclosed(x: arb, y: arb, *others: arb) -> tuple[arb, ...]:
            ask()
            return enclose((x, y, *fixed, *others), given)

        return enclosed

    tree, gradient, hessian = surface.exact_trees
    tests = sites(tree, surface.columns)
    reach = grown(domain, 3.0)
    everywhere = of(*tests)(*balls(reach)) if tests else ()
    rough = tuple(test for test, state in zip(tests, everywhere, strict=True) if state != SMOOTH)
    value, states = of(tree), of(*rough) if rough else lambda _x, _y: ()
    edge = _edges(rough, of)
    return Enclosure(
        value=lambda x, y: value(x, y)[0],
        gradient=of(*gradient),
        signs=of(*_sign_trees(gradient)),
        hessian=of(*hessian),
        roughness=partial(_worst, states) if rough else lambda _x, _y: SMOOTH,
        states=states,
        along=_along(surface, of),
        edge=edge,
        tangents=partial(_tangents, edge),
        rough=rough,
        reach=reach,
        ask=ask,
    )


_Of: TypeAlias = Callable[..., Callable[..., tuple[arb, ...]]]
_DIAGONALS = (1.0, 1.0), (1.0, -1.0)


def _along(surface: Surface, of: _Of) -> Callable[[arb, arb, Pair], arb]:
    """Return the derivative along a direction; its function is made when it is first asked for."""
    made = cache(lambda: of(surface.directional_tree, more=ALONG))
    return lambda x, y, direction: made()(x, y, arb(direction[0]), arb(direction[1]))[0]


def _edges(rough: tuple[Node, ...], of: _Of) -> Callable[[int], Edge | None]:
    """Return what gives the edge of a test; each is made when it is first asked for."""

    @cache
    def edge(index: int) -> Edge | None:
        trees = _edge_trees(rough[index])
        return of(*trees) if trees else None

    return edge


@bounded(256, megabytes=16)
def _edge_trees(test: Node) -> tuple[Node, ...]:
    """Return the function that is 0 where a test is not smooth, and its slopes; nothing where there is none."""
    root = boundary(test)
    return () if root is None or is_by_row(test) else (root, *exact_derivatives(root)[0])


def _tangents(edge: Callable[[int], Edge | None], point: Pair, tests: tuple[int, ...]) -> Iterator[Pair]:
    """Yield the directions at right angles to the slopes of the functions that are 0 on lines of kinks."""
    for index in tests:
        made = edge(index)
        if made is not None:
            _, gx, gy = map(float, made(arb(point[0]), arb(point[1])))
            if math.isfinite(gx) and math.isfinite(gy) and (gx or gy):
                yield -gy, gx
    yield from _DIAGONALS


class _Rows(Sequence[tuple[arb, ...]]):
    """Rows of data, between which it is asked whether to go on."""

    def __init__(self, rows: tuple[tuple[arb, ...], ...], ask: Ask) -> None:
        self._rows, self._ask = rows, ask

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401  (a place or a slice)
        return self._rows[index]

    def __iter__(self) -> Iterator[tuple[arb, ...]]:
        for first in range(0, len(self._rows), _ROWS):
            self._ask()
            yield from self._rows[first : first + _ROWS]


@bounded(256, megabytes=16)
def _sign_trees(trees: tuple[Node, Node]) -> tuple[Node, Node]:
    by_x, by_y = (same_sign(tree) for tree in trees)
    return by_x, by_y


def _worst(tests: Callable[[arb, arb], tuple[int, ...]], x: arb, y: arb) -> int:
    return max(tests(x, y))
