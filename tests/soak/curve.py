"""What was counted as curves against the minutes: a picture, drawn as the program draws its own, or a table."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from landscape.scene.layers import Curve, CurvePanel
from landscape.scene.palette import LIGHT
from tests.soak.counts import Count

SIZE = (1500, 420)
DRAWN = {
    "memory": ("megabytes of memory, by minutes", 1.0),
    "widgets": ("widgets", 1.0),
    "python": ("thousands of objects of Python", 1000.0),
}
"""Titles, and what the numbers are divided by."""


def write_curve(counts: Sequence[Count], path: Path) -> None:
    """Write what was counted: as a table where the name ends with ``.csv``, as a picture otherwise."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, list(asdict(counts[0])))
            table.writeheader()
            table.writerows(map(asdict, counts))
    else:
        _draw(counts, path)


def _draw(counts: Sequence[Count], path: Path) -> None:
    from landscape.plot.curves import curves_picture

    minutes = np.array([each.seconds / 60 for each in counts])
    whole = np.arange(max(int(minutes[-1]), 1) + 1)
    panels = [
        _panel(title, np.interp(whole, minutes, [getattr(each, name) / unit for each in counts]))
        for name, (title, unit) in DRAWN.items()
    ]
    shown = SimpleNamespace(curves=tuple(panels), steps=len(whole) - 1)
    curves_picture(shown, SIZE, LIGHT, 1.0).save(str(path))


def _panel(title: str, values: np.ndarray) -> CurvePanel:
    curve = Curve(run=0, name=title, color=LIGHT.accent, dash="solid", values=values)
    ends = (0.0, 1.1 * float(values.max()))
    return CurvePanel(quantity="measure", title=title, curves=(curve,), log=False, ordinate=ends)
