"""What a search leaves open, by why; and a closer look at the smallest boxes, as if each were a domain of its own."""

import math
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as made_of
from functools import partial
from statistics import median

import numpy as np

from landscape.formula.balls import precision
from landscape.formula.kinks import SMOOTH
from landscape.geometry.critical.boxes import Box, clusters, hull
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.limits import Ask, Spent
from landscape.geometry.critical.proof import Zero, newton, proven_zero
from landscape.geometry.critical.subdivision import FINEST, Subdivision
from landscape.geometry.critical.undecided import Undecided
from landscape.geometry.critical.valleys import Tracer

BITS = 240
"""Precision of what is looked at closely: at 53 bits rounding takes over there."""
_BOXES = 4000
"""Boxes of one such look."""
_ROUNDED = 2.0**-47
"""A box is not cut to be smaller than this part of its coordinates, which are double-precision numbers."""
_ROUNDS = 60
_COARSEST = 0.5
_SLENDER = 16.0
_FEW = 8000
"""So many boxes are examined once more."""
_PARTS = (0.1, 0.4, 0.6, 0.9)


@dataclass(kw_only=True)
class Remainder:
    """The open boxes of a search."""

    flat: list[Box] = made_of(default_factory=list)
    """On which the formula is constant."""
    lines: list[Box] = made_of(default_factory=list)
    """On lines along which the formula is not smooth."""
    valleys: list[Box] = made_of(default_factory=list)
    """Beside curves of critical points."""
    tips: list[list[Box]] = made_of(default_factory=list)
    """The smallest boxes with a place where the formula is not smooth, by place."""
    singular: list[list[Box]] = made_of(default_factory=list)
    """The smallest boxes in which the gradient may vanish, by place."""
    undecided: list[Box] = made_of(default_factory=list)
    tracers: list[Tracer] = made_of(default_factory=list)

    def add(self, search: Subdivision, undecided: Undecided) -> list[Box]:
        """Take over what a search left open; return its smallest boxes."""
        self.flat += search.flat
        self.lines += undecided.rough
        self.tips += undecided.heaps
        self.valleys += undecided.covered
        self.undecided += undecided.crowded + search.open
        self.tracers.append(undecided.tracer)
        return search.kept


def subdivide(search: Subdivision, undecided: Undecided) -> None:
    """Search until all is decided, or boxes or seconds have run out."""
    try:
        while search.open and not search.is_exhausted:
            search.advance()
            if not search.is_exhausted:
                undecided.take_from(search)
    except Spent:
        search.is_exhausted = True


def remainder(search: Subdivision, undecided: Undecided) -> tuple[Remainder, list[Zero]]:
    """Return what a search left open, and the zeros that were proven in looking at its smallest boxes."""
    left, zeros = Remainder(), list(search.zeros)
    try:
        groups = clusters(left.add(search, undecided), search.domain, search.enclosure.ask)
    except Spent:
        left.undecided += search.kept
        return left, zeros
    for group in groups:
        try:
            group = [box for box in group if not search.excludes(box)]
            rough = [box for box in group if search.enclosure.roughness(*balls(box)) != SMOOTH]
            smooth, before = list(set(group).difference(rough)), len(left.singular)
            zeros += _closely(search.enclosure, search.domain, smooth, left) if smooth else []
            if rough:  # What is left beside it is of the same place.
                beside, left.singular = left.singular[before:], left.singular[:before]
                left.tips.append([*rough, *(box for boxes in beside for box in boxes)])
        except Spent:
            left.undecided += group
    _sharpen(left, search)
    _drop_decided(left, zeros, search.enclosure.ask)
    return left, zeros


def _sharpen(left: Remainder, search: Subdivision) -> None:
    """Leave out what was taken out of the search before it was examined, and is excluded."""
    for boxes in (left.lines, left.valleys):
        if len(boxes) <= _FEW:
            with suppress(Spent):
                boxes[:] = [box for box in boxes if not search.excludes(box)]


def _closely(enclosure: Enclosure, domain: Box, group: list[Box], left: Remainder) -> list[Zero]:
    """Prove what the smallest boxes hold, with more bits: one zero, or else what a search among them finds."""
    around = _with_sides(hull(group))
    with precision(BITS):
        x, y = balls(around)
        place = newton(enclosure, x.mid(), y.mid(), (0.0, 0.0), _ROUNDS)
        zero = proven_zero(enclosure, domain, around, (float(place[0]), float(place[1])))
        if zero is not None:
            return [zero]
        inner = Subdivision(enclosure, around, _BOXES, finest=_finest(around))
        inner.open = list(group)
        tracer = Tracer(enclosure=enclosure, domain=around, measured=partial(_typical, enclosure, around))
        undecided = Undecided(enclosure=enclosure, domain=around, tracer=tracer)
        if inner.finest < _COARSEST:
            subdivide(inner, undecided)
        kept, inner.open = inner.kept + inner.open, []
        left.add(inner, undecided)
        left.singular += clusters(kept, around, enclosure.ask)
        return inner.zeros


def _with_sides(box: Box) -> Box:
    """Return a box around ``box`` of some width and height, where one of both is nothing beside the other."""
    x0, x1, y0, y1 = box
    least = max(x1 - x0, y1 - y0) / _SLENDER
    dx, dy = max(0.0, least - (x1 - x0)) / 2, max(0.0, least - (y1 - y0)) / 2
    return x0 - dx, x1 + dx, y0 - dy, y1 + dy


def _typical(enclosure: Enclosure, box: Box) -> float:
    """Return the length of an ordinary gradient on a small box; 1 where it vanishes all over it."""
    x0, x1, y0, y1 = box
    places = [(x0 + a * (x1 - x0), y0 + b * (y1 - y0)) for a in _PARTS for b in _PARTS]
    with precision(BITS):
        return median(math.hypot(*enclosure.slope(*place)) for place in places) or 1.0


def _finest(box: Box) -> float:
    """Return to which part of ``box`` its parts can be cut before their sides are no longer ordinary numbers."""
    x0, x1, y0, y1 = box
    if not (x0 < x1 and y0 < y1):
        return 1.0
    rounded = max(max(abs(x0), abs(x1)) / (x1 - x0), max(abs(y0), abs(y1)) / (y1 - y0)) * _ROUNDED
    return max(FINEST, rounded)


def _drop_decided(left: Remainder, zeros: Iterable[Zero], ask: Ask) -> None:
    """Leave out what lies in a box that is proven to hold one zero and no other."""
    decided = [zero.box for zero in zeros]
    if decided:
        with suppress(Spent):
            left.undecided = _outside(left.undecided, decided, ask)
            places = _outside([hull(group) for group in left.singular], decided, ask)
            left.singular = [group for group in left.singular if hull(group) in set(places)]


def _outside(boxes: list[Box], decided: list[Box], ask: Ask) -> list[Box]:
    """Return the ``boxes`` that lie in none of the decided ones."""
    ordered = np.array(sorted(boxes), dtype=np.float64).reshape(-1, 4)
    outside = np.ones(len(ordered), dtype=bool)
    begins, ends = np.searchsorted(ordered[:, 0], np.array(decided)[:, :2].T)
    for (_, x1, y0, y1), begin, end in zip(decided, begins.tolist(), ends.tolist(), strict=True):
        ask()
        _, right, low, high = ordered[begin:end].T
        outside[begin:end] &= (right > x1) | (low < y0) | (high > y1)
    return [(x0, x1, y0, y1) for x0, x1, y0, y1 in ordered[outside].tolist()]
