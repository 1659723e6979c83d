"""Landscape: see optimization.

    import landscape as ls

    s = ls.surface("himmelblau")                       # of the catalogue, or a formula: "x**2 + a*y**2", a=20
    o = ls.optimizer("adam", lr=0.1)                   # of the catalogue, or a rule: "theta = theta - lr*g"
    c = ls.schedule("cosine", warmup=10)               # of the catalogue, or a formula of lr, t and T
    t = ls.descend(s, o, start=(-1.5, 2.0), steps=200, schedule=c)
    b = ls.basins(s, o, steps=500, resolution=512)     # which start comes to which minimum: b.labels, b.attractors
    k = ls.critical_points(s)                          # all of them, with proof: k.complete says whether
    n = ls.train("spirals", normalization="batch", optimizer=o)    # a small network, by the same rules
    ls.export("ravine", "ravine.mp4")                  # a lesson, a file, or a Session

Everything on the blackboard is a formula: a surface, an update rule and a schedule are text in one small language.

- ``formula``: the language; text to tree, exact derivatives, compiled kernels, typeset equations.
- ``catalogue``: surfaces, update rules and schedules as frozen values, and the shelf of known ones.
- ``descent``, ``geometry``: what is true: trajectories of rules on surfaces; grids, contour lines, critical points.
- ``network``: small networks trained by the same rules: what norms do to them, and what their landscape looks like.
- ``session``: what the person made, as one frozen value; edits, undo, and the file it is saved in.
- ``scene``: what is to be seen, without drawing it; the same for the window and for every exported file.
- ``plot``, ``export``, ``ui``, ``cli``: drawing with Qt, files, the window, the command line.

A layer imports only those above it in this list. Names of this module are loaded when they are first used.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from landscape.catalogue.optimizers import optimizer
    from landscape.catalogue.schedules import schedule
    from landscape.catalogue.surfaces import surface
    from landscape.descent.basins import basins
    from landscape.descent.trajectory import descend
    from landscape.export.export import export
    from landscape.geometry.critical import critical_points
    from landscape.network.trained import train

__version__ = "0.1.0"
__all__ = ["basins", "critical_points", "descend", "export", "optimizer", "schedule", "surface", "train"]

_HOMES = {
    "surface": "landscape.catalogue.surfaces",
    "optimizer": "landscape.catalogue.optimizers",
    "schedule": "landscape.catalogue.schedules",
    "descend": "landscape.descent.trajectory",
    "basins": "landscape.descent.basins",
    "critical_points": "landscape.geometry.critical",
    "train": "landscape.network.trained",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


class _Package(ModuleType):
    """This module, whose ``export`` is the function, although importing the package of that name would replace it."""

    @property
    def export(self) -> Callable[..., Any]:
        from landscape.export.export import export

        return export

    @export.setter
    def export(self, package: ModuleType) -> None:
        """Leave what the import system wants to put here: ``landscape.export`` stays importable without it."""


sys.modules[__name__].__class__ = _Package
