"""Whatever independent runs find is proven or open; ``python -m tests.geometry.critical.partition`` makes more runs."""

import pytest

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.formula.tree import ELEMENTARY
from tests.geometry.critical.made_up import made_up
from tests.geometry.critical.partition import wrong_words

RUNS = 100
MADE_UP = 3 * len(ELEMENTARY)


@pytest.mark.slow
@pytest.mark.parametrize("name", surface_entries())
def test_what_runs_find_on_a_surface_of_the_catalogue_is_proven_or_open(name: str) -> None:
    assert wrong_words(surface(name), RUNS, seconds=1.0) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MADE_UP))
def test_what_runs_find_on_a_formula_that_is_made_up_is_proven_or_open(number: int) -> None:
    assert wrong_words(made_up(number).surface, RUNS, seconds=0.5) == []
