"""What a search for critical points finds: minima, maxima, saddles, degenerate points, valleys, kinks, flat regions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.arguments import checked
from landscape.catalogue.surface_checks import Domain
from landscape.geometry.critical.boxes import Box
from landscape.geometry.curvature import Pair

Kind: TypeAlias = Literal["minimum", "maximum", "saddle", "degenerate"]
KINDS: tuple[Kind, ...] = ("minimum", "maximum", "saddle", "degenerate")

Break: TypeAlias = Literal["slope", "value", "curvature"]
"""What is missing where a formula is not smooth: a derivative; a value, at a jump or pole; second derivatives only."""


@dataclass(frozen=True, kw_only=True)
class CriticalPoint:
    """A point at which the gradient vanishes."""

    x: float
    y: float
    """To the last digit where ``proven``."""
    value: float
    kind: Kind
    """``degenerate``: the Hessian is singular, so that it does not tell."""
    eigenvalues: Pair
    """Of the Hessian, the smaller first."""
    eigenvectors: tuple[Pair, Pair]
    """Of length 1, in the order of the eigenvalues."""
    index: int | None
    """Winding number of the gradient around the point: 1 for minima and maxima, -1 for saddles."""
    proven: bool
    """Whether interval arithmetic proved that the point exists, is isolated, and is of its kind."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Valley:
    """Curves of critical points, all of one value; found numerically, not proven."""

    kind: Kind
    """``minimum``: the surface rises to both sides; ``maximum``: a ridge; ``degenerate``: neither is seen."""
    value: float
    lines: tuple[NDArray[np.float64], ...]
    """Polylines of shape (n, 2), read-only; the last point of a closed one is its first."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Kink:
    """Where the formula is not smooth, and a minimum, maximum or saddle is possible: a point, or lines."""

    x: float
    y: float
    value: float
    """At (x, y), the lowest point of the lines; may be infinite or NaN."""
    lines: tuple[NDArray[np.float64], ...] = ()
    """Polylines of shape (n, 2), read-only; empty for a point. What lies beside a line, within 1/200 of the domain, is
    not decided: there are the ordinary points that Newton's method found and the proof confirmed."""
    index: int | None = None
    """Winding number of the gradient around a point; None where it was not found."""
    breaks: Break = "slope"
    """Seen numerically: in which way it is not smooth."""
    kind: Literal["minimum", "maximum"] | None = None
    """Seen numerically: whether the surface rises, or falls, in all directions from a point."""


@dataclass(frozen=True, kw_only=True)
class Flat:
    """A region whose gradient is zero, or too small to matter in double precision."""

    x: Pair
    y: Pair
    """The rectangle around it."""
    value: float
    """In the middle of it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CriticalPoints:
    """Every critical point of a surface on a domain, as far as could be decided.

    Iterating gives the points: the proven ones, ordered by kind and value, then the degenerate ones. Whatever else
    there is, lies in ``valleys``, ``kinks``, ``flats`` or ``undecided``: where the search was not exhausted, it is
    proven that no critical point lies anywhere else.
    """

    domain: Domain
    points: tuple[CriticalPoint, ...]
    valleys: tuple[Valley, ...]
    kinks: tuple[Kink, ...]
    flats: tuple[Flat, ...]
    undecided: tuple[Box, ...]
    """Rectangles (x0, x1, y0, y1) about which nothing is known, because the search was exhausted or got lost there."""
    boundary_index: int | None
    """Proven winding number of the gradient along the border; None where the gradient vanishes or jumps on it."""
    complete: bool
    """Whether it is proven that ``points`` are all critical points, and the surface is smooth wherever it matters."""
    exhausted: bool
    """Whether the boxes or the seconds ran out, or the search was cancelled, before all was decided."""
    boxes: int
    """How many boxes were examined."""

    def __iter__(self) -> Iterator[CriticalPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def degenerate(self) -> tuple[CriticalPoint, ...]:
        """The points at which the Hessian is singular."""
        return self.of_kind("degenerate")

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many points there are of each kind."""
        return {kind: len(self.of_kind(kind)) for kind in KINDS}

    @property
    def index_sum(self) -> int | None:
        """Sum of the points' indices; equals ``boundary_index`` where all is known. None where one is not known."""
        indices = [*(point.index for point in self.points), *(kink.index for kink in self.kinks)]
        known = [index for index in indices if index is not None]
        return sum(known) if len(known) == len(indices) else None

    @checked
    def of_kind(self, kind: Kind) -> tuple[CriticalPoint, ...]:
        """Return the points of one kind."""
        return tuple(point for point in self.points if point.kind == kind)
