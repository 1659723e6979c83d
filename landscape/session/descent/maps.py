"""Every change of the map of two hyper-parameters: pure functions from a descent to the next."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from landscape.errors import InputError
from landscape.session.descent.document import Descent, HyperMap, Measure
from landscape.session.descent.edits import set_hyper, show_map
from landscape.session.descent.map_ranges import default_axis, default_map

Side: TypeAlias = Literal["across", "up"]


def show_map_of(descent: Descent, run: int | None) -> Descent:
    """Show a map of a run with axes that suit it; None: no map any longer."""
    if run is None:
        return show_map(descent, None)
    wanted = default_map(descent, run)
    if wanted is None:
        raise InputError("A map needs a run with two hyper-parameters")
    return show_map(descent, wanted)


def set_map_axis(descent: Descent, side: Side, name: str) -> Descent:
    """Put another hyper-parameter on a side of the map."""
    shown = descent.hyper_map
    return descent if shown is None else show_map(descent, _with_axis(descent, shown, side, name))


def set_map_measure(descent: Descent, measure: Measure) -> Descent:
    """Colour the map by another measure."""
    shown = descent.hyper_map
    return descent if shown is None else show_map(descent, replace(shown, measure=measure))


def set_map_threshold(descent: Descent, threshold: float) -> Descent:
    """Set the loss that counts as good."""
    shown = descent.hyper_map
    return descent if shown is None else show_map(descent, replace(shown, threshold=threshold))


def choose_on_map(descent: Descent, values: Mapping[str, float]) -> Descent:
    """Give the map's run these values of its hyper-parameters."""
    shown = descent.hyper_map
    if shown is None:
        return descent
    for name, value in values.items():
        descent = set_hyper(descent, shown.run, name, value)
    return descent


def _with_axis(descent: Descent, shown: HyperMap, side: Side, name: str) -> HyperMap:
    """Return the map with another hyper-parameter on a side; where it was on the other, both are swapped."""
    across, up = shown.across, shown.up
    if name in (across.name, up.name):
        kept = getattr(shown, side).name == name
        return shown if kept else replace(shown, across=up, up=across)
    axis = default_axis(descent, shown.run, name)
    return replace(shown, across=axis) if side == "across" else replace(shown, up=axis)
