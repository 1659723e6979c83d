"""The scene: an immutable description of one picture, drawn alike on the screen and in a file.

Layers compare by identity: a layer that did not change is the same object in the next scene, and is not drawn anew.
Positions are in surface coordinates, colours are ``"#rrggbb"``. The play head is not part of a scene: drawing takes the
scene and a step.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.levels import Spread
from landscape.geometry.mesh import Mesh, Valued
from landscape.scene.cut_layer import Cut
from landscape.scene.layers import CurvePanel, Dash, Heat, Range
from landscape.scene.map_sides import MapAxis, MapMark
from landscape.scene.population_layer import Population
from landscape.session.camera import Camera
from landscape.session.descent.document import Measure

if TYPE_CHECKING:
    from landscape.descent.explanation import Explainer
    from landscape.geometry.osculating import Osculation

MarkerKind: TypeAlias = Literal["minimum", "maximum", "saddle", "degenerate", "kink", "valley"]


@dataclass(frozen=True, kw_only=True)
class BasinKey:
    """What a colour of the basins stands for."""

    color: str
    """``"#rrggbb"``; ``"gone"`` for what is hatched, ``"on the way"`` for plain ground, empty for no sign."""
    text: str
    share: str
    """Of the view."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Basins:
    """Where a run comes to from each point, in place of the surface as colour."""

    title: str
    label: NDArray[np.int32]
    """(rows, columns), row 0 at the bottom: which attractor, -1 for none."""
    taken: NDArray[np.int32]
    """(rows, columns): the steps taken until there."""
    most: int
    """The most steps that can be taken."""
    gone: NDArray[np.bool_]
    """(rows, columns): where the run diverges or leaves."""
    hues: NDArray[np.int32]
    """(attractors,): which of the palette's colours."""
    x: Range
    y: Range
    keys: tuple[BasinKey, ...]
    bar: Heat
    """Only its colours and ticks: how brightness tells the steps."""
    note: str = ""
    """What the basins leave out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ContourLine:
    """All pieces of one level."""

    level: float
    points: NDArray[np.float64]
    """(k, 2); a row of NaN ends a piece."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Contours:
    """Contour lines, lowest level first."""

    lines: tuple[ContourLine, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrows:
    """The direction of steepest descent on a lattice, all arrows of one length."""

    points: NDArray[np.float64]
    """(k, 2) where they start."""
    directions: NDArray[np.float64]
    """(k, 2) unit vectors in surface coordinates."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Path:
    """One run's trajectory."""

    run: int
    """The run, by its id."""
    name: str
    points: NDArray[np.float64]
    """(n + 1, 2), n the number of steps made; always at least the start."""
    color: str
    dash: Dash
    outcome: Literal["finished", "converged", "diverged", "left"]
    note: str
    """What became of it, as a sentence; empty where there is nothing to say."""
    note_step: int = 0
    """The step from which on that is so."""
    pending: bool = False
    """A newer trajectory is being computed; this one is of an earlier descent."""
    whole: bool = False
    """On the relief it is drawn to its end at every step: its own steps are not those of the time line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Lens:
    """How the surface curves along a run, or at one point."""

    run: int | None = None
    """The run, by its id; None: the pointer."""
    color: str = ""
    """Of the run."""
    points: NDArray[np.float64]
    """(n + 1, 2)."""
    hessians: NDArray[np.float64]
    """(n + 1, 3): the second derivatives xx, xy, yy there, NaN where there are none."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A start that can be dragged."""

    runs: tuple[int, ...]
    """The runs that begin here, by their ids."""
    point: tuple[float, float]
    colors: tuple[str, ...]
    """Colour of each of those runs."""
    label: str
    own: int | None = None
    """The run whose own start this is; None: the descent's."""


@dataclass(frozen=True, kw_only=True)
class Marker:
    """A known point of the surface, or a curve of such points."""

    kind: MarkerKind
    point: tuple[float, float]
    """Of a curve: one of its points."""
    label: str
    value: float = field(default=math.nan, compare=False)
    """Where it is known; the label tells it too. Not compared: NaN equals nothing, and the map would be drawn anew."""
    axes: tuple[tuple[float, float], ...] = ()
    """A saddle's unit eigenvectors: downhill, then uphill."""
    lines: tuple[NDArray[np.float64], ...] = field(default=(), compare=False)
    """Polylines (n, 2) of a curve: shown in place of the point."""


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenAreas:
    """Where critical points are not excluded, and not proven either."""

    rectangles: NDArray[np.float64]
    """(n, 4): x0, x1, y0, y1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Critical:
    """What is known about the critical points on the domain."""

    certificate: str
    """What is proven, as a sentence."""
    notes: tuple[str, ...]
    """What else there is, or what is missing."""
    markers: tuple[Marker, ...]
    """All that was found, in the view or not, ordered by kind and value."""
    open: OpenAreas | None = None
    """To be hatched; None while a search is on, and where there are none."""
    pending: bool = False
    """A search is on: this is what was known before, or has been found until now."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Inset:
    """The data of a data surface: points that can be dragged, and each run's model drawn through them."""

    input_name: str
    target_name: str
    points: NDArray[np.float64]
    """(rows, 2): input and target."""
    inputs: NDArray[np.float64]
    """(m,) where the model curves are evaluated; m = 0 where the surface tells no model."""
    predictions: tuple[NDArray[np.float64], ...]
    """Per path of the scene: (n + 1, m), the model after each step."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Relief:
    """The surface in three dimensions: as high as its colour tells."""

    mesh: Mesh
    x: Range
    """What the mesh covers."""
    y: Range
    levels: NDArray[np.float32]
    """(k,) heights of the contour lines, increasing."""
    surface: Valued
    spread: Spread
    """From values to heights."""

    def heights(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how high the surface is at points (..., 2), in [0, 1]; NaN where it is not defined."""
        with np.errstate(all="ignore"):
            found = self.spread.shades(self.surface.value(points[..., 0], points[..., 1]))
        return found.astype(np.float64)


@dataclass(frozen=True, kw_only=True, eq=False)
class HyperMapLayer:
    """What becomes of a run as two of its hyper-parameters vary; positions on it run from 0 to 1."""

    title: str
    measure: Measure
    run: int
    """The run, by its id."""
    color: str
    """Of the run."""
    across: MapAxis
    up: MapAxis
    heat: Heat | None
    """NaN where the run is lost; None until the first values are there."""
    values: NDArray[np.float64] | NDArray[np.int64]
    """(rows, columns): losses, or numbers of steps, -1 for never."""
    lowest: float
    """Losses are coloured by how far they are above this: 0, or the lowest of them where that is less."""
    lost: str
    """What it means where there is no colour."""
    boundary: NDArray[np.float64]
    """(k, 2): beyond this line the run diverges by theory; a row of NaN ends a piece."""
    boundary_label: str
    marks: tuple[MapMark, ...]
    here: tuple[float, float] | None
    """The run's own values; None where they are off the map."""
    pending: bool
    """Finer values are being computed."""


@dataclass(frozen=True, kw_only=True)
class TrialSpread:
    """How the losses of a run's trials spread in a fair race; infinity: diverged."""

    best: float
    middle: float
    worst: float
    lost: int
    """How many of the trials diverged."""
    trials: int
    is_best: bool
    """Whether the run has the best of the rates now."""
    text: str
    """All that as a sentence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Probe:
    """The surface and its osculating paraboloid at one point."""

    osculation: "Osculation"
    """Point, value, gradient, Hessian, eigenvalues, axes, and the radius of the trusted disc."""
    color: str
    """Of the point, the disc and the paraboloid."""
    gradient_color: str
    rising_color: str
    """Of an axis along which the surface curves upwards."""
    falling_color: str
    levels: NDArray[np.float64]
    """(k, 2): level lines of the paraboloid within the disc; a row of NaN ends a piece. Empty without a finite disc."""
    label: str
    """What is shown when the pointer rests on it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class StepLayer:
    """What explains the steps of one run; the arrows of the present step are drawn from its point."""

    run: int
    """The run, by its id."""
    name: str
    explainer: "Explainer"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """Everything in the picture."""

    title: str
    formula: str
    """LaTeX of the surface."""
    shape: str = ""
    """How the surface is turned and stretched, which the formula does not show; empty where it is not."""
    x: Range
    """The part of the plane in view."""
    y: Range
    domain: tuple[Range, Range]
    """Of the surface, in x and y: how far in and out a person can zoom is told by it."""
    x_label: str
    y_label: str
    heat: Heat | None
    """None until the first grid is there."""
    contours: Contours | None
    arrows: Arrows | None
    paths: tuple[Path, ...]
    """Visible runs only, in order."""
    pins: tuple[Pin, ...]
    markers: tuple[Marker, ...]
    """In view, the important ones where there are too many."""
    curves: tuple[CurvePanel, ...]
    inset: Inset | None
    steps: int
    """Length of the time line: the descent's number of steps, which only a diverged run does not reach."""
    critical: Critical | None = None
    """None where the descent does not show critical points."""

    @property
    def open_areas(self) -> OpenAreas | None:
        """What is to be hatched."""
        return self.critical.open if self.critical is not None else None

    basins: Basins | None = None
    """Drawn in place of ``heat``; None where the descent shows none, or none are known yet."""
    lenses: tuple[Lens, ...] = ()
    """One for each path, where the descent shows them."""
    relief: Relief | None = None
    """None where only the map is shown, or until the first mesh is there."""
    camera: Camera = field(default_factory=Camera)
    """From where the relief is seen."""
    surface: Surface | None = None
    """What the paths run on: between two steps, the numbers are those of the point that is drawn there."""
    spreads: Mapping[int, TrialSpread] = field(default_factory=dict)
    """How the trials of each run spread, by its id; empty where no race was made fair."""
    hyper_map: HyperMapLayer | None = None
    """Beside the map of the surface; None where the descent shows no map of hyper-parameters."""
    probe: Probe | None = None
    """None where the descent has none, or nothing is known of it yet."""
    cut: Cut | None = None
    """None where the descent has none, or nothing is known of it yet."""
    step: StepLayer | None = None
    """None where the descent explains no run, or that run has no step."""
    populations: tuple[Population, ...] = ()
    """One for each run that a strategy moves."""
