"""The cut of a scene: the profile of a surface along a line, a path or a step, and the runs on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.levels import Scale, Spread
from landscape.session.descent.document import CutLine

if TYPE_CHECKING:
    from landscape.geometry.osculating import Osculation


@dataclass(frozen=True, kw_only=True, eq=False)
class CutRun:
    """The run along whose path or steps the surface is cut, with what is known at each of its points."""

    run: int
    """By its id."""
    places: NDArray[np.float64]
    """(n + 1,): where its points are on the abscissa, those of a path; empty for steps."""
    points: NDArray[np.float64]
    """(n + 1, 2)."""
    losses: NDArray[np.float64]
    """(n + 1,)."""
    gradients: NDArray[np.float64]
    """(n + 1, 2)."""
    hessians: NDArray[np.float64]
    """(n + 1, 3): xx, xy, yy."""
    sufficient: float = 0.0
    """Part c of the slope by which a step must fall for Armijo's condition; 0: none is asked for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CutCrossings:
    """Where the path of a run meets a straight cut."""

    run: int
    """By its id."""
    color: str
    steps: NDArray[np.float64]
    """(k,), increasing: whole for a point of the run that lies on the line, between two for one where it crosses."""
    places: NDArray[np.float64]
    """(k,): where on the abscissa."""
    values: NDArray[np.float64]
    """(k,): the surface there."""
    last: int
    """The last step of the run."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cut:
    """The surface along a line: what is drawn of it at a step, :func:`landscape.scene.descent.cut.profile` says."""

    along: CutLine
    title: str
    abscissa: str
    """What the places are called."""
    quadratic_name: str
    """What the paraboloid is called."""
    lands_name: str
    """What the place is called where a step lands."""
    bound_name: str = ""
    """What Armijo's bound is called."""
    color: str
    """Of the line on the map and of the profile."""
    places: NDArray[np.float64]
    """(m,), increasing: distances along the line; of a step, multiples of its length."""
    points: NDArray[np.float64]
    """(m, 2): the line on the map; empty for a step, whose line is another at each step."""
    values: NDArray[np.float64]
    """(m,): the surface there; (n, m) for the steps. Not finite where it is not defined."""
    ends: tuple[tuple[float, float], tuple[float, float]] | None = None
    """Of a line between two points: they can be dragged."""
    osculation: "Osculation | None" = None
    """Of the probe, where the cut is compared with its paraboloid."""
    run: CutRun | None = None
    """Of a path or a step."""
    crossings: tuple[CutCrossings, ...] = ()
    """Of each visible run that meets a straight cut."""
    scale: Scale = "linear"
    """How the colours are spread over the values."""
    spread: Spread | None = None
    """From values to heights, where the profile is as high as the colours tell; None: as the values are."""
