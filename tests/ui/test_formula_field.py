"""The field of a formula: what is pasted into it."""

from PySide6.QtWidgets import QApplication

from landscape.ui.formula_field import FormulaField
from tests.ui.finding import complaints, find


def test_no_more_of_what_is_pasted_is_taken_than_shows_that_it_is_too_long(person):
    field = find(person.panels.surface, FormulaField, "Formula of the surface")
    field.selectAll()
    QApplication.clipboard().setText("x+" * 100_000)
    field.paste()
    field.paste()
    field.flush()
    assert len(field.toPlainText()) == 4000
    assert any("at most 2000 are allowed" in told for told in complaints(person.panels.surface))
