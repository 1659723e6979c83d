"""What is typed, slid and chosen in the panels."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.formula.syntax import FormulaError
from landscape.session.descent import edits
from landscape.session.descent.document import MAX_RUNS
from landscape.session.descent.workspace import default_descent
from landscape.session.session import session_with
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.fields import NumberField, Slider
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import Side
from landscape.ui.picker import Picker
from landscape.ui.switch import Switch
from tests.ui.finding import complaints, find, seen, sentences


def replace_text(person, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, text)
    person.qtbot.wait(260)


def rows(person) -> list[RunRow]:
    """Return the rows of the runs, from the top on."""
    return seen(person.panels.runs, RunRow)


def rate_of(row: RunRow) -> NumberField:
    return find(row, NumberField, "Learning rate")


def more(row: RunRow) -> IconButton:
    return find(row, IconButton, "What can be done with this run")


def add_run(person, *titles: str) -> None:
    person.pick(find(person.panels.runs, QPushButton, "Add run"), *titles)


def choose_schedule(person, title: str) -> None:
    (button,) = seen(person.panels.schedule, DropButton)
    person.pick(button, title)


def open_picker(person) -> Picker:
    (button,) = seen(person.panels.surface, DropButton)
    person.click(button)
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, Picker)
    return picker


def test_a_typed_formula_becomes_the_surface_without_a_button(person) -> None:
    replace_text(person, person.panels.surface.formula_field, "x^2 + 3y²")
    person.settle()
    surface = person.descent.surface
    assert surface.entry == ""
    assert float(surface.value(1.0, 2.0)) == 13.0


def test_a_formula_with_an_error_keeps_the_surface_and_marks_the_place(person) -> None:
    panel = person.panels.surface
    before = person.descent.surface
    replace_text(person, panel.formula_field, "x**2 + sinn(y)")
    assert person.descent.surface == before
    (told,) = complaints(panel)
    assert "sin" in told
    (marked,) = panel.formula_field.extraSelections()
    assert marked.cursor.selectedText() == "sinn"
    replace_text(person, panel.formula_field, "x**2 + sin(y)")
    assert complaints(panel) == []
    assert panel.formula_field.extraSelections() == []
    assert person.descent.surface.formula == "x**2 + sin(y)"


@pytest.mark.parametrize(
    ("text", "marked"),
    [("（x）＋ sinn(y)", "sinn"), ("x + 😀 + y", "😀"), ("x + y +", "+"), ("😀", "😀")],
)
def test_a_mistake_is_underlined_where_it_is_after_wide_characters_too(person, text: str, marked: str) -> None:
    field = person.panels.surface.formula_field
    field.setFocus()
    field.selectAll()
    field.insertPlainText(text)  # Pasted: there are no keys for these.
    person.qtbot.wait(260)
    (line,) = field.extraSelections()
    assert line.cursor.selectedText() == marked


@pytest.mark.parametrize("before", ["", "ab", "（＋", "😀", "😀x😀"])
def test_an_underline_begins_after_all_that_stands_before_it(person, before: str) -> None:
    field = person.panels.surface.formula_field
    field.set_text(f"{before}sinn(y)")
    field.show_error(FormulaError("unknown", position=len(before), length=4))
    (line,) = field.extraSelections()
    assert line.cursor.selectedText() == "sinn"


def test_nothing_is_read_before_the_typing_pauses(person) -> None:
    field = person.panels.surface.formula_field
    before = person.descent.surface
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, "x**4 + y")
    assert person.descent.surface == before


def test_a_parameter_of_a_typed_formula_gets_a_slider(person) -> None:
    window = person.window
    replace_text(person, person.panels.surface.formula_field, "x**2 + k*y**2")
    slider = find(person.panels.surface, Slider, "k")
    person.drag([QPoint(8, 12), QPoint(slider.width() - 2, 12)], slider)
    assert dict(person.descent.surface.values)["k"] == 10.0
    window.undo()
    assert dict(person.descent.surface.values)["k"] == 1.0


def test_the_wheel_and_the_arrow_keys_adjust_a_slider(person) -> None:
    window = person.window
    slider = find(person.panels.surface, Slider, "rotate (°)")
    slider.setFocus()
    person.wheel(slider, QPoint(20, 12), 2)
    turned = person.descent.surface.rotation
    assert turned > 0
    person.key(Qt.Key.Key_Left, widget=slider)
    assert 0 < person.descent.surface.rotation < turned
    assert window.player.step == window.player.steps


def test_a_notch_of_the_wheel_and_an_arrow_key_are_a_fiftieth_of_the_slider(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    slider.setFocus()
    person.wheel(slider, QPoint(20, 12), 2)
    assert person.descent.surface.rotation == pytest.approx(2 * 360 / 50)
    person.key(Qt.Key.Key_Down, widget=slider)
    assert person.descent.surface.rotation == pytest.approx(360 / 50)
    person.key(Qt.Key.Key_Down, widget=find(person.panels.surface, NumberField, "rotate (°)"))
    assert person.descent.surface.rotation == 0.0
    person.key(Qt.Key.Key_Home, widget=slider)
    assert person.descent.surface.rotation == -180.0
    person.key(Qt.Key.Key_End, widget=slider)
    assert person.descent.surface.rotation == 180.0


def test_a_double_click_on_a_slider_resets_it(person) -> None:
    person.edit(edits.set_rotation, 30.0)
    slider = find(person.panels.surface, Slider, "rotate (°)")
    person.qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert person.descent.surface.rotation == 0.0


def test_the_picker_finds_by_a_word_and_chooses_with_return(person) -> None:
    picker = open_picker(person)
    search = find(picker, QLineEdit, "Search")
    person.qtbot.keyClicks(search, "rosen")
    person.qtbot.keyClick(search, Qt.Key.Key_Return)
    assert person.descent.surface.entry == "rosenbrock"


def test_the_picker_says_what_to_do_when_nothing_is_found(person) -> None:
    picker = open_picker(person)
    assert sentences(picker) == []
    person.qtbot.keyClicks(find(picker, QLineEdit, "Search"), "qqq")
    assert sentences(picker) == ["Nothing is called that. Try a shorter word."]
    picker.close()


def test_choosing_a_run_opens_its_form_and_a_hyper_parameter_changes_its_path(person) -> None:
    person.edit(edits.add_run, optimizer("adam"))
    person.settle()
    person.click(rows(person)[-1])
    before = person.scene.paths[-1].points
    person.type(find(person.panels.runs, NumberField, "beta1"), "0.5")
    person.settle()
    assert dict(person.descent.runs[-1].rule.values)["beta1"] == 0.5
    assert (person.scene.paths[-1].points != before).any()


def test_a_learning_rate_is_typed_in_the_list(person) -> None:
    person.type(rate_of(rows(person)[0]), "1/8")
    assert person.descent.runs[0].rule.lr == 0.125


def test_escape_forgets_what_was_typed_in_a_field_of_a_number(person) -> None:
    before = person.descent
    rate = rate_of(rows(person)[0])
    shown = rate.text()
    person.type(rate, "0.5", ended_by=Qt.Key.Key_Escape)
    assert person.descent == before
    assert rate.text() == shown


def test_an_own_start_is_marked_in_the_menu_of_the_run(person) -> None:
    def marked(row: RunRow) -> bool:
        with person.opened(more(row)) as menu:
            return next(action for action in menu.actions() if action.text() == "Own start").isChecked()

    person.edit(edits.own_start, 1, True)
    assert [marked(row) for row in rows(person)] == [False, True, False, False]


def test_the_curve_of_the_schedule_falls_where_the_rate_falls(person) -> None:
    choose_schedule(person, "Linear")
    person.type(find(person.panels.schedule, NumberField, "end_factor"), "0")
    person.settle()
    picture = person.panels.schedule.form.curve.grab().toImage()
    accent = QColor(person.window.theme.accent)

    def height(column: int) -> int:
        """Return the uppermost pixel of the curve in a column."""
        colors = [picture.pixelColor(column, row) for row in range(picture.height())]
        near = [sum(abs(a - b) for a, b in zip(one.toTuple(), accent.toTuple(), strict=True)) for one in colors]
        return near.index(min(near))

    heights = [height(round(part * picture.width())) for part in (0.1, 0.5, 0.9)]
    assert heights[0] < heights[1] < heights[2]


def test_what_is_not_a_number_is_refused_in_one_sentence(person) -> None:
    before = person.window.history.session
    person.type(rate_of(rows(person)[0]), "fast")
    assert person.window.history.session == before
    (told,) = complaints(person.panels.runs)
    assert "fast" in told


def test_every_optimizer_is_in_the_menu_and_adds_its_run(person) -> None:
    while len(person.descent.runs) > 1:
        person.edit(edits.remove_run, person.descent.runs[0].id)
    with person.opened(find(person.panels.runs, QPushButton, "Add run")) as menu:
        *groups, _ways = [action for action in menu.actions() if action.menu()]
        titles = sorted(action.text() for group in groups for action in group.menu().actions())
        last = groups[-1].text(), groups[-1].menu().actions()[-1].text()
    from landscape.catalogue.optimizers import optimizer_entries

    assert titles == sorted(e.titles["en"] for e in optimizer_entries().values())
    add_run(person, *last)
    person.settle()
    assert len(person.descent.runs) == 2
    assert len(person.scene.paths) == 2


def test_a_rule_of_ones_own_is_typed_and_runs(person) -> None:
    add_run(person, "New rule…")
    person.view.editor.leave()
    field = find(person.panels.runs, FormulaField, "Update rule")
    replace_text(person, field, "theta = theta - lr*sign(g)")
    person.settle()
    assert person.descent.runs[-1].rule.rule == "theta = theta - lr*sign(g)"
    replace_text(person, field, "theta = theta - lr*sign(")
    assert person.descent.runs[-1].rule.rule == "theta = theta - lr*sign(g)"
    assert len(complaints(person.panels.runs)) == 1


def test_the_menu_of_a_run_duplicates_hides_and_removes_it(person) -> None:
    count = len(person.descent.runs)

    def choose(text: str) -> None:
        person.pick(more(rows(person)[0]), text)

    choose("Duplicate")
    assert len(person.descent.runs) == count + 1
    choose("Remove")
    assert len(person.descent.runs) == count
    choose("Show only this")
    assert [run.visible for run in person.descent.runs] == [True] + [False] * (count - 1)


def test_the_eye_hides_a_run_from_the_picture(person) -> None:
    shown = len(person.scene.paths)
    person.click(find(rows(person)[0], IconButton, "Hide SGD"))
    person.settle()
    assert len(person.scene.paths) == shown - 1


def test_five_learning_rates_fan_out(person) -> None:
    while len(person.descent.runs) > 1:
        person.edit(edits.remove_run, person.descent.runs[1].id)
    person.edit(edits.fan_rates, 0)
    person.settle()
    assert len(rows(person)) == 5


def test_no_more_runs_than_can_be_told_apart(person) -> None:
    while len(person.descent.runs) < MAX_RUNS:
        add_run(person, "Gradient descent", "SGD")
    add = find(person.panels.runs, QPushButton, "Add run")
    assert not add.isEnabled()
    assert str(MAX_RUNS) in add.toolTip()
    person.pick(more(rows(person)[0]), "Duplicate")
    assert len(person.descent.runs) == MAX_RUNS
    (told,) = complaints(person.panels.runs)
    assert str(MAX_RUNS) in told


def test_without_runs_the_panels_say_what_to_do(person) -> None:
    while person.descent.runs:
        person.edit(edits.remove_run, person.descent.runs[0].id)
    person.settle()
    assert "No runs yet. Add one and it starts at the ring on the map." in sentences(person.panels.runs)
    advice = "Add a run to see how it does."
    person.qtbot.waitUntil(lambda: advice in sentences(person.panels.standings))


def test_a_run_is_renamed_in_the_list(person) -> None:
    person.qtbot.mouseDClick(rows(person)[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    field = QApplication.focusWidget()
    field.selectAll()
    person.qtbot.keyClicks(field, "mine")
    person.key(Qt.Key.Key_Return, widget=field)
    assert person.descent.runs[0].name == "mine"


@pytest.mark.parametrize("typed", ["mine", "m" * 300])
def test_a_name_that_is_being_typed_when_another_session_opens_is_not_taken_for_a_run_of_that_one(person, typed):
    person.qtbot.mouseDClick(rows(person)[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText(typed)
    other = edits.add_run(default_descent(), optimizer("adagrad"))
    person.window.history.replace(session_with(other))
    person.settle()
    assert person.descent.runs == other.runs
    person.panels.runs.complain("There is still a place for what is wrong.")
    assert "There is still a place for what is wrong." in complaints(person.panels.runs)


def test_a_schedule_is_chosen_and_only_for_one_run(person) -> None:
    choose_schedule(person, "Cosine")
    assert person.descent.schedule.entry == "cosine"
    person.panels.runs.choose(0)
    person.click(find(person.panels.schedule, Switch, "only for this run"))
    choose_schedule(person, "Constant")
    assert person.descent.schedule.entry == "cosine"
    assert person.descent.runs[0].schedule.entry == "constant"


def test_warm_up_rises_on_any_schedule(person) -> None:
    person.type(find(person.panels.schedule, NumberField, "warm-up"), "20")
    person.settle()
    rates = next(panel for panel in person.scene.curves if panel.quantity == "rate").curves[0].values
    assert rates[0] < rates[10] < rates[19]
    assert rates[19] == pytest.approx(rates[30])


def test_steps_change_the_length_of_the_time_line(person) -> None:
    window = person.window
    person.type(find(person.panels.descent, NumberField, "steps"), "321.4")
    person.settle()
    assert window.player.steps == 321
    assert window.player.step == 321.0
    assert all(len(path.points) <= 322 for path in person.scene.paths)


def test_undo_brings_the_text_of_the_formula_back_though_its_field_has_the_focus(person) -> None:
    field = person.panels.surface.formula_field
    before = field.toPlainText()
    replace_text(person, field, "x**2 + y**4")
    person.window.undo()
    assert field.toPlainText() == before


def test_a_formula_with_an_error_stays_in_its_field_while_something_else_changes(person) -> None:
    panel = person.panels.surface
    replace_text(person, panel.formula_field, "x**2 + (y")
    person.edit(edits.set_rotation, 20.0)
    assert panel.formula_field.toPlainText() == "x**2 + (y"
    assert len(complaints(panel)) == 1


def test_a_rule_typed_for_one_run_is_not_given_to_the_next(person) -> None:
    runs = person.panels.runs
    runs.choose(0)
    person.click(find(runs, IconButton, "Edit the rule…"))
    field = find(runs, FormulaField, "Update rule")
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, "theta = theta - 2*lr*g")
    second = person.descent.runs[1]
    runs.choose(1)
    person.qtbot.wait(260)
    assert person.descent.runs[0].rule.rule == "theta = theta - 2*lr*g"
    assert person.descent.runs[1] == second


def test_the_whole_of_a_long_formula_is_shown_in_a_low_window(open_window) -> None:
    person = open_window(edits.choose_surface(default_descent(), surface("freudenstein_roth")), size=(1024, 700))
    field = person.panels.surface.formula_field
    left, _ = seen(person.view, Side)
    assert left.verticalScrollBar().maximum() > 0
    lines = int(field.document().size().height())
    assert lines > 1
    assert field.viewport().height() >= lines * field.fontMetrics().lineSpacing()


def test_panels_are_as_wide_whether_there_is_something_to_scroll_or_not(person) -> None:
    _, right = seen(person.view, Side)
    bar = right.verticalScrollBar()
    person.window.resize(1280, 1400)
    person.settle()
    widths = {panel.width() for panel in person.panels.right}
    assert bar.maximum() == 0
    assert not bar.isEnabled()
    person.window.resize(1280, 720)
    person.settle()
    assert bar.maximum() > 0
    assert bar.isEnabled()
    assert {panel.width() for panel in person.panels.right} == widths
    margins = right.widget().layout().contentsMargins()
    assert margins.left() == margins.right() + bar.width()


def test_a_number_is_never_cut_to_another_one(person) -> None:
    person.edit(edits.set_hyper, 0, "lr", 1.11111e-4)
    person.settle()
    field = rate_of(rows(person)[0])
    assert field.text() == "1.11×10⁻⁴"
    assert field.fontMetrics().horizontalAdvance(field.text()) <= field.width() - 8
    person.click(field)
    assert float(field.text()) == 1.11111e-4
