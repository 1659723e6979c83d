"""Many starts end where each of them would have ended alone."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent import batch
from landscape.descent.batch import descend_many, is_warm
from landscape.descent.kernels import BLOCK
from landscape.descent.trajectory import descend
from landscape.errors import InputError

STARTS = np.random.default_rng(2).uniform(-2.0, 2.0, (301, 2))
WAVES = surface("x**2 + 3*y**2 + a*sin(2*x)*exp(-y**2)", a=0.2)


@pytest.mark.parametrize("name", optimizer_entries())
def test_every_start_ends_where_it_ends_alone(name: str) -> None:
    rule = optimizer(name).with_values(lr=0.01)
    ends = descend_many(WAVES, rule, STARTS[:20], 60, seed=4)
    alone = [descend(WAVES, rule, tuple(start), 60, seed=4).points[-1] for start in STARTS[:20]]
    np.testing.assert_allclose(ends, alone, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "neuron_cross_entropy"])
def test_on_known_surfaces_too(name: str) -> None:
    rule, where = optimizer("sgd", lr=1e-4), surface(name)
    ends = descend_many(where, rule, STARTS[:20], 500)
    np.testing.assert_allclose(
        ends, [descend(where, rule, tuple(start), 500).points[-1] for start in STARTS[:20]], rtol=1e-10, atol=1e-12
    )


def test_a_schedule_is_followed() -> None:
    rule, plan = optimizer("momentum", lr=0.02), schedule("lr*(1 - t/T)")
    ends = descend_many(WAVES, rule, STARTS[:5], 40, schedule=plan)
    alone = [descend(WAVES, rule, tuple(start), 40, schedule=plan).points[-1] for start in STARTS[:5]]
    np.testing.assert_allclose(ends, alone, rtol=1e-12)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, BLOCK - 1, BLOCK, BLOCK + 1, 301])
def test_any_number_of_starts_may_run_together_bit_for_bit(count: int) -> None:
    rule = optimizer("adam", lr=0.02)
    ends = descend_many(WAVES, rule, STARTS[:count], 50)
    assert ends.shape == (count, 2)
    np.testing.assert_array_equal(ends, descend_many(WAVES, rule, STARTS, 50)[:count])


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (2, 1), (3, 10_000), (2, 4_000_000)])
def test_threads_and_chunks_change_no_bit(threads: int, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = optimizer("adam", lr=0.02)
    whole = descend_many(WAVES, rule, np.tile(STARTS, (4, 1)), 50, threads=1)
    monkeypatch.setattr(batch, "CHUNK", chunk)
    np.testing.assert_array_equal(descend_many(WAVES, rule, np.tile(STARTS, (4, 1)), 50, threads=threads), whole)


def test_without_steps_every_start_stays() -> None:
    np.testing.assert_array_equal(descend_many(WAVES, optimizer("adam"), STARTS, 0), STARTS)


def test_a_start_that_diverges_does_not_end_at_a_number() -> None:
    ends = descend_many(surface("x**4 + y**4"), optimizer("sgd", lr=0.1), np.array([[9.0, 9.0], [0.5, 0.5]]), 100)
    assert not np.isfinite(ends[0]).any()
    assert np.isfinite(ends[1]).all()


def test_what_is_cancelled_has_no_ends_and_what_was_begun_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 1)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    starts = np.tile(STARTS, (3, 1))
    ends = descend_many(WAVES, optimizer("sgd", lr=0.01), starts, 50, threads=1, cancelled=cancelled)
    whole = descend_many(WAVES, optimizer("sgd", lr=0.01), starts, 50)
    np.testing.assert_array_equal(ends[: 2 * BLOCK], whole[: 2 * BLOCK])
    assert np.isnan(ends[2 * BLOCK :]).all()


def test_a_mistake_while_asking_whether_to_go_on_is_not_swallowed() -> None:
    def cancelled() -> bool:
        raise RuntimeError("asked in vain")

    with pytest.raises(RuntimeError, match="asked in vain"):
        descend_many(WAVES, optimizer("sgd"), STARTS, 50, threads=2, cancelled=cancelled)


def test_ends_cannot_be_written_and_a_pair_is_warm_afterwards() -> None:
    where = surface("x**2 + 2.71828*y**2")
    assert not is_warm(where, optimizer("sgd"))
    assert not descend_many(where, optimizer("sgd"), STARTS[:3], 5).flags.writeable
    assert is_warm(where, optimizer("sgd"))


@pytest.mark.parametrize("steps", [-1, 2.5, 10**12])
def test_a_number_of_steps_that_cannot_be_used_is_a_mistake(steps: float) -> None:
    with pytest.raises(InputError, match="whole number"):
        descend_many(WAVES, optimizer("sgd"), STARTS, steps)
    with pytest.raises(InputError, match="whole number"):
        descend(WAVES, optimizer("sgd"), (0.0, 0.0), steps=steps)
