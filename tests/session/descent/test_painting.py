"""Hills and valleys that become terms of the formula."""

import math
from dataclasses import replace

import pytest

from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.session.descent.document import Descent
from landscape.session.descent.painting import gaussian, paint, usual_brush


def flat(**options) -> Descent:
    return Descent(surface=surface("0*x", **options), start=(0.5, 0.5), schedule=schedule("constant"))


def test_a_hill_is_as_high_as_it_was_painted_and_falls_like_a_gaussian():
    painted = paint(flat(), (1.0, -2.0), 0.5, 3.0).surface
    assert painted.formula == "0*x + 3*exp(-((x - 1)^2 + (y + 2)^2)/0.5)"
    assert painted.value(1.0, -2.0) == 3.0
    assert painted.value(1.5, -2.0) == pytest.approx(3 * math.exp(-0.5))


def test_a_valley_is_a_hill_below_zero():
    assert gaussian((0.0, 0.0), 1.0, -2.0) == "- 2*exp(-(x^2 + y^2)/2)"


def test_numbers_have_few_digits_and_places_a_hundredth_of_the_radius():
    assert gaussian((1.23456, 0.5), 0.3333333, 1.23456) == "+ 1.23*exp(-((x - 1.235)^2 + (y - 0.5)^2)/0.222)"


def test_a_turned_surface_is_painted_where_the_mouse_is():
    descent = flat(rotation=30.0)
    painted = paint(descent, (1.0, 0.5), 0.4, 2.0).surface
    assert painted.value(1.0, 0.5) == pytest.approx(2.0, rel=1e-4)


def test_starts_domain_and_parameters_stay():
    before = Descent(surface=surface("himmelblau", a=9.0), start=(0.1, 0.2), schedule=schedule("constant"))
    after = paint(before, (0.0, 0.0), 1.0, 50.0)
    assert replace(after, surface=before.surface) == before
    assert dict(after.surface.values) == dict(before.surface.values)
    assert after.surface.domain == before.surface.domain
    assert after.surface.value(0, 0) == pytest.approx(before.surface.value(0, 0) + 50.0)


def test_a_full_formula_is_told_in_one_sentence_and_the_last_one_is_of_use():
    descent, hills = flat(), 0
    told = ""
    while not told and hills < 100:
        place = -2.7 + 0.11 * hills
        try:
            descent, hills = paint(descent, (place, -place), 0.25, 1.5), hills + 1
        except InputError as error:
            told = str(error)
    assert told.startswith("The formula is full, no more can be painted")
    assert hills >= 15
    assert descent.surface.hessian(0.0, 0.0).shape == (2, 2)


def test_the_usual_brush_suits_the_surface():
    radius, height = usual_brush(surface("x^2 + y^2", domain=((-6, 6), (-6, 6))))
    assert radius == 1.0
    assert 10 < height < 40
