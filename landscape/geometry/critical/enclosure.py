"""Interval arithmetic of a surface: rigorous enclosures of its value, gradient and Hessian on boxes, and its kinks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from flint import arb

from landscape.catalogue.surfaces import Surface
from landscape.formula.balls import enclosure as enclosing
from landscape.formula.kinks import SMOOTH, sites
from landscape.formula.signs import same_sign
from landscape.formula.tree import Node
from landscape.geometry.critical.boxes import Box, grown

_PADDING = 2.0**-52


@dataclass(frozen=True, kw_only=True, eq=False)
class Enclosure:
    """What the search asks of a surface. Every answer is a ball, or a pair or triple of them, over a pair of balls."""

    value: Callable[[arb, arb], arb]
    gradient: Callable[[arb, arb], tuple[arb, arb]]
    signs: Callable[[arb, arb], tuple[arb, arb]]
    """Balls with the signs of the gradient's, of no other meaning."""
    hessian: Callable[[arb, arb], tuple[arb, arb, arb]]
    """xx, xy, yy."""
    roughness: Callable[[arb, arb], int]
    """The worst of ``kinks.SMOOTH``, ``KINK``, ``JUMP`` and ``OUTSIDE`` there."""
    rough: tuple[Node, ...]
    """The tests of :func:`kinks.sites` that are not smooth on all of ``reach``."""
    reach: Box
    """Where ``roughness`` may be asked: the domain, and as much again around it."""

    def slope(self, x: float, y: float) -> tuple[float, float]:
        """Return the gradient at a point, to rounding."""
        by_x, by_y = self.gradient(arb(x), arb(y))
        return float(by_x.mid()), float(by_y.mid())

    def curvature(self, x: float, y: float) -> tuple[float, float, float]:
        """Return the second derivatives xx, xy, yy at a point, to rounding."""
        xx, xy, yy = self.hessian(arb(x), arb(y))
        return float(xx.mid()), float(xy.mid()), float(yy.mid())


def balls(box: Box) -> tuple[arb, arb]:
    """Return balls that hold all of ``box``."""
    x0, x1, y0, y1 = box
    return (
        arb((x0 + x1) / 2, (x1 - x0) / 2 + _PADDING * (abs(x0) + abs(x1))),
        arb((y0 + y1) / 2, (y1 - y0) / 2 + _PADDING * (abs(y0) + abs(y1))),
    )


def enclosure(surface: Surface, domain: Box) -> Enclosure:
    """Return the enclosures of ``surface``, with its parameters and data at their values."""
    names = ("x", "y", *surface.parameter_names)
    fixed = tuple(arb(value) for value in surface.kernel_values)
    rows = tuple(tuple(map(arb, row)) for row in zip(*(column for _, column in surface.data), strict=True)) or ((),)

    def of(*roots: Node) -> Callable[[arb, arb], tuple[arb, ...]]:
        enclose = enclosing(roots, names, surface.columns)
        return lambda x, y: enclose((x, y, *fixed), rows)

    tests = sites(surface.tree, surface.columns)
    reach = grown(domain, 3.0)
    states = of(*tests)(*balls(reach)) if tests else ()
    rough = tuple(test for test, state in zip(tests, states, strict=True) if state != SMOOTH)
    value = of(surface.tree)
    return Enclosure(
        value=lambda x, y: value(x, y)[0],
        gradient=of(*surface.gradient_trees),
        signs=of(*_sign_trees(surface.gradient_trees)),
        hessian=of(*surface.hessian_trees),
        roughness=partial(_worst, of(*rough)) if rough else lambda _x, _y: SMOOTH,
        rough=rough,
        reach=reach,
    )


@lru_cache(maxsize=256)
def _sign_trees(trees: tuple[Node, Node]) -> tuple[Node, Node]:
    by_x, by_y = (same_sign(tree) for tree in trees)
    return by_x, by_y


def _worst(tests: Callable[[arb, arb], tuple[int, ...]], x: arb, y: arb) -> int:
    return max(tests(x, y))
