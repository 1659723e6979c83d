"""Syntax colouring in a field: as a text that was there from the beginning, however fast it was typed."""

from PySide6.QtWidgets import QApplication

from landscape.ui.formula_field import FormulaField
from tests.ui.finding import find


def colours(field):
    """Return place, length and colour of each coloured part."""
    layout = field.document().firstBlock().layout()
    return [(each.start, each.length, each.format.foreground().color().name()) for each in layout.formats()]


def test_what_is_typed_in_one_turn_is_coloured_as_what_was_there(person):
    field = find(person.panels.surface, FormulaField, "Formula of the surface")
    field.selectAll()
    person.qtbot.keyClicks(field, "sin(x) + 2*y")
    QApplication.processEvents()
    typed = colours(field)
    field.document().clear()
    field.document().setPlainText("sin(x) + 2*y")
    QApplication.processEvents()
    assert typed == colours(field)
    assert [place for place, *_ in typed] == [0, 4, 9, 11]


def test_what_is_not_ascii_is_coloured_at_its_place(person):
    field = find(person.panels.surface, FormulaField, "Formula of the surface")
    field.document().setPlainText("\U0001d465 + 12")
    QApplication.processEvents()
    assert (5, 2) in [(place, length) for place, length, _ in colours(field)]
