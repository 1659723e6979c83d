"""Quantities and sentences of lessons as lines that a person writes."""

import pytest

from landscape.errors import InputError
from landscape.session.files import lesson, lesson_names
from landscape.session.lesson import Quantity
from landscape.session.lesson_lines import quantities_in, quantity_lines, saying_lines, sayings_in
from landscape.translation import LANGUAGES


@pytest.mark.parametrize("name", lesson_names())
def test_what_a_lesson_says_is_the_same_after_it_was_written_and_read(name: str):
    taught = lesson(name).lesson
    assert quantities_in(quantity_lines(taught.quantities)) == taught.quantities
    for sayings in (taught.difference, taught.prediction.options):
        assert sayings_in({each: saying_lines(sayings, each) for each in LANGUAGES}) == sayings


def test_a_quantity_is_written_as_a_person_would():
    [found] = quantities_in("far = distance run=2 step=10 point=( 1.5, -2 )")
    assert found == Quantity(name="far", of="distance", run=2, step=10, point=(1.5, -2.0))


@pytest.mark.parametrize(
    "line", ["a", "a = lots", "= loss", "a = loss run=x", "a = loss colour=red", "a = loss point=(1)"]
)
def test_a_line_that_is_no_quantity_is_named(line: str):
    with pytest.raises(InputError, match="no quantity"):
        quantities_in(line)
