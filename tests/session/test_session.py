"""A session as a whole: its documents, which of them is in front, and a lesson's title."""

from dataclasses import replace

import pytest

from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.edits import document_of, edit_document, open_workspace
from landscape.session.files import default_session, lesson
from landscape.session.network import edits as network_edits
from landscape.session.network.document import Experiment, default_experiment
from landscape.session.session import Session, session_with
from landscape.session.workspaces import WORKSPACES, session_part

TITLED = replace(default_session(), title={"en": "Lesson"}, notes="of a person")
TRAINED = session_with(default_experiment(), title={"en": "Networks"})


def test_the_program_opens_with_a_surface_and_its_runs():
    assert default_session() == Session(documents={"descent": default_descent()}, workspace="descent")


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_workspace_opens_with_a_document_of_its_own_that_can_be_used(name: str):
    new = session_part(name).new()
    assert new.workspace == name
    assert session_part(name).check(new) == new
    assert new.last_step > 0
    assert open_workspace(default_session(), name).document == new


def test_a_workspace_that_comes_to_the_front_again_is_as_it_was_left():
    changed = edit_document(default_session(), "descent", edits.set_steps, 33)
    away = open_workspace(changed, "network")
    assert (away.workspace, away.of(Descent), away.of(Experiment)) == ("network", changed.document, away.document)
    back = open_workspace(edit_document(away, "network", network_edits.set_training, "seed", 5), "descent")
    assert back.document == changed.document
    assert back.of(Experiment).seed == 5


def test_a_document_can_be_edited_while_another_is_in_front():
    away = open_workspace(default_session(), "network")
    changed = edit_document(away, "descent", edits.set_steps, 33)
    assert changed.document is away.document
    assert changed.of(Descent).steps == 33


def test_a_workspace_that_was_never_opened_is_edited_from_what_it_opens_with():
    assert default_session().of(Experiment) is None
    assert document_of(default_session(), "network") == default_experiment()
    changed = edit_document(default_session(), "network", network_edits.set_training, "seed", 5)
    assert changed.of(Experiment) == replace(default_experiment(), seed=5)
    assert changed.workspace == "descent"


def test_a_workspace_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(InputError, match='no workspace "relief"; there are descent, network'):
        open_workspace(default_session(), "relief")


def test_an_edit_that_changes_nothing_returns_the_same_session():
    assert edit_document(TITLED, "descent", edits.set_steps, TITLED.document.steps) is TITLED


@pytest.mark.parametrize(
    "change",
    [
        lambda session: edit_document(session, "descent", edits.choose_surface, surface("rosenbrock")),
        lambda session: edit_document(session, "descent", edits.set_formula, "x**2 + y**2"),
    ],
)
def test_the_title_of_a_lesson_goes_with_another_formula(change):
    assert change(TITLED).title == {}
    assert change(TITLED).notes == TITLED.notes


@pytest.mark.parametrize(
    "change",
    [
        (edits.set_rotation, 10.0),
        (edits.set_scaling, 2.0, 1.0),
        (edits.set_domain, (-1.0, 1.0), (-1.0, 1.0)),
        (edits.set_surface_value, "a", 9.0),
        (edits.choose_surface, surface("himmelblau", a=9.0)),
        (edits.remove_run, 0),
        (edits.set_hyper, 0, "lr", 0.1),
        (edits.move_start, (1.0, 1.0)),
        (edits.set_steps, 10),
        (edits.show_basins, 0),
    ],
    ids=lambda change: change[0].__name__,
)
def test_the_title_of_a_lesson_stays_with_everything_else(change):
    changed = edit_document(TITLED, "descent", *change)
    assert changed != TITLED
    assert changed.title == TITLED.title


def test_moving_a_row_of_the_data_of_a_surface_keeps_the_title():
    fitted = edits.choose_surface(default_descent(), surface("linear_regression"))
    moved = edit_document(session_with(fitted, title={"en": "A line"}), "descent", edits.set_data_point, 0, 1.0, 2.0)
    assert moved.title == {"en": "A line"}


def test_the_title_of_a_lesson_with_networks_goes_with_another_data_set():
    assert edit_document(TRAINED, "network", network_edits.choose_data, "moons").title == {}
    assert edit_document(TRAINED, "network", network_edits.draw_points).title == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda experiment: network_edits.set_data(experiment, shift=3.0),
        lambda experiment: network_edits.set_data_value(experiment, "turns", 1.5),
        lambda experiment: network_edits.set_option(experiment, "activation", "tanh"),
        lambda experiment: network_edits.set_hyper(experiment, "lr", 0.1),
        lambda experiment: network_edits.set_training(experiment, "seed", 1),
    ],
)
def test_the_title_of_a_lesson_with_networks_stays_with_everything_else(change):
    changed = edit_document(TRAINED, "network", change)
    assert changed != TRAINED
    assert changed.title == TRAINED.title


def test_a_title_is_that_of_the_workspace_in_front():
    assert open_workspace(lesson("ravine"), "network").title == {}
    assert open_workspace(lesson("ravine"), "descent").title == lesson("ravine").title
