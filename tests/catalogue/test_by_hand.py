"""Rates that are changed by hand: what a schedule of them gives, remembers, and refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from landscape.catalogue.by_hand import MOST_CHANGES, by_hand, changed_by_hand, changes_of
from landscape.catalogue.schedules import check, schedule
from landscape.errors import InputError

CONSTANT = schedule("constant")


def changed(*changes):
    made = CONSTANT
    for step, factor in changes:
        made = check(changed_by_hand(made, step, factor))
    return made


def test_the_rate_is_another_one_from_the_step_on_at_which_it_was_changed():
    rates = changed((10, 0.5), (20, 0.25)).rates(0.1, 30)
    assert rates == pytest.approx(np.repeat([0.1, 0.05, 0.025], 10))


def test_who_goes_back_and_changes_it_there_forgets_what_came_after():
    assert changes_of(changed((10, 0.5), (20, 0.25), (15, 2.0))) == ((0, 1.0), (10, 0.5), (15, 2.0))


def test_a_change_at_the_same_step_takes_the_place_of_the_one_before():
    assert changes_of(changed((10, 0.5), (10, 0.7))) == ((0, 1.0), (10, 0.7))


def test_the_same_rate_again_is_no_change():
    assert changes_of(changed((10, 0.5), (20, 0.5))) == ((0, 1.0), (10, 0.5))


@given(some.lists(some.tuples(some.integers(1, 99_999), some.floats(1e-9, 1e9)), max_size=MOST_CHANGES - 1))
def test_the_text_tells_every_change_again(changes):
    steps = sorted({step for step, _ in changes})
    factors = [float(f"{factor:.4g}") for _, factor in changes]
    whole = [(0, 1.0), *zip(steps, factors, strict=False)]
    made = check(schedule(by_hand(whole)))
    assert list(changes_of(made)) == whole


@pytest.mark.parametrize("formula", ["cosine", "lr/2", "where(t < 5, 1*lr, 0.5*lr) + 0", "where(t < 5, 0.5*lr, lr)"])
def test_other_schedules_were_not_made_by_hand(formula):
    assert changes_of(schedule(formula)) == ()
    with pytest.raises(InputError, match="constant"):
        changed_by_hand(schedule(formula), 5, 0.5)


def test_too_many_changes_are_refused():
    made = changed(*((step, 1.0 + step) for step in range(1, MOST_CHANGES)))
    with pytest.raises(InputError, match=str(MOST_CHANGES)):
        changed_by_hand(made, 1000, 0.5)


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_that_is_none_is_refused(factor):
    with pytest.raises(InputError, match="above 0"):
        changed_by_hand(CONSTANT, 5, factor)
