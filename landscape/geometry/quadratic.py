"""Surfaces that are quadratic: their curvature is the same everywhere, so that theory is exact."""

import math
from functools import lru_cache

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import REDUCTIONS, Call, free_names, walk
from landscape.geometry.curvature import eigenvalues, entries_of

PLACE = frozenset("xy")
_SMOOTH = frozenset({"add", "sub", "mul", "div", "neg", "pow", *REDUCTIONS})
"""Functions without a kink that a quadratic formula can be made of."""


@lru_cache(maxsize=64)
def curvatures(surface: Surface) -> tuple[float, float] | None:
    """Return the eigenvalues (m, L), m <= L, of a Hessian that is the same everywhere.

    That it is so is told by the formula: its second derivatives do not read ``x`` or ``y``, and nothing in it that
    does has a kink. None for every other surface, and where an eigenvalue is not finite.
    """
    if free_names(*surface.hessian_trees) & PLACE or _has_kink(surface):
        return None
    hessian = surface.hessian(0.0, 0.0)
    if not np.isfinite(hessian).all():
        return None
    least, most = eigenvalues(entries_of(hessian)).tolist()
    return (least, most) if math.isfinite(most - least) else None


def _has_kink(surface: Surface) -> bool:
    calls = (node for node in walk((surface.tree,)) if isinstance(node, Call) and node.function not in _SMOOTH)
    return any(free_names(node) & PLACE for node in calls)
