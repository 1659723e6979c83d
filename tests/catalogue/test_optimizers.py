"""Update rules: made from names and from lines, and those that no library has, against closed forms."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import (
    UpdateRule,
    check,
    check_entry,
    check_rule,
    optimizer,
    optimizer_entries,
    rule_parameters,
)
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.translation import LANGUAGES

ENTRIES = optimizer_entries()
EVERY = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
SLOPE = surface("x - 2*y", domain=((-1e3, 1e3), (-1e3, 1e3)))
"""Its gradient is (1, -2) everywhere."""
IDS = [
    "sgd",
    "momentum",
    "heavy_ball",
    "momentum_ema",
    "nesterov",
    "asgd",
    "adagrad",
    "rms",
    "rmsprop",
    "adadelta",
    "rprop",
    "adam",
    "adam_l2",
    "amsgrad",
    "adamw",
    "adamax",
    "nadam",
    "radam",
    "lion",
    "sign_sgd",
    "yogi",
    "adabelief",
    "qhm",
    "qhadam",
    "sgld",
    "perturbed_gd",
    "newton",
    "damped_newton",
    "saddle_free_newton",
    "bfgs",
]


@EVERY
def test_reads_exactly_the_hyper_parameters_that_it_describes(entry):
    check_rule(entry.rule)
    check_entry(entry)
    assert entry.parameters[0].name == "lr"
    assert set(optimizer(entry.id).hyper_names) == {parameter.name for parameter in entry.parameters[1:]}


@EVERY
def test_has_titles_a_source_and_symbols(entry):
    assert all(entry.titles[language].strip() for language in LANGUAGES)
    assert entry.source.strip()
    assert all(parameter.symbol for parameter in entry.parameters)


def test_all_the_promised_optimizers_are_there():
    assert set(IDS) <= set(ENTRIES)


def test_defaults_are_those_of_torch():
    torch = {
        "sgd": {"lr": 1e-3, "weight_decay": 0},
        "adam": {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "amsgrad": 0},
        "adamw": {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01, "amsgrad": 0},
        "asgd": {"lr": 0.01, "lambd": 1e-4, "alpha": 0.75, "t0": 1e6, "weight_decay": 0},
        "adagrad": {"lr": 0.01, "lr_decay": 0, "eps": 1e-10, "weight_decay": 0, "initial_accumulator_value": 0},
        "rmsprop": {"lr": 0.01, "alpha": 0.99, "eps": 1e-8, "momentum": 0, "centered": 0, "weight_decay": 0},
        "adadelta": {"lr": 1, "rho": 0.9, "eps": 1e-6, "weight_decay": 0},
        "rprop": {"lr": 0.01, "eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50},
        "adamax": {"lr": 2e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0},
        "nadam": {
            "lr": 2e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "momentum_decay": 4e-3, "weight_decay": 0,
            "decoupled_weight_decay": 0,
        },
        "radam": {
            "lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0, "decoupled_weight_decay": 0,
        },
    }  # fmt: skip
    for name, defaults in torch.items():
        assert dict(optimizer(name).values) == defaults, name


def test_a_name_that_is_read_before_it_is_assigned_is_state():
    assert optimizer("adam").state == ("m", "v")
    assert optimizer("sgd").state == ()
    assert optimizer("bfgs").state == ("px", "py", "qx", "qy", "b_xx", "b_xy", "b_yy")


def test_a_switch_that_is_off_takes_its_memory_with_it():
    assert optimizer("adam", amsgrad=True).state == ("m", "v", "w")
    assert optimizer("rmsprop").state == ("s",)
    assert optimizer("rmsprop", centered=True).state == ("s", "a")
    assert optimizer("asgd").state == ("a",)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES.values() if entry.former], ids=lambda entry: entry.id)
def test_a_rule_with_the_lines_that_it_had_before_is_that_of_today_and_does_the_same(entry):
    values = dict(optimizer(entry.id, lr=0.003).values)
    for lines in entry.former:
        bare = optimizer(lines)
        kept = {name: value for name, value in values.items() if name in dict(bare.values)}
        old = UpdateRule(lines, tuple(kept.items()), entry.id)
        assert check(old) == optimizer(entry.id, lr=0.003)
        typed = descend(surface("beale"), optimizer(lines, **kept), (1.0, 1.6), 40).points
        np.testing.assert_allclose(descend(surface("beale"), check(old), (1.0, 1.6), 40).points, typed, rtol=1e-12)


def test_momentum_without_momentum_is_not_dampened():
    """0.512 is what ``torch.optim.SGD`` comes to."""
    rule = optimizer("momentum", lr=0.1, momentum=0, dampening=0.5)
    assert descend(surface("x**2 + y**2"), rule, (1.0, 1.0), 3).points[-1] == pytest.approx([0.512, 0.512])


# A start that brings a velocity


def heavy_ball_of_the_textbook(steps: int) -> np.ndarray:
    """Return x, y of x' = x - lr*2x + momentum*(x - x_before) from (1, 1) with (2, 2) before."""
    points = [np.array([2.0, 2.0]), np.array([1.0, 1.0])]
    for _ in range(steps):
        points.append(points[-1] - 0.1 * 2 * points[-1] + 0.5 * (points[-1] - points[-2]))
    return np.array(points[1:])


@pytest.mark.parametrize(
    ("name", "momentum", "given"), [("heavy_ball", 0.5, {"v": (-1, -1)}), ("momentum", 0.5, {"b": (10, 10)})]
)
def test_a_start_can_carry_a_velocity_or_the_point_before_it(name, momentum, given):
    bowl, rule = surface("x**2 + y**2"), optimizer(name, lr=0.1, momentum=momentum)
    for begun in ({"state": given}, {"previous": (2.0, 2.0)}):
        found = descend(bowl, rule, (1.0, 1.0), 12, **begun)
        np.testing.assert_allclose(found.points, heavy_ball_of_the_textbook(12), rtol=1e-12, atol=1e-14)


def test_a_running_mean_begins_with_what_the_point_before_tells():
    bowl, rule = surface("x**2 + y**2"), optimizer("momentum_ema", lr=0.2, beta=0.5)
    found = descend(bowl, rule, (1.0, 1.0), 12, previous=(2.0, 2.0)).points
    np.testing.assert_allclose(found, heavy_ball_of_the_textbook(12), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "begun", "said"),
    [
        ("momentum", {"state": {"v": (1, 1)}}, 'remembers nothing called "v"; allowed are b'),
        ("momentum", {"state": {"b": (1,)}}, "2"),
        ("momentum", {"state": {"b": (1, np.inf)}}, "finite"),
        ("bfgs", {"state": {"px": (1, 1)}}, "1"),
        ("adam", {"previous": (1, 1)}, "does not follow from a point before the start"),
    ],
)
def test_a_memory_that_a_rule_cannot_have_is_refused(name, begun, said):
    with pytest.raises(InputError) as caught:
        descend(surface("x**2 + y**2"), optimizer(name), (1.0, 1.0), 3, **begun)
    assert said in str(caught.value)


def test_what_is_given_is_never_state_even_where_it_is_assigned():
    rule = optimizer("g = g + 0.1*theta\ntheta = theta - lr*g")
    assert rule.state == ()
    assert rule.hyper_names == ()


def test_a_rule_is_planar_when_it_moves_x_and_y():
    assert optimizer("newton").planar
    assert not optimizer("adam").planar


def test_a_typed_rule_knows_usual_hyper_parameters_by_their_names():
    rule = optimizer("m = beta1*m + g\ntheta = theta - lr*m/(abs(g) + eps) - q", lr=0.1, q=3)
    assert rule.values == (("lr", 0.1), ("beta1", 0.9), ("eps", 1e-10), ("q", 3.0))
    assert {parameter.name: parameter.scale for parameter in rule_parameters(rule)}["beta1"] == "log1m"


def test_switches_may_be_given_as_truth_values():
    assert optimizer("rmsprop", centered=True) == optimizer("rmsprop", centered=1)


def test_with_values_changes_only_what_is_given():
    rule = optimizer("adam", beta1=0.5).with_values(lr=0.2)
    assert (rule.lr, dict(rule.values)["beta1"]) == (0.2, 0.5)
    with pytest.raises(InputError):
        rule.with_values(momentum=0.9)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: optimizer("adm"), '"adam"'),
        (lambda: optimizer("zzzzzz"), "sgd, momentum"),
        (lambda: optimizer("adam", bta1=0.1), '"beta1"'),
        (lambda: optimizer("adam", lr=float("inf")), "finite number"),
        (lambda: optimizer("adam", lr="0.1"), "finite number"),
        (lambda: optimizer("q = g"), "must assign"),
        (lambda: optimizer("x = x - lr*gx"), "must assign"),
        (lambda: optimizer("x = 1\ny = 2\ntheta = 3"), "not both"),
        (lambda: optimizer("theta = theta - lr*gx"), "gx"),
        (lambda: optimizer("x = x - lr*g\ny = y - lr*gy"), "g"),
        (lambda: optimizer("theta = theta - lr*mean(g)"), "rows of data"),
        (lambda: optimizer("theta = theta -"), "ends too early"),
        (lambda: check(UpdateRule("theta = theta - lr*g", (("lrr", 1.0),))), '"lr"'),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_allowed(call, said):
    with pytest.raises(InputError) as caught:
        call()
    assert said in str(caught.value)


# What no library has


def test_running_mean_momentum_follows_its_geometric_sum():
    t = np.arange(1, 31)
    path = descend(SLOPE, optimizer("momentum_ema", lr=0.5, beta=0.8), (0.0, 0.0), 30).points[1:]
    travelled = t - 0.8 * (1 - 0.8**t) / (1 - 0.8)
    np.testing.assert_allclose(path, -0.5 * travelled[:, None] * [1, -2], rtol=1e-13)


def test_quasi_hyperbolic_momentum_blends_descent_and_the_running_mean():
    args = (surface("beale"), (1.0, 1.6), 30)
    paths = {
        nu: descend(args[0], optimizer("qhm", lr=2e-3, beta=0.9, nu=nu), *args[1:]).points for nu in (0.0, 0.4, 1.0)
    }
    np.testing.assert_allclose(paths[0.0], descend(args[0], optimizer("sgd", lr=2e-3), *args[1:]).points, rtol=1e-12)
    ema = descend(args[0], optimizer("momentum_ema", lr=2e-3, beta=0.9), *args[1:]).points
    np.testing.assert_allclose(paths[1.0], ema, rtol=1e-12)
    first_steps = {nu: path[1] - path[0] for nu, path in paths.items()}
    np.testing.assert_allclose(first_steps[0.4], 0.6 * first_steps[0.0] + 0.4 * first_steps[1.0], rtol=1e-12)


def test_qhadam_is_adam_at_one_and_normalised_descent_at_zero():
    args = ((1.0, 1.6), 30)
    same = {"lr": 0.03, "beta1": 0.9, "beta2": 0.99}
    adam = descend(surface("beale"), optimizer("adam", **same), *args).points
    blended = descend(surface("beale"), optimizer("qhadam", **same, nu1=1, nu2=1), *args).points
    np.testing.assert_allclose(blended, adam, rtol=1e-12)
    signs = descend(SLOPE, optimizer("qhadam", lr=0.1, nu1=0, nu2=0, eps=1e-12), (0.0, 0.0), 10).points
    np.testing.assert_allclose(signs[-1], [-1.0, 1.0], rtol=1e-10)


def test_root_mean_square_divides_by_all_gradients_so_far():
    bowl = surface("x**2/2 + 2*y**2")
    path = descend(bowl, optimizer("rms", lr=0.5, eps=1e-12), (3.0, -2.0), 2).points
    np.testing.assert_allclose(path[1], [2.5, -1.5], rtol=1e-10)
    g1, g2 = np.array([3.0, -8.0]), np.array([2.5, -6.0])
    np.testing.assert_allclose(path[2], path[1] - 0.5 * g2 / np.sqrt((g1**2 + g2**2) / 2), rtol=1e-10)


def test_langevin_dynamics_without_temperature_is_descent_at_half_the_rate():
    start, steps = (1.0, 1.6), 20
    cold = descend(surface("beale"), optimizer("sgld", lr=4e-3, temperature=0), start, steps).points
    np.testing.assert_allclose(
        cold, descend(surface("beale"), optimizer("sgd", lr=2e-3), start, steps).points, rtol=1e-13
    )


def test_langevin_dynamics_spreads_as_the_temperature_says():
    """On k x^2/2 the stationary variance of theta' = (1 - lr k/2) theta + sqrt(lr T) n is T/(k (1 - lr k/4))."""
    rate, temperature = 0.4, 0.25
    bowl = surface("x**2/2 + 2*y**2", domain=((-50, 50), (-50, 50)))
    points = descend(bowl, optimizer("sgld", lr=rate, temperature=temperature), (0.0, 0.0), 40_000, seed=3).points
    curvature = np.array([1.0, 4.0])
    expected = temperature / (curvature * (1 - rate * curvature / 4))
    np.testing.assert_allclose(points[200:].var(axis=0), expected, rtol=0.06)


def test_perturbed_descent_leaves_a_saddle_that_holds_plain_descent():
    place = surface("saddle_escape")
    start = (-1.0, 0.0)
    held = descend(place, optimizer("sgd", lr=0.1), start, 400).points[-1]
    freed = descend(place, optimizer("perturbed_gd", lr=0.1), start, 400, seed=1).points[-1]
    assert abs(held[1]) < 1e-12
    assert abs(freed[1]) == pytest.approx(1.0, abs=0.05)


def test_perturbed_descent_waits_between_its_kicks():
    flat = surface("1 + 0*x")
    points = descend(flat, optimizer("perturbed_gd", interval=7, radius=0.1), (0.0, 0.0), 30, seed=5).points
    moved = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > 0) + 1
    assert moved.tolist() == [1, 8, 15, 22, 29]


def test_newton_finds_the_minimum_of_a_quadratic_in_one_step():
    points = descend(surface("booth"), optimizer("newton"), (-8.0, 4.0), 1).points
    np.testing.assert_allclose(points[1], [1.0, 3.0], rtol=1e-12)


def test_newton_crosses_a_surface_that_is_flat_in_one_direction():
    points = descend(surface("one_weight"), optimizer("newton"), (0.0, 2.0), 1).points
    np.testing.assert_allclose(points[1], [5.0, 2.0], rtol=1e-15)
    slanted = surface("(x + 2*y - 5)**2")
    np.testing.assert_allclose(descend(slanted, optimizer("newton"), (0.0, 0.0), 1).points[1], [1.0, 2.0], rtol=1e-12)


def test_newton_is_drawn_to_a_saddle_that_saddle_free_newton_escapes():
    saddle = surface("saddle")
    assert descend(saddle, optimizer("newton"), (-1.5, 0.01), 5).points[-1] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert abs(descend(saddle, optimizer("saddle_free_newton"), (-1.5, 0.01), 5).points[-1, 1]) > 0.1


@pytest.mark.parametrize("place", ["himmelblau", "saddle_escape", "monkey_saddle", "sphere", "peaks"])
@pytest.mark.parametrize("name", ["damped_newton", "saddle_free_newton"])
def test_second_order_steps_are_those_of_linear_algebra(place, name):
    loss = surface(place)
    for start in np.random.default_rng(11).uniform(-1.2, 1.2, (10, 2)):
        eigenvalues, vectors = np.linalg.eigh(loss.hessian(*start))
        curved = np.abs(eigenvalues) if name == "saddle_free_newton" else eigenvalues
        matrix = vectors @ np.diag(curved + 0.3) @ vectors.T
        expected = start - 0.7 * np.linalg.solve(matrix, loss.gradient(*start))
        points = descend(loss, optimizer(name, lr=0.7, damping=0.3), tuple(start), 1).points
        np.testing.assert_allclose(points[-1], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("place", "start"), [("rosenbrock", (-1.5, 2.0)), ("himmelblau", (-0.5, -1.0))])
def test_bfgs_is_the_update_of_the_textbook_with_matrices(place, start):
    loss, at = surface(place), np.array(start)
    points, inverse, last = [at], np.eye(2), None
    for step in range(25):
        gradient = loss.gradient(*at)
        if last is not None:
            s, y = at - last[0], gradient - last[1]
            if s @ y > 0:
                if step == 1:
                    inverse = np.eye(2) * (s @ y) / (y @ y)
                left = np.eye(2) - np.outer(s, y) / (s @ y)
                inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
        last = (at, gradient)
        direction = inverse @ gradient
        at = at - direction * min(1.0, 0.5 / np.linalg.norm(direction))
        points.append(at)
    found = descend(loss, optimizer("bfgs"), start, 25).points
    np.testing.assert_allclose(found[:15], points[:15], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found, points, atol=1e-5)


def test_bfgs_finds_the_bottom_of_the_banana_and_stays_there():
    trajectory = descend(surface("rosenbrock"), optimizer("bfgs"), (-1.5, 2.0), 400)
    assert trajectory.outcome == "converged"
    assert trajectory.points[-1] == pytest.approx([1.0, 1.0], abs=1e-6)
