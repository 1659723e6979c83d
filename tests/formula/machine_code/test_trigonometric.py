"""Sines, cosines and hyperbolic tangents side by side are good to the last digit, however far from zero."""

import ctypes

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from landscape.formula import kernel_cache
from landscape.formula.syntax import parse_expression
from tests.formula.test_kernels import source

WAVES = ("sin", "cos", "tan")
FARTHEST = {np.float64: 2.0**48, np.float32: 2.0**19}
KINDS = pytest.mark.parametrize("kind", [np.float64, np.float32])


def side_by_side(function: str, x: NDArray[np.floating]) -> NDArray[np.floating]:
    text = source([parse_expression(f"{function}(x)")], ["x"], len(x), single=x.dtype == np.float32)
    kernel = kernel_cache.load(text, "point")
    result = np.empty_like(x)
    ctypes.CFUNCTYPE(None, *(ctypes.c_void_p,) * 3, ctypes.c_int64)(kernel.address)(
        x.ctypes.data, result.ctypes.data, None, 0
    )
    return result


def worst(function: str, x: NDArray[np.floating]) -> float:
    """Return the largest error against 200 digits, in units of the last place of the exact number."""
    with mpmath.workdps(200):
        exact = [getattr(mpmath, function)(mpmath.mpf(float(value))) for value in x]
        units = np.spacing(np.abs(np.array([float(value) for value in exact]).astype(x.dtype)))
        rows = zip(side_by_side(function, x), exact, units, strict=True)
        return max(float(abs(mpmath.mpf(float(found)) - value) / float(unit)) for found, value, unit in rows)


def near_right_angles(kind: type, count: int) -> NDArray[np.floating]:
    """Return numbers next to multiples of pi/2, where nearly all digits of the multiple are lost."""
    wholes = np.exp(np.random.default_rng(3).uniform(0.0, np.log(0.6 * FARTHEST[kind]), count // 2)).astype(np.int64)
    with mpmath.workdps(50):
        x = np.array([float(int(whole) * mpmath.pi / 2) for whole in wholes]).astype(kind)
    return np.concatenate([x, -np.nextafter(x, kind(0.0))])


@KINDS
@pytest.mark.parametrize("function", WAVES)
def test_waves_are_good_to_the_last_digit(function: str, kind: type) -> None:
    rng = np.random.default_rng(5)
    far = np.exp(rng.uniform(-20.0, np.log(FARTHEST[kind]), 500)) * rng.choice([-1.0, 1.0], 500)
    unit = 2.0 if function == "tan" else 0.8
    for x in (rng.uniform(-10.0, 10.0, 500), rng.uniform(-1e5, 1e5, 500), far, near_right_angles(kind, 500)):
        assert worst(function, x.astype(kind)) < unit


@KINDS
def test_hyperbolic_tangents_are_good_to_the_last_digit(kind: type) -> None:
    rng = np.random.default_rng(6)
    for x in (rng.uniform(-1.0, 1.0, 500), rng.uniform(-25.0, 25.0, 500), rng.uniform(-1e-9, 1e-9, 500)):
        assert worst("tanh", x.astype(kind)) < 1.5


@KINDS
@pytest.mark.parametrize("function", WAVES)
def test_a_wave_has_no_value_where_numbers_lie_far_apart(function: str, kind: type) -> None:
    last = kind(FARTHEST[kind])
    x = np.array([last, -last, np.nextafter(last, kind(np.inf)), -1e30, np.inf, -np.inf, np.nan, 0.0], dtype=kind)
    np.testing.assert_array_equal(np.isfinite(side_by_side(function, x)), [True] * 2 + [False] * 5 + [True])


@KINDS
def test_a_hyperbolic_tangent_ends_at_one(kind: type) -> None:
    x = np.array([np.inf, -np.inf, np.nan, 1e30, -30.0, 0.0], dtype=kind)
    np.testing.assert_array_equal(side_by_side("tanh", x), [1.0, -1.0, np.nan, 1.0, -1.0, 0.0])
