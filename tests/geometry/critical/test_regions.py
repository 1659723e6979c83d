"""Open boxes have one label each, lie in the domain, and their share is that of their area."""

import logging
import random
from dataclasses import replace

import pytest
from flint import arb

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.certificate import as_text
from landscape.geometry.critical.enclosure import balls
from landscape.geometry.critical.limits import never
from landscape.geometry.critical.points import CriticalPoints
from landscape.geometry.critical.proof import Zero
from landscape.geometry.critical.regions import regions
from landscape.geometry.critical.remainder import Remainder, _drop_decided
from landscape.geometry.critical.search import checked_by_index

DOMAIN = (-2.0, 2.0, -2.0, 2.0)


def random_box(dice: random.Random, side: float = 0.5) -> Box:
    x, y = dice.uniform(-2, 2), dice.uniform(-2, 2)
    return x, x + dice.random() * side, y, y + dice.random() * side


def test_of_a_box_over_the_border_the_part_in_the_domain_is_open() -> None:
    [region] = regions({"kink": [(-3.0, 0.0, 1.0, 4.0)]}, DOMAIN)
    assert region.boxes == ((-2.0, 0.0, 1.0, 2.0),)
    assert region.share == pytest.approx(2.0 / 16.0)


def test_a_box_outside_of_the_domain_is_not_open() -> None:
    assert regions({"kink": [(3.0, 4.0, 1.0, 2.0)]}, DOMAIN) == ()


def test_a_box_of_two_labels_keeps_the_one_that_claims_least() -> None:
    box = (0.0, 1.0, 0.0, 1.0)
    assert [region.kind for region in regions({"valley": [box], "undecided": [box]}, DOMAIN)] == ["undecided"]


def test_what_lies_in_the_box_of_a_proven_zero_is_decided_and_nothing_else() -> None:
    dice = random.Random(3)
    boxes, proven = [random_box(dice) for _ in range(500)], [random_box(dice, 2.0) for _ in range(6)]
    left = Remainder(undecided=list(boxes), singular=[[box] for box in boxes])
    _drop_decided(left, [Zero(box, 0.0, 0.0) for box in proven], never)
    expected = sorted(
        (x0, x1, y0, y1)
        for x0, x1, y0, y1 in boxes
        if not any(a <= x0 and x1 <= b and c <= y0 and y1 <= d for a, b, c, d in proven)
    )
    assert 0 < len(expected) < len(boxes)
    assert sorted(left.undecided) == expected
    assert sorted(box for [box] in left.singular) == expected


def test_balls_hold_all_of_their_box() -> None:
    dice = random.Random(1)
    for _ in range(1000):
        scale, offset = 10 ** dice.uniform(-12, 12), 10 ** dice.uniform(-12, 12)
        x0, y0 = offset * dice.uniform(-1, 1), offset * dice.uniform(-1, 1)
        box = (x0, x0 + scale * dice.random(), y0, y0 + scale * dice.random())
        x, y = balls(box)
        assert all(arb(side) in x for side in box[:2])
        assert all(arb(side) in y for side in box[2:])


def with_a_point_less() -> CriticalPoints:
    found = critical_points(surface("x^4/4 - x^2/2 + y^2", domain=((-2, 2), (-2, 2))))
    assert (found.complete, found.boundary_index) == (True, 1)
    return replace(found, points=found.points[:-1])


def test_a_point_that_is_missing_in_the_sum_of_the_indices_makes_the_answer_not_complete(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.CRITICAL, "landscape.geometry.critical.search"):
        found = checked_by_index(with_a_point_less())
    assert not found.complete
    assert found.open == (DOMAIN,)


def test_a_sum_that_is_not_known_cannot_be_compared() -> None:
    found = replace(with_a_point_less(), boundary_index=None)
    assert checked_by_index(found) is found


def test_what_is_open_is_told_however_small_it_is() -> None:
    """The box around the saddle of fourth order is so narrow that its area is no ordinary number."""
    found = critical_points(surface("x^2/(1 + y^2) - y^4*exp(-y^2)", domain=((-3, 3.21), (-3.09, 3))))
    assert not found.complete
    assert found.share > 0.0
    assert "no others outside of less than 0.01 % of the domain" in as_text(found)
    [region] = found.regions
    assert region.sentence == "around points with a singular Hessian: less than 0.01 % of the domain is open"
