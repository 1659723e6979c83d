"""Whatever independent runs find is proven or open; ``python -m tests.geometry.critical.partition`` makes more runs."""

import pytest

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.formula.tree import ELEMENTARY
from landscape.geometry.critical import critical_points
from tests.geometry.critical.made_up import made_up
from tests.geometry.critical.partition import wrong_words

RUNS = 100
MADE_UP = 3 * len(ELEMENTARY)


@pytest.mark.parametrize("formula", ["x^4 + y^4", "abs(x - 0.01) + 2*abs(y) + x^2", "(x - 0.2)^6 + (x + y)^4"])
def test_whenever_the_boxes_run_out_what_no_run_can_prove_is_open(formula: str) -> None:
    given = surface(formula)
    [place] = [(0.01, 0.0)] if "abs" in formula else [(0.2, -0.2)] if "0.2" in formula else [(0.0, 0.0)]
    for boxes in range(80):
        found = critical_points(given, boxes=boxes)
        assert any(x0 <= place[0] <= x1 and y0 <= place[1] <= y1 for x0, x1, y0, y1 in found.open), boxes


def test_a_zero_that_resists_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landscape.geometry.critical.classification._tightened", lambda *_: None)
    found = critical_points(surface("x^2 + y^2 + x*y^3"), seconds=2.0)
    assert not found.complete
    assert any(x0 <= 0.0 <= x1 and y0 <= 0.0 <= y1 for x0, x1, y0, y1 in found.open)


@pytest.mark.slow
@pytest.mark.parametrize("name", surface_entries())
def test_what_runs_find_on_a_surface_of_the_catalogue_is_proven_or_open(name: str) -> None:
    assert wrong_words(surface(name), RUNS, seconds=1.0) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MADE_UP))
def test_what_runs_find_on_a_formula_that_is_made_up_is_proven_or_open(number: int) -> None:
    assert wrong_words(made_up(number).surface, RUNS, seconds=0.5) == []
