"""Coarse to fine: random draws from the whole space, then from ever smaller boxes around the best one."""

import numpy as np

from landscape.search.strategies.asking import Array, Asking, Plan, whole_runs

ROUNDS = 3
ZOOM = 0.4
"""Sides of a box, as a part of those of the box before."""


def coarse_to_fine(plan: Plan) -> Asking:
    """Ask for a third of the trials from each of three boxes."""
    box = np.array([[0.0, 1.0]] * plan.dimensions)
    sizes = [len(part) for part in np.array_split(np.arange(plan.trials), ROUNDS)]
    done, best, least = 0, np.full(plan.dimensions, 0.5), np.inf
    for size in sizes:
        if not size:
            continue
        units = box[:, 0] + plan.draw(size) * (box[:, 1] - box[:, 0])
        results = yield whole_runs(plan, units, done, tuple((float(low), float(high)) for low, high in box))
        done += size
        if results.min() < least:
            least, best = float(results.min()), units[int(results.argmin())]
        box = _around(best, ZOOM * (box[:, 1] - box[:, 0]))


def _around(best: Array, sides: Array) -> Array:
    """Return the box of these sides around a point, moved into the space where it sticks out."""
    low = np.clip(best - sides / 2, 0.0, 1.0 - sides)
    return np.stack((low, low + sides), axis=1)
