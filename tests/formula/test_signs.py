"""The sign of a formula, told from its factors, is the sign of that formula and of no other."""

import pytest
from flint import arb

from landscape.catalogue.surfaces import surface
from landscape.formula.balls import enclosure, precision
from landscape.formula.signs import same_sign
from landscape.formula.tree import Node
from tests.geometry.critical.made_up import made_up

NAMES = ("x", "y")
PLACES = [(0.3, 0.7), (1.9, 0.2), (0.01, 1.3), (-1.2, 0.6), (0.4, -1.7), (-0.9, -0.05)]
FORMULAS = [
    "x^y", "x^y*(x - 1)", "x^2^y + x^y", "(x^2 + y^2)^0.25*sin(50*(x^2 + y^2)^0.1 + 1)^2", "x^(y - 1) - x^y",
    "x^2 + (0.1*y + y)*(x^2 - 0.5)/y", "(0.1*y + y)*(x - 1)/y + x^2", "x*0.3*(y/0.1/3)^2 - x*y", "sqrt(x)*x^1.5",
    "(x/3*3 - x)*exp(y)", "x^3*y^2 - x^2*y^3", "(x - y)^2/(x - y)", "-x*-y/-(x + y)", "exp(x)^2*x/exp(y)^3",
]  # fmt: skip


def values(root: Node, place: tuple[float, float]) -> arb:
    return enclosure((root,), NAMES)([arb(part) for part in place], ((),))[0]


def check(root: Node) -> None:
    """Compare the signs at some places, with many digits; where the formula is 0, its sign may not be told."""
    told = same_sign(root)
    for place in PLACES:
        with precision(300):
            ours, theirs = values(told, place), values(root, place)
            if theirs.is_finite() and ours.is_finite():
                assert not (ours > 0) or not theirs < 0, (place, ours, theirs)
                assert not (ours < 0) or not theirs > 0, (place, ours, theirs)
                if theirs.contains(0):
                    assert ours.contains(0), (place, ours, theirs)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_slope_keeps_its_sign_without_its_factors(formula: str) -> None:
    tree, slopes, _ = surface(formula).exact_trees
    for root in (tree, *slopes):
        check(root)


@pytest.mark.parametrize("number", range(0, 200, 2))
def test_a_slope_of_a_made_up_formula_keeps_its_sign(number: int) -> None:
    for root in made_up(number).surface.exact_trees[1]:
        check(root)
