"""Edits of a study: what they change, and what they refuse."""

from dataclasses import replace

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.search.spaces import Dimension
from landscape.session.search import edits
from landscape.session.search.checks import check
from landscape.session.search.document import Trainee, default_study
from landscape.session.search.ranges import axes_of

STUDY = default_study()


def names(study):
    return [dimension.name for dimension in study.dimensions]


def test_another_optimizer_keeps_the_dimensions_that_it_has_and_gets_others():
    changed = edits.choose_rule(STUDY, optimizer("momentum"))
    assert names(changed) == ["lr", "momentum"]
    assert (changed.across, changed.up) == ("lr", "momentum")
    assert names(edits.choose_rule(STUDY, optimizer("nadam"))) == ["lr", "beta1"]


def test_another_surface_brings_its_own_start_and_steps():
    changed = edits.choose_surface(STUDY, surface("rosenbrock"))
    assert changed.surface == surface("rosenbrock")
    assert changed.start != STUDY.start


def test_the_sides_change_places_where_one_takes_the_place_of_the_other():
    changed = edits.show_axes(STUDY, "beta1", "beta1")
    assert (changed.across, changed.up) == ("beta1", "lr")


def test_a_dimension_more_and_less():
    more = edits.add_dimension(STUDY, "beta2")
    assert names(more) == ["lr", "beta1", "beta2"]
    less = edits.remove_dimension(edits.remove_dimension(more, "lr"), "beta1")
    assert names(less) == ["beta2"]
    assert less.across == less.up == "beta2"
    with pytest.raises(InputError, match="dimensions"):
        edits.remove_dimension(less, "beta2")


def test_strategies_come_and_go_but_one_stays():
    more = edits.add_entrant(edits.add_entrant(STUDY))
    assert [entrant.strategy for entrant in more.entrants] == ["grid", "random", "sobol", "coarse_to_fine"]
    with pytest.raises(InputError, match="strategies"):
        edits.add_entrant(more)
    alone = edits.remove_entrant(STUDY, 0)
    with pytest.raises(InputError, match="strategies"):
        edits.remove_entrant(alone, 1)


def test_a_network_is_searched_without_populations_and_with_more_to_search():
    study = edits.add_entrant(STUDY, "population")
    changed = edits.search_network(edits.choose_rule(study, optimizer("sgd")), Trainee())
    assert "population" not in [entrant.strategy for entrant in changed.entrants]
    assert names(edits.add_dimension(changed, "width"))[-1] == "width"
    with pytest.raises(InputError, match="population"):
        edits.change_entrant(changed, 0, strategy="population")


def test_the_axes_of_a_picture_stay_whatever_the_draws_are():
    even = edits.set_scale(STUDY, "lr", "linear")
    assert axes_of(even) == axes_of(STUDY)
    from_zero = edits.set_dimension(even, "lr", low=0.0)
    assert axes_of(from_zero)[0].scale == "linear"


@pytest.mark.parametrize(
    ("scale", "low", "high", "choices"),
    [
        ("whole", 0.0, 1.0, ()),
        ("linear", 1e-4, 1.0, ()),
        ("choice", 1e-4, 1.0, (0.0001, 0.001, 0.01, 0.1, 1.0)),
    ],
)
def test_a_dimension_on_another_scale_has_a_range_that_suits_it(scale, low, high, choices):
    rate = edits.set_scale(STUDY, "lr", scale).dimensions[0]
    assert (rate.scale, rate.low, rate.high, rate.choices) == (scale, low, high, choices)


def test_choices_become_the_range_from_the_least_to_the_greatest():
    few = edits.set_dimension(edits.set_scale(STUDY, "lr", "choice"), "lr", choices=(0.5, 0.01, 0.1))
    rate = edits.set_scale(few, "lr", "log").dimensions[0]
    assert (rate.scale, rate.low, rate.high) == ("log", 0.01, 0.5)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"trials": 0}, "trials"),
        ({"repetitions": 100_000}, "repetitions"),
        ({"measure": "colour"}, "colour"),
        ({"across": "beta2"}, "not searched"),
        ({"up": "lr"}, "twice"),
        ({"noise": -1.0}, "noise"),
        ({"dimensions": (Dimension(name="bta1"),), "across": "bta1", "up": "bta1"}, "bta1"),
    ],
)
def test_what_cannot_be_searched_is_refused(changes, word):
    with pytest.raises(InputError, match=word):
        check(replace(STUDY, **changes))
