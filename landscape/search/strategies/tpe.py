"""Tree-structured Parzen estimator, TPE: draws where good trials were dense and bad ones were not.

Bergstra et al. 2011; all dimensions together (Falkner et al. 2018), with the widths and weights of Optuna's sampler.
"""

import math

import numpy as np

from landscape.search.strategies.asking import Array, Asking, Plan, whole_runs

STARTUP = 10
"""Random trials before anything is estimated."""
CANDIDATES = 24
GOOD, MOST_GOOD = 0.1, 25
"""Part of the trials that are good, and how many at most."""
NARROWEST = 100
RECENT = 25
"""So many trials have their full weight; of more, the older ones have less."""


def tpe(plan: Plan) -> Asking:
    """Ask for one trial after the other."""
    units = plan.draw(min(STARTUP, plan.trials))
    results = yield whole_runs(plan, units)
    while len(units) < plan.trials:
        good = np.zeros(len(units), bool)
        good[np.argsort(results, kind="stable")[: min(math.ceil(GOOD * len(units)), MOST_GOOD)]] = True
        new = _next(units[good], units[~good], plan.random)[None]
        more = yield whole_runs(plan, new, len(units))
        units, results = np.concatenate((units, new)), np.concatenate((results, more))


def _next(good: Array, bad: Array, random: np.random.Generator) -> Array:
    """Return the candidate, drawn like the good ones, that is likeliest among them against the bad ones."""
    dense, sparse = _Parzen(good), _Parzen(bad)
    candidates = dense.draw(CANDIDATES, random)
    best: Array = candidates[int(np.argmax(dense.density(candidates) / sparse.density(candidates)))]
    return best


class _Parzen:
    """A mixture of normal distributions cut off at 0 and 1: one around each trial, and a wide one around the middle."""

    def __init__(self, units: Array) -> None:
        count, dimensions = units.shape
        self.means = np.concatenate((units, np.full((1, dimensions), 0.5)))
        self.widths = np.concatenate((_widths(units), np.ones((1, dimensions))))
        self.weights = np.append(_weights(count), 1.0)
        self.weights /= self.weights.sum()
        self.mass = _normal((1.0 - self.means) / self.widths) - _normal(-self.means / self.widths)

    def density(self, at: Array) -> Array:
        """Return the density at some points, up to a factor."""
        apart = (at[:, None] - self.means) / self.widths
        parts = np.prod(np.exp(-0.5 * apart**2) / self.widths / self.mass, axis=2)
        found: Array = parts @ self.weights
        return np.maximum(found, 1e-300)

    def draw(self, count: int, random: np.random.Generator) -> Array:
        """Return so many points, each around one of the trials."""
        kernels = random.choice(len(self.means), size=count, p=self.weights)
        means, widths = self.means[kernels], self.widths[kernels]
        found = random.normal(means, widths)
        while (outside := (found < 0.0) | (found > 1.0)).any():
            found[outside] = random.normal(means[outside], widths[outside])
        return found


def _widths(units: Array) -> Array:
    """Return how wide each normal distribution is: as far as the farther of its two neighbours, in each dimension."""
    count, dimensions = units.shape
    order = np.argsort(units, axis=0, kind="stable")
    ends = np.concatenate((np.zeros((1, dimensions)), np.sort(units, axis=0), np.ones((1, dimensions))))
    wide = np.maximum(ends[1:-1] - ends[:-2], ends[2:] - ends[1:-1])
    if count >= 2:
        wide[0], wide[-1] = ends[2] - ends[1], ends[-2] - ends[-3]
    widths = np.empty_like(units)
    np.put_along_axis(widths, order, np.clip(wide, 1.0 / min(NARROWEST, 2.0 + count), 1.0), axis=0)
    return widths


def _weights(count: int) -> Array:
    if count <= RECENT:
        return np.ones(count)
    return np.concatenate((np.linspace(1.0 / count, 1.0, count - RECENT), np.ones(RECENT)))


def _normal(at: Array) -> Array:
    """Return the share of a standard normal distribution below some numbers."""
    shares = [0.5 * (1.0 + math.erf(each / math.sqrt(2.0))) for each in at.reshape(-1).tolist()]
    return np.array(shares).reshape(at.shape)
