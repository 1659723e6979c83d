"""The relief in the window: beside the map or in its place, turned with the mouse, saved, undone and exported."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from landscape.plot import rasterizer
from landscape.session.camera import Camera
from landscape.session.descent import edits
from landscape.session.files import load, save
from landscape.ui.stage_bar import StageBar


@pytest.fixture
def person(open_window):
    """A person who looks at the relief."""
    found = open_window()
    found.edit(edits.set_stage, "relief")
    found.qtbot.waitUntil(lambda: found.view.settled(), timeout=20_000)
    return found


def on_relief(person, x, y):
    """Return where a point of the surface is seen on the relief."""
    stage = person.stage
    return stage.relief_view.mapFromScene(stage.relief.pixel_of((x, y)))


def test_the_map_and_the_relief_are_shown_as_is_chosen(open_window):
    person = open_window()
    stage = person.stage
    assert (stage.map_view.isVisible(), stage.relief) == (True, None)
    for key, wanted in ((Qt.Key.Key_3, (False, True)), (Qt.Key.Key_4, (True, True)), (Qt.Key.Key_2, (True, False))):
        person.key(key, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert (stage.map_view.isVisible(), stage.relief_view.isVisible()) == wanted


@pytest.mark.parametrize(
    ("away", "back"),
    [
        (lambda person: person.edit(edits.set_stage, "map"), lambda person: person.edit(edits.set_stage, "relief")),
        (
            lambda person: person.window.open_workspace("network"),
            lambda person: person.window.open_workspace("descent"),
        ),
    ],
    ids=["the map is shown", "another workspace is shown"],
)
def test_a_relief_that_nobody_sees_keeps_no_picture(person, away, back):
    relief = person.stage.relief.stage
    assert relief.depth.size > 10_000
    away(person)
    assert relief.depth.size == 1
    back(person)
    person.settle()
    assert relief.depth.size > 10_000


def test_both_are_equally_wide(open_window):
    person = open_window()
    person.edit(edits.set_stage, "both")
    QApplication.processEvents()
    assert person.stage.map_view.width() == pytest.approx(person.stage.relief_view.width(), abs=2)


def test_the_height_lies_over_the_relief_and_leaves_the_map_beside_it_free(open_window):
    person = open_window()
    person.edit(edits.set_stage, "both")
    QApplication.processEvents()
    bar = person.view.findChild(StageBar)
    relief = QRect(person.stage.relief_view.mapTo(person.stage, QPoint(0, 0)), person.stage.relief_view.size())
    assert relief.contains(bar.heights.geometry())
    assert not relief.intersects(bar.geometry())


def test_both_are_under_each_other_where_the_stage_is_narrow(open_window):
    person = open_window()
    person.edit(edits.set_stage, "both")
    person.window.resize(person.window.minimumSize())
    QApplication.processEvents()
    assert person.stage.width() < 640
    assert person.stage.relief_view.y() >= person.stage.map_view.geometry().bottom()
    assert person.stage.map_view.width() <= person.stage.width()


def test_the_tabs_over_the_stage_choose_too(person):
    bar = person.view.findChild(StageBar)
    bar._tabs.chosen.emit("both")  # noqa: SLF001
    assert person.descent.stage == "both"


def test_the_window_draws_rough_edges_and_a_job_smooths_them(person, monkeypatch):
    threads = []
    smooth = rasterizer.smooth

    def watched(*given):
        threads.append(threading.current_thread() is threading.main_thread())
        smooth(*given)

    monkeypatch.setattr(rasterizer, "smooth", watched)
    stage = person.stage.relief.stage
    person.edit(edits.set_camera, Camera(azimuth=-50.0))
    person.qtbot.waitUntil(lambda: stage.camera.azimuth == -50.0, timeout=5000)
    rough = stage._surface.copy()  # noqa: SLF001
    person.qtbot.waitUntil(lambda: stage.complete, timeout=20_000)
    assert threads
    assert not any(threads)
    assert (stage._surface != rough).any()  # noqa: SLF001


def test_turning_is_one_step_of_undo(person):
    before = person.descent.camera
    person.drag([QPoint(200, 150), QPoint(220, 160), QPoint(260, 170)], person.stage.relief_view.viewport())
    turned = person.descent.camera
    assert turned.azimuth == pytest.approx(before.azimuth - 24.0, abs=1.0)
    person.window._commands.run("undo")  # noqa: SLF001
    assert person.descent.camera == before
    person.qtbot.waitUntil(lambda: person.stage.relief.camera == before, timeout=3000)


def test_a_pin_dragged_on_the_relief_moves_the_start(person):
    start = person.descent.start
    begin, end = on_relief(person, *start), on_relief(person, -1.0, 1.0)
    person.drag([begin, (begin + end) / 2, end], person.stage.relief_view.viewport())
    assert person.descent.start == pytest.approx((-1.0, 1.0), abs=0.15)
    person.window._commands.run("undo")  # noqa: SLF001
    assert person.descent.start == start


def test_what_is_pointed_at_on_one_view_is_ringed_on_the_other(open_window):
    person = open_window()
    person.edit(edits.set_stage, "both")
    person.qtbot.waitUntil(lambda: person.view.settled(), timeout=20_000)
    person.stage.relief.hovered.emit((5.0, 5.0))
    assert person.stage.map._ringed == [((5.0, 5.0), False)]  # noqa: SLF001
    assert person.stage.relief._ringed == []  # noqa: SLF001


def test_a_pin_that_is_held_on_one_view_is_not_ringed_on_the_other_which_shows_it_as_well(open_window):
    person = open_window()
    person.edit(edits.set_stage, "both")
    person.qtbot.waitUntil(lambda: person.view.settled(), timeout=20_000)
    begin, end = person.pixel(*person.descent.start), person.pixel(-1.0, 1.0)
    person.mouse(QEvent.Type.MouseMove, person.canvas, begin, False)
    person.mouse(QEvent.Type.MouseButtonPress, person.canvas, begin, True)
    for place in ((begin + end) / 2, end):
        person.mouse(QEvent.Type.MouseMove, person.canvas, place, True)
    assert person.stage.map.holds
    assert person.stage.relief._ringed == []  # noqa: SLF001
    person.mouse(QEvent.Type.MouseButtonRelease, person.canvas, end, False)
    person.stage.map.hovered.emit((5.0, 5.0))
    assert person.stage.relief._ringed == [((5.0, 5.0), False)]  # noqa: SLF001


def test_stage_and_camera_are_in_the_file(person, tmp_path):
    camera = Camera(azimuth=-50.0, elevation=70.0, zoom=2.0, across=0.1, up=-0.2, height=0.9)
    person.edit(edits.set_camera, camera)
    save(person.window.history.session, tmp_path / "turned.landscape")
    read = load(tmp_path / "turned.landscape").document
    assert (read.stage, read.camera) == ("relief", camera)


@pytest.mark.parametrize(("name", "value"), [("elevation", 91.0), ("zoom", 0.0), ("height", float("nan"))])
def test_a_camera_that_cannot_be_is_refused_in_one_sentence(person, name, value):
    error = person.window.edit(edits.set_camera, Camera(**{name: value}))
    assert error is not None
    assert name in str(error)
    assert person.descent.camera == Camera()


def test_the_relief_follows_theme_and_step(person):
    def seen():
        image = person.stage.relief_view.grab().toImage()
        return np.frombuffer(image.constBits(), np.uint8).copy()

    person.view.player.go(0)
    QApplication.processEvents()
    first = seen()
    person.view.player.go(person.view.player.steps)
    QApplication.processEvents()
    assert (seen() != first).any()


def test_a_usual_camera_is_flown_to(person):
    person.choose("View", "Camera of the relief", "from the front")
    relief = person.stage.relief
    QApplication.processEvents()
    seen = [relief.camera.elevation]

    def arrived():
        seen.append(relief.camera.elevation)
        return relief.camera == person.descent.camera

    person.qtbot.waitUntil(arrived, timeout=3000)
    assert relief.camera == Camera(azimuth=0.0, elevation=12.0)
    assert any(12.5 < elevation < 33.5 for elevation in seen)


def test_a_turntable_turns_until_it_is_stopped(person):
    before = person.descent.camera
    person.key(Qt.Key.Key_T)
    person.qtbot.waitUntil(lambda: abs(person.stage.relief.camera.azimuth - before.azimuth) > 2.0, timeout=3000)
    assert person.descent.camera == before
    person.key(Qt.Key.Key_T)
    assert person.descent.camera.azimuth != before.azimuth
    person.window._commands.run("undo")  # noqa: SLF001
    assert person.descent.camera == before


def test_an_edit_raises_nothing_over_the_relief_which_would_be_painted_anew_below(person):
    (bar,) = person.window.findChildren(StageBar)
    raised = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.ZOrderChange:
                raised.append(watched)
            return False

    watch = Watch()
    for widget in (bar, bar.heights):
        widget.installEventFilter(watch)
    person.edit(edits.move_start, (1.0, 1.0))
    person.settle()
    assert raised == []
    person.edit(edits.set_stage, "both")
    assert raised
