"""Runs that a strategy moves: how they are added, and which temperature suits a surface."""

from dataclasses import replace

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.strategies.strategy import check, entry_of
from landscape.session.descent import edits
from landscape.session.descent.checks import still_shown
from landscape.session.descent.document import Descent

SAMPLES = 24
"""Points along each side at which the surface is looked at."""


def add_strategy(descent: Descent, strategy: Strategy, name: str = "") -> Descent:
    """Add a run that ``strategy`` moves, with a temperature that suits the surface, in the first free colour."""
    added = edits.add_run(descent, optimizer("sgd"), name)
    return choose_strategy(added, added.runs[-1].id, strategy)


def choose_strategy(descent: Descent, run: int, strategy: Strategy) -> Descent:
    """Have a strategy move a run, under the strategy's own title; one that runs a rule inside runs that of the run."""
    held = descent.run_of(run)
    made = suited(descent.surface, check(replace(strategy, rule=None)))
    changed = replace(held, strategy=made, state=(), name="" if held.strategy != made else held.name)
    return still_shown(replace(descent, runs=tuple(changed if one is held else one for one in descent.runs)))


def choose_inner(descent: Descent, run: int, rule: UpdateRule) -> Descent:
    """Have the strategy of a run start another optimizer, with a learning rate that suits the surface."""
    held = descent.run_of(run)
    chosen = edits.choose_rule(descent, run, rule)
    runs = (replace(one, strategy=held.strategy, name=held.name) if one.id == run else one for one in chosen.runs)
    return still_shown(replace(chosen, runs=tuple(runs)))


def suited(surface: Surface, strategy: Strategy) -> Strategy:
    """Return ``strategy`` with the temperature that suits ``surface``, where it has one: one digit of it."""
    parts = entry_of(strategy).suited
    if not parts:
        return strategy
    spread = _spread(surface)
    return strategy.with_values(**{name: float(f"{part * spread:.0e}") for name, part in parts.items()})


def _spread(surface: Surface) -> float:
    """Return how far the values of a surface are above the lowest, in the middle; 1 where that cannot be told."""
    x, y = (np.linspace(low, high, SAMPLES) for low, high in surface.domain)
    values = surface.value(x[:, None], y[None, :])
    values = values[np.isfinite(values)]
    spread = float(np.median(values) - values.min()) if len(values) else 1.0
    return min(max(spread, 1e-9), 1e9) if np.isfinite(spread) and spread > 0.0 else 1.0
