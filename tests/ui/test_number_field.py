"""A number that is typed is read, or refused beside its field, which then shows what is in force."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from landscape.errors import InputError
from landscape.scene.text import number
from landscape.ui.buttons import IconButton
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.fields import NumberField, typed_number
from tests.ui.finding import complaints, find, seen


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5), ("-0,005", -0.005), ("1,25", 1.25), (",5", 0.5), ("0,500", 0.5), ("12,5e-3", 0.0125),
        ("1/3", 1 / 3),
        ("−2", -2.0), ("2×10^-3", 0.002), ("½", 0.5),
    ],
)  # fmt: skip
def test_a_number_is_read_with_a_decimal_comma_too(text: str, value: float) -> None:
    assert typed_number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(("text", "said"), [("1,000", "1000 or 1.000"), ("1,2,3", "comma"), ("a", "not a number")])
def test_what_is_no_number_or_two_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        typed_number(text)


def first_rate(person) -> NumberField:
    return find(seen(person.panels.runs, RunRow)[0], NumberField, "Learning rate")


def test_a_rate_with_a_comma_is_used(person) -> None:
    field = first_rate(person)
    person.type(field, "0,01", Qt.Key.Key_Return)
    assert person.descent.runs[0].rule.lr == 0.01
    assert field.text() == "0.01"
    assert complaints(person.panels.runs) == []


@pytest.mark.parametrize("text", ["1,000", "abc", "1/0", "-5"])
def test_a_rate_that_is_refused_is_told_below_its_row_and_not_left_in_it(person, text: str) -> None:
    field = first_rate(person)
    before = person.descent.runs[0].rule.lr
    person.type(field, text, Qt.Key.Key_Return)
    assert person.descent.runs[0].rule.lr == before
    assert field.text() == number(before)
    (told,) = [one for one in seen(person.panels.runs, QLabel) if one.property("role") == "complaint"]
    rows = seen(person.panels.runs, RunRow)
    top, bottom = (one.mapTo(person.panels.runs, one.rect().topLeft()).y() for one in (rows[0], rows[1]))
    assert top < told.mapTo(person.panels.runs, told.rect().topLeft()).y() < bottom


def test_a_refused_end_of_the_domain_shows_what_is_in_force(person) -> None:
    person.click(find(person.panels.surface, IconButton, "Show stretching and domain"))
    field = find(person.panels.surface, NumberField, "x from")
    person.type(field, "99", Qt.Key.Key_Return)
    assert person.descent.surface.domain[0][0] == -6.0
    assert field.text() == "−6"
