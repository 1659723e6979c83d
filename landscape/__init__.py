"""Landscape: see optimization.

    import landscape as ls

    s = ls.surface("himmelblau")                       # of the catalogue, or a formula: "x**2 + a*y**2", a=20
    o = ls.optimizer("adam", lr=0.1)                   # of the catalogue, or a rule: "theta = theta - lr*g"
    c = ls.schedule("cosine", warmup=10)               # of the catalogue, or a formula of lr, t and T
    t = ls.descend(s, o, start=(-1.5, 2.0), steps=200, schedule=c)
    a = ls.descend(s, ls.strategy("annealing", temperature=200, cooling=0.8), start=(1, 1))    # or by a strategy
    m = ls.compare(s, {"adam": o, "swarm": ls.strategy("swarm")}, target=0.01)    # m["swarm"].share, .interval
    b = ls.basins(s, o, steps=500, resolution=512)     # which start comes to which minimum: b.labels, b.attractors
    k = ls.critical_points(s)                          # all of them, with proof: k.complete says whether
    r = ls.race(s, {"sgd": 0.01, "adam": 0.3}, start=(-1, 2))      # a Session; a notebook shows its picture
    n = ls.train("spirals", normalization="batch", optimizer=o)    # a small network, by the same rules
    q = ls.search(s, o, {"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.9, 0.999)})    # q.trials, q.best
    ls.export(r, "race.mp4")                           # a Session, a lesson such as "ravine", or a file

What they return, for annotations: a ``Surface``, an ``UpdateRule`` (of ``optimizer``), a ``Strategy``, a ``Schedule``,
a ``Trajectory`` (of ``descend``; of a strategy a ``Course``), ``Basins``, ``CriticalPoints`` of which each is a
``CriticalPoint``, the ``Success`` of each that is compared, what was ``Trained``, what was ``Searched`` of which each
is a ``Trial``. What a search varies is a ``Dimension``: ``ls.linear``, ``ls.log``, ``ls.one_minus_log``, ``ls.whole``
or ``ls.choice``. A ``Session`` is all that a person made, as a lesson or a file holds it.

Everything on the blackboard is a formula: a surface, an update rule and a schedule are text in one small language.

- ``formula``: the language; text to tree, exact derivatives, compiled kernels, typeset equations.
- ``catalogue``: surfaces, update rules and schedules as frozen values, and the shelf of known ones.
- ``geometry``, ``descent``: what is true: grids, contour lines, critical points; trajectories of rules on surfaces.
- ``network``: small networks trained by the same rules: what norms do to them, and what their landscape looks like.
- ``search``: hyper-parameters: strategies that ask for trials, scales, and what there was to be found.
- ``session``: what the person made, as one frozen value; edits, undo, and the file it is saved in.
- ``scene``: what is to be seen, without drawing it; the same for the window and for every exported file.
- ``plot``, ``export``, ``ui``, ``cli``: drawing with Qt, files, the window, the command line.

A layer imports only those above it in this list. Names of this module are loaded when they are first used.
"""

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False
"""As in ``typing``, whose loading takes longer than that of all this, before ``__main__`` can hear of Ctrl+C."""

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from landscape.catalogue.optimizers import UpdateRule, optimizer
    from landscape.catalogue.schedules import Schedule, schedule
    from landscape.catalogue.strategies import Strategy
    from landscape.catalogue.surfaces import Surface, surface
    from landscape.descent.basins import Basins, basins
    from landscape.descent.comparison import Success, compare
    from landscape.descent.course import Course
    from landscape.descent.recorded import Trajectory
    from landscape.descent.strategies.strategy import strategy
    from landscape.descent.trajectory import descend
    from landscape.export.export import export
    from landscape.export.race import race
    from landscape.geometry.critical import CriticalPoint, CriticalPoints, critical_points
    from landscape.network.training.train import Trained, train
    from landscape.search.search import Searched, Trial, search
    from landscape.search.spaces import Dimension, choice, linear, log, one_minus_log, whole
    from landscape.session.session import Session
    from landscape.version import __version__ as __version__

__all__ = [
    "Basins", "Course", "CriticalPoint", "CriticalPoints", "Dimension", "Schedule", "Searched", "Session", "Strategy",
    "Success", "Surface", "Trained", "Trajectory", "Trial", "UpdateRule", "basins", "choice", "compare",
    "critical_points", "descend", "export", "linear", "log", "one_minus_log", "optimizer", "race", "schedule",
    "search", "strategy", "surface", "train", "whole",
]  # fmt: skip

_HOMES = {
    "Surface": "landscape.catalogue.surfaces",
    "surface": "landscape.catalogue.surfaces",
    "UpdateRule": "landscape.catalogue.optimizers",
    "optimizer": "landscape.catalogue.optimizers",
    "Schedule": "landscape.catalogue.schedules",
    "schedule": "landscape.catalogue.schedules",
    "Trajectory": "landscape.descent.recorded",
    "descend": "landscape.descent.trajectory",
    "Course": "landscape.descent.course",
    "Success": "landscape.descent.comparison",
    "compare": "landscape.descent.comparison",
    "Strategy": "landscape.catalogue.strategies",
    "strategy": "landscape.descent.strategies.strategy",
    "Basins": "landscape.descent.basins",
    "basins": "landscape.descent.basins",
    "CriticalPoint": "landscape.geometry.critical",
    "CriticalPoints": "landscape.geometry.critical",
    "critical_points": "landscape.geometry.critical",
    "race": "landscape.export.race",
    "Trained": "landscape.network.training.train",
    "train": "landscape.network.training.train",
    "Searched": "landscape.search.search",
    "Trial": "landscape.search.search",
    "search": "landscape.search.search",
    "Dimension": "landscape.search.spaces",
    "choice": "landscape.search.spaces",
    "linear": "landscape.search.spaces",
    "log": "landscape.search.spaces",
    "one_minus_log": "landscape.search.spaces",
    "whole": "landscape.search.spaces",
    "Session": "landscape.session.session",
    "__version__": "landscape.version",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *__all__})


class _Package(ModuleType):
    """This module, two of whose functions keep their names although importing packages of these would replace them."""

    @property
    def export(self) -> "Callable[..., Any]":
        from landscape.export.export import export

        return export

    @export.setter
    def export(self, package: ModuleType) -> None:
        """Leave what the import system wants to put here: ``landscape.export`` stays importable without it."""

    @property
    def search(self) -> "Callable[..., Any]":
        from landscape.search.search import search

        return search

    @search.setter
    def search(self, package: ModuleType) -> None:
        """Leave what the import system wants to put here, as above."""


sys.modules[__name__].__class__ = _Package
