"""Which learning rate to begin with: a good one for this surface and this kind of optimizer."""

from landscape.catalogue.optimizers import UpdateRule, optimizer_entries
from landscape.catalogue.surfaces import Surface, surface_entries


def default_rate(surface: Surface, rule: UpdateRule) -> float:
    """Return the learning rate with which ``rule`` shows something on ``surface`` at the first play.

    It is that of the surface's catalogue entry: for this very optimizer, or for its family (a rule that was typed
    counts as plain gradient descent).
    """
    entry = surface_entries().get(surface.entry)
    optimizer = optimizer_entries().get(rule.entry)
    family = optimizer.family if optimizer else "gradient"
    if entry is not None:
        return entry.rates.get(rule.entry, entry.rates.get(family, rule.lr))
    return rule.lr
