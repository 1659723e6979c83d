"""The workspace of the networks, as a lecturer uses it."""

from dataclasses import asdict
from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt, QThreadPool
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton

from landscape.catalogue.optimizers import optimizer
from landscape.scene.network.course import build_course
from landscape.scene.network.questions import recording_questions
from landscape.scene.palette import THEMES
from landscape.session.files import lessons
from landscape.session.network import edits
from landscape.session.workspaces import WORKSPACES
from landscape.ui.canvas import Canvas
from tests.plot.mouse import panels_of
from tests.plot.test_canvas import pixels
from tests.ui.export_dialog import open_export, previewed
from tests.ui.finding import find
from tests.ui.network.conftest import opened_window

pytestmark = pytest.mark.slow


def test_the_tabs_lead_there_and_back_and_undo_does_too(lecturer):
    window = lecturer.window
    assert "batch norm" in lecturer.moment.sentence
    lecturer.click(find(window.menuWidget(), QAbstractButton, "Descent"))
    assert window.workspaces.currentWidget() is not lecturer.network
    assert window.player.steps == lecturer.descent.steps
    window.undo()
    assert window.workspaces.currentWidget() is lecturer.network


def test_descent_is_made_when_it_is_first_opened(lecturer):
    window = lecturer.window
    window.open_workspace("descent")
    lecturer.qtbot.waitUntil(lambda: lecturer.panels is not None, timeout=20_000)
    lecturer.settle()
    assert lecturer.scene.heat is not None


def test_an_edit_trains_anew_and_undo_brings_the_old_training_back_at_once(lecturer):
    before = lecturer.moment.sentence
    lecturer.edit(edits.set_hyper, "lr", 0.1)
    lecturer.settle()
    assert lecturer.moment.sentence != before
    lecturer.window.undo()
    assert lecturer.moment.sentence == before


def test_the_median_of_five_seeds_follows_the_race(lecturer):
    race = lecturer.network.race
    lecturer.qtbot.waitUntil(lambda: race.seeds.text().startswith("Median of 5 seeds: without norm: 8"), timeout=20_000)
    lecturer.edit(edits.set_data, shift=3.0)
    lecturer.edit(edits.set_option, "activation", "tanh")
    lecturer.qtbot.waitUntil(lambda: "without norm never, batch norm" in race.seeds.text(), timeout=20_000)


def test_the_time_line_rewinds_and_plays_the_training(lecturer):
    player = lecturer.window.player
    assert player.steps == player.known == lecturer.experiment.steps
    player.go(0)
    lecturer.settle()
    first = [state.answer for state in lecturer.moment.twins]
    player.go(300)
    lecturer.settle()
    assert all(state.step == 300 for state in lecturer.moment.twins)
    assert all(a is not b for a, b in zip(first, (state.answer for state in lecturer.moment.twins), strict=True))
    assert play_heads(lecturer) == [pytest.approx(300, abs=2)] * len(lecturer.network.stage.curves.layers)
    lecturer.key(Qt.Key.Key_Left, widget=lecturer.window)
    assert player.step == 299.0
    player.go(0)
    lecturer.settle()
    assert [state.answer for state in lecturer.moment.twins] == first


def play_heads(lecturer) -> list[float]:
    """Return the step at which each panel of curves has the line of the play head."""
    curves, view = lecturer.network.stage.curves, find(lecturer.network.stage, Canvas, "Curves against the step")
    picture = pixels(view.grab().toImage())[..., ::-1]
    found = []
    for layer in curves.layers:
        exact = layer.sceneBoundingRect()
        area = view.mapFromScene(exact).boundingRect()
        inside = picture[area.top() : area.bottom(), area.left() : area.right()]
        drawn = (inside == QColor(lecturer.window.theme.muted).getRgb()[:3]).all(axis=2).mean(axis=0)
        assert drawn.max() > 0.5
        across = area.left() + float(drawn.argmax()) + 0.5 - exact.left()
        found.append(across / exact.width() * lecturer.experiment.steps)
    return found


def test_the_head_goes_along_while_a_long_training_goes_on(lecturer):
    lecturer.edit(edits.set_training, "steps", 60_000)
    player = lecturer.window.player
    lecturer.qtbot.waitUntil(lambda: 0 < player.known < 60_000, timeout=20_000)
    assert player.step == player.known
    lecturer.edit(edits.set_training, "steps", 200)
    lecturer.settle()
    assert player.step == player.steps == 200


def test_everything_can_be_changed_while_it_trains(lecturer):
    lecturer.edit(edits.set_training, "steps", 60_000)
    for change in (
        lambda: lecturer.edit(edits.choose_data, "moons"),
        lambda: lecturer.edit(edits.set_data, shift=3.0),
        lambda: lecturer.edit(edits.set_option, "activation", "tanh"),
        lambda: lecturer.edit(edits.set_option, "hidden", (8, 8), 1),
        lambda: lecturer.edit(edits.choose_rule, optimizer("adam")),
        lambda: lecturer.edit(edits.choose_data, "function"),
        lambda: lecturer.edit(edits.choose_data, "digits"),
        lambda: lecturer.edit(edits.choose_data, "pinwheel"),
    ):
        change()
        lecturer.qtbot.wait(30)
    lecturer.edit(edits.set_training, "steps", 50)
    lecturer.settle()
    recordings = [lecturer.window.answers.get(one) for one in recording_questions(lecturer.experiment)]
    expected = build_course(lecturer.experiment, recordings, lecturer.window.say)
    assert expected.known == 50
    np.testing.assert_equal(asdict(lecturer.network.training.course), asdict(expected))
    assert lecturer.moment.twins[0].answer.shades.shape[-1] == 3


def test_a_drag_shows_trainings_on_its_way(lecturer):
    told = set()
    lecturer.network.training.moment_changed.connect(lambda moment: told.add(moment.sentence))
    for step in range(30):
        lecturer.edit(edits.set_hyper, "lr", 0.05 * 1.05**step, gesture="drag")
        lecturer.qtbot.wait(16)
    during = len(told)
    lecturer.settle()
    assert during >= 3
    lecturer.window.undo()
    assert lecturer.experiment.rule.lr == 0.3


def test_closing_while_it_trains_leaves_nothing_running(qapp, tmp_path, qtbot):
    window = opened_window(str(tmp_path / "window.ini"))
    window.edit(edits.set_training, "steps", 100_000)
    qtbot.waitUntil(lambda: window.workspaces["network"].training.known > 0, timeout=20_000)
    window.close()
    assert window.jobs.findChild(QThreadPool).activeThreadCount() == 0
    window.deleteLater()


def test_a_training_that_is_lost_says_when(lecturer):
    lecturer.edit(edits.set_option, "activation", "linear")
    lecturer.edit(edits.set_hyper, "lr", 60.0)
    lecturer.settle()
    twins = lecturer.network.training.course.twins
    assert any(twin.note.startswith("stopped at step ") for twin in twins)
    assert lecturer.window.player.known == lecturer.experiment.steps


def test_the_sweep_fills_in_and_a_click_takes_a_rate(lecturer):
    lecturer.edit(edits.set_training, "steps", 30)
    lecturer.network.show_page("sweep")
    page = lecturer.page
    lecturer.qtbot.waitUntil(lambda: page.scene is not None and page.scene.done == page.scene.total, timeout=30_000)
    assert "median of 5 seeds" in page.sentence.text()
    before = lecturer.experiment.rule.lr
    box = panels_of(page.plot)[0].vb
    places = [page.view.mapFromScene(box.mapViewToScene(QPointF(power, 1.0))) for power in (-2.0, -1.5, -1.0)]
    lecturer.drag(places, page.view.viewport())
    assert lecturer.experiment.rule.lr == pytest.approx(0.1, rel=0.06)
    lecturer.window.undo()
    assert lecturer.experiment.rule.lr == before
    assert page.scene.done == page.scene.total
    lecturer.network.show_page("twins")
    assert lecturer.page is None


def test_why_and_the_landscape_are_pages(lecturer):
    lecturer.edit(edits.set_training, "steps", 10)
    lecturer.settle()
    lecturer.click(find(lecturer.network.stage, QAbstractButton, "Why"))
    why = lecturer.page
    lecturer.qtbot.waitUntil(lambda: why.scene is not None and "Shaken" in why.scene.sentence, timeout=30_000)
    lecturer.click(find(lecturer.network.stage, QAbstractButton, "Landscape"))
    page = lecturer.page
    both = lambda: page.scene is not None and all(twin.cut is not None for twin in page.scene.twins)  # noqa: E731
    lecturer.qtbot.waitUntil(both, timeout=30_000)
    lecturer.click(page.view)
    page.choose("random")
    lecturer.qtbot.waitUntil(lambda: "Random" in page.scene.twins[0].note, timeout=30_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_language_and_theme_change_under_way(lecturer, theme):
    window = lecturer.window
    lecturer.network.show_page("sweep")
    window.set_language("zh")
    window.set_theme(theme)
    lecturer.settle()
    told = lecturer.moment.sentence
    window.set_language("en")
    assert "批归一化" in told
    assert lecturer.network.stage.twins.grab().toImage().pixelColor(0, 0).name() == THEMES[theme].panel


def test_an_experiment_is_saved_and_opened_with_its_workspace(lecturer, tmp_path):
    window = lecturer.window
    lecturer.edit(edits.set_option, "normalization", "layer", 1)
    window.files.save_as(str(tmp_path / "mine.landscape"))
    saved = window.history.session
    window.open_workspace("descent")
    window.files.open(str(tmp_path / "mine.landscape"))
    assert window.history.session == saved
    assert window.workspaces.currentWidget() is lecturer.network
    lecturer.settle()


def test_the_export_dialog_shows_the_race(lecturer):
    lecturer.edit(edits.set_training, "steps", 20)
    lecturer.settle()
    dialog = open_export(lecturer)
    lecturer.qtbot.waitUntil(lambda: previewed(dialog.preview) is not None, timeout=20_000)
    dialog.close()


def test_what_belongs_to_surfaces_is_not_offered(lecturer):
    window = lecturer.window
    window.open_workspace("descent")
    window.open_workspace("network")
    can = {action.text(): action.isEnabled() for menu in ("File", "View") for action in lecturer.menu(menu).actions()}
    assert not can["Contour lines"]
    assert not can["Basins"]
    assert can["Export…"]
    before = lecturer.descent
    lecturer.key(Qt.Key.Key_H, widget=window)
    assert lecturer.descent == before


def test_lessons_of_each_workspace_are_parted_in_the_menu(lecturer):
    titles = [action.text() for action in lecturer.menu("File", "Open lesson").actions()]
    groups = [list(group) for line, group in groupby(titles, key=bool) if line]
    assert len(groups) == len(WORKSPACES)
    [networks] = [group for group in groups if "Batch norm: ReLU on two spirals" in group]
    assert sorted(networks) == sorted(titles["en"] for titles in lessons("network").values())


def test_a_click_on_a_tab_leaves_the_space_bar_to_the_time_line(lecturer):
    lecturer.network.setFocus()
    lecturer.click(find(lecturer.network.stage, QAbstractButton, "Why"))
    assert lecturer.window.focusWidget() is lecturer.network
    lecturer.key(Qt.Key.Key_Space, widget=lecturer.network)
    assert lecturer.window.player.playing
    lecturer.window.player.play(False)


def test_a_training_ends_when_another_workspace_comes_to_the_front_and_goes_on_when_it_is_back(lecturer):
    lecturer.edit(edits.set_training, "steps", 100_000)
    training, window = lecturer.network.training, lecturer.window
    lecturer.qtbot.waitUntil(lambda: 0 < training.known < 100_000, timeout=20_000)
    window.open_workspace("descent")
    lecturer.settle()
    assert not any(window.answers.get(question) for question in recording_questions(lecturer.experiment))
    window.open_workspace("network")
    lecturer.qtbot.waitUntil(lambda: not window.jobs.idle and training.known > 0, timeout=20_000)


def test_the_convolution_of_coloured_pictures_is_told_channel_by_channel(lecturer):
    lecturer.edit(edits.choose_data, "colours")
    lecturer.edit(edits.set_option, "filters", 3, None)
    view = lecturer.network.inside.convolution
    lecturer.qtbot.waitUntil(
        lambda: view.isVisibleTo(lecturer.window) and view.picture.shown is not None, timeout=30000
    )
    found = view.picture.shown.found
    assert len(view.picture.shown.sums) >= 3
    assert found.total == pytest.approx(float((found.pixels * found.filter).sum()) + (found.bias or 0.0))
    lecturer.edit(edits.set_option, "filters", 0, None)
    lecturer.qtbot.waitUntil(lambda: not view.isVisibleTo(lecturer.window), timeout=30000)
