"""The numbers that are told about a place."""

from landscape.catalogue.surfaces import surface
from landscape.scene.descent.facts import numbers_at
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.files import default_session


def on(formula: str) -> Descent:
    return edits.choose_surface(default_session().of(Descent), surface(formula))


def test_the_numbers_of_a_bowl_are_its_curvatures_the_larger_first_and_their_ratio() -> None:
    texts = numbers_at(on("(x**2 + 20*y**2)/2"), (1.0, 1.0))
    assert texts["λ₁, λ₂"] == "20, 1"
    assert texts["κ"] == "20"
    assert texts["2/λmax"] == "0.1"


def test_a_saddle_has_curvatures_and_a_stable_rate_but_no_condition_number() -> None:
    texts = numbers_at(on("2*x**2 - 3*y**2"), (0.0, 0.0))
    assert texts["λ₁, λ₂"] == "4, −6"
    assert texts["κ"] == "–"
    assert texts["2/λmax"] == "0.5"
