"""Painting with the mouse."""

from PySide6.QtCore import QPoint, Qt

from landscape.session.descent import edits
from landscape.ui.switch import Switch
from tests.ui.finding import complaints, find

SHIFT = Qt.KeyboardModifier.ShiftModifier


def brush(person):
    switch = find(person.panels.paint, Switch, "paint hills and valleys")
    switch.click()
    return switch


def test_a_stroke_is_hills_in_the_formula_and_one_step_of_undo(person):
    before = person.descent
    brush(person)
    person.drag([person.pixel(*point) for point in ((-4, 0), (-3, 0), (-2, 0), (-1, 0))])
    formula = person.descent.surface.formula
    assert formula.startswith(before.surface.formula)
    assert formula.count("exp(") >= 3
    assert " + " in formula
    assert complaints(person.panels.paint) == []
    person.window.undo()
    assert person.descent == before


def test_shift_paints_a_valley(person):
    before = person.descent.surface
    brush(person)
    person.drag([person.pixel(-4, 0)], modifiers=SHIFT)
    assert person.descent.surface.value(-4, 0) < before.value(-4, 0)


def test_the_mouse_is_that_of_the_map_again_when_the_brush_is_off(person):
    before = person.descent
    brush(person).click()
    person.drag([person.pixel(-4, 0), person.pixel(-3, 0)])
    assert person.descent == before


def test_a_hill_is_painted_on_the_relief_and_beside_the_surface_it_is_turned(person):
    person.edit(edits.set_stage, "relief")
    person.qtbot.waitUntil(person.view.settled, timeout=20_000)
    before, view, relief = person.descent, person.stage.relief_view, person.stage.relief
    brush(person)
    person.drag([view.mapFromScene(relief.pixel_of((0.0, 4.0)))], view.viewport())
    painted = person.descent.surface
    assert painted.formula.count("exp(") == 1
    rise = [painted.value(x, y) - before.surface.value(x, y) for x, y in ((0.0, 4.0), (0.0, -4.0))]
    assert rise[0] > 0.8 * person.panels.paint.brush[1]
    assert abs(rise[1]) < 0.01 * rise[0]
    beside = QPoint(90, view.height() - 70)
    person.drag([beside, beside + QPoint(20, 5), beside + QPoint(60, 10)], view.viewport())
    assert person.descent.surface == painted
    assert person.descent.camera != before.camera
