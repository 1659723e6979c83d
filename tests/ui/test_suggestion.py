"""What was probably meant by a formula is one click, or Return, away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from landscape.ui.buttons import IconButton
from landscape.ui.descent.panels.surface import SurfacePanel
from landscape.ui.formula_field import FormulaField
from tests.ui.finding import complaints, find, seen


def typed(person, text: str) -> tuple[SurfacePanel, FormulaField]:
    panel = person.panels.surface
    field = panel.formula_field
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, text)
    person.qtbot.waitUntil(lambda: bool(complaints(panel)))
    return panel, field


def test_a_click_on_what_was_meant_writes_it(person) -> None:
    before = person.descent.surface
    panel, field = typed(person, "x^3 + y^3 - 3axy")
    assert complaints(panel) == ["3axy is not known: did you mean 3*a*x*y?"]
    (marked,) = field.extraSelections()
    assert marked.cursor.selectedText() == "3axy"
    assert person.descent.surface == before
    person.click(find(panel, QPushButton, "Write x^3 + y^3 - 3*a*x*y"))
    assert field.toPlainText() == person.descent.surface.formula == "x^3 + y^3 - 3*a*x*y"
    assert dict(person.descent.surface.values)["a"] in (1.0, dict(before.values).get("a"))
    assert complaints(panel) == []
    assert [one for one in seen(panel, QPushButton) if one.property("role") == "suggestion"] == []


def test_return_takes_what_is_suggested(person) -> None:
    panel, field = typed(person, "xye^(-x^2-y^2)")
    assert person.descent.surface.formula != "x*y*e^(-x^2-y^2)"
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert person.descent.surface.formula == "x*y*e^(-x^2-y^2)"
    assert complaints(panel) == []


def test_return_takes_nothing_that_was_not_seen(person) -> None:
    field = person.panels.surface.formula_field
    before = person.descent.surface
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, "X^2 + Y^2")
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert person.descent.surface == before
    assert field.hasFocus()
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert person.descent.surface.formula == "x^2 + y^2"


def test_what_was_written_is_undone_like_typing(person) -> None:
    _, field = typed(person, "2xy")
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    field.undo()
    assert field.toPlainText() == "2xy"


@pytest.mark.parametrize(
    ("text", "meant"), [("u^2 + v^2", "x^2 + y^2"), ("x[0] + x[1]", "x + y"), ("0,5x + y", "0.5x + y")]
)
def test_a_formula_without_x_and_y_asks(person, text: str, meant: str) -> None:
    panel, _ = typed(person, text)
    find(panel, QPushButton, f"Write {meant}")


def test_a_constant_asks_without_knowing_what_was_meant(person) -> None:
    panel, _ = typed(person, "3a")
    assert complaints(panel) == ["The formula reads neither x nor y"]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_long_suggestion_neither_widens_the_panel_nor_is_lost(person, size: tuple[int, int]) -> None:
    person.window.resize(*size)
    panel = person.panels.surface
    width = panel.width()
    long = " + ".join(f"{k}x1^{k}x2" for k in range(1, 12))
    typed(person, long)
    (button,) = [one for one in seen(panel, QPushButton) if one.property("role") == "suggestion"]
    assert panel.width() <= width  # less, where there is a scroll bar now
    assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()
    assert "11x^11" in button.toolTip()
    for label in seen(panel, QLabel):
        if label.property("role") == "complaint":
            assert label.height() >= label.heightForWidth(label.width())


def test_a_schedule_suggests_the_number_of_steps_and_tells_of_rates_below_zero(person) -> None:
    form = person.panels.schedule.form
    person.click(find(form, IconButton, "Edit the schedule's formula"))
    field = form.formula_field
    field.selectAll()
    person.qtbot.keyClicks(field, "lr*(1 - t/tmax)")
    person.qtbot.waitUntil(lambda: bool(complaints(form)))
    assert complaints(form) == ["tmax is not known: did you mean T?"]
    person.click(find(form, QPushButton, "Write lr*(1 - t/T)"))
    assert person.descent.schedule.formula == "lr*(1 - t/T)"
    assert complaints(form) == []
    steps = person.descent.steps
    field.selectAll()
    person.qtbot.keyClicks(field, "lr*(1 - t/3)")
    person.qtbot.waitUntil(lambda: bool(complaints(form)))
    assert complaints(form) == [f"The rate is below 0 at {steps - 4} of {steps} steps, first at step 4"]
