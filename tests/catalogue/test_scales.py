"""How sliders run."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer_entries
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import nudged, position_of, rounded, value_at
from landscape.catalogue.schedules import schedule_entries
from landscape.catalogue.surfaces import surface_entries

ALL = [
    pytest.param(parameter, id=f"{entry.id}.{parameter.name}")
    for entries in (surface_entries(), optimizer_entries(), schedule_entries())
    for entry in entries.values()
    for parameter in entry.parameters
]


def parameter(scale: str, low: float, high: float) -> Parameter:
    return Parameter(name="p", default=low, minimum=low, maximum=high, scale=scale)


@pytest.mark.parametrize("shown", ALL)
def test_every_slider_runs_from_its_minimum_to_its_maximum(shown: Parameter) -> None:
    assert value_at(shown, 0.0) == pytest.approx(shown.minimum, rel=1e-9, abs=1e-9)
    assert value_at(shown, 1.0) == pytest.approx(shown.maximum, rel=1e-9)
    assert 0.0 <= position_of(shown, shown.default) <= 1.0
    assert nudged(shown, shown.minimum, -1) == shown.minimum
    assert nudged(shown, shown.maximum, 1) == shown.maximum


@pytest.mark.parametrize("shown", ALL)
def test_every_slider_can_be_nudged_off_its_minimum_and_does_not_go_back(shown: Parameter) -> None:
    values = [shown.minimum]
    for _ in range(160):
        values.append(nudged(shown, values[-1], 1))
    assert values[-1] == shown.maximum
    assert values == sorted(values)


@given(st.floats(0, 1), st.sampled_from(["linear", "log", "log1m"]))
def test_a_value_stands_where_it_was_taken_from(position: float, scale: str) -> None:
    shown = parameter(scale, 0.001, 0.999)
    assert position_of(shown, value_at(shown, position)) == pytest.approx(position, abs=1e-9)


def test_a_logarithmic_slider_is_even_in_factors() -> None:
    shown = parameter("log", 1e-4, 1.0)
    assert value_at(shown, 0.25) == pytest.approx(1e-3)
    assert value_at(shown, 0.5) == pytest.approx(1e-2)


def test_a_slider_of_one_minus_the_value_is_even_in_factors_of_that() -> None:
    shown = parameter("log1m", 0.0, 0.9999)
    assert value_at(shown, 0.25) == pytest.approx(0.9)
    assert value_at(shown, 0.75) == pytest.approx(0.999)


def test_whole_numbers_stay_whole() -> None:
    shown = parameter("integer", 0.0, 7.0)
    assert {value_at(shown, k / 100) for k in range(101)} == set(map(float, range(8)))
    assert nudged(shown, 3.0, 1) == 4.0


def test_slider_values_are_short() -> None:
    assert rounded(parameter("log", 1e-6, 10.0), 0.0123456) == 0.0123
    assert rounded(parameter("log1m", 0.0, 0.99999), 0.98765432) == 0.9877
    assert rounded(parameter("linear", -10.0, 10.0), 1.23456789) == 1.23


@pytest.mark.parametrize(("low", "high"), [(-1.7e308, 1.7e308), (0.0, 5e-324), (1e300, 1.7e308), (-10.0, 1e308)])
@pytest.mark.parametrize("scale", ["linear", "log", "log1m", "integer"])
def test_a_slider_over_numbers_of_any_size_stays_finite(scale: str, low: float, high: float) -> None:
    shown = parameter(scale, low, high)
    for place in (low, high, 1.0, 1e308, 5e-324):
        for value in (
            rounded(shown, place),
            nudged(shown, place, 1),
            nudged(shown, place, -1),
            position_of(shown, place),
        ):
            assert math.isfinite(value)
    for position in (0.0, 0.3, 1.0):
        assert low <= value_at(shown, position) <= high
