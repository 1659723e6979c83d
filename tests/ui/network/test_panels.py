"""The panels beside the stage of the networks: data, networks, training, and what is told of them."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QTableWidget

from landscape.scene.equation import EquationQuestion
from landscape.session.network import edits
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.fields import NumberField, Slider
from landscape.ui.optimizer_menu import fill_optimizers
from tests.plot.test_canvas import pixels
from tests.ui.finding import complaints, find, seen, sentences
from tests.written import written

pytestmark = pytest.mark.slow


def test_what_cannot_be_trained_is_told_and_forgiven(lecturer):
    race = lecturer.network.race
    lecturer.edit(edits.set_training, "batch_size", 1)
    lecturer.qtbot.waitUntil(lambda: bool(complaints(race)), timeout=10_000)
    (complaint,) = complaints(race)
    assert "at least 2 rows" in complaint
    assert not race.sentence.text()
    lecturer.edit(edits.set_training, "batch_size", 2)
    lecturer.settle()
    assert complaints(race) == []
    assert race.sentence.text().startswith("Steps to loss")
    lecturer.window.undo()
    assert complaints(race) == [complaint]
    lecturer.window.redo()
    assert complaints(race) == []


def test_what_cannot_be_trained_is_told_in_another_language_too(lecturer):
    window = lecturer.window
    lecturer.edit(edits.set_training, "batch_size", 1)
    lecturer.qtbot.waitUntil(lambda: bool(complaints(lecturer.network.race)), timeout=10_000)
    window.set_theme("light")
    (light,) = complaints(lecturer.network.race)
    window.set_language("zh")
    (chinese,) = complaints(lecturer.network.race)
    window.set_language("en")
    window.set_theme("dark")
    assert "at least 2 rows" in light
    assert "2" in chinese
    assert "at least" not in chinese


def test_no_seeds_are_awaited_of_what_cannot_be_trained(lecturer):
    lecturer.edit(edits.set_training, "batch_size", 1)
    lecturer.qtbot.waitUntil(lambda: bool(complaints(lecturer.network.race)), timeout=10_000)
    lecturer.settle()
    assert not [told for told in sentences(lecturer.network.race) if "seeds" in told]


def test_the_fork_gives_each_network_its_own_value_and_takes_it_back(lecturer):
    line = lecturer.network.twins.rows["activation"]
    fork = find(line, QAbstractButton, "activation: one for each")
    assert len(seen(line, Choice)) == 1
    lecturer.click(fork)
    lecturer.settle()
    _, second = seen(line, Choice)
    lecturer.pick(second, "tanh")
    assert [twin.activation for twin in lecturer.experiment.twins] == ["relu", "tanh"]
    assert [choice.text() for choice in seen(line, Choice)] == ["ReLU", "tanh"]
    lecturer.click(fork)
    lecturer.settle()
    assert [twin.activation for twin in lecturer.experiment.twins] == ["relu", "relu"]
    assert [choice.text() for choice in seen(line, Choice)] == ["ReLU"]


def test_layers_are_typed(lecturer):
    (field,) = seen(lecturer.network.twins.rows["hidden"], QLineEdit)
    lecturer.type(field, "2x8 4")
    assert lecturer.experiment.twins[0].hidden == (8, 8, 4)
    assert complaints(lecturer.network.twins) == []
    lecturer.type(field, "many")
    (complaint,) = complaints(lecturer.network.twins)
    assert complaint.endswith("not many")
    assert field.text() == "2×8 4"


def test_the_forms_edit_the_experiment(lecturer):
    data, optimizing = lecturer.network.data, lecturer.network.optimizer
    shift = find(data, Slider, "shift")
    lecturer.drag([shift.rect().center(), QPoint(3 * shift.width() // 4, 12), QPoint(shift.width(), 12)], shift)
    assert lecturer.experiment.data.shift == 10.0
    lecturer.type(find(data, NumberField, "shift"), "2.5")
    assert lecturer.experiment.data.shift == 2.5
    lecturer.key(Qt.Key.Key_Home, widget=find(data, Slider, "turns"))
    assert dict(lecturer.experiment.data.values)["turns"] == 0.1
    lecturer.pick(find(data, DropButton, "Data"), "Above and below a formula")
    assert data.formula_field.isVisible()
    lecturer.pick(find(optimizing, DropButton, "Optimizer"), "Adaptive", "Adam")
    assert lecturer.experiment.rule.entry == "adam"
    lecturer.pick(find(optimizing, DropButton, "Schedule"), "Cosine")
    assert lecturer.experiment.schedule.entry == "cosine"
    lecturer.key(Qt.Key.Key_End, widget=find(optimizing, Slider, "threshold"))
    assert lecturer.experiment.threshold == 1.0
    lecturer.type(find(optimizing, NumberField, "threshold"), "0.3")
    assert lecturer.experiment.threshold == 0.3


def test_points_are_drawn_on_the_stage(lecturer):
    view, hint = (
        lecturer.network.stage.twins,
        "A click on the stage adds a point: left the first class, right the second.",
    )
    middle = middle_of_the_left_square(view)
    assert hint not in sentences(lecturer.network.data)
    lecturer.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert lecturer.experiment.data.name == "spirals"
    lecturer.network.data.draw()
    lecturer.settle()
    rows = len(lecturer.experiment.data.columns[0][1])
    assert hint in sentences(lecturer.network.data)
    lecturer.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    lecturer.qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=middle)
    columns = dict(lecturer.experiment.data.columns)
    assert len(columns["x"]) == rows + 2
    assert columns["class"][-2:] == (0.0, 1.0)
    assert columns["x"][-1] == pytest.approx(0.0, abs=0.2)
    assert columns["y"][-1] == pytest.approx(0.0, abs=0.2)
    lecturer.settle()
    assert len(lecturer.network.training.course.data.places) == rows + 2


def middle_of_the_left_square(view) -> QPoint:
    """Return the middle of the square in which the first network's answers are painted."""
    picture = pixels(view.grab().toImage())
    drawn = (picture != picture[0, 0]).any(axis=2)[:, : view.width() // 2]
    across, down = (np.flatnonzero(drawn.sum(axis=axis) > 0.9 * drawn.sum(axis=axis).max()) for axis in (0, 1))
    return QPoint(round(across.mean()), round(down.mean()))


def test_a_table_of_ones_own_is_taken_and_a_wrong_one_is_told(lecturer, tmp_path):
    table = tmp_path / "mine.csv"
    rows = [f"{x},{y},{'in' if x * x + y * y < 5 else 'out'}" for x in range(-3, 4) for y in range(-3, 4)]
    table.write_text("a,b,where\n" + "\n".join(rows), encoding="utf-8")
    use(lecturer, table)
    assert lecturer.experiment.data.name == "points"
    assert len(lecturer.network.training.course.data.places) == 49
    table.write_text("a\n1\n", encoding="utf-8")
    lecturer.network.data.read(str(table))
    lecturer.settle()
    (complaint,) = complaints(lecturer.network.data)
    assert "needs columns" in complaint
    lecturer.network.data.choose("moons")
    assert complaints(lecturer.network.data) == []


def use(lecturer, table):
    """Read a table, and take what is most likely meant by it."""
    reader = lecturer.network.data.table
    lecturer.network.data.read(str(table))
    lecturer.qtbot.waitUntil(lambda: reader.dialog is not None, timeout=20_000)
    lecturer.click(find(reader.dialog, QAbstractButton, "Use"))
    lecturer.settle()
    return reader


def test_a_table_is_looked_at_before_it_is_used(lecturer, tmp_path):
    table, reader = tmp_path / "mine.csv", lecturer.network.data.table
    table.write_text("t;y;kind;\n0;1,5;a;\n1;2,5;b;\n2;;a;\n3;4,5;b;\n4;5,5;a;\n", encoding="utf-8")
    lecturer.network.data.read(str(table))
    lecturer.qtbot.waitUntil(lambda: reader.dialog is not None, timeout=20_000)
    dialog, fields = reader.dialog, reader.dialog.fields
    preview = dialog.findChild(QTableWidget)
    cells = [[preview.item(row, place).text() for place in range(3)] for row in range(5)]
    assert cells[:3] == [["0", "1.5", "a"], ["1", "2.5", "b"], ["2", "–", "a"]]
    assert "mine.csv: 5 rows, 3 columns · decimal commas · 1 empty column left out" in sentences(dialog)
    fields.set_target(1)
    fields.set_input(2, False)
    assert fields.kind.key == "values"
    lecturer.click(find(dialog, QAbstractButton, "Use"))
    lecturer.qtbot.waitUntil(lambda: complaints(dialog) != [], timeout=20_000)
    assert "line 4" in complaints(dialog)[0]
    lecturer.click(find(dialog, QAbstractButton, "Leave out the rows with an empty cell: 1"))
    lecturer.click(find(dialog, QAbstractButton, "Use"))
    lecturer.settle()
    assert lecturer.experiment.data.columns == (("t", (0.0, 1.0, 3.0, 4.0)), ("y", (1.5, 2.5, 4.5, 5.5)))


def test_a_table_that_is_being_read_is_told_and_can_be_cancelled(lecturer, tmp_path):
    table, data, before = tmp_path / "mine.csv", lecturer.network.data, lecturer.experiment.data
    table.write_text("a,b\n" + "1,2\n3,4.5\n" * 5, encoding="utf-8")
    data.read(str(table))
    assert "Reading mine.csv…" in sentences(data)
    lecturer.click(find(data, QAbstractButton, "Cancel"))
    lecturer.settle()
    assert "Reading mine.csv…" not in sentences(data)
    assert lecturer.experiment.data == before


def test_a_table_does_not_take_the_place_of_data_that_were_chosen_after_it(lecturer, tmp_path):
    table, data = tmp_path / "mine.csv", lecturer.network.data
    table.write_text("a,b\n" + "1,2\n3,4.5\n" * 5, encoding="utf-8")
    data.read(str(table))
    data.choose("moons")
    lecturer.settle()
    assert lecturer.experiment.data.name == "moons"


def test_what_is_changed_while_a_table_is_read_stays_changed(lecturer, tmp_path):
    table, data = tmp_path / "mine.csv", lecturer.network.data
    table.write_text("a,b\n" + "1,2\n3,4.5\n" * 5, encoding="utf-8")
    data.read(str(table))
    lecturer.edit(edits.set_hyper, "lr", 0.0625)
    lecturer.qtbot.waitUntil(lambda: data.table.dialog is not None, timeout=20_000)
    lecturer.click(find(data.table.dialog, QAbstractButton, "Use"))
    lecturer.settle()
    assert lecturer.experiment.data.name == "measurements"
    assert dict(lecturer.experiment.rule.values)["lr"] == 0.0625


def test_only_optimizers_for_any_number_of_weights_are_offered(lecturer):
    menu = QMenu()
    offered: list[str] = []
    fill_optimizers(menu, lecturer.window.say, offered.append, elementwise=True)
    for section in menu.findChildren(QMenu):
        for action in section.actions():
            action.trigger()
    assert "adam" in offered
    assert not {"newton", "bfgs"} & set(offered)


def test_the_loss_in_evaluation_mode_is_told_where_it_is_another(lecturer):
    told = [label for label in lecturer.network.inside.findChildren(QLabel) if label.text().startswith("Training loss")]
    assert [label.isHidden() for label in told] == [False]
    assert re.fullmatch(r"Training loss in evaluation mode: batch norm: [\d.]+", told[0].text())
    lecturer.edit(edits.set_option, "normalization", "none")
    lecturer.settle()
    inside = lecturer.network.inside
    shown = [label.text() for label in inside.findChildren(QLabel) if label.isVisibleTo(inside)]
    assert all(shown)
    assert not any(text.startswith("Training loss") for text in shown)


def test_numbers_of_one_network_stand_under_its_name(lecturer):
    assert lecturer.network.inside.norm.network.text() == "batch norm"
    lecturer.edit(edits.set_option, "normalization", "layer", 0)
    lecturer.edit(edits.set_option, "normalization", "none", 1)
    lecturer.settle()
    assert lecturer.network.inside.norm.network.text() == "layer norm"


def test_a_network_is_copied_as_a_pytorch_script(lecturer):
    lecturer.pick(find(lecturer.network.twins, QAbstractButton, "Copy as PyTorch…"), "batch norm")
    assert "torch.nn.BatchNorm1d(" in QGuiApplication.clipboard().text()


def test_the_four_lines_of_batch_norm_are_read_in_training_and_in_evaluation(lecturer):
    lecturer.settle()
    view = lecturer.network.inside.norm
    training, evaluation = view.sections
    lecturer.qtbot.waitUntil(lambda: training.height() > 4 and evaluation.height() > 4, timeout=20_000)
    shown = lecturer.moment.twins[-1].norm
    assert [[line.text[0] for line in section.lines] for section in shown] == [list("μσxz")] * 2
    assert shown[0].lines != shown[1].lines
    for lines, section in zip(view.sections, shown, strict=True):
        told = written(lines)
        for line in section.lines:
            assert line.shown.rows[0].result in told
    typeset = EquationQuestion(latex=shown[0].lines[0].latex)
    lecturer.qtbot.waitUntil(lambda: lecturer.window.answers.get(typeset) is not None, timeout=20_000)
    lecturer.edit(edits.set_option, "normalization", "none")
    lecturer.settle()
    assert not view.isVisible()
