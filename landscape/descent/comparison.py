"""Strategies and rules compared by evaluations: how often each comes to the lowest value, and how soon."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.course import GRADIENT_COST, Course
from landscape.descent.noise import uniforms
from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend
from landscape.errors import InputError

CONFIDENCE = 1.959963984540054
"""Standard deviations on each side of an interval that holds 95 %."""
_STREAM = 0x5EED
BUDGET, TIMES = (10, 1_000_000), (1, 10_000)
"""Fewest and most evaluations, and repetitions."""
BEGIN = 16
"""Steps with which it is tried whether they take all the evaluations."""


def _none(*shape: int) -> NDArray[np.float64]:
    return np.zeros(shape)


@dataclass(frozen=True, kw_only=True, eq=False)
class Repetition:
    """What came of a run from one start."""

    start: tuple[float, float]
    end: tuple[float, float]
    """The lowest point that a strategy evaluated; the last one of a rule."""
    value: float
    """There."""
    needed: float
    """Evaluations until the target was reached, infinity where it was not."""
    most: float
    """All the evaluations that it took."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Success:
    """How soon each of many repetitions came to the target."""

    needed: NDArray[np.float64]
    """(repetitions,): evaluations until the target was reached, infinity where it was not; read-only."""
    most: float
    """Evaluations that a repetition took at most."""
    taken: NDArray[np.float64] = field(default_factory=lambda: _none(0))
    """(repetitions,): all the evaluations of each."""
    starts: NDArray[np.float64] = field(default_factory=lambda: _none(0, 2))
    """(repetitions, 2)."""
    ends: NDArray[np.float64] = field(default_factory=lambda: _none(0, 2))
    """(repetitions, 2): where each came to."""
    values: NDArray[np.float64] = field(default_factory=lambda: _none(0))
    """(repetitions,): the value there."""

    @classmethod
    def of(cls, made: Sequence[Repetition]) -> "Success":
        """Return what came of some repetitions."""
        columns = (
            np.array([one.needed for one in made]),
            np.array([one.most for one in made]),
            np.array([one.start for one in made]).reshape(-1, 2),
            np.array([one.end for one in made]).reshape(-1, 2),
            np.array([one.value for one in made]),
        )
        for column in columns:
            column.setflags(write=False)
        needed, taken, starts, ends, values = columns
        longest = float(taken.max(initial=0.0))
        return cls(needed=needed, most=longest, taken=taken, starts=starts, ends=ends, values=values)

    @property
    def share(self) -> float:
        """The part of the repetitions that came to the target."""
        return float(np.isfinite(self.needed).mean()) if len(self.needed) else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of Wilson that holds the true share with 95 %."""
        return wilson(int(np.isfinite(self.needed).sum()), len(self.needed))

    @property
    def half(self) -> float:
        """Evaluations by which half of the repetitions had found it, the lower median; infinity where they had not."""
        return float(np.sort(self.needed)[(len(self.needed) - 1) // 2]) if len(self.needed) else math.inf

    @property
    def price(self) -> float:
        """Evaluations that all took until they had found it or ended, for each that found it; infinity where none did.

        Source: the expected running time of Hansen et al. 2010, "Real-parameter black-box optimization benchmarking",
        section 4.
        """
        found = np.isfinite(self.needed)
        spent = np.where(found, self.needed, self.taken if len(self.taken) else self.most)
        return float(spent.sum() / found.sum()) if found.any() else math.inf

    @checked
    def reached(self, evaluations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the part that had come to the target by so many evaluations: the empirical distribution."""
        return np.searchsorted(np.sort(self.needed), evaluations, side="right") / len(self.needed)


def repetitions_of(found: Success) -> tuple[Repetition, ...]:
    """Return the repetitions that are united in what was found."""
    columns = (found.starts, found.ends, found.values, found.needed, found.taken)
    return tuple(
        Repetition(start=tuple(start), end=tuple(end), value=value, needed=needed, most=most)
        for start, end, value, needed, most in zip(*(column.tolist() for column in columns), strict=True)
    )


def wilson(successes: int, trials: int, deviations: float = CONFIDENCE) -> tuple[float, float]:
    """Return between which shares the true one lies, of so many successes among so many trials.

    Source: Wilson 1927, Journal of the American Statistical Association 22, 209.

    Raises:
        InputError: where there are no trials, or more successes than trials.
    """
    if not 0 <= successes <= trials or trials < 1:
        raise InputError(
            "There are from 0 successes to as many as trials, of which there is one at least, "
            "not {successes} of {trials}",
            successes=successes, trials=trials,
        )  # fmt: skip
    share, square = successes / trials, deviations**2
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = deviations / (1 + square / trials) * math.sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return (0.0 if successes == 0 else centre - half), (1.0 if successes == trials else centre + half)


@checked
def compare(
    surface: Surface,
    movers: Mapping[str, Strategy | UpdateRule],
    target: float,
    evaluations: int = 2000,
    repetitions: int = 100,
    schedule: Schedule | None = None,
    seed: int = 0,
) -> Mapping[str, Success]:
    """Return for each strategy or rule how soon it comes to ``target`` from many starts, by the name it is given.

    Repetition k of each begins at the same start, drawn evenly over the domain, and has the seed ``seed + k``. A value
    of the surface counts as one evaluation, a gradient as two.

    Args:
        surface: What is searched.
        movers: What is compared, by any names.
        target: The value that counts as found.
        evaluations: Of each repetition at the most, 10 to 1,000,000.
        repetitions: 1 to 10,000.
        schedule: The rate of each step of the rules; None: their own throughout.
        seed: Decides the starts, and all else that is random.

    Raises:
        InputError: for what cannot be used.
    """
    for name, given, (least, most) in (("evaluations", evaluations, BUDGET), ("repetitions", repetitions, TIMES)):
        if not least <= given <= most:
            raise InputError(
                '"{name}" must be a whole number from {least} to {most}, not {given}',
                name=name, least=least, most=most, given=given,
            )  # fmt: skip
    if math.isnan(target):
        raise InputError("A target must be a finite number, not {given}", given=target)
    return {
        name: Success.of(
            tuple(
                repeated(
                    surface, mover, target,
                    evaluations=evaluations, repetitions=repetitions, schedule=schedule, seed=seed,
                )
            )
        )
        for name, mover in movers.items()
    }  # fmt: skip


def repeated(
    surface: Surface,
    mover: Strategy | UpdateRule,
    target: float,
    *,
    steps: int = 0,
    evaluations: float = math.inf,
    repetitions: int = 100,
    schedule: Schedule | None = None,
    noise: float = 0.0,
    batch_size: int = 0,
    seed: int = 0,
    first: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Repetition]:
    """Yield what comes of a strategy or rule from each of many starts, drawn evenly over the domain.

    Args:
        surface: What is searched.
        mover: What searches.
        target: The value that counts as found.
        steps: How many each may make; 0: as many as ``evaluations`` are enough for.
        evaluations: What comes after so many does not count.
        repetitions: At least 1. Repetition k has the seed ``seed + k``.
        schedule: The rate of each step of a rule; None: its own throughout.
        noise: Standard deviation of the noise of its gradients.
        batch_size: Rows of data in a mini-batch; 0: all.
        seed: Decides the starts, and all else that is random.
        first: The first repetition that is made; those before it are known.
        cancelled: Asked before each repetition; once it says yes, there are no more.
    """

    def made(count: int, start: tuple[float, float], number: int) -> Trajectory:
        return descend(
            surface, mover, start, count, schedule, noise, batch_size, seed + number, cancelled
        )  # fmt: skip

    count = steps
    for number, (x, y) in enumerate(_starts(surface, repetitions, seed).tolist()[first:], first):
        if cancelled():
            return
        run = made(count or _first_count(mover, evaluations), (x, y), number)
        while not steps and _goes_on(run, mover, evaluations):
            run = made(2 * (len(run.points) - 1), (x, y), number)
        count = steps or len(run.points) - 1 if _is_whole(run, mover) else count
        if cancelled():
            return
        yield _outcome(run, (x, y), target, evaluations)


def _first_count(mover: Strategy | UpdateRule, evaluations: float) -> int:
    """Return all the steps of a rule, and a few of a strategy, whose steps take more or fewer evaluations."""
    return math.ceil(evaluations / GRADIENT_COST) if isinstance(mover, UpdateRule) else BEGIN


def _is_whole(run: Trajectory, mover: Strategy | UpdateRule) -> bool:
    """Tell whether a run made as many steps as it was to: a rule ends where it diverges."""
    return isinstance(mover, Strategy) and run.outcome != "diverged"


def _goes_on(run: Trajectory, mover: Strategy | UpdateRule, evaluations: float) -> bool:
    """Tell whether more steps of a strategy would be within the evaluations; each takes one on the average."""
    steps = len(run.points) - 1
    return isinstance(mover, Strategy) and evaluations_of(run)[-1] < evaluations and steps < evaluations


def evaluations_of(run: Trajectory) -> NDArray[np.float64]:
    """Return how many evaluations a run had taken at each of its points, (n + 1,)."""
    if isinstance(run, Course):
        return run.evaluations
    return GRADIENT_COST * np.arange(float(len(run.points)))


def _outcome(run: Trajectory, start: tuple[float, float], target: float, most: float) -> Repetition:
    """Return what came of a run until it had taken so many evaluations."""
    taken = evaluations_of(run)
    last = max(int(np.searchsorted(taken, most, side="right")) - 1, 0)
    points, values = (run.best_points, run.best) if isinstance(run, Course) else (run.points, run.losses)
    reached = np.flatnonzero(values[: last + 1] <= target)
    x, y = points[last].tolist()
    return Repetition(
        start=start,
        end=(x, y),
        value=float(values[last]),
        needed=float(taken[reached[0]]) if len(reached) else math.inf,
        most=float(taken[last]),
    )


def _starts(surface: Surface, repetitions: int, seed: int) -> NDArray[np.float64]:
    low, high = np.transpose(surface.domain)
    starts: NDArray[np.float64] = low + (high - low) * uniforms(seed + _STREAM, repetitions, 2)
    return starts
