"""The numbers beside the map, and the rate that is stable there."""

import re

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.session.descent import edits
from landscape.session.files import default_session
from landscape.translation import Translation
from landscape.ui.descent.panels.here import adaptive_sentence, stability_sentence

SAY = Translation()


def bowl(rule):
    session = edits.choose_surface(default_session(), surface("(x**2 + 20*y**2)/2"))
    return edits.set_rule(session, 0, rule)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (optimizer("sgd", lr=0.13), "SGD: lr 0.13 is 1.3 times the stable limit 0.1 along the steep axis"),
        (optimizer("sgd", lr=0.05), "SGD: lr 0.05 is stable here, 0.5 of the limit 0.1 along the steep axis"),
        (optimizer("adam", lr=0.05), "Gradient descent is stable here below lr = 0.1"),
        (
            optimizer("momentum", lr=0.38, momentum=0.9),
            "Momentum: lr 0.38 is 2 times the stable limit 0.19 along the steep axis",
        ),
    ],
)
def test_the_rate_of_the_run_is_compared_with_its_own_limit(rule, sentence):
    session = bowl(rule)
    session = edits.set_visible(session, 0, True)
    for index in range(len(session.runs) - 1, 0, -1):
        session = edits.remove_run(session, index)
    assert stability_sentence(session, 0, (1.0, 1.0), SAY) == sentence


def test_nothing_is_said_where_the_surface_falls_in_every_direction():
    session = edits.choose_surface(default_session(), surface("-x**2 - y**2"))
    assert stability_sentence(session, 0, (0.0, 0.0), SAY) == ""


def test_a_surface_without_a_hessian_is_told():
    session = edits.choose_surface(default_session(), surface("sqrt(x) + y**2"))
    assert stability_sentence(session, 0, (-1.0, 0.0), SAY) == "There is no Hessian here"


def test_the_rate_is_that_of_the_step():
    session = edits.set_schedule(bowl(optimizer("sgd", lr=0.2)), schedule("linear", start_factor=1.0, end_factor=0.0))
    session = edits.set_steps(edits.solo_run(session, 0), 100)
    assert "0.2 is 2 times the stable limit 0.1" in stability_sentence(session, 0, (1.0, 1.0), SAY, 0)
    assert "stable here" in stability_sentence(session, 0, (1.0, 1.0), SAY, 80)


def test_of_adam_the_curvature_that_it_feels_is_compared_with_38_over_the_rate():
    session = edits.set_steps(bowl(optimizer("adam", lr=0.05, beta2=0.99)), 20_000)
    run = descend(session.surface, session.runs[0].rule, (1.0, 1.0), 20_000)
    told = adaptive_sentence(session, 0, run, 20_000, SAY)
    found = re.fullmatch(r"(.*): its preconditioned sharpness (.*) is (.*) of the limit 760 = 38/lr", told)
    assert found
    assert float(found[3]) == pytest.approx(1.0, abs=0.2)
    assert float(found[2]) / 760 == pytest.approx(float(found[3]), abs=0.01)
    assert adaptive_sentence(session, 0, run, 0, SAY) == ""


def test_the_sentence_of_a_chosen_adaptive_run_follows_the_play_head(person):
    window = person.window
    window.workspaces.front.panels.runs.choose(3)
    window.player.go(20)
    person.settle()
    assert "preconditioned sharpness" in window.workspaces.front.panels.here._stable.text()
    window.workspaces.front.stage.map.hovered.emit((3.0, 2.0))
    person.settle()
    assert "Gradient descent is stable here" in window.workspaces.front.panels.here._stable.text()


def test_the_numbers_follow_the_chosen_run_while_the_pointer_is_elsewhere(person):
    window = person.window
    here = window.workspaces.front.panels.here
    window.workspaces.front.panels.runs.choose(1)
    window.player.go(7)
    person.settle()
    (path,) = [path for path in window.workspaces.front.refresh.scene.paths if path.run == 1]
    session = window.history.session
    point, place = here._here(session)
    assert point == tuple(path.points[7])
    assert here._place.text() == place == "at step 7"
    window.player.go(0)
    person.settle()
    assert here._place.text() == "at the start"
