"""Random restarts: an update rule that begins again somewhere else, every so many steps."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import uniforms
from landscape.descent.recorded import Trajectory
from landscape.descent.strategies import frame
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="restarts",
    titles={"en": "Random restarts", "zh": "随机重启"},
    source="Multistart; Rinnooy Kan & Timmer 1987, Mathematical Programming 39",
    parameters=(
        Parameter(name="length", default=50.0, minimum=1.0, maximum=1000.0, scale="integer", symbol="n"),
        Parameter(name="box", default=1.0, minimum=1e-3, maximum=2.0, scale="log", symbol="b"),
    ),
    columns={"restart": 1, "age": 1, "lost": 1},
    runs_rule=True,
)
"""The first descent begins at the start, every other one evenly spread over a ``box`` about it, in parts of the domain.
Each makes ``length`` steps of the rule; the step after them is the one to the next start. A descent that diverges stays
``lost`` at its last finite point until then. To know the best, each point is evaluated; each step takes a gradient."""


def restart(
    surface: Surface,
    strategy: Strategy,
    record: NDArray[np.float64],
    population: NDArray[np.float64],
    given: NDArray[np.float64],
    steps: int,
    seed: int,
    inner: Callable[..., Trajectory],
) -> None:
    """Write one descent after the other into the record."""
    rule = strategy.rule or optimizer("sgd", lr=0.01)
    length = max(1, round(dict(strategy.values)["length"]))
    starts = _starts(given, -(-(steps + 1) // (length + 1)), seed)
    for number, start in enumerate(starts.tolist()):
        first = number * (length + 1)
        rows = record[first : first + length + 1]
        found = inner(surface, rule, tuple(start), len(rows) - 1, seed=seed + number)
        _write(rows, found, number)
    population[:, 0, :3] = record[:, :3]
    _tally(record)


def _starts(given: NDArray[np.float64], count: int, seed: int) -> NDArray[np.float64]:
    """Return where each descent begins, (count, 2)."""
    centre = given[[frame.START_X, frame.START_Y]]
    sides = given[[frame.RIGHT, frame.HIGH]] - given[[frame.LEFT, frame.LOW]]
    starts: NDArray[np.float64] = centre + given[frame.OWN + 1] * sides * (uniforms(seed, count, 2) - 0.5)
    starts[0] = centre
    return starts


def _write(rows: NDArray[np.float64], found: Trajectory, number: int) -> None:
    """Write one descent; where it is lost it stays at its last finite point."""
    made = len(found.points)
    rows[:made, 0:2], rows[made:, 0:2] = found.points, found.points[-1]
    losses = np.where(np.isfinite(found.losses), found.losses, np.inf)
    rows[:made, 2], rows[made:, 2] = losses, losses[-1]
    rows[:made, frame.SLOPE_X : frame.SLOPE_Y + 1] = found.gradients
    rows[made:, frame.SLOPE_X : frame.SLOPE_Y + 1] = found.gradients[-1]
    age = np.arange(len(rows))
    rows[:, frame.HEAD], rows[:, frame.HEAD + 1], rows[:, frame.HEAD + 2] = number, age, age >= made


def _tally(record: NDArray[np.float64]) -> None:
    """Write the best until each row, and the evaluations: one of the value at each point, a gradient for each step."""
    best = np.minimum.accumulate(record[:, 2])
    improved = np.r_[True, record[1:, 2] < best[:-1]]
    latest = np.maximum.accumulate(np.where(improved, np.arange(len(record)), 0))
    record[:, frame.BEST_X], record[:, frame.BEST_Y] = record[latest, 0], record[latest, 1]
    record[:, frame.BEST] = best
    made = record[:, frame.HEAD + 2] == 0.0
    stepped = made & (record[:, frame.HEAD + 1] > 0)
    record[:, frame.VALUES], record[:, frame.GRADIENTS] = np.cumsum(made), np.cumsum(stepped)
