"""What people typed is read as they meant it, or refused with the right suggestion: with the right values."""

import math

import numpy as np
import pytest

from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.formula.mistakes import FormulaError
from landscape.geometry.critical import critical_points
from landscape.session.descent import edits
from landscape.session.descent.named import session_of
from landscape.session.descent.workspace import default_descent
from landscape.session.files import default_session


def refused(text: str) -> FormulaError:
    """Return why a formula of a surface is refused."""
    with pytest.raises(FormulaError) as caught:
        surface(text)
    return caught.value


def meant(text: str) -> str:
    return refused(text).suggestion


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("xye^(-x^2-y^2)", "x*y*e^(-x^2-y^2)"), ("x^3+y^3-3axy", "x^3+y^3-3*a*x*y"), ("xe^y", "x*e^y"),
        ("ye^x+y", "y*e^x+y"), ("3ex+y", "3*e*x+y"), ("2pix+y", "2*pi*x+y"), ("cos(2pix)+y", "cos(2*pi*x)+y"),
        ("x1^2+x2^2", "x^2+y^2"), ("X^2+Y^2", "x^2+y^2"), ("x_1^2 + x_2^2", "x^2 + y^2"), ("x₁² + x₂²", "x² + y²"),
        ("x1^4-2*x2*x1^2+x2^2+x1^2-2*x1+5", "x^4-2*y*x^2+y^2+x^2-2*x+5"), ("x0*x1", "x*y"), ("x[0]^2+x[1]", "x^2+y"),
        ("x2 + y2 - 2", "x^2 + y^2 - 2"), ("x3 + y3 - 3axy", "x^3 + y^3 - 3*a*x*y"), ("x^2 + x2^2", "x^2 + y^2"),
        ("xy", "x*y"), ("kx^2 + y", "k*x^2 + y"), ("abx + y", "a*b*x + y"), ("alphax + y", "alpha*x + y"),
        ("lnx + y", "ln(x) + y"), ("sinxcosy", "sin(x)*cos(y)"), ("cos2pix + y", "cos(2*pi*x) + y"),
        ("xlnx + y", "x*ln(x) + y"), ("1/xy", "1/(x*y)"), ("1/xy^2", "1/(x*y^2)"), ("e^xy", "e^(x*y)"),
        ("xsin(y)", "x*sin(y)"), ("u^2 + 2v^2", "x^2 + 2y^2"), ("t^4 - t^2", "x^4 - x^2"), ("w1^2 + w2^2", "x^2 + y^2"),
        ("0,5x^2 + y", "0.5x^2 + y"), ("u = x; (uy)^2 + axy + u", "u = x; (u*y)^2 + a*x*y + u"), ("XY", "x*y"),
        ("3", ""), ("a^2 + b^2 + c^2", ""), ("x1 + x2 + x3", ""),
    ],
)  # fmt: skip
def test_a_name_that_splits_into_known_ones_is_never_silently_a_parameter(typed: str, suggestion: str) -> None:
    assert meant(typed) == suggestion
    if suggestion:
        surface(suggestion)


@pytest.mark.parametrize(
    ("typed", "position", "length", "said"),
    [
        ("x^3+y^3-3axy", 8, 4, "3axy is not known: did you mean 3*a*x*y?"),
        ("y + 2pix", 4, 4, "2pix is not known: did you mean 2*pi*x?"), ("x - kx", 4, 2,
        "kx is not known: did you mean k*x?"),
        ("1 + x1*x2", 4, 2, "The variables are x and y, not x1: did you mean x?"),
        ("u + v", 0, 5, "The formula reads neither x nor y"),
    ],
)  # fmt: skip
def test_it_is_said_where_and_what_was_meant(typed: str, position: int, length: int, said: str) -> None:
    error = refused(typed)
    assert (str(error), error.position, error.length) == (said, position, length)


@pytest.mark.parametrize(
    ("typed", "parameters"),
    [
        ("a*x^2 + b*y", ("a", "b")), ("c + x", ("c",)), ("tilt*x + deep*y", ("tilt", "deep")),
        ("alpha*x + y", ("alpha",)),
        ("(x - x0)^2 + (y - y0)^2", ("x0", "y0")), ("λx + y", ("lambda",)), ("x + x_max", ("x_max",)),
        ("x*decay + y", ("decay",)), ("x + xi", ("xi",)), ("A*x + E*y", ("A", "E")), ("xmax - x*y", ("xmax",)),
        ("gamma*x + y", ("gamma",)), ("u = a*x; u + y", ("a",)), ("sum(i, 1, 2, c*x^i)", ("c",)),
    ],
)  # fmt: skip
def test_letters_and_names_that_do_not_split_are_parameters(typed: str, parameters: tuple[str, ...]) -> None:
    assert surface(typed).parameter_names == parameters


def test_a_name_that_splits_is_a_parameter_where_somebody_gives_it_a_value() -> None:
    assert dict(surface("kx*x^2 + y", kx=3.0).values) == {"kx": 3.0}


def kinds(text: str, **values: float) -> dict[str, int]:
    found = critical_points(surface(text, **values))
    assert found.complete
    return {kind: sum(one.kind == kind for one in found.points) for kind in {one.kind for one in found.points}}


def test_a_wave_under_a_bell_has_two_minima_two_maxima_and_a_saddle() -> None:
    assert kinds(meant("xye^(-x^2-y^2)")) == {"minimum": 2, "maximum": 2, "saddle": 1}


def test_the_folium_has_a_minimum_and_a_saddle() -> None:
    found = critical_points(surface(meant("x^3+y^3-3axy")))
    places = {one.kind: (one.x, one.y, one.value) for one in found.points}
    assert places["minimum"] == pytest.approx((1.0, 1.0, -1.0))
    assert places["saddle"] == pytest.approx((0.0, 0.0, 0.0), abs=1e-12)


def test_a_function_of_x1_and_x2_has_its_published_minimum() -> None:
    [point] = critical_points(surface(meant("x1^4-2*x2*x1^2+x2^2+x1^2-2*x1+5"))).points
    assert (point.kind, point.x, point.y, point.value) == ("minimum", *map(pytest.approx, (1.0, 1.0, 4.0)))


@pytest.mark.parametrize(
    ("typed", "at_point"),
    [
        ("ln(x+y)+x^2-y", math.log(2.1) + 0.49 - 1.4), ("sin x + y", math.sin(0.7) + 1.4),
        ("sin^2(x)", math.sin(0.7) ** 2), ("sin²(x)", math.sin(0.7) ** 2), ("2 x y", 1.96),
        ("x e^y", 0.7 * math.exp(1.4)),
        ("√x²", 0.7), ("log|x|", math.log(0.7)), ("e^{-y} + x", math.exp(-1.4) + 0.7), ("½x + y", 1.75),
        ("f(x,y) = x²+y²", 0.49 + 1.96), ("[x+y]^2", 4.41), ("x·y", 0.98),
        ("-cos(x)*cos(y)", -math.cos(0.7) * math.cos(1.4)),
        (r"\frac{x}{y} + \sin x", 0.5 + math.sin(0.7)), ("erf(x) + gamma(y)", math.erf(0.7) + math.gamma(1.4)),
        ("arcsin(x) + arctan y", math.asin(0.7) + math.atan(1.4)),
        ("sec x + asinh(y)", 1 / math.cos(0.7) + math.asinh(1.4)),
        ("hypot(x, y) + pow(x, 2)", math.hypot(0.7, 1.4) + 0.49), ("round(y) + trunc(x) + sgn(x)", 2.0),
        ("sum(i, 1, 5, x^i/i)*y", 1.4 * sum(0.7**i / i for i in range(1, 6))),
        ("prod(i, 1, 3, x - i) + y", -0.3 * -1.3 * -2.3 + 1.4), ("u = x + y; u^2 + u", 4.41 + 2.1),
    ],
)  # fmt: skip
def test_what_is_written_as_on_paper_has_its_value(typed: str, at_point: float) -> None:
    assert float(surface(typed).value(0.7, 1.4)) == pytest.approx(at_point, rel=1e-14)


def test_a_number_of_another_base_is_refused() -> None:
    assert meant("0x10*x") == "16*x"


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("lr*0.5*(1+cos(pi*t/Tmax))", "lr*0.5*(1+cos(pi*t/T))"), ("lr*(1-t/tmax)", "lr*(1-t/T)"), ("lr*exp(-kt)",
        "lr*exp(-k*t)"),
        ("LR/(1 + t)", "lr/(1 + t)"), ("lrt", "lr*t"), ("lr*T_max/(t + 1)", "lr*T/(t + 1)"),
    ],
)  # fmt: skip
def test_a_schedule_asks_in_the_same_way(typed: str, suggestion: str) -> None:
    with pytest.raises(FormulaError) as caught:
        schedule(typed)
    assert caught.value.suggestion == suggestion
    schedule(suggestion)


def test_the_suggested_schedule_falls_to_the_end_of_the_run() -> None:
    assert schedule("lr*(1-t/T)").rates(1.0, 5) == pytest.approx([1.0, 0.8, 0.6, 0.4, 0.2])


@pytest.mark.parametrize("typed", ["lr*rate^t", "lr*gamma^t", "lr*(1 - decay*t)", "lr/(1 + step)", "lr*exp(-t/t0)"])
def test_names_of_schedules_that_do_not_split_stay_parameters(typed: str) -> None:
    assert len(schedule(typed).values) == 1


def test_a_formula_typed_over_a_turned_surface_is_not_turned_and_in_view() -> None:
    turned = edits.set_rotation(edits.choose_surface(default_descent(), surface("schwefel")), 30.0)
    typed = edits.set_formula(edits.set_scaling(turned, 2.0, 0.5), "x^4/4 - x^2/2 + y^2").surface
    assert (typed.rotation, typed.scaling) == (0.0, (1.0, 1.0))
    assert typed.domain == ((-3.0, 3.0), (-3.0, 3.0))
    minima = [(one.x, one.y) for one in critical_points(typed).points if one.kind == "minimum"]
    np.testing.assert_allclose(sorted(minima), [(-1.0, 0.0), (1.0, 0.0)], atol=1e-9)


def test_what_is_named_to_be_exported_is_a_lesson_a_surface_or_a_formula() -> None:
    assert session_of("ravine", {})[1] is None
    assert session_of("himmelblau", {"a": 5.0})[0].documents["descent"].surface.value(0.0, 0.0) == 25.0 + 49.0
    session, typed = session_of("-x^2 - a*y^2", {"a": 3.0})
    assert typed is not None
    assert dict(typed.values) == {"a": 3.0}
    assert session.documents["descent"].surface == typed
    assert len(session.documents["descent"].runs) == len(default_session().documents["descent"].runs)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("beale-rase", "beale-race"), ("my.json", "no lesson or file"), ("3axy + x", "did you mean"), ("x^2 +",
        "too early"),
        ("xy", "x*y"), ("ravin", "ravine"), ("a-b", "no lesson or file"),
    ],
)  # fmt: skip
def test_what_is_named_wrongly_is_told_as_what_it_looks_like(what: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("*", "[*]")):
        session_of(what, {})


def test_a_parameter_that_a_lesson_s_surface_lacks_is_refused() -> None:
    with pytest.raises(InputError, match="no parameter"):
        session_of("himmelblau", {"q": 1.0})
