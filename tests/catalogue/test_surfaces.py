"""A surface from its name or formula: values, rotation, scaling, data, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.catalogue.surfaces import TRANSFORM, Surface, check, parameters_of, surface
from landscape.errors import InputError

POINTS = np.random.default_rng(7).uniform(-2, 2, (2, 20))
RAVINE = "x**2 + a*y**2"


def test_a_name_gives_the_entry_and_a_formula_a_surface_of_its_own():
    assert surface("himmelblau").entry == "himmelblau"
    typed = surface(RAVINE, a=20.0)
    assert typed.entry == ""
    assert float(typed.value(1, 2)) == 81.0


def test_parameters_that_are_not_given_are_one_in_a_formula_and_the_default_in_an_entry():
    assert float(surface(RAVINE).value(1, 2)) == 5.0
    assert dict(surface("rosenbrock", b=50).values) == {"a": 1.0, "b": 50.0}


def test_values_broadcast_and_derivatives_have_leading_axes():
    himmelblau = surface("himmelblau")
    x, y = np.zeros((4, 1)), np.zeros(3)
    assert himmelblau.value(x, y).shape == (4, 3)
    assert himmelblau.gradient(x, y).shape == (2, 4, 3)
    assert himmelblau.hessian(x, y).shape == (2, 2, 4, 3)
    assert surface("3 + 0x").value(x, y).shape == (4, 3)


def test_derivatives_agree_with_differences_of_the_value():
    turned = surface("beale", rotation=33.0, scaling=(1.3, 0.7))
    x, y = POINTS
    h = 1e-6
    by_x = (turned.value(x + h, y) - turned.value(x - h, y)) / (2 * h)
    by_y = (turned.value(x, y + h) - turned.value(x, y - h)) / (2 * h)
    np.testing.assert_allclose(turned.gradient(x, y), [by_x, by_y], rtol=1e-6, atol=1e-5)


def test_a_surface_that_is_not_turned_has_the_plain_tree():
    plain = surface("himmelblau")
    assert plain.tree is surface("himmelblau", rotation=360.0).tree
    assert not set(TRANSFORM) & set(plain.parameter_names)


def test_turning_changes_values_but_never_the_tree():
    first, second = surface("himmelblau", rotation=10), surface("himmelblau", rotation=20)
    assert first.tree is second.tree
    assert first.parameter_names == second.parameter_names
    assert first.kernel_values != second.kernel_values


@given(st.floats(-720, 720), st.floats(0.2, 5), st.floats(0.2, 5), st.floats(-4, 4), st.floats(-4, 4))
def test_the_value_at_a_turned_and_stretched_point_is_that_at_the_point(degrees, sx, sy, x, y):
    domain = ((-3.0, 5.0), (-2.0, 8.0))
    plain = surface("x**3 - 2*x*y + y**2", domain=domain)
    changed = surface("x**3 - 2*x*y + y**2", domain=domain, rotation=degrees, scaling=(sx, sy))
    cx, cy, angle = 1.0, 3.0, np.radians(degrees)
    dx, dy = sx * (x - cx), sy * (y - cy)
    moved = (cx + np.cos(angle) * dx - np.sin(angle) * dy, cy + np.sin(angle) * dx + np.cos(angle) * dy)
    assert float(changed.value(*moved)) == pytest.approx(float(plain.value(x, y)), rel=1e-8, abs=1e-7)


def test_a_quarter_turn_counter_clockwise_takes_the_x_axis_to_the_y_axis_exactly():
    turned = surface("x", rotation=90)
    assert float(turned.value(0, 2)) == 2.0
    assert float(turned.value(2, 0)) == 0.0


def test_kernel_values_follow_the_order_of_the_names():
    typed = surface("b*x + a*y", a=2.0, b=3.0)
    assert typed.parameter_names == ("b", "a")
    assert typed.kernel_values == (3.0, 2.0)


def test_surfaces_that_are_equal_hash_alike():
    assert hash(surface("himmelblau", a=11.0)) == hash(surface("himmelblau"))
    assert surface("himmelblau", a=11.0) == surface("himmelblau")


def test_means_and_sums_run_over_the_rows_of_the_data():
    data = {"u": [1.0, 2.0, 4.0], "v": [0.0, 1.0, 5.0]}
    loss = surface("mean((x*u + y - v)**2)", data=data)
    u, v = np.array(data["u"]), np.array(data["v"])
    assert float(loss.value(2, -1)) == pytest.approx(np.mean((2 * u - 1 - v) ** 2))
    assert float(surface("sum(u*x)", data=data).value(2, 0)) == 14.0
    assert loss.columns == ("u", "v")
    assert loss.rows == 3
    np.testing.assert_array_equal(loss.data_array, [u, v])
    assert not loss.data_array.flags.writeable
    assert surface("sphere").data_array.shape == (0, 0)


def test_ranges_are_widened_by_what_was_given():
    (parameter,) = parameters_of(surface(RAVINE, a=20.0))
    assert (parameter.minimum, parameter.maximum) == (-10.0, 20.0)
    kappa = parameters_of(surface("ravine", kappa=-3.0))[0]
    assert kappa.scale == "linear"
    assert kappa.minimum == -3.0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: surface("himelblau"), "himmelblau"),
        (lambda: surface("qqqqqq"), "rosenbrock, beale"),
        (lambda: surface("himmelblau", c=1.0), "allowed are a, b"),
        (lambda: surface("rastrigin", B=1.0), "A"),
        (lambda: surface("sphere", a=1.0), "has no parameters"),
        (lambda: surface(RAVINE, a=float("nan")), "finite number"),
        (lambda: surface(RAVINE, a="2"), "finite number"),
        (lambda: surface("x*xy"), "x*y"),
        (lambda: surface("x +"), "ends too early"),
        (lambda: surface("x", domain=((1, 1), (0, 1))), "two finite ends"),
        (lambda: surface("x", domain=((0, float("inf")), (0, 1))), "two finite ends"),
        (lambda: surface("x", domain=(0, 1)), "two ranges"),
        (lambda: surface("x", domain=((0, 1), (0, "a"))), "two ranges"),
        (lambda: surface("x", scaling=(0, 1)), "above 0"),
        (lambda: surface("x", scaling=2), "above 0"),
        (lambda: surface("x", rotation="left"), "degrees"),
        (lambda: surface("sphere", data={"u": [1.0]}), "takes no data"),
        (lambda: surface("linear_regression", data={"a": [1.0], "b": [2.0]}), "u, v"),
        (lambda: surface("mean(u)*x", data={"u": ["one"]}), "not a finite number"),
        (lambda: surface("mean(pi)*x", data={"pi": [1.0]}), "cannot be called"),
        (lambda: surface("x", rotation=float("nan")), "degrees"),
        (lambda: surface("mean(x)"), "no"),
        (lambda: surface("x*u", data={"u": [1.0]}), "only be read inside"),
        (lambda: surface("mean(x)", data={"u": [1.0]}), "none in it"),
        (lambda: surface("mean(u)*x", data={"u": []}), "1 to"),
        (lambda: surface("mean(u*v)", data={"u": [1.0], "v": [1.0, 2.0]}), "equally long"),
        (lambda: surface("mean(u)", data={"u": [float("inf")]}), "not a finite number"),
        (lambda: surface("mean(x)", data={"x": [1.0]}), "cannot be called"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_allowed(call, said):
    with pytest.raises(InputError) as caught:
        call()
    assert said in str(caught.value)


def test_check_passes_what_surface_made_and_refuses_a_model_of_unknown_names():
    entry = surface("neuron_squared_error")
    assert check(entry) is entry
    with pytest.raises(InputError):
        check(replace(entry, model="sigmoid(x*w + y)"))


def test_check_refuses_values_of_parameters_that_the_formula_does_not_have():
    with pytest.raises(InputError):
        check(Surface(formula="x**2 + y**2", values=(("a", 1.0),)))


def test_a_domain_given_as_lists_makes_an_equal_surface():
    given = surface("x**2", domain=[[0, 1], [0, 2]], scaling=[1, 2])
    assert given == surface("x**2", domain=((0.0, 1.0), (0.0, 2.0)), scaling=(1.0, 2.0))
    assert hash(given) is not None


def test_an_entry_whose_formula_was_edited_has_the_parameters_of_the_formula():
    edited = replace(surface("himmelblau"), formula="q*x**2 + y**2", values=())
    assert [parameter.name for parameter in parameters_of(edited)] == ["q"]


def test_new_data_takes_the_place_of_an_entrys_own():
    moved = surface("linear_regression", data={"u": [0.0, 1.0], "v": [1.0, 3.0]})
    assert float(moved.value(2, 1)) == 0.0
    assert moved.entry == "linear_regression"


def test_arrays_that_come_out_are_read_only():
    sphere = surface("sphere")
    x, y = POINTS
    for array in (sphere.value(x, y), sphere.gradient(x, y), sphere.hessian(x, y)):
        assert not array.flags.writeable
