"""The document of a descent: a surface, the runs on it, and how it is shown."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, TypeAlias

from landscape.catalogue.optimizers import State, UpdateRule, rule_parameters
from landscape.catalogue.parameters import Parameter, Values
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.geometry.levels import LevelScale
from landscape.session.camera import Camera, StageView
from landscape.session.session import Point

ColorMap: TypeAlias = Literal["viridis", "cividis", "magma", "mako", "grey"]
Measure: TypeAlias = Literal["loss", "steps"]
CutLine: TypeAlias = Literal["line", "axis_1", "axis_2", "path", "step"]
"""Where the surface is cut: between two points, along an axis of the Hessian at the probe (that of the larger
eigenvalue, that of the smaller), along the path of a run, or along the step that a run makes."""

MAX_RUNS = 8
"""As many as can be told apart by colour and line style on a bad projector."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One optimizer let loose on the surface."""

    id: int
    """Names the run, in its document alone; stays when others are added and removed."""
    rule: UpdateRule
    color: int = 0
    """Which of the run colours, 0 to 7; stays with the run when others are removed."""
    name: str = ""
    """What the person called it; empty: the rule's own title."""
    start: Point | None = None
    """Its own start; None: the common one."""
    schedule: Schedule | None = None
    """Its own schedule; None: the common one."""
    state: State = ()
    """What its rule remembers at the start, such as a velocity; what is not named is 0."""
    visible: bool = True
    strategy: Strategy | None = None
    """What moves it in place of the rule, or runs the rule inside; None: the rule alone."""

    @property
    def own_rule(self) -> UpdateRule | None:
        """The rule that makes all of its steps; None where a strategy does."""
        return self.rule if self.strategy is None else None

    @property
    def uses_rule(self) -> bool:
        """Whether a rule takes part: alone, or inside of a strategy."""
        if self.strategy is None:
            return True
        # Loaded with the first strategy, not with the first picture.
        from landscape.descent.strategies.strategy import runs_rule

        return runs_rule(self.strategy)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that can be set of it, with ranges that hold its values."""
        if self.strategy is None:
            return rule_parameters(self.rule)
        from landscape.descent.strategies.strategy import strategy_parameters

        return (*strategy_parameters(self.strategy), *(rule_parameters(self.rule) if self.uses_rule else ()))

    @property
    def values(self) -> Values:
        """The values of these."""
        of_strategy = () if self.strategy is None else self.strategy.values
        return (*of_strategy, *(self.rule.values if self.uses_rule else ()))

    def with_value(self, name: str, value: float) -> "Run":
        """Return the run with one of these changed; InputError where there is none of this name."""
        if self.strategy is not None and (not self.uses_rule or name in dict(self.strategy.values)):
            return replace(self, strategy=self.strategy.with_values(**{name: value}))
        return replace(self, rule=self.rule.with_values(**{name: value}))


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
    """The run, by its id."""
    across: Axis
    up: Axis
    measure: Measure = "loss"
    """Coloured by the final loss, or by the number of steps until the loss is at or under ``threshold``."""
    threshold: float = 1e-3


@dataclass(frozen=True, kw_only=True)
class Animation:
    """A parameter that a film lets run from ``first`` to ``last``, in place of the steps."""

    run: int | None
    """The run whose hyper-parameter it is, by its id; None: a parameter of the surface."""
    name: str
    first: float
    last: float


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A line along which the surface is cut, to be seen from the side."""

    along: CutLine = "line"
    ends: tuple[Point, Point]
    """Of a line between two points; kept while the cut is along something else."""
    run: int | None = None
    """The run whose path or step it is, by its id; None: the first visible one."""
    as_colors: bool = False
    """Whether the profile is as high as the colours tell, or as the values are."""


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """The learning rates that every run has tried: ``trials`` from ``low`` to ``high``, by equal factors."""

    low: float = 1e-6
    high: float = 10.0
    trials: int = 29


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The runs from many starts each, compared by what they cost."""

    target: float
    """The value of the surface that counts as found."""
    evaluations: int = 2000
    """What comes after so many does not count."""
    repetitions: int = 100
    shown: bool = True
    """In place of map and relief."""


@dataclass(frozen=True, kw_only=True)
class Descent:
    """A surface, the runs on it, and how it is shown."""

    workspace: ClassVar[str] = "descent"

    surface: Surface
    start: Point
    """Where every run begins that has no start of its own."""
    steps: int = 200
    runs: tuple[Run, ...] = ()
    schedule: Schedule
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
    """The run, by its id, whose basins of attraction are shown; None: no basins."""
    stage: StageView = "map"
    camera: Camera = field(default_factory=Camera)
    explained: int | None = None
    """The run, by its id, whose steps are explained line by line; None: none."""
    hyper_map: HyperMap | None = None
    animation: Animation | None = None
    tuning: Tuning | None = None
    """The trials whose spread is shown beside the runs; None: no race was made fair."""
    probe: Point | None = None
    """Where the surface is compared with its osculating paraboloid; None: nowhere."""
    cut: Cut | None = None
    comparison: Comparison | None = None

    @property
    def last_step(self) -> int:
        """Length of the time line."""
        return self.steps

    @property
    def subject(self) -> Hashable:
        """The formula, whatever the values of its parameters."""
        return self.surface.formula, self.surface.entry, self.surface.columns

    def run_of(self, id: int) -> Run:
        """Return the run called ``id``; InputError where there is none."""
        for run in self.runs:
            if run.id == id:
                return run
        raise InputError("There is no run {id}", id=id)

    def start_of(self, run: Run) -> Point:
        """Return where ``run`` begins."""
        return run.start or self.start

    def schedule_of(self, run: Run) -> Schedule:
        """Return the schedule that ``run`` follows."""
        return run.schedule or self.schedule
