"""Layers that the pictures of several workspaces have: a surface as colour, and panels of curves.

Layers compare by identity: a layer that did not change is the same object in the next scene, and is not drawn anew.
Colours are ``"#rrggbb"``.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Range: TypeAlias = tuple[float, float]
Dash: TypeAlias = Literal["solid", "dash", "dot", "dashdot"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Heat:
    """The surface as colour."""

    shade: NDArray[np.float32]
    """(rows, columns) in [0, 1], row 0 at the bottom (smallest y); NaN where the surface has no finite value."""
    values: NDArray[np.float64]
    """(rows, columns): what the shades stand for; NaN or infinite where there is none. (0, 0): of a bar alone."""
    x: Range
    """Left edge of the first column's cell and right edge of the last one's."""
    y: Range
    colors: NDArray[np.uint8]
    """(256, 3): the colour map."""
    ticks: tuple[tuple[float, str], ...]
    """Marks of the colour bar: shade in [0, 1] and the value written beside it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Dots:
    """Single observations that belong to a curve."""

    places: NDArray[np.float64]
    """(k,): where they stand on the abscissa."""
    values: NDArray[np.float64]
    """(k,): infinite where the panel has a place for never."""
    look: Literal["faint", "solid", "ring"]
    aside: float = 0.0
    """How far beside their places they are drawn, in units of line width, so that those of several curves are seen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """A quantity of one run against the step, or against what the panel's abscissa is."""

    run: int
    name: str
    color: str
    dash: Dash
    values: NDArray[np.float64]
    """(k,), index = step, or that of the abscissa's place; NaN and inf leave a gap."""
    limit: NDArray[np.float64] | None = None
    """What the values should not exceed, at each step; None where nothing is known."""
    dots: tuple[Dots, ...] = ()
    aside: float = 0.0
    """How far beside its places the line is drawn, in units of line width."""
    lost: bool = False
    """The run diverged: where it goes in the end does not squash the others, and an arrow tells where it leaves."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Abscissa:
    """What the values of a panel stand against, where that is not the step."""

    name: str
    places: NDArray[np.float64]
    """(k,), increasing: where the values of every curve stand; positive, but that the first may be 0."""
    here: float | None = None
    """A place that is marked: the present value."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The steps of a range test in which the loss falls, and where its growing rate passes the bound of theory."""

    color: str
    """Of the run."""
    first: int
    last: int
    titles: tuple[str, ...]
    """What is said of it; in fewer words, where there is no room."""
    bound: int | None = None
    """The first step whose rate is above the bound; None where there is none, or none is known."""
    bound_titles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class CurvePanel:
    """One plot of curves: a small one under the stage, or one that stands alone."""

    quantity: Literal["loss", "rate", "gradient", "sharpness", "accuracy", "measure", "steps"]
    title: str
    curves: tuple[Curve, ...]
    log: bool
    """Logarithmic ordinate; non-positive values leave a gap."""
    abscissa: Abscissa | None = None
    """Logarithmic, and 0 apart from it; None: the steps, with the play head."""
    ordinate: Range | None = None
    """Values at its ends; None: as the curves need it."""
    never: str = ""
    """What infinite values mean: they have a band at the top. Empty: they have no place."""
    legend: bool = False
    """The curves are named at the right."""
    keys: tuple[str, ...] = ()
    """What its line styles stand for, each with a piece of its line: beside the title."""
    band: Band | None = None
    """Marked under the curves, which stand against the steps."""
