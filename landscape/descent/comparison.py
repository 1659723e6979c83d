"""Strategies and rules compared by evaluations: how often each comes to the lowest value, and how soon."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Success:
    """How soon each of many repetitions came to the target."""

    needed: NDArray[np.float64]
    """(repetitions,): evaluations until the target was reached, infinity where it was not; read-only."""
    most: float
    """Evaluations that a repetition took at most."""

    @property
    def share(self) -> float:
        """The part of the repetitions that came to the target."""
        return float(np.isfinite(self.needed).mean())

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of Wilson that holds the true share with 95 %."""
        return wilson(int(np.isfinite(self.needed).sum()), len(self.needed))

    def reached(self, evaluations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the part that had come to the target by so many evaluations: the empirical distribution."""
        return np.searchsorted(np.sort(self.needed), evaluations, side="right") / len(self.needed)


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


def compared(
    surface: Surface,
    movers: Mapping[str, Strategy | UpdateRule],
    target: float,
    *,
    steps: int | Mapping[str, int] = 200,
    repetitions: int = 100,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Success]:
    """Return for each strategy or rule how soon it comes to a value of at most ``target``.

    Repetition k of each begins at the same start, drawn evenly over the domain, and has the seed ``seed + k``. A value
    counts as one evaluation, a gradient as ``GRADIENT_COST``; a rule takes one gradient in each step.

    Args:
        surface: What is searched.
        movers: What is compared, by name.
        target: The value that counts as found.
        steps: How many each may make, or how many by name, so that all have about the same number of evaluations.
        repetitions: At least 1.
        seed: Decides the starts, and all else that is random.
        cancelled: Asked before each repetition; once it says yes, those that are left count as not found.
    """
    starts = _starts(surface, repetitions, seed)
    found = {}
    for name, mover in movers.items():
        most = steps if isinstance(steps, int) else steps[name]
        needed, longest = np.full(repetitions, np.inf), 0.0
        for k, (x, y) in enumerate(starts.tolist()):
            if cancelled():
                break
            run = descend(surface, mover, (x, y), most, seed=seed + k, cancelled=cancelled)
            needed[k], evaluations = _needed(run, target)
            longest = max(longest, evaluations)
        needed.setflags(write=False)
        found[name] = Success(needed=needed, most=longest)
    return found


def evaluations_of(run: Trajectory) -> NDArray[np.float64]:
    """Return how many evaluations a run had taken at each of its points, (n + 1,)."""
    if isinstance(run, Course):
        return run.evaluations
    return GRADIENT_COST * np.arange(float(len(run.points)))


def _needed(run: Trajectory, target: float) -> tuple[float, float]:
    """Return the evaluations until a run came to the target, and all that it took."""
    evaluations = evaluations_of(run)
    values = run.best if isinstance(run, Course) else run.losses
    reached = np.flatnonzero(values <= target)
    return float(evaluations[reached[0]]) if len(reached) else math.inf, float(evaluations[-1])


def _starts(surface: Surface, repetitions: int, seed: int) -> NDArray[np.float64]:
    low, high = np.transpose(surface.domain)
    starts: NDArray[np.float64] = low + (high - low) * uniforms(seed + _STREAM, repetitions, 2)
    return starts
