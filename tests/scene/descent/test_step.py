"""A step as it is read: the numbers that are shown come to the point that is shown."""

import math

import numpy as np
import pytest

from landscape.catalogue.optimizers import UpdateRule, optimizer, optimizer_entries
from landscape.catalogue.roles import roles
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.explanation import explainer
from landscape.descent.trajectory import descend
from landscape.formula.tree import evaluate
from landscape.scene.descent.step import step_arrows
from landscape.scene.descent.step_lines import shown_step
from landscape.scene.formula_lines import Asked
from landscape.scene.line_numbers import HIDDEN
from landscape.scene.scene import StepLayer
from landscape.translation import Translation

BOWL = surface("(x**2 + 3*y**2)/2 + x*y/2 + 0.1*x**3", domain=((-4, 4), (-4, 4)))
SAY = Translation()


def _layer(rule: UpdateRule, **settings) -> StepLayer:
    trajectory = descend(BOWL, rule, (1.5, -0.7), 40, **settings)
    return StepLayer(run=0, name="", explainer=explainer(BOWL, rule, trajectory, 40, **settings))


def _number(text: str) -> float:
    """Read what is shown, as a person does."""
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
    if text == "–":
        return math.nan
    factor, _, power = text.translate(digits).partition("×10")
    if not power and "10" in text and text[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        factor, power = ("-1" if text[0] == "−" else "1"), factor.removeprefix("-")[2:]
    return float(factor) * 10.0 ** int(power or 0)


def _unit(text: str) -> float:
    """Return one unit of the last of four digits, or of as many as are shown."""
    value = abs(_number(text))
    shown = len(text.split("×")[0].strip("−").replace(".", "").lstrip("0"))
    return 10.0 ** (math.floor(math.log10(value)) + 1 - max(shown, 4)) if value else 1e-4


@pytest.mark.parametrize("entry", optimizer_entries())
def test_the_numbers_shown_of_every_rule_come_to_the_next_point_that_is_shown(entry):
    layer = _layer(optimizer(entry, lr=0.05), noise=0.1)
    for step in (0, 1, 2, 9, 39):
        shown = shown_step(layer, step, SAY)
        after = layer.explainer.trajectory.points[step + 1]
        moved = [line for line in shown.lines if line.shown.line.name in ("theta", "x", "y")]
        rows = [row for line in moved for row in line.shown.rows]
        for line in shown.lines:
            for row in line.shown.rows:
                if row.result != "–":  # A root of what is below 0, which nothing reads yet.
                    numbers = {name: _number(text) for name, text in row.numbers.items()}
                    found = float(evaluate((line.shown.line.expression,), numbers)[0])
                    assert found == pytest.approx(_number(row.result), abs=1.01 * _unit(row.result)), row.text
        assert len(rows) == 2
        for row, exact in zip(rows, after, strict=True):
            assert _number(row.result) == pytest.approx(exact, abs=0.51 * _unit(row.result)), row.text


def test_the_first_step_of_adam_is_that_of_the_exercise():
    given = surface("4*x + 0*y")
    rule = optimizer("adam", lr=0.1)
    trajectory = descend(given, rule, (1.0, 0.0), 3)
    layer = StepLayer(run=0, name="", explainer=explainer(given, rule, trajectory, 3))
    shown = shown_step(layer, 0, SAY)
    assert [line.shown.rows[0].text for line in shown.lines] == [
        "0.9·0 + (1 − 0.9)·4 = 0.4",
        "0.999·0 + (1 − 0.999)·4² = 0.016",
        "0.4/(1 − 0.9¹) = 4",
        "0.016/(1 − 0.999¹) = 16",
        "1 − 0.1·4/(√16 + 10⁻⁸) = 0.9",
    ]
    assert shown.move == "Δx = −0.1, Δy = 0"


def test_of_a_choice_the_branch_is_shown_that_was_taken_and_what_decided():
    layer = _layer(optimizer("momentum", lr=0.05, dampening=0.5))
    line = next(line for line in shown_step(layer, 0, SAY).lines if line.shown.line.name == "b")
    assert line.shown.rows[0].conditions == ("1 ≤ 1 ✓",)
    line = next(line for line in shown_step(layer, 1, SAY).lines if line.shown.line.name == "b")
    assert line.shown.rows[0].conditions == ("2 ≤ 1 ✗", "0.9 = 0 ✗")
    assert "(1 − 0.5)" in line.shown.rows[0].text


def test_what_is_asked_is_hidden_until_it_is_overwritten():
    layer = _layer(optimizer("adam", lr=0.05))
    whole = shown_step(layer, 3, SAY)
    names = [line.shown.line.name for line in whole.lines]
    asked = Asked(line=names.index("m"), coordinate=0)
    shown = shown_step(layer, 3, SAY, asked)
    m_hat = shown.lines[names.index("m_hat")].shown.rows
    assert HIDDEN in m_hat[0].text
    assert HIDDEN not in m_hat[1].text
    assert HIDDEN not in shown.lines[names.index("m")].shown.rows[0].text


def test_how_the_rate_came_about_is_shown_above_the_rule():
    layer = _layer(optimizer("sgd", lr=0.05), schedule=schedule("exponential", gamma=0.5, warmup=4))
    shown = shown_step(layer, 1, SAY)
    assert shown.lines[0].shown.rows[0].text == "0.05·2/4 = 0.025"
    assert shown_step(layer, 6, SAY).lines[0].shown.rows[0].text == "0.05·0.5² = 0.0125"
    assert shown.of_schedule == 1


def test_what_chance_decided_is_told():
    layer = _layer(optimizer("sgld", lr=0.05), noise=0.5, seed=1)
    told = layer.explainer.at(4)
    sentences = shown_step(layer, 4, SAY).chance
    assert len(sentences) == 2
    assert sentences[0].startswith("Noise added to the gradient: (")
    assert sentences[1].startswith("Drawn for ξ: (")
    assert told.drawn.noise != told.drawn.shift


def test_names_have_the_role_that_their_place_in_the_rule_gives_them():
    named = roles(optimizer("adam"))
    assert (named["g"], named["m_hat"], named["v_hat"], named["theta"]) == ("gradient", "momentum", "scaling", "step")
    typed = roles(optimizer("b = mu*b + g\nq = max(q, abs(g))\ntheta = theta - lr*b/q"))
    assert (typed["b"], typed["q"]) == ("momentum", "scaling")


def test_the_arrows_point_downhill_along_the_momentum_and_the_step():
    layer = _layer(optimizer("heavy_ball", lr=0.05))
    told = layer.explainer.at(5)
    arrows = {arrow.role: np.array(arrow.vector) for arrow in step_arrows(layer, told)}
    points = layer.explainer.trajectory.points
    np.testing.assert_allclose(arrows["step"], points[6] - points[5])
    np.testing.assert_allclose(arrows["gradient"], -BOWL.gradient(*points[5]))
    np.testing.assert_allclose(arrows["momentum"], points[6] - points[5])


def test_the_rates_of_both_coordinates_are_those_by_which_the_average_becomes_the_step():
    layer = _layer(optimizer("adam", lr=0.05))
    told = layer.explainer.at(5)
    arrows = step_arrows(layer, told)
    across, up = (np.array(arrow.vector) for arrow in arrows if arrow.role == "scaling")
    momentum = next(np.array(arrow.vector) for arrow in arrows if arrow.role == "momentum")
    assert across[1] == up[0] == 0.0
    np.testing.assert_allclose(momentum * (across + up), told.move)


def test_of_a_rule_for_both_coordinates_the_hessian_and_what_is_made_of_it_are_matrices():
    layer = _layer(optimizer("damped_newton", damping=2.0))
    shown = shown_step(layer, 3, SAY)
    (xx, xy), (_, yy) = BOWL.hessian(*layer.explainer.trajectory.points[3])
    hessian, gradient = shown.given
    assert (hessian.symbol, gradient.symbol) == ("H", "∇f")
    assert [[_number(text) for text in row] for row in hessian.rows] == pytest.approx(
        np.array([[xx, xy], [xy, yy]]), rel=1e-3
    )
    assert [_number(text) for (text,) in gradient.rows] == pytest.approx(
        layer.explainer.trajectory.gradients[3], rel=1e-3
    )
    (damped,) = [matrix for line in shown.lines for matrix in line.matrices]
    assert [[_number(text) for text in row] for row in damped.rows] == pytest.approx(
        np.array([[xx + 2, xy], [xy, yy + 2]]), rel=1e-3
    )


def test_what_bfgs_takes_for_the_inverse_hessian_is_one_matrix_once_it_is_complete():
    shown = shown_step(_layer(optimizer("bfgs")), 3, SAY)
    (where,) = [index for index, line in enumerate(shown.lines) if line.matrices]
    assert shown.lines[where].shown.line.name == "b_yy"
    assert not any(line.shown.line.name.startswith("b_") for line in shown.lines[where + 1 :])
    results = {line.shown.line.name: line.shown.rows[0].result for line in shown.lines}
    (matrix,) = shown.lines[where].matrices
    assert matrix.rows == ((results["b_xx"], results["b_xy"]), (results["b_xy"], results["b_yy"]))


def test_an_entry_that_is_asked_for_is_hidden_in_its_matrix_too():
    layer = _layer(optimizer("damped_newton"))
    asked = Asked(line=0, coordinate=-1)
    (matrix,) = [matrix for line in shown_step(layer, 3, SAY, asked).lines for matrix in line.matrices]
    assert matrix.rows[0][0] == HIDDEN
    assert HIDDEN not in matrix.rows[1]


def test_a_rule_for_each_coordinate_has_no_matrices():
    shown = shown_step(_layer(optimizer("adam")), 3, SAY)
    assert shown.given == ()
    assert all(line.matrices == () for line in shown.lines)
