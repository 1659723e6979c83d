"""Searches of runs: each trial is the run with its values, and good ones are found as often as chance says."""

import importlib
import math
import sys
import threading
import time

import numpy as np
import pytest

import landscape as ls
from landscape.errors import InputError
from landscape.network.data.samples import Data
from landscape.network.network import Network
from landscape.search.objectives import NetworkRun, SurfaceRun, evaluator
from landscape.search.repeating import best_of_all, chance, share_of_hits
from landscape.search.spaces import named_space, table_of
from landscape.search.strategies.registry import STRATEGIES
from landscape.search.trials import Searcher, histories
from landscape.search.truth import cells_of, centres, importance, ranks, truth_of

objectives = importlib.import_module("landscape.search.objectives")  # "landscape.search" is also a function.
SURFACE, RULE = ls.surface("himmelblau"), ls.optimizer("adam")
SPACE = {"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.9, 0.999)}
START = (-1.0, 1.5)
NETWORK = NetworkRun(
    data=Data(), network=Network(hidden=(32, 32, 32)), rule=RULE, schedule=ls.schedule("constant"), steps=3000
)


def results_of(space, run, units):
    (found,) = evaluator(run, [one.name for one in space]).evaluate(
        table_of(space, units), np.full(len(units), run.steps), np.full(len(units), -1)
    )
    return found


@pytest.mark.parametrize("name", [name for name in STRATEGIES if name != "population"])
def test_a_trial_is_the_run_with_its_values(name):
    found = ls.search(SURFACE, RULE, SPACE, strategy=name, trials=8, steps=90, start=START)
    for trial in found.trials:
        for steps, result in trial.seen:
            run = ls.descend(SURFACE, RULE.with_values(**trial.values), START, steps)
            assert result == pytest.approx(run.losses[-1], rel=1e-6)
        assert (trial.steps, trial.result) == trial.seen[-1]


def test_a_run_of_a_population_goes_on_from_the_state_that_it_took_over():
    found = ls.search(SURFACE, RULE, SPACE, strategy="population", trials=6, steps=50, start=START).history
    last = len(found.results) - 1
    way = [last]
    while found.after[way[0]] >= 0:
        way.insert(0, int(found.after[way[0]]))
    assert len({int(found.trial[place]) for place in way}) >= 1
    rates = table_of(named_space(SPACE), found.units[way])
    point, state, before = START, None, 0
    for place, (lr, beta1) in zip(way, rates.T.tolist(), strict=True):
        rule = (
            "m = beta1*m + (1 - beta1)*g\nv = 0.999*v + 0.001*g**2\nc = c*beta1 + (1 - beta1)\n"
            "theta = theta - lr*m/(1 - beta1**(t + done))/(sqrt(v/(1 - 0.999**(t + done))) + 1e-8)"
        )
        one = ls.descend(
            SURFACE,
            ls.optimizer(rule, lr=lr, beta1=beta1, done=float(before)),
            point,
            int(found.until[place]) - before,
            state=state,
        )
        point = tuple(one.points[-1].tolist())
        state = {name: values[-1].tolist() for name, values in one.state.items()}
        before = int(found.until[place])
        assert found.results[place] == pytest.approx(one.losses[-1], rel=1e-6)


def test_the_best_trial_is_that_with_the_least_result_of_whole_runs():
    found = ls.search(SURFACE, RULE, SPACE, strategy="halving", trials=25)
    whole = [trial for trial in found.trials if trial.steps == 200]
    assert found.best.result == min(trial.result for trial in whole)
    assert len(found.trials) > 200 > len(whole)


def test_steps_to_a_threshold_are_those_of_the_run():
    found = ls.search(SURFACE, RULE, SPACE, trials=12, start=START, measure="steps", threshold=1.0)
    for trial in found.trials:
        losses = ls.descend(SURFACE, RULE.with_values(**trial.values), START, 200).losses
        good = np.flatnonzero(losses <= 1.0)
        assert trial.result == (good[0] if len(good) else np.inf)


def test_random_searches_find_the_best_twentieth_as_often_as_chance_says():
    space = named_space(SPACE)
    run = SurfaceRun(surface=SURFACE, rule=RULE, start=START)
    cells = cells_of(space)
    truth = truth_of(results_of(space, run, centres(cells)).reshape(cells))
    assert truth.share == pytest.approx(0.05, abs=1e-3)
    searchers = [Searcher(strategy="random", space=space, trials=64, steps=200, seed=seed) for seed in range(400)]
    *_, found = histories(searchers, evaluator(run, list(SPACE)))
    share = share_of_hits(best_of_all(found, 64, 200), truth.bound)
    expected = chance(0.05, 64)
    assert expected[59] == pytest.approx(0.954, abs=1e-3)
    assert np.abs(share - expected).max() < 3.5 * np.sqrt(0.25 / 400)


def test_searches_in_step_find_what_each_finds_alone():
    space, run = named_space(SPACE), SurfaceRun(surface=SURFACE, rule=RULE, start=START, steps=60)
    searchers = [Searcher(strategy=name, space=space, trials=12, steps=60, seed=3) for name in STRATEGIES]
    *_, together = histories(searchers, evaluator(run, list(SPACE)))
    for searcher, found in zip(searchers, together, strict=True):
        *_, (alone,) = histories([searcher], evaluator(run, list(SPACE)))
        assert np.array_equal(found.units, alone.units)
        assert found.results == pytest.approx(alone.results, rel=1e-9)


def test_the_importance_of_a_sum_is_that_of_its_parts():
    a, b = np.meshgrid(np.linspace(-1, 1, 401), np.linspace(-1, 1, 401), indexing="ij")
    assert importance(3 * a + b) == pytest.approx((0.9, 0.1))
    assert importance(a * b) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_results_that_are_alike_share_their_rank():
    assert ranks(np.array([3.0, np.inf, 1.0, np.inf])).tolist() == pytest.approx([1 / 3, 2.5 / 3, 0.0, 2.5 / 3])


def test_a_network_is_searched_by_its_loss_on_the_test_part():
    space = {
        "lr": ls.log(1e-3, 1.0),
        "width": ls.whole(2, 12),
        "depth": ls.whole(1, 3),
        "batch_size": ls.choice(16, 64),
    }
    found = ls.search("spirals", ls.optimizer("sgd"), space, trials=4, steps=40, seed=2)
    trial = found.trials[0]
    hidden = (int(trial.values["width"]),) * int(trial.values["depth"])
    rows, batch = 300, int(trial.values["batch_size"])
    trained = ls.train(
        "spirals", optimizer=ls.optimizer("sgd", lr=trial.values["lr"]), hidden=hidden, batch_size=batch, seed=2,
        epochs=40 * batch / rows,
    )  # fmt: skip
    assert trained.training.steps == 40
    assert trial.result == pytest.approx(trained.test_losses[-1], rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"strategy": "randm"}, "random"),
        ({"trials": 0}, "trials"),
        ({"seed": -1}, "seed"),
        ({"measure": "los"}, "los"),
        ({"start": (math.nan, 0.0)}, "start"),
        ({"measure": "steps", "threshold": math.nan}, "threshold"),
        ({"subject": "spirals", "space": {"width": ls.whole(-3, 5)}}, "-3"),
        ({"subject": "spirals", "space": {"depth": ls.whole(-3, 2)}}, "depth"),
        ({"subject": "spirals", "space": {"batch_size": ls.choice(8, -8)}}, "batch_size"),
        ({"space": {"bta1": ls.linear(0, 1)}}, "bta1"),
        ({"space": {}}, "dimensions"),
        ({"subject": "spirals", "strategy": "population", "space": {"lr": ls.log(0.1, 1)}}, "population"),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_is_refused(arguments, word):
    given = {"subject": SURFACE, "optimizer": RULE, "space": SPACE, **arguments}
    with pytest.raises(InputError, match=word):
        ls.search(given.pop("subject"), given.pop("optimizer"), given.pop("space"), **given)


def test_trials_of_networks_run_at_the_same_time_on_all_cores(monkeypatch):
    met = threading.Barrier(2, timeout=30.0)

    def waiting(_run, _values, _steps, _cancelled):
        met.wait()  # For another trial: one alone would wait in vain.
        return 0.0

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(objectives, "network_loss", waiting)
    found = list(evaluator(NETWORK, ["lr"]).evaluate(np.ones((1, 4)), np.full(4, 5), np.full(4, -1)))
    assert np.concatenate(found).tolist() == [0.0] * 4


@pytest.mark.parametrize("run", [NETWORK, SurfaceRun(surface=SURFACE, rule=RULE, start=START, steps=2000)])
def test_a_trial_does_not_hold_up_the_threads_of_others(run):
    """Nobody is made to wait: as the interpreter's lock is not taken away, others run only where it is let go."""
    made = evaluator(run, ["lr"])
    values = np.full((1, 400), 1e-3) if isinstance(run, SurfaceRun) else np.full((1, 1), 1e-3)
    asked = values, np.full(values.shape[1], run.steps), np.full(values.shape[1], -1)
    list(made.evaluate(*asked))
    turns, before = 0, sys.getswitchinterval()
    try:
        sys.setswitchinterval(60.0)
        working = threading.Thread(target=lambda: list(made.evaluate(*asked)))
        working.start()
        while working.is_alive():
            turns += 1
            time.sleep(1e-4)
    finally:
        sys.setswitchinterval(before)
    assert turns > 5
