"""A film of a parameter shows the session at each value; a picture with basins shows them and their key."""

from pathlib import Path

import numpy as np
import pytest

from landscape.export.export import export
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.session.descent import edits
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import save
from landscape.session.session import session_with

SMALL = {"size": (320, 240), "fps": 5.0, "seconds": 2.0, "curves": False}


@pytest.fixture
def descent() -> Descent:
    one = default_descent()
    for run in (1, 2, 3):
        one = edits.remove_run(one, run)
    return edits.set_layer(edits.set_steps(one, 40), "critical", shown=False)


@pytest.fixture
def animation(descent: Descent) -> Descent:
    return edits.animate(descent, Animation(run=0, name="lr", first=1e-5, last=1e-3))


def film_of(descent: Descent) -> Film:
    """Return a film with all that it shows computed."""
    film = Film(session_with(descent), Settings(**SMALL))
    for animated in (True, False):
        for _ in film.prepare(animated=animated, pictured=True):
            pass
    return film


def map_part(frame: np.ndarray) -> np.ndarray:
    """Return a picture without the counter and the title."""
    return frame[60:, :, :3].astype(int)


def test_a_frame_is_the_picture_of_the_session_at_that_value(animation: Descent) -> None:
    film = film_of(animation)
    at_end = edits.set_hyper(edits.animate(animation, None), 0, "lr", 1e-3)
    expected = film_of(at_end).frame(40.0)
    assert (map_part(film.frame(40.0)) == map_part(expected)).all()
    assert (map_part(film.frame(0.0)) != map_part(expected)).any()


def test_the_counter_tells_the_value_and_not_the_step(animation: Descent) -> None:
    film = film_of(animation)
    at_end = edits.set_hyper(edits.animate(animation, None), 0, "lr", 1e-3)
    expected = film_of(at_end).frame(40.0)
    assert (film.frame(40.0)[:60] != expected[:60]).any()


def test_a_still_picture_is_of_the_session_as_it_is(descent: Descent, animation: Descent) -> None:
    assert (film_of(animation).still() == film_of(descent).still()).all()


def test_a_saved_file_with_an_animation_becomes_a_film_of_it(animation: Descent, tmp_path: Path) -> None:
    import av

    save(session_with(animation), tmp_path / "rates.json")
    export(str(tmp_path / "rates.json"), tmp_path / "rates.mp4", **SMALL)
    with av.open(str(tmp_path / "rates.mp4")) as film:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in film.decode(video=0)]
    assert len(frames) == 10
    assert np.abs(frames[0] - frames[-1]).max() > 60


def test_basins_take_the_place_of_the_surface_in_a_picture_and_have_a_key(descent: Descent) -> None:
    plain = film_of(descent).still()
    shown = film_of(edits.show_basins(descent, 0)).still()
    assert (plain != shown).any(axis=2).mean() > 0.3


def test_basins_follow_the_parameter_of_a_film(animation: Descent) -> None:
    film = film_of(edits.show_basins(animation, 0))
    first, last = (map_part(film.frame(step)) for step in (0.0, 40.0))
    assert (first != last).any(axis=2).mean() > 0.2
