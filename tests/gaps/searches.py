"""What a person does in the workspace of the searches."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from landscape.session.search import edits
from landscape.session.search.document import default_study
from landscape.session.session import Session, session_with
from tests.gaps.operation import Steps, operation
from tests.gaps.surfaces import MOVE
from tests.ui.conftest import Person

ENTRANTS, TRIALS = 4, 1000


def race() -> Session:
    """Return a race of four strategies with 1,000 trials each, in three dimensions."""
    study = edits.add_dimension(default_study(), "beta2")
    study = edits.set_number(edits.set_number(study, "trials", TRIALS), "repetitions", 1)
    while len(study.entrants) < ENTRANTS:
        study = edits.add_entrant(study, "random")
    return session_with(study)


@operation(opened=race)
def looking_through_four_searches_of_1000_trials(person: Person) -> Steps:
    """Scrub, point at trials, and make the window smaller and as large again."""
    view = person.window.workspaces.front
    person.qtbot.waitUntil(view.settled, timeout=60_000)
    yield None
    for step in range(0, TRIALS + 1, TRIALS // 10):
        person.window.player.go(step)
        yield MOVE
    for turn in range(20):
        QTest.mouseMove(view.stage, QPoint(300 + 20 * turn, 250))
        yield MOVE
    person.window.resize(1500, 850)
    yield None
    person.window.resize(1600, 900)
