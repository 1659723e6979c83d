"""Formulas are typeset where they can be."""

import pytest

from landscape.plot.equation import equation, equation_svg
from landscape.scene.palette import DARK


@pytest.mark.parametrize(
    "latex", [r"\left(x^{2}+y-11\right)^{2}", r"\frac{x^2 + \kappa y^2}{2}", r"\operatorname{mean}(u)"]
)
def test_a_formula_becomes_a_picture_in_the_colour_of_the_theme(qapp, latex):
    drawing = equation(latex, DARK.muted)
    assert drawing is not None
    assert drawing.viewBoxF().width() > 20
    assert equation_svg(latex).count('fill="black"') > 2


@pytest.mark.parametrize("latex", ["", r"\frac{", "{" * 9 + "x" + "}" * 9, r"\nosuchcommand{x}{"])
def test_what_cannot_be_typeset_is_no_picture_and_no_error(qapp, latex):
    assert equation(latex, DARK.muted) is None
