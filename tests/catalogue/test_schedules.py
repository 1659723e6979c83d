"""Schedules: against PyTorch's, stored and live, against closed forms, and with a warm-up before them."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import (
    Schedule,
    check,
    check_entry,
    check_formula,
    drives,
    schedule,
    schedule_entries,
    schedule_parameters,
)
from landscape.catalogue.schedules import momenta as momenta_of
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.translation import LANGUAGES
from tests.reference import run
from tests.reference.cases import LOSSES, MOMENTUM, RATE, RUN, SCHEDULES, STARTS

STORE = json.loads((Path(run.__file__).parent / "schedules.json").read_text(encoding="utf-8"))
ENTRIES = schedule_entries()
EVERY = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
REFERENCES = {name: entry.reference for name, entry in ENTRIES.items() if entry.reference}
STEPS = np.arange(RUN)


def assert_agrees(name: str, parameters: dict[str, float], expected, momenta=None) -> None:
    """Compare with 1e-12 of the run's learning rate, and of the momentum where the schedule drives one."""
    made = schedule(name, **parameters)
    found = made.rates(RATE, RUN, losses=LOSSES if made.follows else None)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12 * RATE)
    if momenta is not None:
        np.testing.assert_allclose(momenta_of(made, MOMENTUM, RATE, RUN), momenta, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", REFERENCES)
def test_agrees_with_the_stored_rates_of_torch(name):
    cases = [case for case in STORE["cases"] if case["schedule"] == name]
    assert [case["parameters"] for case in cases] == SCHEDULES[name]
    for case in cases:
        assert_agrees(name, case["parameters"], case["rates"], case.get("momenta"))


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", REFERENCES)
def test_agrees_with_torch(name):
    pytest.importorskip("torch")
    for parameters in SCHEDULES[name]:
        rates, momenta = zip(*run.course(REFERENCES[name], name, parameters), strict=True)
        driven = momenta if drives(schedule(name), ("momentum",)) else None
        assert_agrees(name, parameters, rates, driven)


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("surface_id", "lr"), [("rosenbrock", 0.0007), ("himmelblau", 0.013), ("beale", 0.011)])
@pytest.mark.parametrize("parameters", [{"patience": 2, "factor": 0.7}, {"patience": 0, "cooldown": 3, "factor": 0.6}])
def test_a_run_that_follows_the_loss_is_that_of_a_loop_of_torch(surface_id, lr, parameters):
    pytest.importorskip("torch")
    points = run.scheduled_trajectory("SGD", "plateau", parameters, surface_id, {"lr": lr, "momentum": 0.9})
    rule, plan = optimizer("momentum", lr=lr, momentum=0.9), schedule("plateau", **parameters)
    found = descend(surface(surface_id), rule, STARTS[surface_id], RUN, schedule=plan)
    np.testing.assert_allclose(found.points[1:51], points[:50], rtol=1e-9, atol=1e-9)
    assert len(set(found.rates)) > 3


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("parameters", [{}, {"linear": 1}, {"three_phase": 1, "base_momentum": 0.6}])
@pytest.mark.parametrize(("kind", "name"), [("SGD", "momentum"), ("SGD", "nesterov"), ("Adam", "adam")])
def test_the_momentum_of_one_cycle_drives_the_rule_as_in_torch(kind, name, parameters):
    pytest.importorskip("torch")
    own = {"momentum": 0.9, "nesterov": name == "nesterov"} if kind == "SGD" else {}
    points = run.scheduled_trajectory(kind, "one_cycle", parameters, "himmelblau", {"lr": 0.004, **own})
    rule, plan = optimizer(name, lr=0.004), schedule("one_cycle", **parameters)
    found = descend(surface("himmelblau"), rule, STARTS["himmelblau"], RUN, schedule=plan)
    np.testing.assert_allclose(found.points[1:101], points[:100], rtol=1e-8, atol=1e-8)


def rates_of(made: Schedule, lr: float, steps: int):
    """Return the rates; those of a schedule that reads the loss while it does not change."""
    return made.rates(lr, steps, losses=[1.0] * steps if made.follows else None)


@EVERY
def test_describes_exactly_the_parameters_that_its_formula_reads(entry):
    check_formula(entry.formula)
    check_entry(entry)


@EVERY
def test_has_titles_a_source_and_symbols(entry):
    assert all(entry.titles[language].strip() for language in LANGUAGES)
    assert entry.source.strip()
    assert all(parameter.symbol for parameter in entry.parameters)


@EVERY
@pytest.mark.parametrize("steps", [0, 1, 2, 3, 7, 200, 1000])
def test_rates_are_finite_and_not_negative_for_a_run_of_any_length(entry, steps):
    rates = rates_of(schedule(entry.id), 0.1, steps)
    assert rates.shape == (steps,)
    assert np.isfinite(rates).all()
    assert (rates >= 0).all()
    assert not rates.flags.writeable


@EVERY
def test_rates_are_finite_at_both_ends_of_every_range(entry):
    for parameter in entry.parameters:
        for value in (parameter.minimum, parameter.maximum):
            rates = rates_of(schedule(entry.id, **{parameter.name: value}), 0.1, 100)
            assert np.isfinite(rates).all(), (parameter.name, value)
            assert (rates >= 0).all(), (parameter.name, value)


@pytest.mark.parametrize(("warmup", "steps"), [(1, 30), (7, 60), (40, 20)])
def test_a_schedule_that_reads_the_loss_warms_up_like_any_other(warmup, steps):
    rates = rates_of(schedule("plateau", patience=3, warmup=warmup), 0.3, steps)
    own = rates_of(schedule("plateau", patience=3), 0.3, max(steps - warmup, 1))
    np.testing.assert_allclose(rates[:warmup], (0.3 * np.arange(1, warmup + 1) / warmup)[:steps], rtol=1e-14)
    np.testing.assert_array_equal(rates[warmup:], own[: max(steps - warmup, 0)])


@given(st.sampled_from(sorted(set(ENTRIES) - {"plateau"})), st.integers(1, 40), st.integers(0, 120))
def test_a_warm_up_rises_evenly_to_the_first_rate_and_then_the_schedule_runs_unchanged(name, warmup, steps):
    rates = rates_of(schedule(name, warmup=warmup), 0.3, steps)
    own = rates_of(schedule(name), 0.3, max(steps - warmup, 1))
    expected = own[0] * np.arange(1, warmup + 1) / warmup
    np.testing.assert_allclose(rates[:warmup], expected[:steps], rtol=1e-14)
    np.testing.assert_array_equal(rates[warmup:], own[: max(steps - warmup, 0)])


def test_a_warm_up_of_a_constant_reaches_the_learning_rate_with_its_last_step():
    np.testing.assert_allclose(schedule("constant", warmup=4).rates(0.2, 6), [0.05, 0.1, 0.15, 0.2, 0.2, 0.2])


# What no library has


def test_inverse_time_and_inverse_root_are_their_formulas():
    assert schedule("inverse_time", decay=0.1).rates(RATE, RUN) == pytest.approx(RATE / (1 + 0.1 * STEPS))
    assert schedule("inverse_sqrt").rates(RATE, RUN) == pytest.approx(RATE / np.sqrt(1 + STEPS))


def test_noam_is_the_formula_of_the_paper_up_to_its_peak():
    step = STEPS + 1.0
    paper = np.minimum(step**-0.5, step * 30**-1.5)
    rates = schedule("noam", warmup_steps=30).rates(RATE, RUN)
    np.testing.assert_allclose(rates, RATE * paper / paper.max(), rtol=1e-12)


def test_warm_up_stable_decay_is_a_trapezoid():
    rates = schedule("warmup_stable_decay", warmup_part=0.1, decay_part=0.2).rates(1.0, 100)
    np.testing.assert_allclose(rates[[0, 4, 9, 50, 80, 90, 99]], [0.1, 0.5, 1.0, 1.0, 1.0, 0.5, 0.05])


def test_a_range_test_grows_by_a_constant_factor_from_the_rate_to_its_maximum():
    rates = schedule("range_test", max_lr=10).rates(1e-3, 5)
    np.testing.assert_allclose(rates, [1e-3, 1e-2, 1e-1, 1.0, 10.0], rtol=1e-12)
    assert schedule("range_test").rates(0.0, 5).tolist() == [0.0] * 5


def test_one_cycle_peaks_where_it_should():
    rates = schedule("one_cycle", pct_start=0.3).rates(1.0, 100)
    assert rates.argmax() == 29
    assert rates[0] == pytest.approx(1 / 25)
    assert rates[-1] == pytest.approx(1 / 25 / 1e4)


@pytest.mark.parametrize("period", [1, 3, 10, 25, 1000])
@pytest.mark.parametrize("growth", [1, 2, 3, 4])
def test_every_cycle_of_the_cosine_begins_at_the_full_rate(period, growth):
    rates = schedule("cosine_restarts", period=period, period_growth=growth).rates(1.0, 5000)
    begins, length = [0], period
    while begins[-1] + length < 5000:
        begins.append(begins[-1] + length)
        length *= growth
    np.testing.assert_allclose(rates[begins], 1.0, rtol=1e-12)
    inside = np.setdiff1d(np.arange(5000), begins)
    assert rates[inside].max(initial=0.0) < 1.0


# From formulas


def test_a_formula_reads_the_rate_the_step_and_the_number_of_steps():
    rates = schedule("lr*exp(-k*t/T)", k=2.0).rates(0.5, 4)
    np.testing.assert_allclose(rates, 0.5 * np.exp(-2 * np.arange(4) / 4))
    assert schedule("lr").rates(0.5, 3).tolist() == [0.5, 0.5, 0.5]


def test_the_range_of_a_typed_parameter_holds_what_was_given():
    (parameter,) = schedule_parameters(schedule("lr/(1 + k*t)", k=40.0))
    assert (parameter.minimum, parameter.maximum, parameter.default) == (0.0, 40.0, 1.0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: schedule("cosin"), '"cosine"'),
        (lambda: schedule("qqqqqq"), "constant, step"),
        (lambda: schedule("cosine", min=0.1), '"min_lr"'),
        (lambda: schedule("cosine", min_lr=float("nan")), "finite number"),
        (lambda: schedule("cosine", warmup=-1), "warm-up"),
        (lambda: schedule("cosine", warmup=2.5), "warm-up"),
        (lambda: schedule("lr*("), "ends too early"),
        (lambda: schedule("mean(t)"), "rows of data"),
        (lambda: check(Schedule("lr*k", (("q", 1.0),))), '"q"'),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_allowed(call, said):
    with pytest.raises(InputError) as caught:
        call()
    assert said in str(caught.value)


def test_a_rate_that_is_no_number_is_told():
    with pytest.raises(InputError, match='"lr" must be a finite number, not None'):
        schedule("cosine").rates(None, 3)
