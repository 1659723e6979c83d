"""Every optimizer with a reference agrees with it step by step: stored data always, live where it is installed."""

import json
from pathlib import Path

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from tests.reference import run
from tests.reference.cases import OPTIMIZERS, STARTS, STEPS, STORED, SURFACES, hyper_parameters

STORE = json.loads((Path(run.__file__).parent / "optimizers.json").read_text(encoding="utf-8"))
REFERENCES = {name: entry.reference for name, entry in optimizer_entries().items() if entry.reference}
TORCH = [name for name, reference in REFERENCES.items() if reference.startswith("torch")]
OPTAX = [name for name, reference in REFERENCES.items() if reference.startswith("optax")]


def assert_agrees(optimizer_id: str, surface_id: str, hyper: dict[str, float], steps, points) -> None:
    """Compare with 1e-12 for the first ten steps and 1e-9 afterwards, relative to the greater of 1 and the value."""
    trajectory = descend(surface(surface_id), optimizer(optimizer_id, **hyper), STARTS[surface_id], STEPS)
    expected = np.array(points)
    error = np.abs(trajectory.points[list(steps)] - expected) / np.maximum(1.0, np.abs(expected))
    allowed = np.where(np.array(steps) <= 10, 1e-12, 1e-9)
    case = f"{optimizer_id} on {surface_id} with {hyper}"
    assert (error.max(axis=1) <= allowed).all(), case


@pytest.mark.parametrize("name", REFERENCES)
def test_agrees_with_the_stored_reference(name):
    cases = [case for case in STORE["cases"] if case["optimizer"] == name]
    assert len({case["surface"] for case in cases}) >= 5
    assert len(cases) >= 3 * 5
    for case in cases:
        assert_agrees(name, case["surface"], case["hyper"], STORED, case["points"])


def test_the_stored_data_says_where_it_is_from_and_is_what_the_cases_ask_for():
    assert STORE["origin"]["command"] == "python -m tests.reference.make"
    assert {"torch", "optax", "date"} <= set(STORE["origin"])
    stored = [(case["optimizer"], case["surface"], case["hyper"]) for case in STORE["cases"]]
    asked = [
        (name, place, hyper_parameters(setting, place))
        for name, settings in OPTIMIZERS.items()
        for place in SURFACES
        for setting in settings
    ]
    assert stored == asked


def test_the_stored_data_would_notice_a_rule_that_is_slightly_wrong():
    case = next(case for case in STORE["cases"] if case["optimizer"] == "adam")
    almost = {**case["hyper"], "eps": 1.01e-8}
    with pytest.raises(AssertionError):
        assert_agrees("adam", case["surface"], almost, STORED, case["points"])


def live(name: str, surface_id: str, setting: dict[str, float]) -> None:
    hyper = hyper_parameters(setting, surface_id)
    points = run.trajectory(REFERENCES[name], name, surface_id, hyper)
    assert_agrees(name, surface_id, hyper, range(1, STEPS + 1), points)


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TORCH)
def test_agrees_with_torch_at_every_step(name):
    pytest.importorskip("torch")
    for surface_id in SURFACES:
        for setting in OPTIMIZERS[name]:
            live(name, surface_id, setting)


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPTAX)
def test_agrees_with_optax_at_every_step(name):
    pytest.importorskip("optax")
    for surface_id, setting in zip(list(SURFACES)[:3], OPTIMIZERS[name], strict=True):
        live(name, surface_id, setting)
