"""A field for several values: when what is typed is read, and what stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from landscape.scene.architecture import layers_text
from landscape.ui.network.panels.option_row import typed_layers
from landscape.ui.values_field import ValuesField


@pytest.fixture
def field(qtbot) -> ValuesField:
    made = ValuesField("layers", layers_text, typed_layers)
    qtbot.addWidget(made)
    made.set_value((4, 4))
    made.show()
    made.setFocus()
    made.selectAll()
    return made


@pytest.mark.parametrize("ended", ["Return", "leaving"])
def test_what_was_typed_is_read_with_return_and_when_the_field_is_left(qtbot, field, ended: str) -> None:
    told: list[tuple[int, ...]] = []
    field.committed.connect(told.append)
    qtbot.keyClicks(field, "12 8")
    assert told == []
    if ended == "Return":
        qtbot.keyClick(field, Qt.Key.Key_Return)
    else:
        other = QLineEdit(field)
        other.show()
        other.setFocus()
    assert told == [(12, 8)]


def test_what_cannot_be_read_is_refused_and_the_values_stand_again(qtbot, field) -> None:
    refused: list[Exception] = []
    field.refused.connect(refused.append)
    qtbot.keyClicks(field, "many")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(refused) == 1
    assert typed_layers(field.text()) == (4, 4)


def test_values_from_elsewhere_do_not_replace_what_is_being_typed(qtbot, field) -> None:
    qtbot.keyClicks(field, "12")
    field.set_value((7,))
    assert field.text() == "12"
