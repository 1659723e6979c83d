"""What is derived from a formula is kept for all surfaces of the catalogue, and not for every formula ever typed."""

from collections.abc import Callable

import pytest

from landscape.catalogue.surface_trees import exact_trees, gradient_trees, hessian_trees
from landscape.catalogue.surfaces import surface_entries

DERIVED = [gradient_trees, hessian_trees, lambda formula, transformed: exact_trees(formula, transformed, ())]
NAMES = ["gradient_trees", "hessian_trees", "exact_trees"]


@pytest.mark.parametrize("derive", DERIVED, ids=NAMES)
def test_of_many_formulas_the_trees_of_the_first_are_let_go(derive: Callable[..., object]) -> None:
    made = [derive(f"x**2 + {number}*y", False) for number in range(100)]
    assert derive("x**2 + 99*y", False) is made[99]
    assert derive("x**2 + 0*y", False) is not made[0]


@pytest.mark.parametrize("derive", DERIVED, ids=NAMES)
def test_the_trees_of_the_whole_catalogue_are_kept(derive: Callable[..., object]) -> None:
    formulas = [entry.formula for entry in surface_entries().values() if len(entry.formula) < 200]
    made = [derive(formula, False) for formula in formulas]
    assert all(derive(formula, False) is one for formula, one in zip(formulas, made, strict=True))
