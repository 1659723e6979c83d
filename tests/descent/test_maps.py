"""Every pixel of a map is a run of its own."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.maps import hyper_map, is_warm
from landscape.descent.trajectory import descend
from landscape.errors import InputError

QUADRATIC = surface("x**2/2 + a*y**2/2", a=100.0)
THRESHOLD = 0.1
RATES = np.geomspace(1e-3, 0.1, 7)
CASES = {
    "momentum": (("lr", RATES), ("momentum", np.linspace(0.0, 0.99, 4))),
    "nesterov": (("momentum", np.linspace(0.0, 0.99, 4)), ("lr", RATES)),
    "adam": (("lr", RATES), ("beta2", (0.0, 0.9, 0.999))),
    "nadam": (("beta1", (0.0, 0.5, 0.9)), ("lr", RATES)),
    "rmsprop": (("alpha", (0.5, 0.9)), ("momentum", (0.0, 0.5, 0.9))),
    "damped_newton": (("lr", RATES), ("damping", (0.1, 1.0, 10.0))),
    "sgld": (("lr", RATES), ("temperature", (0.0, 0.01))),
}


def compare(where, rule, across, up, steps=60, **given):
    """Hold every pixel against the trajectory with its values."""
    found = hyper_map(where, rule, across, up, (-1.0, 1.5), steps, threshold=THRESHOLD, **given)
    assert found.losses.shape == found.steps.shape == (len(up[1]), len(across[1]))
    for row, above in enumerate(up[1]):
        for column, right in enumerate(across[1]):
            one = descend(where, rule.with_values(**{across[0]: right, up[0]: above}), (-1.0, 1.5), steps, **given)
            good = np.flatnonzero(one.losses <= THRESHOLD)
            assert found.steps[row, column] == (good[0] if len(good) else -1)
            if one.outcome == "diverged":
                assert not np.isfinite(found.losses[row, column])
            else:
                assert found.losses[row, column] == pytest.approx(one.losses[-1], rel=1e-6)
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_pixel_is_the_run_with_its_values(name: str):
    across, up = CASES[name]
    found = compare(surface("rosenbrock"), optimizer(name), across, up)
    assert len(np.unique(found.losses)) > 3


def test_a_pixel_follows_the_schedule_whichever_axis_the_rate_is_on():
    cosine = schedule("cosine", min_lr=1e-4, warmup=7)
    for across, up in ((CASES["adam"]), (CASES["adam"])[::-1]):
        compare(surface("himmelblau"), optimizer("adam"), across, up, schedule=cosine)


def test_a_pixel_follows_the_momentum_that_the_schedule_drives_whichever_axis_the_rate_is_on():
    axes = (("lr", (1e-3, 1e-2)), ("beta2", (0.9, 0.99)))
    for across, up in (axes, axes[::-1]):
        compare(surface("himmelblau"), optimizer("adam"), across, up, schedule=schedule("one_cycle", warmup=5))


def test_a_pixel_begins_with_the_velocity_of_the_start():
    for rule, state in (("heavy_ball", {"v": (-0.1, 0.2)}), ("momentum", {"b": (3.0, 1.0)})):
        axes = ("lr", (1e-3, 1e-2)), ("momentum", (0.3, 0.8))
        compare(surface("himmelblau"), optimizer(rule), *axes, state=state)


@pytest.mark.parametrize("drives", ["one_cycle", "rate = lr/(1 + loss)\nmomentum = 0.5"])
def test_what_a_schedule_decides_cannot_be_varied(drives):
    axes = ("lr", (1e-3, 1e-2)), ("momentum", (0.3, 0.8))
    with pytest.raises(InputError, match='drives "momentum"'):
        hyper_map(QUADRATIC, optimizer("momentum"), *axes, (1.0, 1.0), 10, schedule=schedule(drives))


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_a_pixel_follows_its_own_loss(noise):
    plateau, axes = (
        schedule("plateau", patience=1, factor=0.5, warmup=3),
        (("lr", (1e-3, 1e-2, 1.0)), ("momentum", (0.0, 0.8))),
    )
    for across, up in (axes, axes[::-1]):
        compare(surface("himmelblau"), optimizer("momentum"), across, up, schedule=plateau, noise=noise, seed=3)


def test_a_schedule_that_no_axis_scales_gives_all_pixels_the_same_rates():
    betas = ("beta1", (0.0, 0.9)), ("beta2", (0.5, 0.99))
    compare(surface("himmelblau"), optimizer("adam", lr=0.1), *betas, schedule=schedule("step", step_size=9))


def test_all_pixels_feel_the_noise_that_a_run_feels():
    compare(surface("himmelblau"), optimizer("momentum"), *CASES["momentum"], noise=0.3, seed=5)


def test_a_map_of_a_surface_with_data_runs_over_its_rows():
    data = {"u": (0.0, 1.0, 2.0), "v": (0.1, 0.4, 0.9)}
    model = surface("mean((sigmoid(x*u + y) - v)**2)", data=data)
    compare(model, optimizer("momentum"), *CASES["momentum"], steps=20)


def test_a_map_has_as_many_columns_as_values_however_many_there_are():
    for columns in (1, 255, 257):
        across = ("lr", np.geomspace(1e-3, 0.03, columns))
        compare(QUADRATIC, optimizer("momentum"), across, ("momentum", (0.9,)), steps=5)


def test_an_odd_number_of_steps_is_made_to_the_last():
    for steps in (0, 1, 2, 3):
        compare(QUADRATIC, optimizer("momentum"), *CASES["momentum"], steps=steps)


def test_a_long_run_is_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("landscape.descent.maps.PIECE", 1)
    compare(QUADRATIC, optimizer("adam"), *CASES["adam"], steps=11, schedule=schedule("exponential", gamma=0.9))


def test_a_run_that_comes_back_from_where_the_loss_has_no_value_is_lost_all_the_same():
    walled = surface("x**2 + y**2 + where(x > 0.5, log(b), 0)", b=-1.0)
    found = compare(walled, optimizer("momentum"), ("lr", (0.05, 0.4, 0.9)), ("momentum", (0.0,)), steps=4)
    assert np.isnan(found.losses).tolist() == [[False, False, True]]


def test_heavy_ball_converges_to_where_theory_says_and_no_further():
    """Polyak 1964; Goh 2017: stable if and only if 0 < lr L < 2 + 2 beta."""
    betas = np.array([0.0, 0.5, 0.9])
    for factor, converges in ((0.99, True), (1.01, False)):
        for beta in betas:
            rate = factor * (2 + 2 * beta) / 100
            found = hyper_map(QUADRATIC, optimizer("momentum"), ("lr", [rate]), ("momentum", [beta]), (0.0, 1.0), 3000)
            assert (found.losses[0, 0] < 50.0) is np.bool_(converges)


def test_the_rate_matters_to_adam_much_more_than_beta2():
    """Bergstra & Bengio 2012, Figure 1, in the form of this map."""
    across, up = ("lr", np.geomspace(1e-4, 1.0, 40)), ("beta2", 1.0 - np.geomspace(1e-1, 1e-4, 40))
    losses = hyper_map(surface("himmelblau"), optimizer("adam"), across, up, (-1.0, 1.0), 200).losses
    losses = np.log10(np.maximum(losses, 1e-6))
    along_rate, along_beta2 = losses.mean(axis=0).std(), losses.mean(axis=1).std()
    assert along_rate > 5 * along_beta2


def test_a_map_that_is_cancelled_ends_at_once():
    asked = iter([False, True, True, True, True])
    hyper_map(QUADRATIC, optimizer("adam"), *CASES["adam"], (1.0, 1.0), 50, cancelled=lambda: next(asked))


def test_a_map_is_warm_once_it_was_made():
    compare(QUADRATIC, optimizer("nesterov"), *CASES["nesterov"])
    assert is_warm(QUADRATIC, optimizer("nesterov"), "momentum", "lr")


@pytest.mark.parametrize("names", [("lr", "lr"), ("lr", "beta3")])
def test_a_map_of_what_the_rule_does_not_have_is_refused(names: tuple[str, str]):
    with pytest.raises(InputError, match=r"two different|has no parameter"):
        hyper_map(QUADRATIC, optimizer("adam"), *((name, [0.1]) for name in names), (1.0, 1.0))


def test_the_answer_cannot_be_written_to():
    found = hyper_map(QUADRATIC, optimizer("sgd"), ("lr", [0.01]), ("weight_decay", [0.0]), (1.0, 1.0), 3)
    assert not found.losses.flags.writeable
    assert not found.steps.flags.writeable
