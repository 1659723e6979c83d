"""The comparison of the runs by evaluations: which target it begins with, and how it is changed."""

import pytest

from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.session.descent import comparing, edits
from landscape.session.descent.comparing import compare, set_number, show_stage
from landscape.session.descent.document import Comparison
from landscape.session.descent.workspace import default_descent


@pytest.mark.parametrize(
    ("name", "lowest", "other"),
    [
        # The lowest minimum and the one above it: Rastrigin 1974; Styblinski & Tang 1990; Ackley 1987.
        ("rastrigin", 0.0, 0.994959),
        ("styblinski_tang", -78.332331, -64.195614),
        ("ackley", 0.0, 2.579928),
    ],
)
def test_only_the_lowest_wells_are_at_or_under_the_target(name: str, lowest: float, other: float) -> None:
    target = comparing.suited_target(surface(name))
    assert lowest < target < other


def test_another_surface_has_another_target_and_a_slider_leaves_it() -> None:
    descent = compare(edits.choose_surface(default_descent(), surface("rastrigin")))
    moved = edits.set_surface_value(descent, "A", 5.0)
    assert moved.comparison == descent.comparison
    other = edits.choose_surface(descent, surface("styblinski_tang"))
    assert other.comparison == compare(edits.choose_surface(default_descent(), surface("styblinski_tang"))).comparison
    typed = edits.set_formula(descent, "x**2 + y**2 + 7")
    assert 7.0 < typed.comparison.target < 7.1


def test_map_and_relief_take_its_place_and_what_is_compared_is_kept() -> None:
    descent = set_number(compare(default_descent()), "target", 0.25)
    descent = set_number(set_number(descent, "evaluations", 500.4), "repetitions", 30)
    shown = show_stage(descent, "relief")
    assert (shown.stage, shown.comparison.shown) == ("relief", False)
    assert compare(shown).comparison == Comparison(target=0.25, evaluations=500, repetitions=30, shown=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("target", float("nan")),
        ("target", float("inf")),
        ("repetitions", 9),
        ("repetitions", 1001),
        ("evaluations", 1e6),
        ("evaluations", 1),
    ],
)
def test_what_cannot_be_compared_is_refused(name: str, value: float) -> None:
    with pytest.raises(InputError, match=name):
        set_number(compare(default_descent()), name, value)


def test_nothing_is_set_where_nothing_is_compared() -> None:
    with pytest.raises(InputError, match="Nothing is compared"):
        set_number(default_descent(), "target", 1.0)
