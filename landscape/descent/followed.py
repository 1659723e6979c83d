"""Many runs with a schedule that reads the loss: each has rates of its own, and so they run one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import State, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend

Array = NDArray[np.float64]


def ends(
    surface: Surface,
    rule: UpdateRule,
    starts: Array,
    steps: int,
    schedule: Schedule,
    seed: int,
    state: State,
    near: tuple[float, float],
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Array, NDArray[np.int32]]:
    """Return where the runs from ``starts``, (2, m), end, (2, m), and since when they are ``near`` their end, (m,).

    The end of what diverges is NaN, as is what there was no time for once ``cancelled`` said yes.
    """
    found, since = np.full(starts.shape, np.nan), np.zeros(starts.shape[1], dtype=np.int32)
    for place, (x, y) in enumerate(starts.T.tolist()):
        if cancelled():
            break
        run = descend(surface, rule, (x, y), steps, schedule, seed=seed, state=dict(state))
        if run.outcome != "diverged":
            found[:, place] = run.points[-1]
            far = np.flatnonzero((np.abs(run.points - run.points[-1]) > near).any(axis=1))
            since[place] = far[-1] + 1 if len(far) else 0
    return found, since


def runs_of(
    surface: Surface,
    rule: UpdateRule,
    values: Iterator[Mapping[str, float]],
    start: tuple[float, float],
    steps: int,
    schedule: Schedule,
    noise: float,
    seed: int,
    state: Mapping[str, float | Sequence[float]] | None,
    cancelled: Callable[[], bool],
) -> Iterator[Trajectory]:
    """Yield the run with each of the ``values`` of some hyper-parameters, until ``cancelled`` says yes."""
    for each in values:
        if cancelled():
            return
        yield descend(
            surface,
            rule.with_values(**each),
            start,
            steps,
            schedule,
            noise,
            seed=seed,
            cancelled=cancelled,
            state=state,
        )
