"""The session: everything that undo reverses and a saved file restores, as one frozen value.

What is not in it lives in the window: the play head, zoom, hover, and the layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.geometry.levels import LevelScale

if TYPE_CHECKING:
    from landscape.session.network.document import Experiment

Point: TypeAlias = tuple[float, float]
ColorMap: TypeAlias = Literal["viridis", "cividis", "magma", "mako", "grey"]
Measure: TypeAlias = Literal["loss", "steps"]
Workspace: TypeAlias = Literal["descent", "network"]

MAX_RUNS = 8
"""As many as can be told apart by colour and line style on a bad projector."""
MAX_STEPS = 100_000


@dataclass(frozen=True, kw_only=True)
class Run:
    """One optimizer let loose on the surface."""

    rule: UpdateRule
    color: int = 0
    """Which of the run colours, 0 to 7; stays with the run when others are removed."""
    name: str = ""
    """What the person called it; empty: the rule's own title."""
    start: Point | None = None
    """Its own start; None: the session's."""
    schedule: Schedule | None = None
    """Its own schedule; None: the session's."""
    visible: bool = True


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A hyper-parameter and the range of its values on one side of a map; its scale is the parameter's own."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class HyperMap:
    """What becomes of one run as two of its hyper-parameters vary."""

    run: int
    """The run, by its colour."""
    across: Axis
    up: Axis
    measure: Measure = "loss"
    """Coloured by the final loss, or by the number of steps until the loss is at or under ``threshold``."""
    threshold: float = 1e-3


@dataclass(frozen=True, kw_only=True)
class Animation:
    """A parameter that a film lets run from ``first`` to ``last``, in place of the steps."""

    run: int | None
    """The run whose hyper-parameter it is, by its colour; None: a parameter of the surface."""
    name: str
    first: float
    last: float


@dataclass(frozen=True, kw_only=True)
class Session:
    """A surface, the runs on it, and how it is shown."""

    surface: Surface
    runs: tuple[Run, ...] = ()
    start: Point = (0.0, 0.0)
    """Where every run begins that has no start of its own."""
    schedule: Schedule
    steps: int = 200
    noise: float = 0.0
    """Standard deviation of the normal noise added to each gradient component."""
    batch_size: int = 0
    """Rows of data in a mini-batch; 0: all of them, and always 0 where the surface has no data."""
    seed: int = 0
    colormap: ColorMap = "viridis"
    levels: LevelScale = "auto"
    contours: bool = True
    arrows: bool = False
    critical: bool = True
    """Whether the critical points are searched for and shown."""
    lens: bool = False
    """Whether the local quadratic is drawn as an ellipse, at the pointer and at the head of each run."""
    sharpness: bool = False
    """Whether the largest curvature along each run is among the curves, with the limit of its learning rate."""
    basins: int | None = None
    """The run, by its colour, whose basins of attraction are shown; None: no basins."""
    hyper_map: HyperMap | None = None
    animation: Animation | None = None
    workspace: Workspace = "descent"
    """What is in front: a surface, or networks in training."""
    experiment: "Experiment | None" = None
    """The networks in training; None until their workspace has been opened."""
    title: Mapping[str, str] = field(default_factory=dict)
    """A lesson's title, ``{"en": ..., "zh": ...}``; empty for a session of one's own.

    It goes when another surface or formula is chosen."""

    @property
    def last_step(self) -> int:
        """Length of the time line of what is in front."""
        networks = self.experiment if self.workspace == "network" else None
        return networks.steps if networks else self.steps

    def start_of(self, run: Run) -> Point:
        """Return where ``run`` begins."""
        return run.start or self.start

    def schedule_of(self, run: Run) -> Schedule:
        """Return the schedule that ``run`` follows."""
        return run.schedule or self.schedule
