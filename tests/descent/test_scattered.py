"""Runs whose hyper-parameters are scattered: each is a run of its own."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.scattered import Scattered, begun, check, chosen, moved
from landscape.descent.trajectory import descend
from landscape.errors import InputError

START = (-1.0, 1.5)
RANDOM = np.random.default_rng(0)
NAMES = {
    "adam": ("lr", "beta1", "beta2"),
    "momentum": ("momentum", "lr"),
    "rmsprop": ("alpha", "momentum", "lr", "eps"),
    "damped_newton": ("damping",),
    "sgld": ("lr", "temperature"),
    "nadam": ("beta1",),
}


def drawn(names, count):
    """Values of some hyper-parameters for so many runs."""
    return np.stack([10.0 ** RANDOM.uniform(-4, -0.05, count) for _ in names])


def scattered(name, where="rosenbrock", names=None, steps=60, **given):
    rule = optimizer(name)
    return Scattered(surface=surface(where), rule=rule, names=names or NAMES[name], start=START, steps=steps, **given)


def compare(asked, values, steps=60):
    runs = moved(asked, begun(asked, values.shape[1]), values, 0, steps)
    for index, own in enumerate(values.T.tolist()):
        rule = asked.rule.with_values(**dict(zip(asked.names, own, strict=True)))
        one = descend(asked.surface, rule, START, steps, schedule=asked.schedule, noise=asked.noise, seed=asked.seed)
        good = np.flatnonzero(one.losses <= asked.threshold)
        assert runs.reached[index] == (good[0] if len(good) else np.inf)
        if one.outcome == "diverged":
            assert not np.isfinite(runs.losses[index])
        else:
            assert runs.losses[index] == pytest.approx(one.losses[-1], rel=1e-6)
    return runs


@pytest.mark.parametrize("name", NAMES)
def test_each_is_the_run_with_its_values(name: str):
    runs = compare(scattered(name, threshold=5.0), drawn(NAMES[name], 37))
    assert len(np.unique(runs.losses)) > 3


def test_more_runs_than_are_laid_out_at_once_are_all_made():
    asked, values = scattered("adam"), drawn(NAMES["adam"], 5000)
    whole = moved(asked, begun(asked, 5000), values, 0, 20)
    some = np.array([0, 2047, 2048, 4999])
    alone = moved(asked, begun(asked, 4), values[:, some], 0, 20)
    assert whole.losses[some] == pytest.approx(alone.losses, rel=1e-12)


def test_each_follows_the_schedule_from_its_own_rate():
    compare(scattered("adam", schedule=schedule("cosine", min_lr=1e-4, warmup=7)), drawn(NAMES["adam"], 9))
    compare(scattered("adam", names=("beta2",), schedule=schedule("one_cycle", warmup=5)), drawn(("beta2",), 9))


def test_all_feel_the_same_noise():
    compare(scattered("adam", noise=0.1, seed=3), drawn(NAMES["adam"], 9))


def test_a_run_that_is_stopped_goes_on_as_if_it_had_not_been():
    asked, values = scattered("adam", schedule=schedule("cosine"), noise=0.1), drawn(NAMES["adam"], 20)
    whole = moved(asked, begun(asked, 20), values, 0, 60)
    half = moved(asked, begun(asked, 20), values, 0, 25)
    kept = np.array([7, 3, 3])
    rest = moved(asked, chosen(half, kept), values[:, kept], 25, 35)
    assert rest.losses == pytest.approx(whole.losses[kept], rel=1e-12)


def test_one_that_the_rule_does_not_have_is_refused():
    with pytest.raises(InputError, match="bta1"):
        check(scattered("adam", names=("lr", "bta1")))


def test_one_that_the_schedule_drives_is_refused():
    with pytest.raises(InputError, match="drives"):
        check(scattered("adam", names=("beta1",), schedule=schedule("one_cycle")))
