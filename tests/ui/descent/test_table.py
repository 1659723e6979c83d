"""A table of a person's own becomes the data of a surface."""

from PySide6.QtWidgets import QAbstractButton

from tests.ui.finding import complaints, find


def test_a_model_is_fitted_to_a_table_of_ones_own(person, tmp_path) -> None:
    table, panel = tmp_path / "measured.csv", person.panels.surface
    table.write_text("t;y\n0,5;1,5\n1;2\n2,5;3,5\n3;4\n", encoding="utf-8")
    panel.read(str(table))
    person.qtbot.waitUntil(lambda: panel.table.dialog is not None, timeout=20_000)
    dialog = panel.table.dialog
    dialog.fields.formula.setPlainText("x*u + y +")
    person.click(find(dialog, QAbstractButton, "Use"))
    person.qtbot.waitUntil(lambda: complaints(dialog) != [], timeout=20_000)
    dialog.fields.set_model("line")
    person.click(find(dialog, QAbstractButton, "Use"))
    person.qtbot.waitUntil(lambda: person.descent.surface.data != (), timeout=20_000)
    person.settle()
    assert person.descent.surface.data == (("u", (0.5, 1.0, 2.5, 3.0)), ("v", (1.5, 2.0, 3.5, 4.0)))
    assert person.descent.surface.model == "x*u + y"
    assert person.scene.inset is not None


def test_a_table_without_rows_is_refused_in_a_sentence_and_leaves_what_is_shown(person, tmp_path) -> None:
    bare, table, panel = tmp_path / "bare.csv", tmp_path / "measured.csv", person.panels.surface
    bare.write_text("x,y\n", encoding="utf-8")
    panel.read(str(bare))
    person.qtbot.waitUntil(lambda: complaints(panel) != [], timeout=20_000)
    assert "bare.csv needs two columns" in complaints(panel)[0]
    assert panel.table.dialog is None
    table.write_text("x,y\n1,2\n3,4\n", encoding="utf-8")
    panel.read(str(table))
    person.qtbot.waitUntil(lambda: panel.table.dialog is not None, timeout=20_000)
    dialog = panel.table.dialog
    panel.table.read(bare)
    person.qtbot.waitUntil(lambda: complaints(dialog) != [], timeout=20_000)
    person.click(find(dialog, QAbstractButton, "Use"))
    person.qtbot.waitUntil(lambda: person.descent.surface.data != (), timeout=20_000)
    assert person.descent.surface.data == (("u", (1.0, 3.0)), ("v", (2.0, 4.0)))
