"""The panel "This step": opened, walked line by line, and following the play head."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from landscape.scene.formula_lines import Asked
from landscape.scene.line_numbers import HIDDEN
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.ui.buttons import IconButton
from landscape.ui.descent.panels.run_row import RunRow
from tests.ui.finding import find, sentences
from tests.written import written


@pytest.fixture
def explaining(open_window):
    """A person in front of a window that explains Adam at step 7."""
    person = open_window(edits.explain(default_descent(), 3), size=(1280, 1400))
    person.window.player.go(7)
    person.settle()
    return person


def _numbers(person):
    return written(person.panels.step.lines)


def test_the_panel_explains_the_chosen_run_from_its_button(person):
    assert person.scene.step is None
    person.panels.runs.choose(1)
    person.click(find(person.panels.step, QPushButton, "Explain this step"))
    person.settle()
    assert person.descent.explained == 1
    assert person.scene.step.run == 1
    person.panels.runs.choose(3)
    person.settle()
    assert person.scene.step.run == 3
    person.click(find(person.panels.step, QPushButton, "Close the explanation"))
    person.settle()
    assert person.scene.step is None


def test_the_numbers_follow_the_play_head(explaining):
    before = _numbers(explaining)
    assert "Adam · 7 → 8" in sentences(explaining.panels.step)
    explaining.window.player.go(8)
    explaining.settle()
    assert "Adam · 8 → 9" in sentences(explaining.panels.step)
    assert _numbers(explaining) != before


def test_the_keys_walk_line_by_line_and_on_into_the_next_step(explaining):
    lines = len(explaining.panels.step.shown.lines)
    explaining.canvas.setFocus()
    explaining.key(Qt.Key.Key_Period)
    rows = [row.line for row in explaining.panels.step.lines.rows]
    assert set(rows) == {0}
    for _ in range(lines):
        explaining.key(Qt.Key.Key_Period)
    explaining.settle()
    assert explaining.window.player.step == 8
    assert {row.line for row in explaining.panels.step.lines.rows} == {0}
    explaining.key(Qt.Key.Key_Comma)
    explaining.settle()
    assert explaining.window.player.step == 7
    assert len({row.line for row in explaining.panels.step.lines.rows}) == lines


def test_the_key_e_opens_and_closes_the_explanation(explaining):
    explaining.canvas.setFocus()
    explaining.key(Qt.Key.Key_E)
    explaining.settle()
    assert explaining.descent.explained is None
    explaining.key(Qt.Key.Key_E)
    explaining.settle()
    assert explaining.descent.explained == 0


def test_a_run_that_is_removed_is_explained_no_more(explaining):
    explaining.edit(edits.remove_run, 3)
    explaining.settle()
    assert explaining.descent.explained is None
    assert find(explaining.panels.step, QPushButton, "Explain this step").isVisible()


def test_a_run_is_copied_as_a_pytorch_script_from_its_menu(person):
    row = next(row for row in person.panels.runs.findChildren(RunRow) if row.accessibleName() == "Adam")
    person.pick(find(row, IconButton, "What can be done with this run"), "Copy as PyTorch")
    script = QGuiApplication.clipboard().text()
    assert "torch.optim.Adam([theta]" in script
    assert "STEPS = 200" in script


def test_a_number_that_is_pressed_is_hidden_until_it_is_worked_out(explaining):
    panel = explaining.panels.step
    told = panel.lines.place_of(Asked(line=2, coordinate=0)).center()
    shown = _numbers(explaining)
    explaining.qtbot.mouseClick(panel.lines, Qt.MouseButton.LeftButton, pos=told)
    field = find(panel, QLineEdit, "The number that is hidden")
    assert HIDDEN in "".join(_numbers(explaining))
    result = panel.shown.lines[2].shown.line.result[0]
    uncorrected = panel.shown.lines[0].shown.line.result[0]
    explaining.type(field, str(uncorrected))
    assert "The bias correction is forgotten: nothing was divided by 1 − βᵗ." in sentences(panel)
    explaining.type(field, f"{result:.4g}")
    assert any(sentence.startswith("Right: ") for sentence in sentences(panel))
    assert not field.isVisible()
    assert [text for text in _numbers(explaining) if not text.startswith("Right: ")] == shown


def test_escape_shows_the_number_again(explaining):
    panel = explaining.panels.step
    panel.lines.pressed.emit(Asked(line=1, coordinate=1))
    field = find(panel, QLineEdit, "The number that is hidden")
    explaining.key(Qt.Key.Key_Escape, widget=field)
    assert not field.isVisible()
    assert HIDDEN not in "".join(_numbers(explaining))


def _is_seen(part, widget):
    """Tell whether a part of a widget is where a person sees it."""
    return widget.visibleRegion().boundingRect().contains(part)


def test_what_is_said_of_a_number_stands_below_it_where_it_is_seen(open_window):
    person = open_window(edits.explain(default_descent(), 3), size=(1280, 720))
    person.window.player.go(7)
    person.settle()
    panel = person.panels.step
    asked = Asked(line=4, coordinate=1)
    panel.lines.pressed.emit(asked)
    field = find(panel, QLineEdit, "The number that is hidden")
    person.type(field, "0")
    (said,) = [label for label in panel.lines.findChildren(QLabel) if label.isVisible()]
    person.qtbot.waitUntil(lambda: _is_seen(said.rect(), said) and _is_seen(field.rect(), field))
    assert said.y() >= field.geometry().bottom()
    assert said.y() < field.geometry().bottom() + field.height()


def test_walking_scrolls_to_the_line_and_keeps_the_move_until_the_last(open_window):
    person = open_window(edits.explain(default_descent(), 3), size=(1280, 720))
    person.window.player.go(7)
    person.settle()
    panel = person.panels.step
    person.canvas.setFocus()
    for _ in range(4):
        person.key(Qt.Key.Key_Period)
    assert not any(sentence.startswith("Δx") for sentence in sentences(panel))
    person.key(Qt.Key.Key_Period)
    person.qtbot.waitUntil(lambda: _is_seen(panel.lines.line_place(4), panel.lines))
    assert any(sentence.startswith("Δx") for sentence in sentences(panel))
