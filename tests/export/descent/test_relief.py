"""The relief in pictures and films: its surface is rasterized in a thread, so that a window that exports goes on."""

import threading
from itertools import pairwise

import pytest

from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.plot import rasterizer
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.session import session_with


def film_of(**settings: object) -> Film:
    """Return a film of the relief with all that it shows computed."""
    descent = edits.set_layer(edits.set_steps(default_descent(), 20), "critical", shown=False)
    film = Film(session_with(descent), Settings(size=(320, 240), fps=5.0, seconds=2.0, stage="relief", **settings))
    for _ in film.prepare(animated=False, pictured=True):
        pass
    return film


@pytest.fixture
def threads(monkeypatch) -> list[threading.Thread]:
    """Return the threads in which the surface was rasterized."""
    found: list[threading.Thread] = []
    rasterize = rasterizer.rasterize

    def watched(*given: object) -> None:
        found.append(threading.current_thread())
        rasterize(*given)

    monkeypatch.setattr(rasterizer, "rasterize", watched)
    return found


@pytest.mark.parametrize("turntable", [False, True], ids=["still", "turning"])
def test_the_surface_is_rasterized_in_another_thread_once_a_camera(threads, turntable):
    film = film_of(turntable=turntable)
    pictures = [film.frame(step) for step in (0.0, 7.0, 14.0)]
    assert threading.current_thread() not in threads
    assert len(threads) <= (4 if turntable else 1)
    assert all((one != another).any() for one, another in pairwise(pictures))
