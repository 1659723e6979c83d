"""Population-based training: runs that train together; the worst take over the best, and try other values.

Jaderberg et al. 2017, with truncation selection: what is taken over are both the point that the run has reached and its
hyper-parameters, which then move up or down.
"""

import numpy as np

from landscape.search.strategies.asking import Ask, Asking, Plan

ROUNDS = 10
"""Times at which runs are compared, the end among them."""
SHARE = 0.2
"""Part of the population that is given up, and part that is copied."""
MOVE = 0.1
"""How far a copied value moves, of its whole scale."""


def population(plan: Plan) -> Asking:
    """Ask for as many whole runs as there are trials, which learn from each other on the way."""
    count = plan.trials
    units, after = plan.draw(count), np.full(count, -1)
    for number, end in enumerate(ends(plan.steps)):
        results = yield Ask(units=units, until=np.full(count, end), trial=np.arange(count), after=after)
        order = np.argsort(results, kind="stable")
        given_up = max(round(SHARE * count), 1) if count > 1 else 0
        parents = np.arange(count)
        parents[order[count - given_up :]] = plan.random.permutation(order[:given_up])
        after = number * count + parents
        moved = units[parents] + MOVE * plan.random.choice((-1.0, 1.0), size=units.shape)
        units = np.where((parents != np.arange(count))[:, None], np.clip(moved, 0.0, 1.0), units)


def ends(steps: int) -> tuple[int, ...]:
    """Return after how many steps runs are compared, the last at the end."""
    return tuple(dict.fromkeys(max(round(steps * part / ROUNDS), 1) for part in range(1, ROUNDS + 1)))
