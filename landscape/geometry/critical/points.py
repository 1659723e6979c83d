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

Break: TypeAlias = Literal["slope", "value", "curvature", "gap"]
"""What is missing where a formula is not smooth: a derivative; a value, at a jump or pole; second derivatives only; or
nothing but the formula's own value at a removable gap."""

RegionKind: TypeAlias = Literal["valley", "kink", "jump", "pole", "gap", "flat", "degenerate", "undecided"]
REGIONS: tuple[RegionKind, ...] = ("valley", "kink", "jump", "pole", "gap", "flat", "degenerate", "undecided")
"""What explains why boxes are open, but for the last, which nothing explains."""


@dataclass(frozen=True, kw_only=True)
class CriticalPoint:
    """A point at which the gradient vanishes."""

    x: float
    y: float
    """To the last digit where ``proven``."""
    value: float
    kind: Kind
    """``degenerate``: the Hessian is singular, and neither the index nor the values around tell."""
    eigenvalues: Pair
    """Of the Hessian, the smaller first."""
    eigenvectors: tuple[Pair, Pair]
    """Of length 1, in the order of the eigenvalues."""
    index: int | None
    """Winding number of the gradient around the point: 1 for minima and maxima, -1 for saddles."""
    proven: bool
    """Whether interval arithmetic proved that the point exists, is isolated, and is of its kind."""
    degenerate: bool = False
    """Whether the Hessian is singular, as far as was seen. If so, and if the point is isolated, its kind follows from
    its index, or from values on a loop around it, both enclosed; the box in which it lies stays open."""


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
    """Polylines of shape (n, 2), read-only; empty for a point. The boxes along them are open."""
    index: int | None = None
    """Winding number of the gradient around a point; None where it was not found."""
    breaks: Break = "slope"
    """Seen numerically: in which way it is not smooth."""
    kind: Literal["minimum", "maximum", "saddle"] | None = None
    """Of a point: an extreme by the values on a loop around it, all higher or all lower; a saddle by its index."""
    region: RegionKind = "kink"
    """Which open boxes it explains: those of a ``kink``, ``jump``, ``pole`` or ``gap``."""


@dataclass(frozen=True, kw_only=True)
class Flat:
    """A region on which the formula is constant: its gradient is exactly zero."""

    x: Pair
    y: Pair
    """The rectangle around it."""
    value: float
    """In the middle of it."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """Open boxes with what explains them. The name is a label: it decides nothing."""

    kind: RegionKind
    boxes: tuple[Box, ...]
    """Rectangles (x0, x1, y0, y1)."""
    share: float
    """Their part of the domain, 0 to 1."""

    @property
    def sentence(self) -> str:
        """What is known about them."""
        return f"{_REGIONS[self.kind]}: {percent(self.share)} of the domain is open"


_REGIONS: Mapping[RegionKind, str] = {
    "valley": "along curves of critical points",
    "kink": "where the formula is not smooth",
    "jump": "along jumps",
    "pole": "along poles",
    "gap": "at gaps of the formula, which a limit closes",
    "flat": "where the formula is constant",
    "degenerate": "around points with a singular Hessian",
    "undecided": "not decided",
}


def percent(share: float) -> str:
    """Return a part of the domain as text: never 0 for what is not nothing, never 100 for what is not all."""
    for digits in (0, 1, 2):
        if share * 100 >= 5 * 10.0**-digits or share == 0.0:
            return f"{min(share * 100, 99.0) if share < 1 else 100:.{digits}f} %"
    return f"{share * 100:.2f} %" if share * 100 >= 0.01 else "less than 0.01 %"


@dataclass(frozen=True, kw_only=True, eq=False)
class CriticalPoints:
    """Every critical point of a surface on a domain, as far as could be decided.

    Always, the domain is the union of boxes that a rigorous enclosure excluded, of boxes around exactly one proven
    point, and of ``open`` boxes. So it is proven that outside of the open ones there are no critical points but the
    proven ones. Valleys, kinks, flat regions and degenerate points lie in open boxes, and explain them.

    Iterating gives the points: the proven ones, ordered by kind and value, then those with a singular Hessian.
    """

    domain: Domain
    points: tuple[CriticalPoint, ...]
    valleys: tuple[Valley, ...]
    kinks: tuple[Kink, ...]
    flats: tuple[Flat, ...]
    regions: tuple[Region, ...]
    """The open boxes by what explains them, each box once, in the order of ``REGIONS``."""
    boundary_index: int | None
    """Proven winding number of the gradient along the border; None where the gradient vanishes or jumps on it."""
    exhausted: bool
    """Whether the boxes or the seconds ran out, or the search was cancelled, before all was decided."""
    boxes: int
    """How many boxes were examined."""

    def __iter__(self) -> Iterator[CriticalPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def open(self) -> tuple[Box, ...]:
        """Rectangles (x0, x1, y0, y1): all that is neither excluded nor around exactly one proven point."""
        return tuple(box for region in self.regions for box in region.boxes)

    @property
    def complete(self) -> bool:
        """Whether no box is open: ``points`` are then all critical points, proven."""
        return not self.regions

    @property
    def share(self) -> float:
        """The open part of the domain, 0 to 1."""
        return min(1.0, sum(region.share for region in self.regions))

    @property
    def undecided(self) -> tuple[Box, ...]:
        """The open rectangles that nothing explains: the search was exhausted, or got lost there."""
        return tuple(box for region in self.regions if region.kind == "undecided" for box in region.boxes)

    @property
    def degenerate(self) -> tuple[CriticalPoint, ...]:
        """The points at which the Hessian is singular."""
        return tuple(point for point in self.points if point.degenerate)

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
