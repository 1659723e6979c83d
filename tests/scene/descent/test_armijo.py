"""Armijo's bound in the cut along the step of a line search (Nocedal & Wright 2006, section 3.1)."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.cut import Profile, accepted, profile
from landscape.scene.descent.questions import questions
from landscape.scene.descent.view import View
from landscape.session.descent import edits, probing
from landscape.session.descent.document import Cut
from landscape.session.descent.strategies import add_strategy
from landscape.session.descent.workspace import default_descent
from landscape.translation import Translation

VIEW = View((-3.0, 3.0), (-3.0, 3.0), 8, 8)


def step_cut(formula: str, start: tuple[float, float], name: str = "line_search", **values: float):
    descent = edits.choose_surface(default_descent(), surface(formula))
    for run in descent.runs:
        descent = edits.remove_run(descent, run.id)
    descent = add_strategy(edits.gather_starts(descent, start), strategy(name, **values))
    descent = probing.set_cut(descent, Cut(along="step", ends=((0.0, 0.0), (1.0, 0.0)), run=descent.runs[0].id))
    answers = Answers()
    for question in questions(descent, VIEW):
        answers.compute(question)
    return build_scene(descent, VIEW, answers, Translation()).cut


def intervals(cut, shown: Profile) -> np.ndarray:
    return cut.places[accepted(shown)]


@pytest.mark.parametrize("sufficient", [0.05, 0.25, 0.5, 0.75])
def test_on_a_bowl_the_steps_up_to_a_length_in_closed_form_are_accepted(sufficient: float) -> None:
    """On f = k x²/2 a step α along -∇f is accepted while α k ≤ 2 (1 - c)."""
    curvature, first = 4.0, 0.1
    cut = step_cut(f"{curvature / 2}*x**2 + 0*y", (2.0, 0.0), first=first, sufficient=sufficient)
    shown = profile(cut, 0.0)
    longest = 2 * (1 - sufficient) / curvature
    found = intervals(cut, shown) * first
    spacing = (cut.places[1] - cut.places[0]) * first
    end = min(longest, cut.places[-1] * first)
    assert found.min() == pytest.approx(spacing, abs=1.01 * spacing)
    assert found.max() == pytest.approx(end, abs=1.01 * spacing)


def test_the_bound_is_the_line_below_the_tangent_in_the_published_figure() -> None:
    """Phi(a) = -a³ + 6a² - 9a + 2 along its steepest descent: at 0 it is 2, its slope -9, and c is a twentieth."""
    cut = step_cut("-x**3 + 6x**2 - 9x + 2 + 0*y", (0.0, 0.0), first=1 / 9, sufficient=0.05)
    shown = profile(cut, 0.0)
    ahead = cut.places > 0
    length = cut.places[ahead]
    np.testing.assert_allclose(shown.bound[ahead], 2.0 - 0.05 * 9.0 * length, rtol=1e-12)
    assert np.isnan(shown.bound[~ahead]).all()
    expected = -(length**3) + 6 * length**2 - 9 * length + 2 <= 2.0 - 0.45 * length
    np.testing.assert_array_equal(accepted(shown)[ahead], expected)


def test_what_the_search_took_is_accepted_and_what_it_refused_is_not() -> None:
    cut = step_cut("(1 - x)**2 + 100*(y - x**2)**2", (-1.2, 1.0), first=1.0, sufficient=0.3)
    shown = profile(cut, 0.0)
    at = {multiple: int(np.argmin(np.abs(cut.places - multiple))) for multiple in (1.0, 2.0)}
    assert accepted(shown)[at[1.0]]
    if cut.places[-1] >= 2.0:
        assert not accepted(shown)[at[2.0]]


def test_strategies_without_the_condition_and_steps_that_do_not_fall_have_no_bound() -> None:
    cut = step_cut("x**2 + y**2", (1.0, 1.0), "annealing")
    assert len(profile(cut, 0.0).bound) == 0
    resting = step_cut("x**2 + y**2", (0.0, 0.0))
    assert len(profile(resting, 0.0).bound) == 0
