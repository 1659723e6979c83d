"""Before the first frame everything is computed that takes long, so that a file shows all that a window would."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.export.turns import Stopped, finished
from landscape.scene.answers import Answers
from landscape.scene.descent.basin_question import BasinsQuestion
from landscape.scene.descent.critical_question import CriticalPointsQuestion, critical_points_question
from landscape.scene.descent.map_question import HyperMapQuestion, hyper_map_question
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import descents_question, slice_question
from landscape.scene.network.questions import AnswerQuestion
from landscape.scene.question import Question
from landscape.session.descent import edits, maps
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson, lessons
from landscape.session.network.document import default_experiment
from landscape.session.session import session_with

SMALL = Settings(size=(320, 240), fps=5.0, seconds=2.0, curves=False)
BRIEF = replace(default_experiment(), steps=12, threshold=0.65)


def one_run() -> Descent:
    descent = default_descent()
    for run in (1, 2, 3):
        descent = edits.remove_run(descent, run)
    return edits.set_steps(descent, 40)


class Counting(Answers):
    """Answers that write down what is computed of what takes long."""

    def __init__(self) -> None:
        super().__init__()
        self.computed: list[Question] = []

    def compute(self, question):
        if self.get(question) is None and question.seconds() == np.inf:
            self.computed.append(question)
        return super().compute(question)


def prepared(document, settings=SMALL, *, animated=False) -> Film:
    film = Film(session_with(document), settings, Counting())
    finished(film.prepare(animated=animated, pictured=True))
    assert film.computed in (0.0, 1.0)
    return film


def asked(film: Film, kind: type, *, animated=False) -> list[Question]:
    """Return the questions of one kind that the picture is made of."""
    from landscape.export.render import renderer_of

    renderer = renderer_of(film.session, film.settings, film.answers, still=not animated)
    return [one for one in renderer.wanted() if isinstance(one, kind)]


SHOWN = {
    "plain": one_run,
    "basins": lambda: edits.show_basins(one_run(), 0),
    "map": lambda: maps.show_map_of(one_run(), 0),
    "lens": lambda: edits.set_layer(edits.set_layer(one_run(), "lens", True), "sharpness", True),
    "rastrigin": lambda: edits.choose_surface(one_run(), surface("rastrigin")),
    "data": lambda: edits.choose_surface(one_run(), surface("linear_regression")),
    "networks": lambda: BRIEF,
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_still_that_is_prepared_has_every_answer_and_painting_computes_nothing_long(qapp, name):
    film = prepared(SHOWN[name]())
    assert asked(film, Question)
    assert film.wanted(animated=False, pictured=True) == ()
    for question in asked(film, Question):
        assert film.answers.get(question) is not None
    film.answers.computed.clear()
    film.still()
    # What a network says is asked of each frame anew, and as quick as drawing it.
    assert [one for one in film.answers.computed if not isinstance(one, AnswerQuestion)] == []


def test_a_film_of_a_parameter_is_prepared_at_both_of_its_ends(qapp):
    descent = edits.show_basins(edits.animate(one_run(), Animation(run=0, name="lr", first=1e-5, last=1e-3)), 0)
    film = prepared(descent, animated=True)
    film.answers.computed.clear()
    film.frame(0.0)
    film.frame(40.0)
    assert film.answers.computed == []


def test_a_still_with_basins_shows_the_finest(qapp):
    film = prepared(edits.show_basins(one_run(), 0))
    (question,) = asked(film, BasinsQuestion)
    assert question.coarser
    found = film.answers.get(question)
    assert found.labels.shape == (question.rows, question.columns)
    coarse = Answers()
    for one in asked(film, Question):
        if one != question:
            coarse.put(one, film.answers.get(one))
    for one in question.coarser:
        coarse.put(one, film.answers.get(one))
    rough = Film(film.session, film.settings, coarse).still()
    shown = film.still()
    assert (shown != rough).any()
    assert (shown == prepared(edits.show_basins(one_run(), 0)).still()).all()


@pytest.mark.parametrize("size", [(320, 240), (240, 400)])
def test_a_start_for_each_pixel_that_the_key_leaves_to_the_map_is_what_finest_means(qapp, size):
    from landscape.plot.descent.picture import Picture
    from landscape.scene.palette import DARK

    film = prepared(edits.show_basins(one_run(), 0), replace(SMALL, size=size))
    (question,) = asked(film, BasinsQuestion)
    # A title, four minima, and what is on the way.
    assert set(film.answers.get(question).labels.ravel().tolist()) == {-1, 0, 1, 2, 3}
    width, height = Picture(size, DARK, False, legend=True).map_pixels(1, 6)
    assert question.columns == pytest.approx(width, abs=1)
    assert question.rows == pytest.approx(height, abs=1)


def test_critical_points_are_searched_with_patience(qapp):
    film = prepared(SHOWN["rastrigin"]())
    (question,) = asked(film, CriticalPointsQuestion)
    assert question == critical_points_question(film.session.document.surface)
    assert not film.answers.get(question).exhausted


def test_a_map_is_as_fine_as_it_gets(qapp):
    film = prepared(SHOWN["map"]())
    assert asked(film, HyperMapQuestion) == [hyper_map_question(film.session.document)]
    assert film.answers.get(hyper_map_question(film.session.document)).losses.shape == (384, 512)


def test_progress_does_not_go_back_while_one_thing_is_computed(qapp):
    film = Film(session_with(BRIEF), SMALL)
    shares = [film.computed for _ in film.prepare(animated=True, pictured=True)]
    assert len(set(shares)) > 1
    assert shares == sorted(shares)
    assert film.computed == 1.0


def test_what_cannot_be_computed_is_told_in_place_of_a_picture_without_it(qapp, monkeypatch):
    def refuse(*_: object) -> None:
        raise InputError("no basins")

    monkeypatch.setattr(BasinsQuestion, "run", refuse)
    film = Film(session_with(edits.show_basins(one_run(), 0)), SMALL)
    for _ in range(2):  # Also once that is known.
        with pytest.raises(InputError, match="no basins"):
            list(film.prepare(animated=False, pictured=True))


def test_preparing_ends_though_the_answers_hold_little(qapp):
    film = Film(session_with(edits.show_basins(one_run(), 0)), SMALL, Answers(capacity_bytes=10_000))
    for _ in film.prepare(animated=False, pictured=True):
        pass
    assert film.still().shape == (240, 320, 4)


def test_preparing_that_is_cancelled_ends(qapp):
    film = Film(session_with(BRIEF), SMALL)
    turns = film.prepare(animated=False, pictured=True)
    next(turns)
    turns.throw(Stopped())
    with pytest.raises(Stopped):
        finished(turns)
    assert film.computed < 1.0
    assert not [thread for thread in threading.enumerate() if thread.name == "export"]


def test_optimizers_that_were_started_on_both_slices_are_on_both_in_the_picture(qapp):
    page = StagePage(name="landscape", starts=((0.2, 0.3), (0.1, -0.2)))
    film = prepared(BRIEF, replace(SMALL, page=page))
    started = film.answers.get(descents_question(BRIEF, page))
    assert [len(one.points) > 1 for one in started] == [True, True]
    slices = slice_question(BRIEF, page)
    assert [one for one in film.answers.computed if one == slices] == []


def test_a_start_on_a_slice_that_is_not_there_yet_waits_for_it(qapp):
    page = StagePage(name="landscape", starts=(None, (0.1, -0.2)))
    answers, slices = Answers(), slice_question(BRIEF, page)
    whole = Answers().compute(slices)
    answers.put(slices, whole[:1], 0.25)
    nowhere, started = answers.compute(descents_question(BRIEF, page))
    assert nowhere is None
    assert len(started.points) > 1


@pytest.mark.parametrize("name", sorted(lessons("descent")))
def test_every_lesson_shows_all_that_it_asks_for(qapp, name):
    film = Film(lesson(name), SMALL)
    for _ in film.prepare(animated=False, pictured=True):
        pass
    assert all(film.answers.get(one) is not None for one in asked(film, Question))
