"""Each start gets the label of the trajectory from it, and the basins are those that mathematics knows."""

import math

import numpy as np
import pytest

import landscape as ls
from landscape.descent.basins import EXACT, NEAR, Basins
from landscape.descent.convergence import Ensemble, can_be_single
from landscape.descent.convergence_kernel import PART, SOON
from landscape.descent.limit_points import REACH
from landscape.errors import InputError

State = dict[str, tuple[float, float]]

pytestmark = pytest.mark.slow

DOUBLE_WELL = "x**4/4 - x**2/2 + y**2"
PAIRS = [
    ("himmelblau", "adam", 0.05),
    ("himmelblau", "momentum", 0.01),
    ("himmelblau", "rmsprop", 0.05),
    ("himmelblau", "sgd", 0.012),
    ("himmelblau", "newton", 1.0),
    ("six_hump_camel", "nesterov", 0.02),
    ("rosenbrock", "momentum", 0.001),
    ("rastrigin", "adam", 0.05),
    ("ackley", "sign_sgd", 0.05),
    ("beale", "lion", 0.05),
]


def centres(found: Basins) -> tuple[np.ndarray, np.ndarray]:
    """Return x of the columns and y of the rows."""
    rows, columns = found.labels.shape
    return tuple(  # type: ignore[return-value]
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in ((found.x, columns), (found.y, rows))
    )


@pytest.mark.parametrize(("name", "rule", "rate"), PAIRS)
def test_each_label_is_that_of_the_trajectory_from_the_same_start(name: str, rule: str, rate: float) -> None:
    compare(ls.surface(name), ls.optimizer(rule, lr=rate), None)


@pytest.mark.parametrize("rate", [0.01, 0.03])
def test_each_start_follows_its_own_loss(rate: float) -> None:
    plan = ls.schedule("plateau", patience=1, factor=0.5, warmup=3)
    found = compare(ls.surface("himmelblau"), ls.optimizer("momentum", lr=rate), plan)
    assert len(found.attractors) == 4
    constant = ls.basins(ls.surface("himmelblau"), ls.optimizer("momentum", lr=rate), steps=300, resolution=(24, 20))
    assert (found.labels != constant.labels).any()
    assert np.median(found.steps[found.labels >= 0]) < 200


def compare(surface: ls.Surface, how: ls.UpdateRule, plan: ls.Schedule | None) -> Basins:
    """Hold every label against the trajectory from the same start."""
    found = ls.basins(surface, how, steps=300, resolution=(24, 20), schedule=plan)
    sizes = np.array([high - low for low, high in surface.domain])
    for row, y in enumerate(centres(found)[1]):
        for column, x in enumerate(centres(found)[0]):
            done = ls.descend(surface, how, start=(x, y), steps=300, schedule=plan)
            away = np.abs((done.points[-1] - found.attractors) / sizes).max(axis=1, initial=0.0)
            label = found.labels[row, column]
            if done.outcome == "diverged":
                assert label == -1
                assert found.gone[row, column]
            elif label >= 0:
                assert away[label] <= (1.2 * REACH if found.kinds[label] == "minimum" else 2 * EXACT)
            else:
                near = [index for index, kind in enumerate(found.kinds) if kind == "minimum"]
                assert (away[near] > 0.8 * REACH).all()
    return found


@pytest.mark.parametrize(("name", "rule", "rate"), PAIRS[:4])
def test_all_labels_of_a_fine_map_are_those_of_double_precision(name: str, rule: str, rate: float) -> None:
    surface, how = ls.surface(name), ls.optimizer(rule, lr=rate)
    fine = ls.basins(surface, how, steps=200, resolution=128)
    xs, ys = centres(fine)
    for column in range(5, 128, 41):
        # A strip one start wide is all border or sample: few enough starts are all computed in full.
        strip = ls.basins(surface, how, steps=200, resolution=(1, 128),
                          domain=((xs[column] - 1e-12, xs[column] + 1e-12), (fine.y[0], fine.y[1])))  # fmt: skip
        for row in range(len(ys)):
            one, other = fine.labels[row, column], strip.labels[row, 0]
            assert (one < 0) == (other < 0)
            if one >= 0:
                np.testing.assert_allclose(fine.attractors[one], strip.attractors[other], atol=1e-6)


def test_a_start_that_touches_another_fate_only_at_a_corner_is_computed_again() -> None:
    """Nesterov's method on the steep edge of Beale's function, where four bytes do not tell who comes back."""
    surface, how = ls.surface("beale"), ls.optimizer("nesterov", lr=0.001)
    found = ls.basins(surface, how, steps=300, resolution=64)
    xs, ys = centres(found)
    assert ls.descend(surface, how, (xs[7], ys[19]), 300).points[-1] == pytest.approx((3.0, 0.5), abs=0.1)
    assert (found.labels[19, 7], found.gone[19, 7]) == (0, False)
    assert ls.descend(surface, how, (xs[42], ys[11]), 300).outcome == "finished"
    assert not found.gone[11, 42]


PUSHED = [
    ("himmelblau", "momentum", 0.01, {"b": (60.0, -35.0)}),
    ("himmelblau", "heavy_ball", 0.005, {"v": (0.4, 0.2)}),
    ("himmelblau", "adam", 0.05, {"m": (90.0, 40.0), "v": (500.0, 100.0)}),
    ("six_hump_camel", "nesterov", 0.02, {"b": (-30.0, 9.0)}),
    ("himmelblau", "sgd", 0.01, {}),
]


@pytest.mark.parametrize(("name", "rule", "rate", "state"), PUSHED)
def test_each_start_has_the_memory_of_the_run(name: str, rule: str, rate: float, state: State) -> None:
    surface, how = ls.surface(name), ls.optimizer(rule, lr=rate)
    found = ls.basins(surface, how, steps=400, resolution=(24, 20), state=state)
    at_rest = ls.basins(surface, how, steps=400, resolution=(24, 20))
    sizes = np.array([high - low for low, high in surface.domain])
    for row, y in enumerate(centres(found)[1]):
        for column, x in enumerate(centres(found)[0]):
            done = ls.descend(surface, how, start=(x, y), steps=400, state=state)
            label = found.labels[row, column]
            if done.outcome == "diverged":
                assert found.gone[row, column]
            elif label >= 0:
                assert np.abs((done.points[-1] - found.attractors[label]) / sizes).max() <= 1.2 * REACH
            else:
                assert (np.abs((done.points[-1] - found.attractors) / sizes).max(axis=1) > 0.8 * REACH).all()
    assert (found.labels >= 0).mean() > 0.5
    moved = np.abs(found.attractors[found.labels] - at_rest.attractors[at_rest.labels]).max(axis=2) > 0.1
    assert moved.any() == bool(state)


def test_a_push_to_the_other_side_mirrors_the_basins_of_a_double_well() -> None:
    well, rule = ls.surface(DOUBLE_WELL), ls.optimizer("heavy_ball", lr=0.02, momentum=0.9)
    left, rest, right = (
        ls.basins(well, rule, steps=600, resolution=64, state={"v": (push, 0.0)}) for push in (-0.2, 0.0, 0.2)
    )
    xs, ys, zs = (
        np.where(found.labels < 0, np.nan, found.attractors[found.labels, 0]) for found in (left, rest, right)
    )
    np.testing.assert_allclose(xs, -zs[:, ::-1], atol=1e-9)
    assert (right.labels >= 0).all()
    assert (zs != ys).mean() > 0.1
    assert (zs > 0).mean() > (xs > 0).mean()


def test_a_memory_that_the_rule_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match='remembers nothing called "w"; allowed are b'):
        ls.basins(ls.surface("himmelblau"), ls.optimizer("momentum"), resolution=4, state={"w": (1.0, 2.0)})
    with pytest.raises(InputError, match="finite numbers"):
        ls.basins(ls.surface("himmelblau"), ls.optimizer("momentum"), resolution=4, state={"b": 1.0})


def test_gradient_flow_in_a_double_well_goes_to_the_well_on_its_side() -> None:
    found = ls.basins(ls.surface(DOUBLE_WELL), ls.optimizer("sgd", lr=0.05), steps=800, resolution=64)
    np.testing.assert_allclose(found.attractors, [[-1, 0], [1, 0]], atol=1e-9)
    assert found.kinds == ("minimum", "minimum")
    xs, _ = centres(found)
    np.testing.assert_array_equal(found.labels, np.broadcast_to(xs > 0, found.labels.shape))


def test_a_start_on_the_ridge_comes_to_the_saddle_and_only_there() -> None:
    found = ls.basins(ls.surface(DOUBLE_WELL), ls.optimizer("sgd", lr=0.05), steps=800, resolution=(33, 8))
    saddle = found.kinds.index("saddle")
    np.testing.assert_allclose(found.attractors[saddle], [0, 0], atol=1e-9)
    assert (found.labels[:, 16] == saddle).all()
    assert (np.delete(found.labels, 16, axis=1) != saddle).all()


def test_the_basins_of_a_symmetric_surface_are_symmetric() -> None:
    surface = ls.surface("(x**2 - 1)**2 + (y**2 - 1)**2")
    found = ls.basins(surface, ls.optimizer("momentum", lr=0.02), steps=400, resolution=96)
    kinds = found.attractors[found.labels]
    assert (found.labels >= 0).all()
    np.testing.assert_allclose(kinds, kinds[:, ::-1] * (-1, 1), atol=1e-9)
    np.testing.assert_allclose(kinds, kinds[::-1] * (1, -1), atol=1e-9)
    np.testing.assert_array_equal(found.steps, found.steps[::-1, ::-1])


def test_newton_goes_to_every_kind_of_critical_point() -> None:
    found = ls.basins(ls.surface("himmelblau"), ls.optimizer("newton", lr=1.0), steps=60, resolution=64)
    proven = {
        (round(point.x, 5), round(point.y, 5)): point.kind for point in ls.critical_points(ls.surface("himmelblau"))
    }
    reached = {
        (round(x, 5), round(y, 5)): kind for (x, y), kind in zip(found.attractors.tolist(), found.kinds, strict=True)
    }
    assert reached == proven


@pytest.mark.parametrize(("lr", "stable"), [(0.9, True), (1.1, False)])
def test_gradient_descent_on_a_bowl_diverges_above_the_stable_rate(lr: float, stable: bool) -> None:
    found = ls.basins(ls.surface("x**2 + y**2"), ls.optimizer("sgd", lr=lr), steps=400, resolution=16)
    assert (found.labels == (0 if stable else -1)).all()
    assert found.gone.any() == (not stable)


def sample_times(steps: int) -> list[int]:
    """Return the start and the steps after which points are sampled."""
    times, step = [0], 0
    while step < steps:
        times.append(step + 1)
        step += max(SOON, step // PART)
    return [*times, steps]


def test_steps_are_those_after_which_the_trajectory_was_seen_near_its_end_only() -> None:
    surface, how = ls.surface("himmelblau"), ls.optimizer("momentum", lr=0.002)
    found = ls.basins(surface, how, steps=300, resolution=9)
    sizes, times = np.array([high - low for low, high in surface.domain]), sample_times(300)
    for row, y in enumerate(centres(found)[1]):
        for column, x in enumerate(centres(found)[0]):
            points = ls.descend(surface, how, start=(x, y), steps=300).points / sizes
            away = np.abs(points[times] - points[-1]).max(axis=1)
            earliest, latest = (
                times[int(np.flatnonzero(away > near).max(initial=-1)) + 1] for near in (1.002 * NEAR, 0.998 * NEAR)
            )
            assert earliest <= found.steps[row, column] <= latest or found.labels[row, column] < 0


def test_a_curve_of_minima_is_one_attractor() -> None:
    found = ls.basins(ls.surface("(1 - x*y)**2/2"), ls.optimizer("sgd", lr=0.05), steps=400, resolution=100)
    assert [kind for kind in found.kinds if kind != "saddle"] == ["valley", "valley"]
    xs, ys = centres(found)
    same = (xs[None, :] > 0.3) & (ys[:, None] > 0.3)
    valley = found.labels[same]
    assert (valley == valley[0]).all()
    assert found.attractors[valley[0]].prod() == pytest.approx(1.0)


def test_a_minimum_in_a_kink_is_an_attractor() -> None:
    found = ls.basins(ls.surface("abs(x) + 2*abs(y)"), ls.optimizer("sgd", lr=0.02), steps=400, resolution=20)
    np.testing.assert_allclose(found.attractors, [[0, 0]], atol=1e-6)
    assert (found.labels == 0).all()


def test_what_is_on_a_plain_or_on_its_way_has_no_attractor() -> None:
    plain = ls.basins(ls.surface("easom"), ls.optimizer("sgd", lr=0.1), steps=50, resolution=16)
    assert (plain.labels == -1).sum() > 200
    slow = ls.basins(ls.surface("x**2 + y**2"), ls.optimizer("sgd", lr=1e-5), steps=50, resolution=16)
    assert (slow.labels == -1).all()
    assert (slow.steps == 50).all()
    assert not slow.gone.any()


def test_the_lowest_attractor_is_the_first_and_the_order_does_not_depend_on_the_resolution() -> None:
    surface, how = ls.surface("six_hump_camel"), ls.optimizer("adam", lr=0.05)
    coarse, fine = (ls.basins(surface, how, resolution=side) for side in (40, 90))
    values = surface.value(*fine.attractors.T)
    assert (np.diff(values) > -1e-6).all()
    np.testing.assert_allclose(coarse.attractors, fine.attractors, atol=1e-9)


def test_single_precision_is_for_what_has_words_for_it_only() -> None:
    def single(formula: str, rule: str) -> bool:
        unit = (1.0, 1.0)
        return can_be_single(
            Ensemble(
                surface=ls.surface(formula), rule=ls.optimizer(rule), steps=10, schedule=None, seed=0,
                near=unit, still=unit, corner=unit, density=unit,
            )
        )  # fmt: skip

    assert single("himmelblau", "adam")
    assert single("rastrigin", "adam")
    assert not single("x*log(1 + x**2) + y**2", "adam")
    assert not single("himmelblau", "newton")
    assert not single("himmelblau", "sgld")


def test_a_rate_that_rises_later_keeps_every_start_going() -> None:
    surface, how = ls.surface("x**2 + y**2"), ls.optimizer("sgd", lr=1.2)
    schedule = ls.schedule("where(t < 100, lr/10, lr)")
    found = ls.basins(surface, how, steps=400, resolution=16, schedule=schedule)
    assert found.gone.mean() > 0.9


def test_starts_that_are_on_their_way_to_infinity_at_the_last_step_are_gone_without_a_warning() -> None:
    found = ls.basins(ls.surface("himmelblau"), ls.optimizer("sgd", lr=0.05), steps=6, resolution=64)
    assert found.gone.mean() > 0.5


def test_arrays_are_read_only_and_shaped_as_asked() -> None:
    found = ls.basins(ls.surface("himmelblau"), ls.optimizer("sgd", lr=0.01), steps=20, resolution=(7, 5))
    assert found.labels.shape == found.steps.shape == found.gone.shape == (5, 7)
    assert found.labels.dtype == found.steps.dtype == np.int32
    for array in (found.labels, found.steps, found.gone, found.attractors):
        assert not array.flags.writeable


def test_cancelling_leaves_starts_without_a_label() -> None:
    surface, how = ls.surface("himmelblau"), ls.optimizer("sgd", lr=0.01)
    found = ls.basins(surface, how, resolution=64, cancelled=lambda: True)
    assert (found.labels == -1).all()


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"steps": 1.5}, {"resolution": 0}, {"resolution": (3, 4, 5)}, {"resolution": math.inf}]
)
def test_mistakes_are_told(wrong: dict) -> None:
    with pytest.raises(InputError):
        ls.basins(ls.surface("himmelblau"), ls.optimizer("sgd", lr=0.01), **wrong)
