"""What is to come is hidden: pictures tell nothing that depends on it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QToolButton

from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.session.descent import edits, probing
from landscape.session.descent.document import Cut, Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import link, load, open_session, save
from landscape.session.presentation import Presentation
from landscape.session.session import session_with
from landscape.ui.canvas import Canvas
from tests.plot.test_canvas import pixels
from tests.ui.finding import find
from tests.untaught import untaught

STEP = 12
PATH = Cut(along="path", ends=((0.0, 0.0), (1.0, 1.0)), run=2)


def short(**changes) -> Descent:
    """Return a descent that ends where the other is looked at."""
    return replace(default_descent(), steps=STEP, **changes)


def press_f(person) -> None:
    person.key(Qt.Key.Key_F, widget=person.window)


def seen(view) -> np.ndarray:
    return pixels(view.grab().toImage())


def alike(one: np.ndarray, other: np.ndarray, share: float = 2e-4) -> bool:
    """Tell whether pictures differ in no more than how long lines are thinned."""
    return bool(one.shape == other.shape and (np.abs(one - other).max(axis=2) > 40).mean() < share)


def hidden_at(person, step: int):
    """Hide the future of a person, who is at a step."""
    press_f(person)
    person.window.player.go(step)
    person.settle()
    return person


@pytest.mark.parametrize("stage", ["map", "relief"])
def test_the_stage_is_that_of_a_run_that_ends_at_the_play_head(open_window, stage) -> None:
    long = hidden_at(open_window(replace(default_descent(), stage=stage)), STEP)
    ended = open_window(short(stage=stage))
    assert alike(seen(long.stage.front_view), seen(ended.stage.front_view))


@pytest.mark.parametrize("stage", ["map", "relief"])
def test_f_shows_again_what_is_to_come(open_window, stage) -> None:
    person = open_window(replace(default_descent(), stage=stage))
    person.window.player.go(STEP)
    person.settle()
    before = seen(person.stage.front_view)
    press_f(person)
    person.settle()
    assert not alike(seen(person.stage.front_view), before)
    press_f(person)
    person.settle()
    assert alike(seen(person.stage.front_view), before)


def right_of_the_head(person) -> np.ndarray:
    """Return the pixels of all curve panels that stand for later steps."""
    view = find(person.window, Canvas, "Curves against the step")
    whole, ratio = view.grab().toImage(), view.devicePixelRatioF()
    parts = []
    for layer in person.stage.curves.layers:
        box = layer.sceneTransform().mapRect(layer.boundingRect()).toRect()
        box.setLeft(box.left() + int(box.width() * (STEP + 12) / person.descent.steps))
        corner = view.mapFromScene(QPointF(box.topLeft()))
        parts.append(whole.copy(int(corner.x() * ratio) + 4, int(corner.y() * ratio) + 4, box.width() - 8, 60))
    return np.concatenate([pixels(part).reshape(-1, 3) for part in parts])


def test_curves_end_at_the_play_head(person) -> None:
    person.window.player.go(STEP)
    person.settle()
    assert len(np.unique(right_of_the_head(person), axis=0)) > 50
    press_f(person)
    person.settle()
    assert len(np.unique(right_of_the_head(person), axis=0)) == 1


def test_pointing_at_a_later_step_of_a_curve_tells_no_value(person) -> None:
    hidden_at(person, STEP)
    before = right_of_the_head(person)
    view = find(person.window, Canvas, "Curves against the step")
    person.qtbot.mouseMove(view.viewport(), QPoint(view.width() // 6, view.height() // 2))
    person.stage.curves.layers[0].set_hover(120.0)
    person.settle()
    assert (right_of_the_head(person) == before).all()


@pytest.mark.parametrize("stage", ["map", "relief"])
def test_a_cut_along_a_path_shows_no_more_of_it(open_window, stage) -> None:
    descent = probing.set_cut(replace(default_descent(), stage=stage), PATH)
    cut = seen(hidden_at(open_window(descent), STEP).stage.front_view)
    none = open_window(replace(descent, cut=replace(descent.cut, along="step")))
    none = seen(hidden_at(none, STEP).stage.front_view)
    # The line of a step lies on the path; that of all steps to come would cross the picture.
    assert alike(cut, none, 4e-3)


def test_the_networks_have_no_curve_and_no_layer_beyond_the_play_head(open_window) -> None:
    person = open_window(untaught("batch-norm"))
    player = person.window.player
    player.go(player.steps / 3)
    person.settle()
    shown = seen(person.view)
    press_f(person)
    person.settle()
    hidden = seen(person.view)
    inside = person.view.inside
    left = inside.mapTo(person.view, QPoint(0, 0)).x()
    changed = (shown != hidden).any(axis=2)
    assert changed[:, left:].sum() > 500
    curves = find(person.window, Canvas, "Curves against the step")
    top = curves.mapTo(person.view, QPoint(0, 0)).y()
    assert changed[top : top + curves.height(), : left // 2].sum() > 200


def test_the_button_of_the_time_line_hides_and_tells(person) -> None:
    person.click(find(person.window, QToolButton, "Hide the future (F)"))
    assert person.window.player.future_hidden
    menu = person.menu("Play")
    chosen = next(action for action in menu.actions() if action.text().startswith("Hide the future"))
    assert chosen.isChecked()


def test_a_file_and_a_link_keep_that_the_future_is_hidden(person, tmp_path: Path) -> None:
    press_f(person)
    prepared = person.window.prepared()
    save(prepared, tmp_path / "a.landscape")
    for opened in (load(tmp_path / "a.landscape"), open_session(link(prepared))):
        assert opened.future_hidden


def test_what_is_opened_says_whether_the_future_is_hidden(open_window) -> None:
    shown = {"descent": Presentation(step=float(STEP), future_hidden=True)}
    person = open_window(session_with(default_descent(), presentations=shown))
    ended = open_window(short())
    assert alike(seen(person.stage.map_view), seen(ended.stage.map_view))


@pytest.mark.parametrize("stage", ["map", "relief"])
def test_an_exported_picture_of_a_cut_path_ends_at_its_step_too(qapp, stage) -> None:
    descent = probing.set_cut(edits.set_stage(default_descent(), stage), PATH)
    pictures = {}
    for hidden in (False, True):
        session = session_with(descent, presentations={"descent": Presentation(future_hidden=hidden)})
        film = Film(session, Settings(size=(640, 480), step=STEP))
        for _ in film.prepare(animated=False, pictured=True):
            pass
        pictures[hidden] = np.array(film.frame(float(STEP)))
        film.close()
    assert (pictures[True] != pictures[False]).any(axis=2).sum() > 50
