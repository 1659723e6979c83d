"""A study: which hyper-parameters are searched, of what, and which strategies race under one budget."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import ClassVar

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.catalogue.schedules import Schedule, schedule
from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.network.data.samples import Data
from landscape.network.network import Network
from landscape.search.objectives import Measure, NetworkRun, Objective, SurfaceRun
from landscape.search.spaces import Dimension, Space, evenly
from landscape.search.strategies.registry import StrategyName
from landscape.session.session import Point


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """One strategy in the race."""

    id: int
    """From 0 on; the place of its colour, too."""
    strategy: StrategyName
    even: bool = False
    """Whether it draws every range evenly, whatever its scale."""


@dataclass(frozen=True, kw_only=True)
class Trainee:
    """The network whose training is searched."""

    data: Data = field(default_factory=Data)
    network: Network = field(default_factory=Network)
    batch_size: int = 32
    """Rows in a mini-batch; 0: all of them."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """What is searched, by whom, and at what price."""

    workspace: ClassVar[str] = "search"

    surface: Surface
    rule: UpdateRule
    """What it says of the dimensions does not matter."""
    schedule: Schedule
    start: Point
    steps: int = 200
    """Of a whole run."""
    noise: float = 0.0
    dimensions: tuple[Dimension, ...]
    across: str
    """Which dimension goes across in the pictures ..."""
    up: str
    """... and which goes up: the same one where there is but one."""
    entrants: tuple[Entrant, ...]
    trials: int = 25
    """Whole runs that the budget of each entrant is enough for."""
    seed: int = 0
    repetitions: int = 200
    """Searches that the curves and their bands are of; 1: the one that is shown."""
    measure: Measure = "loss"
    threshold: float = 0.01
    network: Trainee | None = None
    """What is trained in place of runs on the surface; None: nothing."""

    @property
    def last_step(self) -> int:
        """Length of the time line: trials, in whole runs."""
        return self.trials

    @property
    def subject(self) -> Hashable:
        """The data of the network, or the surface, whatever its parameters."""
        return self.network.data.name if self.network is not None else self.surface.formula

    @property
    def objective(self) -> Objective:
        """What a trial is."""
        if self.network is None:
            return SurfaceRun(
                surface=self.surface, rule=self.rule, start=self.start, steps=self.steps, schedule=self.schedule,
                measure=self.measure, threshold=self.threshold, noise=self.noise,
            )  # fmt: skip
        return NetworkRun(
            data=self.network.data, network=self.network.network, rule=self.rule, schedule=self.schedule,
            steps=self.steps, batch_size=self.network.batch_size,
        )  # fmt: skip

    def entrant(self, identity: int) -> Entrant:
        """Return an entrant by its id."""
        return next(one for one in self.entrants if one.id == identity)

    def space_of(self, entrant: Entrant) -> Space:
        """Return the space that an entrant draws from."""
        return evenly(self.dimensions) if entrant.even else self.dimensions


DEFAULT_SURFACE = "himmelblau"
DEFAULT_SPACE = (
    Dimension(name="lr", scale="log", low=1e-4, high=1.0),
    Dimension(name="beta1", scale="one_minus_log", low=0.5, high=0.999),
)


def default_study() -> Study:
    """Return what the workspace opens with: a grid against random trials of Adam's rate and momentum."""
    entry = surface_entries()[DEFAULT_SURFACE]
    return Study(
        surface=entry.surface,
        rule=optimizer("adam"),
        schedule=schedule("constant"),
        start=entry.start,
        dimensions=DEFAULT_SPACE,
        across="lr",
        up="beta1",
        entrants=(Entrant(id=0, strategy="grid"), Entrant(id=1, strategy="random")),
    )
