"""Many starts end where each of them would have ended alone."""

from pathlib import Path

import numpy as np
import pytest

from landscape.catalogue.optimizers import UpdateRule, optimizer, optimizer_entries
from landscape.catalogue.schedules import Schedule, schedule
from landscape.catalogue.surfaces import Surface, surface
from landscape.descent import convergence as module
from landscape.descent.convergence import Ensemble, convergence, is_warm, warm
from landscape.descent.convergence_kernel import CELLS
from landscape.descent.kernels import BLOCK
from landscape.descent.trajectory import descend

STARTS = np.random.default_rng(2).uniform(-2.0, 2.0, (2, 301))
WAVES = surface("x**2 + 3*y**2 + a*sin(2*x)*exp(-y**2)", a=0.2)


def ensemble(where: Surface, rule: UpdateRule, steps: int, plan: Schedule | None = None, seed: int = 0) -> Ensemble:
    """Return what is in common, with cells of 1/64 from (-4, -4) on."""
    return Ensemble(
        surface=where, rule=rule, steps=steps, schedule=plan, seed=seed, near=(0.01, 0.01), still=(1e-4, 1e-4),
        corner=(-4.0, -4.0), density=(64.0, 64.0),
    )  # fmt: skip


def alone(where: Surface, rule: UpdateRule, steps: int, count: int, plan: Schedule | None = None, seed: int = 0):
    return np.array(
        [descend(where, rule, tuple(start), steps, schedule=plan, seed=seed).points[-1] for start in STARTS.T[:count]]
    ).T


@pytest.mark.slow
@pytest.mark.parametrize("name", optimizer_entries())
def test_every_start_ends_where_it_ends_alone(name: str) -> None:
    rule = optimizer(name).with_values(lr=0.01)
    ends = convergence(ensemble(WAVES, rule, 60, seed=4), STARTS[:, :20]).ends
    np.testing.assert_allclose(ends, alone(WAVES, rule, 60, 20, seed=4), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "neuron_cross_entropy"])
def test_on_known_surfaces_too(name: str) -> None:
    rule, where = optimizer("sgd", lr=1e-4), surface(name)
    ends = convergence(ensemble(where, rule, 500), STARTS[:, :20]).ends
    np.testing.assert_allclose(ends, alone(where, rule, 500, 20), rtol=1e-10, atol=1e-12)


def test_a_schedule_is_followed() -> None:
    rule, plan = optimizer("momentum", lr=0.02), schedule("lr*(1 - t/T)")
    ends = convergence(ensemble(WAVES, rule, 40, plan), STARTS[:, :5]).ends
    np.testing.assert_allclose(ends, alone(WAVES, rule, 40, 5, plan), rtol=1e-12)


def test_single_precision_ends_at_the_same_place_to_six_digits() -> None:
    rule = optimizer("adam", lr=0.02)
    short = convergence(ensemble(WAVES, rule, 400), STARTS, single=True)
    assert short.ends.dtype == np.float32
    np.testing.assert_allclose(short.ends, convergence(ensemble(WAVES, rule, 400), STARTS).ends, rtol=2e-5, atol=2e-5)


def test_what_has_converged_may_stop_early_and_is_where_it_would_have_stayed() -> None:
    given = ensemble(WAVES, optimizer("sgd", lr=0.05), 3000)
    early, late = convergence(given, STARTS, early=True), convergence(given, STARTS)
    assert (early.ends != late.ends).any()
    np.testing.assert_allclose(early.ends, late.ends, atol=1e-3)
    np.testing.assert_array_equal(early.since, late.since)


def test_each_end_is_in_the_cell_that_is_told_and_what_is_beyond_them_in_the_last() -> None:
    given = ensemble(surface("-(x**2) + y**2"), optimizer("sgd", lr=0.01), 60)
    found = convergence(given, STARTS)
    x, y = np.floor((found.ends + 4.0) * 64.0)
    inside = (x >= 0) & (x < CELLS) & (y >= 0) & (y < CELLS)
    assert 0 < inside.sum() < len(inside)
    np.testing.assert_array_equal(found.cells, np.where(inside, CELLS * y + x, CELLS**2))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, BLOCK - 1, BLOCK, BLOCK + 1, 301])
def test_any_number_of_starts_may_run_together_bit_for_bit(count: int) -> None:
    given = ensemble(WAVES, optimizer("adam", lr=0.02), 50)
    ends = convergence(given, STARTS[:, :count]).ends
    assert ends.shape == (2, count)
    np.testing.assert_array_equal(ends, convergence(given, STARTS).ends[:, :count])


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (2, 1), (3, 10_000), (2, 4_000_000)])
def test_threads_and_chunks_change_no_bit(threads: int, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given, starts = ensemble(WAVES, optimizer("adam", lr=0.02), 50), np.tile(STARTS, (1, 4))
    whole = convergence(given, starts, threads=1).ends
    monkeypatch.setattr(module, "CHUNK", chunk)
    np.testing.assert_array_equal(convergence(given, starts, threads=threads).ends, whole)


def test_a_start_that_diverges_does_not_end_at_a_number() -> None:
    given = ensemble(surface("x**4 + y**4"), optimizer("sgd", lr=0.1), 100)
    found = convergence(given, np.array([[9.0, 0.5], [9.0, 0.5]]))
    assert not np.isfinite(found.ends[:, 0]).any()
    assert found.cells[0] == CELLS**2
    assert np.isfinite(found.ends[:, 1]).all()


def test_what_is_cancelled_has_no_ends_and_what_was_begun_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 1)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    given, starts = ensemble(WAVES, optimizer("sgd", lr=0.01), 50), np.tile(STARTS, (1, 3))
    found = convergence(given, starts, threads=1, cancelled=cancelled)
    whole = convergence(given, starts).ends
    np.testing.assert_array_equal(found.ends[:, : 2 * BLOCK], whole[:, : 2 * BLOCK])
    assert np.isnan(found.ends[:, 2 * BLOCK :]).all()
    assert (found.cells[2 * BLOCK :] == CELLS**2).all()


def test_a_mistake_while_asking_whether_to_go_on_is_not_swallowed() -> None:
    def cancelled() -> bool:
        raise RuntimeError("asked in vain")

    with pytest.raises(RuntimeError, match="asked in vain"):
        convergence(ensemble(WAVES, optimizer("sgd"), 50), STARTS, threads=2, cancelled=cancelled)


def test_a_pair_is_warm_after_it_was_warmed() -> None:
    where = surface("x**2 + 2.71828*y**2")
    assert not is_warm(where, optimizer("sgd"))
    warm(where, optimizer("sgd"))
    assert is_warm(where, optimizer("sgd"))


@pytest.mark.slow
def test_the_kernels_of_a_pair_are_kept_on_the_disk(clean_cache: Path) -> None:
    warm(surface("x**2 + 3.14159*y**2"), optimizer("adam"))
    assert len(list(clean_cache.rglob("*.kernel"))) == len({"single", "double"})
