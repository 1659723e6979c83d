"""The session: everything that undo reverses and a saved file restores, as one frozen value.

What is not in it lives in the window: the play head, zoom, hover, and the layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.geometry.levels import LevelScale

Point: TypeAlias = tuple[float, float]
ColorMap: TypeAlias = Literal["viridis", "cividis", "magma", "mako", "grey"]

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
    title: Mapping[str, str] = field(default_factory=dict)
    """A lesson's title, ``{"en": ..., "zh": ...}``; empty for a session of one's own.

    It goes when another surface or formula is chosen."""

    def start_of(self, run: Run) -> Point:
        """Return where ``run`` begins."""
        return run.start or self.start

    def schedule_of(self, run: Run) -> Schedule:
        """Return the schedule that ``run`` follows."""
        return run.schedule or self.schedule
