"""Which value of a surface counts as found where runs are compared from many starts."""

from dataclasses import replace

import numpy as np

from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.session.descent.document import Comparison, Descent

SAMPLES = 97
"""Points along each side at which the lowest value is looked for."""
GOOD = 1e-3
"""Part of the way from the middle of the values down to the lowest that may be left at the target."""


def retargeted(descent: Descent) -> Comparison | None:
    """Return the comparison of a descent with a target for the surface as it is now; None where there is none."""
    kept = descent.comparison
    return None if kept is None else replace(kept, target=suited_target(descent.surface))


def suited_target(surface: Surface) -> float:
    """Return a value that only the lowest places of a surface have, of two digits above the lowest that is known."""
    x, y = (np.linspace(low, high, SAMPLES) for low, high in surface.domain)
    values = surface.value(x[:, None], y[None, :])
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0
    entry = surface_entries().get(surface.entry)
    published = entry is not None and replace(entry.surface, domain=surface.domain) == surface
    known = [value for *_, value in entry.minima] if entry is not None and published else []
    lowest = min((float(values.min()), *known))
    above = float(f"{GOOD * max(float(np.median(values)) - lowest, 1e-9):.1e}")
    return above if lowest == 0.0 else float(f"{lowest + above:.6g}")
