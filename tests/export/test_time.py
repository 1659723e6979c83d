"""What an export says of the time it takes is so."""

from itertools import pairwise

import numpy as np
import pytest

from landscape.export import export, film
from landscape.export.export import Progress, export_steps
from landscape.export.film import Film
from landscape.session.descent import edits
from landscape.session.descent.document import Animation
from landscape.session.descent.workspace import default_descent
from landscape.session.session import Session, session_with

TINY = {"size": (64, 64), "fps": 20, "seconds": 3.0}
LAST = default_descent().steps
DRAWN = 0.01
"""Seconds for a frame of which nothing is computed."""


class Clock:
    """A clock that goes on only when a frame is drawn."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(film, "monotonic", made)
    monkeypatch.setattr(export, "monotonic", made)
    return made


def costing(monkeypatch, clock: Clock, cost) -> None:
    """Have the clock go on by the cost of each frame, at its step; the same one again costs only its drawing."""
    drawn = [-1.0]

    def drawing(self: Film, step: float, over=None):
        clock.now += DRAWN if step == drawn[0] else cost(step)
        drawn[0] = step
        yield None
        return np.zeros((*self.size[::-1], 4), np.uint8)

    monkeypatch.setattr(Film, "drawing", drawing)


def told(session: Session, path, clock: Clock) -> list[tuple[Progress, float]]:
    """Return all that is told while frames are drawn, and how many seconds it really was to the end."""
    found = [(progress, clock.now) for progress in export_steps(session, path, **TINY)]
    return [(progress, clock.now - then) for progress, then in found if progress.left is not None]


def of_a_rate() -> Session:
    return session_with(edits.animate(default_descent(), Animation(run=0, name="lr", first=1e-4, last=1e-2)))


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
@pytest.mark.parametrize("factor", [100.0, 10.0, 1.0, 0.1, 0.01])
def test_a_film_of_a_parameter_says_from_before_its_first_frame_how_long_it_will_take(
    qapp, tmp_path, monkeypatch, clock, factor, suffix
) -> None:
    costing(monkeypatch, clock, lambda step: 20.0 * factor ** (step / LAST))
    found = told(of_a_rate(), tmp_path / f"a{suffix}", clock)
    before = [(progress.left, true) for progress, true in found if progress.done == 0]
    left, whole = before[-1]
    assert whole / 1.5 < left < 1.5 * whole
    after = [(progress.left, true) for progress, true in found if progress.done >= 1 and true > whole / 10]
    assert all(true / 2 < left < 2 * true for left, true in after)
    assert len(after) > 20


def test_a_first_frame_that_takes_long_is_no_measure_of_the_others(qapp, tmp_path, monkeypatch, clock) -> None:
    costs = iter([10.0])
    costing(monkeypatch, clock, lambda _: next(costs, 0.1))
    found = told(session_with(default_descent()), tmp_path / "a.mp4", clock)
    assert all(progress.left < 60 * 0.1 for progress, _ in found)
    assert len({progress.done for progress, _ in found}) > 50


def test_a_film_that_computes_nothing_draws_no_frame_twice_to_measure_it(qapp, tmp_path, monkeypatch, clock) -> None:
    steps: list[float] = []
    costing(monkeypatch, clock, lambda step: steps.append(step) or DRAWN)
    told(session_with(default_descent()), tmp_path / "a.mp4", clock)
    assert all(one < other for one, other in pairwise(steps))
