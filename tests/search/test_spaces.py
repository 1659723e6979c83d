"""Draws become values by scales: their distributions, ends, and the way back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import landscape as ls
from landscape.errors import InputError
from landscape.search.spaces import Dimension, check_space, evenly, rescaled, units_of, values_of

DRAWS = np.random.default_rng(0).random(4000)
CRITICAL = 1.63 / math.sqrt(len(DRAWS))
"""Of the Kolmogorov-Smirnov distance, at one in a hundred."""
SCALES = {
    "linear": ls.linear(-2.0, 5.0),
    "log": ls.log(1e-4, 1.0),
    "one_minus_log": ls.one_minus_log(0.9, 0.999),
    "whole": ls.whole(3, 12),
    "choice": ls.choice(8, 32, 128),
}


def distance(evenly_spread) -> float:
    """How far the empirical distribution is from the even one at most."""
    ordered, count = np.sort(evenly_spread), len(evenly_spread)
    return float(max((np.arange(1, count + 1) / count - ordered).max(), (ordered - np.arange(count) / count).max()))


def test_a_linear_draw_is_even_and_no_other_is():
    assert distance((values_of(SCALES["linear"], DRAWS) + 2.0) / 7.0) < CRITICAL
    assert distance((values_of(SCALES["log"], DRAWS) - 1e-4) / (1.0 - 1e-4)) > 10 * CRITICAL


def test_the_logarithm_of_a_logarithmic_draw_is_even():
    assert distance(np.log10(values_of(SCALES["log"], DRAWS)) / 4.0 + 1.0) < CRITICAL


def test_the_logarithm_of_one_minus_the_draw_is_even_by_one_minus():
    assert distance((-1.0 - np.log10(1.0 - values_of(SCALES["one_minus_log"], DRAWS))) / 2.0) < CRITICAL


def test_nine_of_ten_even_rates_are_above_a_tenth_and_one_in_four_logarithmic_ones():
    even, factor = ls.linear(1e-4, 1.0), SCALES["log"]
    assert np.mean(values_of(even, DRAWS) > 0.1) == pytest.approx(0.9, abs=0.02)
    assert np.mean(values_of(factor, DRAWS) > 0.1) == pytest.approx(0.25, abs=0.02)


def test_each_whole_number_and_each_choice_is_as_likely():
    for dimension, values in ((SCALES["whole"], range(3, 13)), (SCALES["choice"], (8, 32, 128))):
        drawn, counts = np.unique(values_of(dimension, DRAWS), return_counts=True)
        assert drawn.tolist() == list(values)
        expected = len(DRAWS) / len(drawn)
        assert ((counts - expected) ** 2 / expected).sum() < 30.0


@pytest.mark.parametrize("name", SCALES)
def test_the_ends_of_a_draw_are_the_ends_of_the_range(name):
    dimension = SCALES[name]
    low, high = values_of(dimension, [0.0, 1.0]).tolist()
    assert (low, high) == (
        (dimension.choices[0], dimension.choices[-1]) if name == "choice" else (dimension.low, dimension.high)
    )


@given(st.floats(0.0, 1.0), st.sampled_from(["linear", "log", "one_minus_log"]))
def test_a_value_stands_where_it_was_drawn(unit, name):
    assert float(units_of(SCALES[name], values_of(SCALES[name], unit))) == pytest.approx(unit, abs=1e-9)


def test_a_value_off_the_range_stands_nowhere():
    assert np.isnan(units_of(SCALES["log"], [1e-5, 2.0])).all()
    assert np.isnan(units_of(SCALES["choice"], 16.0))


def test_the_same_draws_stand_elsewhere_on_another_scale():
    space = (ls.log(1e-4, 1.0),)
    moved = rescaled(np.array([[0.5], [1.0]]), evenly(space), space)
    assert moved[:, 0] == pytest.approx([math.log10(0.50005) / 4 + 1, 1.0])


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (lambda: ls.log(0.0, 1.0), "above 0"),
        (lambda: ls.log(1e-320, 1.0), "scale"),
        (lambda: ls.one_minus_log(0.5, 1.0), "below 1"),
        (lambda: ls.linear(1.0, 1.0), "smaller"),
        (lambda: ls.linear(0.0, math.inf), "range"),
        (lambda: ls.choice(), "choose"),
        (lambda: ls.whole(1, 2.5), "whole number"),
        (lambda: check_space(()), "dimensions"),
        (lambda: check_space((Dimension(name="lr"), Dimension(name="lr"))), "twice"),
    ],
)
def test_a_range_in_which_there_is_nothing_is_refused(wrong, word):
    with pytest.raises(InputError, match=word):
        wrong()
