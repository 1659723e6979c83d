"""What is left out to save time would have decided nothing, and what was compiled once is found again."""

import random

import pytest
from flint import arb

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.formula.balls import enclosure as enclosing
from landscape.geometry.critical.enclosure import balls, enclosure
from landscape.geometry.critical.limits import never
from landscape.geometry.critical.proof import is_hopeless, krawczyk

SMOOTH = [name for name, entry in surface_entries().items() if entry.smooth]
BOXES = 200


@pytest.mark.parametrize("name", SMOOTH)
def test_about_a_box_without_hope_neither_form_decides_anything(name: str) -> None:
    given = surface(name)
    (left, right), (low, high) = given.domain
    enclosed, dice, hopeless = enclosure(given, (left, right, low, high), never), random.Random(name), 0
    for _ in range(BOXES):
        size = 2.0 ** -dice.uniform(0, 30)
        rx, ry = size * (right - left) / 2 * dice.random(), size * (high - low) / 2 * dice.random()
        cx, cy = dice.uniform(left, right), dice.uniform(low, high)
        x, y = balls((cx - rx, cx + rx, cy - ry, cy + ry))
        gradient, hessian = enclosed.gradient(x.mid(), y.mid()), enclosed.hessian(x, y)
        if not is_hopeless(gradient, hessian, rx, ry):
            continue
        hopeless += 1
        dx, dy = arb(0, x.rad()), arb(0, y.rad())
        (gx, gy), (hxx, hxy, hyy) = gradient, hessian
        assert 0 in gx + hxx * dx + hxy * dy
        assert 0 in gy + hxy * dx + hyy * dy
        step = krawczyk(float(x), float(y), gradient, hessian, dx, dy)
        assert step is None or (step[0].contains(x) and step[1].contains(y))
    assert hopeless < BOXES


def test_most_boxes_over_all_of_a_rugged_surface_are_without_hope() -> None:
    enclosed = enclosure(surface("peaks"), (-3.0, 3.0, -3.0, 3.0), never)
    x, y = balls((-3.0, 3.0, -3.0, 3.0))
    assert is_hopeless(enclosed.gradient(x.mid(), y.mid()), enclosed.hessian(x, y), 3.0, 3.0)


def test_enclosures_of_all_surfaces_of_the_catalogue_are_kept() -> None:
    def enclose_all() -> None:
        for given in map(surface, surface_entries()):
            enclosure(given, (*given.domain[0], *given.domain[1]), never)

    enclose_all()
    made = enclosing.cache_info().misses  # type: ignore[attr-defined]
    enclose_all()
    assert enclosing.cache_info().misses == made  # type: ignore[attr-defined]
