"""The window answers within a tenth of a second, whatever a person does."""

import pytest

from tests.gaps import files, hall, look, networks, reliefs, surfaces  # noqa: F401
from tests.gaps.operation import OPERATIONS, watched

LONGEST = 0.1
"""Seconds of its own that the window's thread may take in one turn; the rest of a gap is the machine's."""
TRIES = 5


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_turn_of_the_loop_takes_longer_than_a_tenth_of_a_second(open_window, name):
    operation = OPERATIONS[name]
    person = open_window(operation.opened())
    busiest = []
    while not busiest or (min(busiest) > LONGEST and len(busiest) < TRIES):
        busiest.append(watched(operation, person).busiest)
    assert min(busiest) <= LONGEST
