"""Painting with the mouse."""

from PySide6.QtCore import Qt

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
