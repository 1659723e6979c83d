"""The loss landscape of a network on a plane through its weights, and optimizers that descend on that plane."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.descent.threads import share
from landscape.network.data.samples import Samples
from landscape.network.network import Network, Precision
from landscape.network.objective import Objective
from landscape.network.slices.directions import Plane
from landscape.network.slices.line import Line
from landscape.network.training.updates import updater


@dataclass(frozen=True, kw_only=True, eq=False)
class Slice:
    """The loss over all training rows on a plane; batch norm takes the statistics of these rows at every point."""

    network: Network
    samples: Samples
    plane: Plane


@dataclass(frozen=True, kw_only=True, eq=False)
class Descent:
    """What an optimizer did on a slice: read-only."""

    points: NDArray[np.float64]
    """(k + 1, 2), the first is the start; where a loss was not finite, k is smaller than the steps asked for."""
    losses: NDArray[np.float64]
    """(k + 1,)."""


def grid(
    given: Slice,
    domain: tuple[tuple[float, float], tuple[float, float]],
    shape: tuple[int, int] = (101, 101),
    precision: Precision = "float32",
    cancelled: Callable[[], bool] = lambda: False,
) -> NDArray[np.float64] | None:
    """Return the loss at the points of a grid; None where it was cancelled.

    Args:
        given: The slice.
        domain: ((x0, x1), (y0, y1)); the ends belong to the grid.
        shape: (columns, rows).
        precision: Of the network's arithmetic; single precision has seven digits and takes half of the time.
        cancelled: Asked every few milliseconds.

    Returns:
        (rows, columns), float64, read-only: row 0 is at y0. inf and NaN where the network overflows.
    """
    (x0, x1), (y0, y1) = domain
    across, up = np.linspace(x0, x1, shape[0]), np.linspace(y0, y1, shape[1])
    losses = np.full((shape[1], shape[0]), np.nan)

    def worker() -> Callable[[int], None]:
        line = Line(given.network, given.samples, across, precision)

        def fill(row: int) -> None:
            losses[row] = line.losses(given.plane.at(0.0, up[row]), given.plane.directions[0], cancelled)

        return fill

    if share(range(shape[1]), worker, os.cpu_count() or 1, cancelled) or cancelled():
        return None
    losses.flags.writeable = False
    return losses


def descend_on_slice(
    given: Slice,
    rule: UpdateRule,
    start: tuple[float, float],
    steps: int = 200,
    schedule: Schedule | None = None,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Descent:
    """Return the path of an elementwise rule that can move on the slice alone: its two weights are x and y.

    Where the loss or the point is not finite, or once ``cancelled`` says yes, the path ends before.

    Raises:
        InputError: for a rule that moves x and y together.
    """
    objective = Objective(given.network, given.samples)
    update = updater(rule, schedule, steps, seed)
    point = np.array(start, dtype=np.float64)
    points, losses = [], []
    for step in range(steps + 1):
        loss, slopes = objective.value_and_gradient(given.plane.at(*point))
        if not (np.isfinite(loss) and np.all(np.isfinite(slopes))) or cancelled():
            break
        points.append(point)
        losses.append(loss)
        if step < steps:
            point = update(point, given.plane.slope(slopes), loss)
    found = Descent(points=np.array(points).reshape(-1, 2), losses=np.array(losses))
    for array in (found.points, found.losses):
        array.flags.writeable = False
    return found
