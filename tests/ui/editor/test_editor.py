"""The editor of rules, schedules and surfaces of one's own."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from landscape.catalogue import optimizers
from landscape.catalogue.optimizers import optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.scene.compiler import CompilerQuestion
from landscape.session.descent import edits
from landscape.ui.buttons import IconButton
from landscape.ui.editor.panel import EditorPanel
from landscape.ui.fields import NumberField
from landscape.ui.formula_field import FormulaField
from landscape.ui.switch import Switch
from tests.ui.finding import complaints, find, seen, sentences

CONTROL = Qt.KeyboardModifier.ControlModifier
SIGNED = "m = beta*m + (1 - beta)*g\ntheta = theta - lr*sign(m)"


@pytest.fixture
def own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path))
    optimizers.reread()
    yield tmp_path
    monkeypatch.undo()
    optimizers.reread()


def more(person, run: int) -> IconButton:
    return seen(person.panels.runs, IconButton)[2 * run + 1]


def new_rule(person) -> EditorPanel:
    person.pick(find(person.panels.runs, QPushButton, "Add run"), "New rule…")
    return person.view.editor.panel


def write(person, panel: EditorPanel, text: str) -> None:
    panel.field.selectAll()
    for number, line in enumerate(text.splitlines()):
        if number:
            person.key(Qt.Key.Key_Return, widget=panel.field)
        person.qtbot.keyClicks(panel.field, line)
    person.qtbot.wait(20)


def test_a_new_rule_is_a_run_among_the_others_that_moves_at_each_key_that_leaves_it_valid(person):
    before = len(person.descent.runs)
    panel = new_rule(person)
    assert len(person.descent.runs) == before + 1
    write(person, panel, SIGNED)
    assert person.descent.runs[-1].rule.rule == SIGNED
    assert complaints(panel) == []
    person.settle()
    assert len(person.scene.paths[-1].points) > 1
    assert "Remembers from step to step, from 0: m" in sentences(panel)


def test_what_compiles_a_rule_is_loaded_while_its_first_letters_are_typed(person):
    assert person.window.answers.get(CompilerQuestion()) is None
    new_rule(person)
    person.settle()
    assert person.window.answers.get(CompilerQuestion())


def test_a_mistake_is_marked_where_it_is_and_the_last_good_rule_goes_on(person):
    panel = new_rule(person)
    write(person, panel, SIGNED)
    good = person.descent.runs[-1].rule
    write(person, panel, SIGNED.replace("sign", "sgm"))
    (marked,) = panel.field.extraSelections()
    assert marked.cursor.selectedText() == "sgm"
    assert complaints(panel)[0].startswith("sgm is not a function")
    assert person.descent.runs[-1].rule.rule.splitlines()[0] == good.rule.splitlines()[0]


def test_what_is_typed_is_one_step_of_undo_and_undo_goes_on_into_the_history(person):
    before = person.descent
    panel = new_rule(person)
    added = person.descent
    write(person, panel, SIGNED)
    person.key(Qt.Key.Key_Z, CONTROL, panel.field)
    person.qtbot.wait(20)
    for _ in range(20):
        if person.descent == before:
            break
        person.key(Qt.Key.Key_Z, CONTROL, panel.field if panel.isVisible() else None)
        person.qtbot.wait(20)
    assert person.descent == before
    assert person.view.editor.isHidden()
    person.window.redo()
    assert person.descent == added


def test_keys_that_are_typed_one_after_the_other_are_one_step(person):
    panel = new_rule(person)
    added = person.descent
    write(person, panel, SIGNED)
    panel.field.clearFocus()
    person.window.undo()
    assert person.descent == added


def test_a_click_on_a_name_writes_it_and_puts_the_cursor_between_brackets(person):
    panel = new_rule(person)
    panel.field.selectAll()
    words = next(label for label in seen(panel, QLabel) if "noise" in label.text())
    words.linkActivated.emit("sqrt()")
    words.linkActivated.emit("g")
    assert panel.field.toPlainText() == "sqrt(g)"


def test_a_range_and_a_scale_can_be_given_to_a_hyper_parameter(person):
    panel = new_rule(person)
    write(person, panel, "theta = theta - lr*c*g")
    find(panel, Switch, "ranges and scales").click()
    field = next(one for one in seen(panel, NumberField) if one.accessibleName() == "c to")
    person.type(field, "3")
    person.qtbot.wait(20)
    (parameter,) = [one for one in optimizers.rule_parameters(person.descent.runs[-1].rule) if one.name == "c"]
    assert (parameter.minimum, parameter.maximum) == (-10.0, 3.0)
    field = next(one for one in seen(panel, NumberField) if one.accessibleName() == "c from")
    person.type(field, "7")
    assert complaints(panel) == ['The range of "c" must run from a smaller number to a greater one']


def test_a_copy_of_a_run_is_edited_and_the_run_stays(person):
    before = person.descent.runs[3]
    person.pick(more(person, 3), "Edit a copy of Adam…")
    panel = person.view.editor.panel
    assert panel.field.toPlainText() == before.rule.rule
    write(person, panel, before.rule.rule.replace("sqrt(v_hat)", "cbrt(v_hat)"))
    assert person.descent.runs[3] == before
    assert "cbrt" in person.descent.runs[4].rule.rule
    assert person.descent.runs[4].rule.lr == before.rule.lr


def test_a_rule_is_added_to_the_catalogue_and_is_then_in_the_menus(person, own_catalogue):
    panel = new_rule(person)
    write(person, panel, SIGNED)
    person.type(panel.name, "Signed momentum")
    person.click(find(panel, QPushButton, "Add to my catalogue"))
    assert complaints(panel) == []
    assert "Signed momentum is in your catalogue now" in sentences(panel)
    assert person.descent.runs[-1].rule.entry == "signed_momentum"
    assert "signed_momentum" in optimizer_entries()
    person.key(Qt.Key.Key_Escape, widget=panel.field)
    add = find(person.panels.runs, QPushButton, "Add run")
    before = len(person.descent.runs)
    person.pick(add, "Your own", "Signed momentum")
    assert len(person.descent.runs) == before + 1


def test_the_schedule_is_edited_with_its_curve(person):
    person.click(find(person.panels.schedule, IconButton, "Edit the schedule…"))
    panel = person.view.editor.panel
    write(person, panel, "lr*exp(-k*t/T)")
    assert person.descent.schedule.formula == "lr*exp(-k*t/T)"
    assert panel.beside.isVisible()
    assert person.descent.schedule.values == (("k", 1.0),)


def test_a_surface_that_is_typed_is_not_turned_and_is_shown_where_its_points_are(open_window):
    from landscape.session.descent.workspace import default_descent

    person = open_window(edits.set_rotation(edits.choose_surface(default_descent(), surface("beale")), 30.0))
    person.click(find(person.panels.surface, IconButton, "Edit the formula…"))
    panel = person.view.editor.panel
    write(person, panel, "(x-20)^2 + 2*(y-30)^2")
    (left, right), (low, high) = person.descent.surface.domain
    assert person.descent.surface.rotation == 0
    assert left < 20 < right
    assert low < 30 < high


def test_the_panels_come_back_when_the_editor_is_left(person):
    panel = new_rule(person)
    assert not person.panels.runs.isVisible()
    person.click(find(panel, IconButton, "Back to the panels (Escape)"))
    assert person.panels.runs.isVisible()


def test_undo_in_any_field_of_a_formula_goes_on_into_the_history(person):
    before = person.descent
    person.edit(edits.set_noise, 0.5)
    field = find(person.panels.surface, FormulaField, "Formula of the surface")
    field.setFocus()
    person.key(Qt.Key.Key_Z, CONTROL, field)
    assert person.descent == before
