"""All critical points of a surface, with proof: minima, maxima and saddles; valleys, kinks and flat regions.

- ``search``: the way through all of these, :func:`critical_points`; ``points``: what it returns.
- ``subdivision``: branch and prune; ``undecided``: what it would cut for ever; ``remainder``: what it leaves open.
- ``enclosure``, ``proof``, ``winding``: interval arithmetic, the test of Krawczyk, the index along a border.
- ``classification``, ``degenerate``, ``loops``: from a zero of the gradient to its kind.
- ``valleys``, ``kinks``, ``flats``: what is not a point, or not smooth; ``probe``, ``across``: a look at it with plain
  numbers, and with many digits; ``regions``: what is open by what explains it.
- ``multistart``, ``lowest``, ``slopes``: many starts, grids that close in, samples of the gradient, with plain numbers.
- ``certificate``: what was found and proven, as text and as data; ``boxes``: rectangles; ``limits``: time, cancelling.

python-flint is loaded with the first search.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoint, CriticalPoints
    from landscape.geometry.critical.search import critical_points

__all__ = ["CriticalPoint", "CriticalPoints", "critical_points"]

_HOMES = {"CriticalPoint": "points", "CriticalPoints": "points", "critical_points": "search"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
