"""The workspace of searches in the window: it shows a race, tells of trials, and is scrubbed and edited."""

import sys
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from landscape.catalogue.optimizers import optimizer
from landscape.plot import piecemeal
from landscape.scene.search.questions import TruthQuestion
from landscape.session.search import edits
from landscape.session.search.document import Trainee, default_study
from landscape.session.session import session_with
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.fields import NumberField
from landscape.ui.search.panels.run import AddressField
from landscape.ui.values_field import ValuesField
from tests.ui.conftest import open_window, settings  # noqa: F401
from tests.ui.finding import complaints, find, seen, sentences

pytestmark = pytest.mark.slow


@pytest.fixture
def window(open_window, qtbot):  # noqa: F811
    person = open_window(session_with(edits.set_number(default_study(), "repetitions", 10)))
    qtbot.waitUntil(lambda: person.window.workspaces.front.settled() and person.window.jobs.idle, timeout=60_000)
    return person.window


def test_the_trial_under_the_pointer_is_told(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.places))
    square, panel = stage.plot.places[2], stage.scene.panels[1]
    place = square.point(*panel.places[3].tolist())
    QTest.mouseMove(stage, QPoint(round(place.x()), round(place.y())))
    qtbot.waitUntil(lambda: stage.hovered is not None)
    assert stage.hovered[0] == 1


def test_a_click_on_a_trial_runs_it_among_the_descents_and_undo_takes_it_back(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.places))
    panel = stage.scene.panels[1]
    place = stage.plot.places[2].point(*panel.places[3].tolist())
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert window.history.session.workspace == "descent"
    rule = dict(window.history.session.document.runs[-1].rule.values)
    assert any(rule["lr"] == lr and rule["beta1"] == beta1 for lr, beta1 in panel.values.tolist())
    window.undo()
    assert window.history.session.workspace == "search"


def place_of(stage, entrant, trial):
    point = stage.plot.places[1 + entrant].point(*stage.scene.panels[entrant].places[trial].tolist())
    return QPoint(round(point.x()), round(point.y()))


def test_who_drags_from_one_trial_to_another_sees_its_run_and_takes_none(window, qtbot):
    view = window.workspaces.front
    qtbot.waitUntil(lambda: view.trial.view.course is not None)
    before = view.trial.view.course
    worst = view.stage.scene.panels[0].results.argsort()[-2:].tolist()
    first, second = (place_of(view.stage, 0, trial) for trial in worst)
    QTest.mousePress(view.stage, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view.stage, second)
    qtbot.waitUntil(lambda: view.trial.view.course is not before)
    QTest.mouseRelease(view.stage, Qt.MouseButton.LeftButton, pos=second)
    assert window.history.session.workspace == "search"
    assert "This trial" in sentences(view.trial)


def test_the_best_trial_by_the_play_head_is_shown_while_the_pointer_is_on_none(window, qtbot):
    view = window.workspaces.front
    qtbot.waitUntil(lambda: view.trial.view.course is not None)
    assert "The best trial" in sentences(view.trial)
    window.player.go(1)
    early = min(float(panel.results[0]) for panel in view.stage.scene.panels)
    qtbot.waitUntil(lambda: abs(float(view.trial.view.course.losses[-1]) - early) < 1e-9 * early)


def test_a_press_on_a_chart_moves_the_play_head(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.charts))
    middle = stage.plot.charts[0].center()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))
    assert 5 < window.player.step < 20


def test_a_strategy_more_is_raced_and_undone(window, qtbot):
    view = window.workspaces.front
    window.edit(edits.add_entrant, "halving")
    qtbot.waitUntil(lambda: len(view.stage.scene.panels) == 3, timeout=60_000)
    window.undo()
    qtbot.waitUntil(lambda: len(view.stage.scene.panels) == 2, timeout=60_000)


def field_of(window, name):
    return next(one for one in window.workspaces.front.findChildren(NumberField) if one.accessibleName() == name)


def typed(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("text", ["-1", "1e20", "abc"])
def test_a_range_that_is_refused_says_so_and_gives_way_to_what_it_was(window, text):
    field = field_of(window, "Least lr")
    typed(field, text)
    assert window.history.session.document.dimensions[0].low == 1e-4
    labels = window.workspaces.front.space.findChildren(QLabel)
    assert any(label.text() for label in labels if label.property("role") == "complaint")
    assert field.value == 1e-4


def test_the_field_of_a_range_stays_while_it_is_adjusted(window):
    field = field_of(window, "Most lr")
    typed(field, "0.5")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field_of(window, "Most lr") is field
    assert window.history.session.document.dimensions[0].high == field.value
    assert 0.1 < field.value < 0.5


def test_a_seed_that_is_rounded_to_what_it_was_is_shown_so(window):
    field = field_of(window, "seed")
    typed(field, "0.4")
    assert field.value == 0


def test_the_time_line_counts_trials(window):
    window.player.go(7)
    assert "trial 7 / 25" in [label.text() for label in window.workspaces.front.findChildren(QLabel)]


def test_in_a_small_window_nothing_lies_over_the_stage(window, qtbot):
    window.resize(1000, 640)
    view = window.workspaces.front

    def apart():
        edge = view.stage.mapTo(window, view.stage.rect().topRight()).x()
        return edge <= view.outcome.mapTo(window, view.outcome.rect().topLeft()).x()

    qtbot.waitUntil(apart)


def test_the_network_of_the_other_workspace_is_searched_and_a_click_on_a_trial_trains_it(open_window, qtbot):  # noqa: F811
    person = open_window(edits.set_number(edits.set_number(default_study(), "repetitions", 1), "steps", 5))
    panel = person.view.space
    drop = find(panel, DropButton, "Surface or network")
    offered = "SGD on Spirals, layers 4×12, batch norm"
    person.pick(drop, "From the workspace Network", offered)
    person.edit(edits.set_number, "trials", 2)
    person.edit(edits.set_number, "steps", 5)
    person.settle()
    study = person.window.history.session.document
    assert study.network.network.normalization == "batch"
    assert not [one for one in seen(panel.window(), NumberField) if one.accessibleName() == "searches"]
    stage = person.stage
    place = stage.plot.places[2].point(*stage.scene.panels[1].places[0].tolist())
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert person.window.history.session.workspace == "network"


def test_the_steps_to_a_threshold_are_the_measure_once_it_is_chosen(open_window):  # noqa: F811
    person = open_window(edits.set_number(default_study(), "repetitions", 1))
    run = person.view.run
    assert not [one for one in seen(run, NumberField) if one.accessibleName() == "threshold"]
    person.pick(run.measure, "judged by the steps to a threshold")
    person.type(find(run, NumberField, "threshold"), "0.5")
    study = person.window.history.session.document
    assert (study.measure, study.threshold) == ("steps", 0.5)


def test_the_start_and_values_that_are_not_searched_are_set_beside_the_trials(open_window):  # noqa: F811
    person = open_window(edits.set_number(default_study(), "repetitions", 1))
    person.type(find(person.view.run, NumberField, "start x"), "1.5")
    person.type(find(person.view.run, NumberField, "beta2"), "0.5")
    study = person.window.history.session.document
    assert study.start == (1.5, default_study().start[1])
    assert dict(study.rule.values)["beta2"] == 0.5


def test_values_to_choose_from_are_typed_and_nonsense_is_told(open_window):  # noqa: F811
    person = open_window(edits.set_number(default_study(), "repetitions", 1))
    panel = person.view.space
    person.pick(find(panel, Choice, "Scale of lr"), "choices")
    person.type(find(panel, ValuesField, "Values of lr"), "0.1, 0.2 0.4")
    assert person.window.history.session.document.dimensions[0].choices == (0.1, 0.2, 0.4)
    person.type(find(panel, ValuesField, "Values of lr"), "much")
    assert complaints(panel) == ["Values are numbers such as 8 16 32, not much"]
    assert find(panel, ValuesField, "Values of lr").text() == "0.1 0.2 0.4"


def test_the_address_of_a_cluster_that_does_not_answer_is_told_and_this_machine_goes_on(open_window, monkeypatch):  # noqa: F811
    monkeypatch.setitem(sys.modules, "distributed", None)
    bare = edits.search_network(edits.choose_rule(default_study(), optimizer("sgd")), Trainee())
    person = open_window(edits.set_number(edits.set_number(bare, "steps", 3), "trials", 2))
    field = find(person.view.run, AddressField, "Address of a cluster")
    person.type(field, "tcp://127.0.0.1:9")
    person.settle()
    assert any("dask.distributed" in told for told in complaints(person.view))
    field.clear()
    person.key(Qt.Key.Key_Return, widget=field)
    person.settle()
    assert not complaints(person.view)
    assert person.view.address == ""


def test_a_long_search_tells_how_long_it_will_take_and_is_cancelled_and_goes_on(window, qtbot, monkeypatch):
    """The truth stands still at its first half until it is let go."""
    waits = True
    results = TruthQuestion.results

    def slowly(self, ask, cancelled):
        for found, share in results(self, ask, cancelled):
            yield found, share
            while waits and share > 0.5 and not cancelled():
                yield found, share
            if cancelled():
                return

    monkeypatch.setattr(TruthQuestion, "results", slowly)
    study = edits.set_number(edits.search_network(default_study(), Trainee()), "steps", 20)
    window.edit(lambda _old: study)
    view = window.workspaces.front
    qtbot.waitUntil(lambda: view.progress.isVisible() and "left" in view.progress.text, timeout=20_000)
    find(view, QPushButton, "Cancel").click()
    assert view.progress.text.startswith("cancelled at")
    assert view.settled()
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=10_000)
    waits = False
    find(view, QPushButton, "Go on").click()
    qtbot.waitUntil(lambda: not view.progress.isVisible() and view.settled(), timeout=60_000)
    assert view.stage.scene.known == 1.0


def test_a_race_that_is_given_up_while_it_is_drawn_leaves_its_painter_as_it_was(window, qtlog):
    stage, image = window.workspaces.front.stage, QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pieces = stage.plot.painting(painter, QRectF(image.rect()), stage.scene, 3, 1.0, window.theme, window.look.say)
    for _ in range(3):
        next(pieces)
    pieces.close()
    painter.end()
    assert [each.message for each in qtlog.records if "saved states" in each.message] == []


def test_a_picture_that_is_begun_is_let_go_with_the_stage_that_is_hidden(window, qtbot, monkeypatch):
    stage, begun = window.workspaces.front.stage, []
    painting = stage.plot.painting

    def watched(painter, *given):
        begun.append(weakref.ref(painter.device()))
        return painting(painter, *given)

    qtbot.waitUntil(lambda: stage.complete)
    monkeypatch.setattr(piecemeal, "TURN", -1.0)
    monkeypatch.setattr(stage.plot, "painting", watched)
    stage.set_step(2.0)
    stage.repaint()
    assert not stage.complete
    assert begun[-1]() is not None
    stage.hide()
    assert begun[-1]() is None


def test_nothing_of_a_race_is_cut_off_that_reaches_beyond_its_charts(window, qtbot, monkeypatch):
    class Direct:
        """Paints on the widget itself."""

        def paint(self, painter, _area, _ground, _look, drawing) -> bool:
            return all(piece is None for piece in drawing(painter))

        def give_up(self) -> None:
            """Have nothing to give up."""

    stage = window.workspaces.front.stage
    wide = tuple(replace(chart, x=(0.0, 100_000.0)) for chart in stage.scene.charts)
    stage.show_scene(replace(stage.scene, charts=wide))
    stage.grab()
    qtbot.waitUntil(lambda: stage.complete)
    kept = stage.grab().toImage()
    monkeypatch.setattr(stage, "_picture", Direct())
    assert kept == stage.grab().toImage()
