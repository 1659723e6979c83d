"""The formulas of SciPy's functions are those functions."""

import math

import numpy as np
import pytest

from tests.geometry.critical.scipy_functions import Function, functions

SMOOTH = [function for function in functions().values() if function.smooth]


@pytest.mark.parametrize("function", functions().values(), ids=functions())
def test_a_formula_has_the_values_of_the_published_code(function: Function) -> None:
    for x, y, value in function.samples:
        assert math.isclose(float(function.surface.value(x, y)), value, rel_tol=1e-9)


@pytest.mark.parametrize("function", SMOOTH, ids=lambda function: function.name)
def test_a_smooth_minimizer_is_the_published_one_and_the_gradient_vanishes_there(function: Function) -> None:
    for place, published in zip(function.smooth, function.minimizers, strict=True):
        assert np.allclose(place, published, rtol=0, atol=3e-4)
        assert math.isclose(float(function.surface.value(*place)), function.value, rel_tol=1e-5, abs_tol=1e-5)
        xx, xy, yy = function.surface.hessian(*place)[[0, 0, 1], [0, 1, 1]]
        assert xx > 0
        assert xx * yy > xy**2
        step = np.linalg.solve([[xx, xy], [xy, yy]], function.surface.gradient(*place))
        assert np.abs(step).max() < 1e-9
