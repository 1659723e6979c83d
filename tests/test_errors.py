"""Whatever was given, the sentence about it is short, printable, and says it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from landscape.errors import LONGEST, InputError, Listing, nearest, quoted, shown


class Broken:
    def __repr__(self):
        raise RuntimeError("no")


deep: list = []
for _ in range(100_000):
    deep = [deep]

ANYTHING = [
    None, True, 0, -1, 10**18, 10**5000, -(10**5000), 1.5, float("nan"), float("inf"), 1j, Fraction(10**5000, 3),
    "", "x" * 1_000_000, "a\nb\tc\x00\x1b[31m", "\ud800", "{", b"\xff" * 1_000_000, [0] * 1_000_000, {}, {"en": 3},
    {10**5000: [10**5000]}, (), ("a",) * 1_000_000, np.zeros(0), np.zeros(10**6), np.float32(3), np.int64(3), object(),
    Broken(), Path("/a" * 5000), ValueError("x" * 10_000), {1, 2}, deep, InputError, lambda: None,
]  # fmt: skip


# Numbered: what is told of some of them is another address in each process.
@pytest.mark.parametrize(
    "value", ANYTHING, ids=[f"{number}-{type(value).__name__}" for number, value in enumerate(ANYTHING)]
)
def test_a_sentence_about_anything_is_one_short_printable_line(value):
    for given in (value, quoted(value)):
        told = str(InputError("Not {given}", given=given))
        assert told.isprintable()
        assert len(told) <= 3 * LONGEST


def test_what_is_short_is_told_as_it_is():
    assert str(InputError("{a}, {b:g}, {c}, {d}, {e!r}", a="x^2", b=2.5, c=7, d=(1, "two"), e="dark")) == (
        "x^2, 2.5, 7, (1, 'two'), 'dark'"
    )
    assert shown(Path("a/b.json")) == str(Path("a/b.json"))
    assert quoted("x") == "'x'"


def test_what_is_long_keeps_its_beginning_and_its_end():
    told = str(shown("begin" + "x" * 5000 + "end"))
    assert len(told) == LONGEST
    assert (told[:5], told[-3:]) == ("begin", "end")
    assert "…" in told


def test_a_number_of_many_digits_is_told_as_a_power_of_ten():
    assert shown(3 * 10**5000) == "3.000e+5000"
    assert shown(-(10**400)) == "-1.000e+400"


def test_the_names_that_are_allowed_are_told_whole():
    names = [f"name{index}" for index in range(200)]
    assert str(InputError("One of {allowed}", allowed=Listing(names))) == "One of " + ", ".join(names)


def test_a_name_of_any_length_has_a_nearest_one_at_once():
    assert nearest("himelblau", ["ackley", "himmelblau"]) == "himmelblau"
    assert nearest("x" * 10_000_000, ["himmelblau"] * 50) == ""
