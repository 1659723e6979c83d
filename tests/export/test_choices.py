"""What a person can choose of a film beside its size: rest, way back, text, caption, workspace and page."""

import re
from pathlib import Path

import numpy as np
import pytest

import landscape as ls
from landscape.errors import InputError
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.scene.timeline import frame_steps
from landscape.session.descent.document import Descent
from landscape.session.files import lesson, load, open_session
from landscape.session.network.document import default_experiment
from landscape.session.session import session_with

SMALL = {"size": (640, 360), "fps": 10.0, "seconds": 1.0}


def test_a_film_that_goes_back_ends_just_before_its_beginning_and_so_repeats_without_a_jump() -> None:
    steps = frame_steps(100.0, 10.0, 30.0, hold=1.0, rewind=True)
    assert (steps[0], steps.max()) == (0.0, 100.0)
    assert np.count_nonzero(steps == 100.0) >= 30
    around = np.abs(np.diff(np.append(steps, steps[0])))
    assert 0.0 < around[-1] < around.max() / 2
    last = np.flatnonzero(steps == 100.0)[-1]
    assert (np.diff(steps[: last + 1]) >= 0).all()
    assert (np.diff(steps[last:]) < 0).all()


def test_a_film_that_goes_back_begins_at_the_step_that_is_chosen() -> None:
    steps = frame_steps(80.0, 2.0, 10.0, begin=20.0, hold=0.0, rewind=True)
    assert steps.min() == 20.0
    assert len(steps) == 20


def test_a_rest_is_as_long_as_it_is_said() -> None:
    film = Film(lesson("ravine"), Settings(**SMALL, hold=0.4))
    assert np.count_nonzero(film.steps == film.last_step) == 1 + 4


@pytest.mark.parametrize("what", ["descent", "network", "search"])
def test_larger_text_makes_another_picture_of_the_same_size(what: str, tmp_path: Path) -> None:
    session = open_session("ravine")
    pictures = []
    for text in (1.0, 1.5):
        path = ls.export(session, tmp_path / f"{text}.svg", size=(640, 360), text=text, workspace=what)
        pictures.append(path.read_text(encoding="utf-8"))
    sizes = [max(float(found) for found in re.findall('font-size="([0-9.]+)"', picture)) for picture in pictures]
    assert sizes[1] == pytest.approx(1.5 * sizes[0], rel=0.1)


@pytest.mark.parametrize("text", [0.1, 10.0, float("nan")])
def test_text_that_nobody_could_read_is_refused(text: float) -> None:
    with pytest.raises(InputError, match="times as large is not possible"):
        Settings(text=text)


def test_a_caption_tells_each_rule_and_only_the_numbers_that_are_in_it() -> None:
    from landscape.scene.descent.caption import caption_lines

    descent = open_session("beale-race").of(Descent)
    told = {line.run: [each.text for each in line.formulas] for line in caption_lines(descent)}
    named = {run.id: run.rule.entry for run in descent.runs}
    of = {named[run]: lines for run, lines in told.items()}
    assert of["sgd"] == ["θ ← θ − η·g", "lr = 0.01"]
    assert of["momentum"][-1] == "lr = 0.003,  momentum = 0.9"
    assert len(of["adam"]) == 6


def test_a_caption_stands_below_the_picture_and_nothing_else_changes_its_place_above(tmp_path: Path) -> None:
    film = Film(lesson("ravine"), Settings(size=(640, 480), caption=True))
    plain = film.changed(caption=False)
    with_caption, without = film.still(), plain.still()
    film.close()
    plain.close()
    top = slice(0, 30)
    assert np.array_equal(with_caption[top], without[top])
    assert not np.array_equal(with_caption[400:], without[400:])


def test_the_workspace_and_the_page_are_named(tmp_path: Path) -> None:
    session = session_with(default_experiment())
    ls.export(session, tmp_path / "a.csv", page="why")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("step,measure,network,value")
    ls.export(session, tmp_path / "b.png", size=(320, 240), workspace="descent")
    assert load(tmp_path / "b.png").workspace == "descent"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"workspace": "descend"}, "There is no workspace 'descend'; there are: descent, network, search"),
        ({"page": "wy", "workspace": "network"}, "no page 'wy' to export; there are: sweep, why, landscape, bias"),
        ({"page": "why", "workspace": "descent"}, "no page 'why' to export"),
    ],
)
def test_names_that_there_are_not_are_refused_with_those_that_there_are(tmp_path: Path, options, told: str) -> None:
    with pytest.raises(InputError, match=told):
        ls.export("ravine", tmp_path / "a.png", **options)
    assert list(tmp_path.iterdir()) == []
