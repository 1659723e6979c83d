"""Every change of the map of two hyper-parameters: pure functions from a session to the next."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from landscape.errors import InputError
from landscape.session.descent.edits import set_hyper, show_map
from landscape.session.descent.map_ranges import default_axis, default_map, run_of
from landscape.session.session import HyperMap, Measure, Session

Side: TypeAlias = Literal["across", "up"]


def show_map_of(session: Session, run: int | None) -> Session:
    """Show a map of a run with axes that suit it; None: no map any longer."""
    if run is None:
        return show_map(session, None)
    wanted = default_map(session, run)
    if wanted is None:
        raise InputError("A map needs a run with two hyper-parameters")
    return show_map(session, wanted)


def set_map_axis(session: Session, side: Side, name: str) -> Session:
    """Put another hyper-parameter on a side of the map."""
    shown = session.hyper_map
    return session if shown is None else show_map(session, _with_axis(session, shown, side, name))


def set_map_measure(session: Session, measure: Measure) -> Session:
    """Colour the map by another measure."""
    shown = session.hyper_map
    return session if shown is None else show_map(session, replace(shown, measure=measure))


def set_map_threshold(session: Session, threshold: float) -> Session:
    """Set the loss that counts as good."""
    shown = session.hyper_map
    return session if shown is None else show_map(session, replace(shown, threshold=threshold))


def choose_on_map(session: Session, values: Mapping[str, float]) -> Session:
    """Give the map's run these values of its hyper-parameters."""
    if session.hyper_map is None:
        return session
    run = run_of(session, session.hyper_map)
    for name, value in values.items():
        session = set_hyper(session, run, name, value)
    return session


def _with_axis(session: Session, shown: HyperMap, side: Side, name: str) -> HyperMap:
    """Return the map with another hyper-parameter on a side; where it was on the other, both are swapped."""
    across, up = shown.across, shown.up
    if name in (across.name, up.name):
        kept = getattr(shown, side).name == name
        return shown if kept else replace(shown, across=up, up=across)
    axis = default_axis(session, run_of(session, shown), name)
    return replace(shown, across=axis) if side == "across" else replace(shown, up=axis)
