from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.initialization import initial
from landscape.network.layout import layout
from landscape.network.network import Network
from landscape.network.objective import Objective
from landscape.network.slices.directions import Plane, common_size, principal_plane, random_plane
from landscape.network.slices.slice import Slice, descend_on_slice, grid
from tests.reference.networks import NORMS

ROWS = samples(Data(samples=60))
DOMAIN = ((-1.0, 0.8), (-0.7, 1.0))


def a_slice(normalization: str = "batch") -> Slice:
    network = Network(hidden=(6, 4), normalization=normalization, activation="tanh")  # type: ignore[arg-type]
    where = layout(network, 2, 2)
    return Slice(network=network, samples=ROWS, plane=random_plane(where, initial(network, where, 0)))


def value(given: Slice, x: float, y: float) -> float:
    return Objective(given.network, given.samples).value(given.plane.at(x, y))


def a_line_through_points() -> tuple[Slice, object]:
    """Return a slice that is all there is of a network without hidden layers, and the surface that it is."""
    u, v = np.linspace(-1.0, 2.0, 30), np.linspace(2.0, -1.0, 30) ** 2
    columns = (("u", tuple(u.tolist())), ("v", tuple(v.tolist())))
    rows = samples(Data(name="measurements", columns=columns, test_share=0.0))
    network = Network(hidden=(), loss="squared_error")
    plane = Plane(origin=np.zeros(2), directions=np.eye(2), shares=None)
    return Slice(network=network, samples=rows, plane=plane), surface("mean((x*u + y - v)^2)", data=dict(columns))


@pytest.mark.parametrize("normalization", NORMS)
def test_random_directions_change_each_unit_by_as_much_as_its_weights_are_long(normalization: str) -> None:
    given = a_slice(normalization)
    where = layout(given.network, 2, 2)
    for direction in given.plane.directions:
        for layer in where.layers:
            lengths = [np.linalg.norm(layer.weights.of(numbers), axis=1) for numbers in (direction, given.plane.origin)]
            assert np.allclose(*lengths)
            assert all(np.all(slot.of(direction) == 0.0) for slot in layer.slots if slot.kind != "weights")
    assert abs(np.dot(*given.plane.directions)) < np.prod(np.linalg.norm(given.plane.directions, axis=1))


def test_other_seeds_have_other_directions() -> None:
    where = layout(Network(), 2, 2)
    theta = initial(Network(), where, 0)
    once, again, other = (random_plane(where, theta, seed).directions for seed in (0, 0, 1))
    assert np.array_equal(once, again)
    assert not np.allclose(once, other)


def test_principal_components_are_those_of_a_path_that_is_known() -> None:
    basis = np.linalg.qr(np.random.default_rng(0).normal(size=(40, 3)))[0].T
    steps = np.linspace(1.0, 0.0, 50)
    lengths = np.stack([4.0 * steps, 2.0 * np.sin(6.0 * steps), 0.1 * steps**2])
    path = 1.0 + lengths.T @ basis
    plane = principal_plane(path)
    values = np.sort(np.linalg.eigvalsh((path - path[-1]).T @ (path - path[-1])))[::-1]
    assert np.allclose(plane.shares, values[:2] / values.sum())
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    points, residuals = plane.project(path)
    assert np.allclose(points[-1], 0.0)
    assert np.all(points[0] >= 0.0)
    assert np.allclose(points**2 @ [1.0, 1.0] + residuals**2, np.sum(lengths**2, axis=0))
    assert np.allclose(plane.at(*points[7]), path[7], atol=residuals[7] + 1e-12)


def test_a_straight_path_has_one_component() -> None:
    plane = principal_plane(np.outer(np.linspace(1.0, 0.0, 9), np.ones(5)))
    assert np.allclose(plane.shares, (1.0, 0.0), atol=1e-12)
    assert np.allclose(principal_plane(np.ones((1, 5))).shares, 0.0)


def test_a_projection_on_directions_that_are_not_orthogonal_is_the_nearest_point() -> None:
    plane = Plane(origin=np.ones(4), directions=np.array([[1.0, 0, 0, 0], [1.0, 1.0, 0, 0]]), shares=None)
    points, residuals = plane.project(np.array([[4.0, 3.0, 6.0, 1.0]]))
    assert np.allclose(points, [[1.0, 2.0]])
    assert np.allclose(residuals, [5.0])


@pytest.mark.parametrize("normalization", NORMS)
def test_a_grid_holds_the_loss_at_each_of_its_points(normalization: str) -> None:
    given = a_slice(normalization)
    found = grid(given, DOMAIN, (7, 5), "float64")
    assert found is not None
    assert found.shape == (5, 7)
    for row, y in enumerate(np.linspace(*DOMAIN[1], 5)):
        for column, x in enumerate(np.linspace(*DOMAIN[0], 7)):
            assert np.isclose(found[row, column], value(given, x, y), rtol=1e-12)
    short = grid(given, DOMAIN, (7, 5))
    assert np.allclose(short, found, rtol=1e-4)
    assert not found.flags.writeable


def test_the_grid_of_a_network_without_hidden_layers_is_a_quadratic() -> None:
    given, hill = a_line_through_points()
    x, y = np.meshgrid(np.linspace(-1.0, 0.8, 9), np.linspace(-0.7, 1.0, 8))
    assert np.allclose(grid(given, DOMAIN, (9, 8), "float64"), hill.value(x, y), rtol=1e-12)  # type: ignore[attr-defined]


def test_points_where_the_network_overflows_leave_the_others_alone() -> None:
    given, _ = a_line_through_points()
    found = grid(given, ((-1e30, 1e30), (-1.0, 1.0)), (5, 3))
    assert found is not None
    assert np.isfinite(found).tolist() == [[False, False, True, False, False]] * 3


def test_a_grid_can_be_cancelled() -> None:
    assert grid(a_slice(), DOMAIN, (5, 5), cancelled=lambda: True) is None


@pytest.mark.parametrize("normalization", NORMS)
def test_the_slope_on_a_slice_is_that_of_its_loss(normalization: str) -> None:
    given, step = a_slice(normalization), 1e-5
    by_x = (value(given, 0.3 + step, -0.2) - value(given, 0.3 - step, -0.2)) / (2.0 * step)
    by_y = (value(given, 0.3, -0.2 + step) - value(given, 0.3, -0.2 - step)) / (2.0 * step)
    _, gradient = Objective(given.network, ROWS).value_and_gradient(given.plane.at(0.3, -0.2))
    assert np.allclose(given.plane.slope(gradient), [by_x, by_y], atol=1e-8)


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam", "lion"])
def test_an_optimizer_moves_on_a_slice_as_on_the_surface_that_it_is(name: str) -> None:
    given, hill = a_line_through_points()
    rule, rates = optimizer(name, lr=0.05), schedule("cosine")
    ours = descend_on_slice(given, rule, (0.5, -0.5), 40, rates)
    theirs = descend(hill, rule, (0.5, -0.5), 40, rates)  # type: ignore[arg-type]
    assert np.allclose(ours.points, theirs.points, rtol=1e-9)
    assert np.allclose(ours.losses, theirs.losses, rtol=1e-9)


def test_a_path_that_overflows_ends_before() -> None:
    given, _ = a_line_through_points()
    found = descend_on_slice(given, optimizer("sgd", lr=1e30), (0.5, -0.5), 40)
    assert 1 <= len(found.points) == len(found.losses) < 41
    assert np.all(np.isfinite(found.losses))


def test_a_rule_that_moves_x_and_y_together_is_refused_on_a_slice() -> None:
    with pytest.raises(InputError, match="moves x and y"):
        descend_on_slice(a_slice(), optimizer("newton"), (0.0, 0.0))


def test_batch_norm_takes_the_statistics_of_the_rows_at_every_point() -> None:
    given = a_slice("batch")
    moved = replace(ROWS, inputs=3.0 * ROWS.inputs + 2.0)
    theta = given.plane.at(0.4, 0.1)
    # Shift and scale of the inputs are taken out by the first layer's norm, but for its ε.
    assert np.isclose(
        Objective(given.network, moved).value(theta), Objective(given.network, ROWS).value(theta), rtol=1e-4
    )


def test_a_network_that_computes_the_same_has_the_same_slice_with_filter_norm_and_another_one_without() -> None:
    """What a layer of ReLU gives grows with its weights: larger ones before smaller ones compute the same."""
    network = Network(hidden=(6,), activation="relu")
    where = layout(network, 2, 2)
    first, second = where.layers
    theta = initial(network, where, 0)
    scaled = theta.copy()
    for slot in first.slots:
        slot.of(scaled)[...] *= 10.0
    second.weights.of(scaled)[...] /= 10.0

    def losses(weights, size):
        given = Slice(network=network, samples=ROWS, plane=random_plane(where, weights, size=size))
        return grid(given, DOMAIN, (9, 9), "float64")

    assert np.allclose(losses(theta, None), losses(scaled, None), rtol=1e-9)
    assert not np.allclose(losses(theta, 0.5), losses(scaled, 0.5), rtol=0.1)


def test_without_filter_norm_all_weights_change_alike_and_nothing_else_does() -> None:
    network = Network(hidden=(60, 50), normalization="batch")
    where = layout(network, 2, 2)
    theta = initial(network, where, 0)
    plane = random_plane(where, theta, size=0.2)
    for layer in where.layers:
        changes = np.stack([layer.weights.of(direction) for direction in plane.directions])
        assert np.std(changes) == pytest.approx(0.2, rel=0.15)
        assert all(np.all(slot.of(plane.directions[0]) == 0.0) for slot in layer.slots if slot.kind != "weights")
    assert plane.shares is None


def test_the_common_size_is_the_root_mean_square_of_the_weights_of_all() -> None:
    network = Network(hidden=(), loss="squared_error")
    where = layout(network, 2, 1)
    thetas = [np.full(where.size, value) for value in (3.0, 4.0)]
    assert common_size([(where, theta) for theta in thetas]) == pytest.approx(np.sqrt(12.5))
