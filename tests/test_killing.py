"""A program that is killed harms no file: a few of what ``python -m tests.killing`` tries."""

import sys

import pytest

from tests.killing.outside import killed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


@pytest.mark.parametrize("number", range(3))
def test_a_kill_loses_nothing_older_than_two_seconds_and_leaves_nothing_behind(number: int) -> None:
    assert killed(str(number)) == []
