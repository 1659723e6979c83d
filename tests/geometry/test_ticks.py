"""Round numbers are round, inside, and none is missing."""

import numpy as np
import pytest

from landscape.geometry.ticks import multiples, nearest_step, power_exponents, power_values, round_step, roundest


@pytest.mark.parametrize(
    ("least", "step"), [(1.0, 1.0), (1.01, 2.0), (2.0, 2.0), (4.9, 5.0), (5.1, 10.0), (0.03, 0.05), (7e11, 1e12)]
)
def test_a_round_step_is_the_next_of_one_two_and_five(least, step):
    assert round_step(least) == pytest.approx(step)


def test_the_nearest_step_is_nearest_by_ratio():
    assert nearest_step(1.4) == 1.0
    assert nearest_step(1.5) == 2.0
    assert nearest_step(8.0) == 10.0
    assert nearest_step(0.24, (1.0, 2.0, 2.5, 5.0)) == pytest.approx(0.25)


def test_multiples_have_both_ends_and_no_rounding():
    assert multiples(0.1, 0.0, 0.3) == [0.0, 0.1, 0.2, 0.3]
    assert multiples(0.1, 0.0001, 0.2999) == [0.1, 0.2]
    assert multiples(5.0, -12.0, 11.0) == [-10.0, -5.0, 0.0, 5.0, 10.0]


def test_powers_of_ten_have_the_digits_between_them():
    assert power_values(0.01, 1.0) == [0.01, 0.1, 1.0]
    assert power_values(0.03, 30.0, (1, 2, 5)) == [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    assert power_values(1.0, 1e6, stride=3) == [1.0, 1e3, 1e6]


def test_exponents_are_the_logarithms_of_the_same_numbers():
    values = power_values(3e-7, 4e-3, (1, 2, 5))
    assert power_exponents(np.log10(3e-7), np.log10(4e-3), (1, 2, 5)) == pytest.approx(np.log10(values))


@pytest.mark.parametrize(
    ("low", "high", "found"), [(-1.0, 3.0, 0.0), (0.52, 0.58, 0.55), (0.12, 0.93, 0.2), (17.0, 42.0, 20.0)]
)
def test_the_roundest_number_has_the_fewest_digits(low, high, found):
    assert roundest(low, high) == pytest.approx(found)
