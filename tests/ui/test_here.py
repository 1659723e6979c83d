"""The numbers beside the map, and the rate that is stable there."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.session import edits
from landscape.session.files import default_session
from landscape.translation import Translation
from landscape.ui.panels.here import stability_sentence

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


def test_the_numbers_follow_the_chosen_run_while_the_pointer_is_elsewhere(person):
    window = person.window
    here = window.panels.here
    window.panels.runs.choose(1)
    window.player.go(7)
    person.settle()
    (path,) = [path for path in window.refresh.scene.paths if path.run == 1]
    session = window.history.session
    point, place = here._here(session)
    assert point == tuple(path.points[7])
    assert here._place.text() == place == "at step 7"
    window.player.go(0)
    person.settle()
    assert here._place.text() == "at the start"
