"""Every surface of the catalogue: an entry that is added is tested without a line here."""

import zlib
from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy

from landscape.catalogue.optimizers import optimizer_entries
from landscape.catalogue.surfaces import SurfaceEntry, check, check_entry, surface_entries
from landscape.formula.tree import Name, Number, walk
from landscape.translation import LANGUAGES

ENTRIES = surface_entries()
EVERY = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
SMOOTH = pytest.mark.parametrize("entry", [e for e in ENTRIES.values() if e.smooth], ids=lambda e: e.id)
WITH_MINIMA = pytest.mark.parametrize("entry", [e for e in ENTRIES.values() if e.minima], ids=lambda e: e.id)

SYMPY = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b, "neg": lambda a: -a, "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log,
    "sin": sympy.sin, "cos": sympy.cos, "tanh": sympy.tanh, "abs": sympy.Abs,
    "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)), "softplus": lambda a: sympy.log(1 + sympy.exp(a)),
}  # fmt: skip

PUBLISHED = {
    "booth": (1, 3, 0), "matyas": (0, 0, 0), "trid": (2, 2, -2), "zakharov": (0, 0, 0), "rosenbrock": (1, 1, 0),
    "beale": (3, 0.5, 0), "himmelblau": (-2.805118, 3.131313, 0), "six_hump_camel": (0.0898, -0.7126, -1.0316),
    "three_hump_camel": (0, 0, 0), "goldstein_price": (0, -1, 3), "styblinski_tang": (-2.903534, -2.903534, -78.332331),
    "mccormick": (-0.54719, -1.54719, -1.9133), "branin": (9.42478, 2.475, 0.397887), "easom": (np.pi, np.pi, -1),
    "mueller_brown": (-0.558, 1.442, -146.6995), "freudenstein_roth": (11.41, -0.8968, 48.9842),
    "peaks": (0.228, -1.626, -6.551), "bird": (-1.58214, -3.13024, -106.764537),
    "levy13": (1, 1, 0), "michalewicz": (2.20, 1.57, -1.8013), "rastrigin": (0, 0, 0), "griewank": (0, 0, 0),
    "bohachevsky": (0, 0, 0), "adjiman": (2, 0.10578, -2.02181), "ackley": (0, 0, 0), "dixon_price": (1, 0.707107, 0),
    "schwefel": (420.9687, 420.9687, 0), "eggholder": (512, 404.2319, -959.6407), "drop_wave": (0, 0, -1),
    "holder_table": (8.05502, 9.66459, -19.2085), "cross_in_tray": (1.3491, -1.3491, -2.06261),
    "schaffer": (0, 0, 0), "bukin": (-10, 1, 0),
}  # fmt: skip
"""Minima as printed in the collections that the entries name: Surjanovic & Bingham, Jamil & Yang, Moré et al."""


def grid(entry: SurfaceEntry, count: int) -> tuple[np.ndarray, np.ndarray]:
    (x0, x1), (y0, y1) = entry.domain
    x, y = np.meshgrid(np.linspace(x0, x1, count), np.linspace(y0, y1, count))
    return x, y


def in_sympy(entry: SurfaceEntry) -> sympy.Expr:
    """Return the entry's formula with its default parameters, made of SymPy's classes; means are written out."""
    known = {"x": sympy.Symbol("x", real=True), "y": sympy.Symbol("y", real=True)}
    known |= {name: sympy.Rational(value) for name, value in entry.surface.values}
    tree = entry.surface.tree
    rows = range(entry.surface.rows) if entry.data else range(1)
    made: list[dict[int, sympy.Expr]] = []
    for row in rows:
        names = known | {name: sympy.Rational(column[row]) for name, column in entry.data}
        parts: dict[int, sympy.Expr] = {}
        for node in walk((tree,)):
            if isinstance(node, Number):
                parts[id(node)] = sympy.Rational(node.value)
            elif isinstance(node, Name):
                parts[id(node)] = names[node.id]
            elif node.function == "mean":
                parts[id(node)] = parts[id(node.arguments[0])]
            else:
                parts[id(node)] = SYMPY[node.function](*(parts[id(argument)] for argument in node.arguments))
        made.append(parts)
    # Every entry with data is one mean: the mean over the rows of what stands inside it.
    return sum(parts[id(tree)] for parts in made) / len(made)


@pytest.mark.slow
@SMOOTH
def test_derivatives_are_those_of_sympy(entry):
    x, y = sympy.Symbol("x", real=True), sympy.Symbol("y", real=True)
    expression = in_sympy(entry)
    wanted = [expression.diff(*by) for by in ((x,), (y,), (x, x), (x, y), (y, y))]
    truth = sympy.lambdify((x, y), wanted, modules="mpmath", cse=True)
    generator = np.random.default_rng(zlib.crc32(entry.id.encode()))
    points = [tuple(float(generator.uniform(*ends)) for ends in entry.domain) for _ in range(4)]
    with mpmath.workdps(30):
        expected = np.array([[float(value) for value in truth(mpmath.mpf(px), mpmath.mpf(py))] for px, py in points])
    px, py = np.array(points).T
    gradient, hessian = entry.surface.gradient(px, py), entry.surface.hessian(px, py)
    found = np.stack([gradient[0], gradient[1], hessian[0, 0], hessian[0, 1], hessian[1, 1]], axis=1)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())


@EVERY
def test_can_be_used_and_describes_exactly_the_parameters_that_its_formula_reads(entry):
    check(entry.surface)
    check_entry(entry)


@EVERY
def test_has_a_title_in_every_language_and_a_source(entry):
    assert all(entry.titles[language].strip() for language in LANGUAGES)
    assert entry.source.strip()


@EVERY
def test_is_finite_on_its_domain(entry):
    assert np.isfinite(entry.surface.value(*grid(entry, 101))).all()


@SMOOTH
def test_a_smooth_surface_has_finite_derivatives_on_its_domain(entry):
    assert np.isfinite(entry.surface.gradient(*grid(entry, 41))).all()
    assert np.isfinite(entry.surface.hessian(*grid(entry, 41))).all()


@EVERY
def test_starts_inside_its_domain(entry):
    (x0, x1), (y0, y1) = entry.domain
    assert x0 < entry.start[0] < x1
    assert y0 < entry.start[1] < y1


@WITH_MINIMA
def test_known_minima_have_the_values_that_are_listed(entry):
    for x, y, value in entry.minima:
        assert float(entry.surface.value(x, y)) == pytest.approx(value, rel=1e-6, abs=1e-6)


@WITH_MINIMA
def test_the_lowest_minimum_is_listed_first(entry):
    values = [value for _, _, value in entry.minima]
    assert all(first <= second + 1e-9 for first, second in pairwise(values))


@WITH_MINIMA
def test_nothing_on_the_domain_is_lower_than_the_lowest_minimum(entry):
    lowest = entry.minima[0][2]
    assert entry.surface.value(*grid(entry, 401)).min() >= lowest - 1e-6 * max(1.0, abs(lowest))


@WITH_MINIMA
def test_known_minima_are_lower_than_the_points_around_them(entry):
    (x0, x1), (y0, y1) = entry.domain
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    for x, y, value in entry.minima:
        near_x = np.clip(x + 1e-3 * (x1 - x0) * np.cos(angle), x0, x1)
        near_y = np.clip(y + 1e-3 * (y1 - y0) * np.sin(angle), y0, y1)
        assert entry.surface.value(near_x, near_y).min() >= value - 1e-7 * max(1.0, abs(value))


@WITH_MINIMA
def test_known_minima_inside_a_smooth_surface_are_critical_points(entry):
    (x0, x1), (y0, y1) = entry.domain
    inside = [(x, y) for x, y, _ in entry.minima if x0 < x < x1 and y0 < y < y1]
    for x, y in inside if entry.smooth else ():
        hessian = entry.surface.hessian(x, y)
        scale = np.linalg.norm(hessian)
        assert np.linalg.norm(entry.surface.gradient(x, y)) <= 1e-8 * scale
        assert np.linalg.eigvalsh(hessian)[0] >= -1e-8 * scale


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_formula_has_the_minimum_that_was_published(name):
    x, y, value = PUBLISHED[name]
    entry = ENTRIES[name]
    width = max(high - low for low, high in entry.domain)
    assert float(entry.surface.value(x, y)) == pytest.approx(value, rel=1e-3, abs=2e-4)
    assert min(np.hypot(x - a, y - b) for a, b, _ in entry.minima) <= 1e-3 * width


@EVERY
def test_learning_rates_are_positive_and_for_optimizers_or_families_that_exist(entry):
    optimizers = optimizer_entries()
    assert set(entry.rates) <= set(optimizers) | {optimizer.family for optimizer in optimizers.values()}
    assert all(rate > 0 for rate in entry.rates.values())


def test_there_are_at_least_forty_surfaces_of_every_kind():
    assert len(ENTRIES) >= 40
    groups = {entry.group for entry in ENTRIES.values()}
    assert groups >= {"quadratic", "valley", "benchmark", "saddle", "degenerate", "kink", "model"}


def test_standardized_and_raw_regression_have_the_same_data_and_the_same_least_loss():
    raw, standardized = ENTRIES["linear_regression"], ENTRIES["linear_regression_standardized"]
    u, v = (np.array(column) for _, column in raw.data)
    scaled = dict(standardized.data)
    np.testing.assert_allclose(scaled["u"], (u - u.mean()) / u.std(), rtol=1e-12, atol=1e-14)
    assert scaled["v"] == tuple(v)
    assert raw.minima[0][2] == pytest.approx(standardized.minima[0][2], rel=1e-12)


def test_the_regression_minimum_is_that_of_least_squares():
    entry = ENTRIES["linear_regression"]
    u, v = (np.array(column) for _, column in entry.data)
    slope, intercept = np.polyfit(u, v, 1)
    assert entry.minima[0][:2] == pytest.approx((slope, intercept), rel=1e-9)


def test_condition_numbers_are_those_that_the_sources_state():
    def condition(name):
        entry = ENTRIES[name]
        eigenvalues = np.linalg.eigvalsh(entry.surface.hessian(*entry.minima[0][:2]))
        return eigenvalues[1] / eigenvalues[0]

    assert condition("ravine") == pytest.approx(20)
    assert condition("rosenbrock") == pytest.approx(2508, rel=1e-3)
    assert condition("linear_regression") == pytest.approx(179, rel=1e-2)
    assert condition("linear_regression_standardized") == pytest.approx(1)


def test_far_away_squared_error_is_flat_where_cross_entropy_is_steep():
    far = (0.5, 11.0)
    flat = np.linalg.norm(ENTRIES["neuron_squared_error"].surface.gradient(*far))
    steep = np.linalg.norm(ENTRIES["neuron_cross_entropy"].surface.gradient(*far))
    assert flat < 1e-3 * steep


def test_separable_logistic_regression_falls_for_ever():
    surface = ENTRIES["logistic_separable"].surface
    along = surface.value(np.array([1.0, 10.0, 100.0, 300.0]), 0.0)
    assert (np.diff(along) < 0).all()
    assert along[-1] > 0
