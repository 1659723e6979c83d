"""A descent runs through the values of one parameter, on that parameter's own scale."""

from dataclasses import replace

import pytest

from landscape.session.descent import edits
from landscape.session.descent.animations import animated, animated_parameter
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.workspace import default_descent

SESSION = default_descent()
COLOR = SESSION.runs[0].color


def with_rate(first: float, last: float) -> Descent:
    return edits.animate(SESSION, Animation(run=COLOR, name="lr", first=first, last=last))


def test_a_rate_runs_by_factors():
    rates = [animated(with_rate(0.001, 0.1), position)[1] for position in (0.0, 0.25, 0.5, 1.0)]
    assert rates == pytest.approx([0.001, 0.001 * 100**0.25, 0.01, 0.1])


def test_it_may_run_downwards():
    rates = [animated(with_rate(0.1, 0.001), position)[1] for position in (0.0, 0.25, 1.0)]
    assert rates == pytest.approx([0.1, 0.1 / 100**0.25, 0.001])


def test_only_the_parameter_changes_and_the_animation_is_gone():
    descent, value = animated(with_rate(0.001, 0.1), 0.5)
    assert value == descent.runs[0].rule.lr
    bare = replace(with_rate(0.001, 0.1), animation=None)
    assert descent == edits.set_hyper(bare, 0, "lr", value)


def test_a_parameter_of_the_surface_runs_evenly():
    from landscape.catalogue.surfaces import surface

    base = edits.choose_surface(SESSION, surface("x**2 + a*y**2", a=2.0))
    descent = edits.animate(base, Animation(run=None, name="a", first=1.0, last=5.0))
    moved, value = animated(descent, 0.25)
    assert value == pytest.approx(2.0)
    assert dict(moved.surface.values)["a"] == value
    assert animated_parameter(descent).name == "a"


def test_a_run_keeps_its_animation_when_others_are_removed():
    last = SESSION.runs[-1]
    descent = edits.animate(SESSION, Animation(run=last.color, name="lr", first=0.01, last=0.1))
    fewer = edits.remove_run(descent, 0)
    moved, value = animated(fewer, 1.0)
    assert moved.runs[-1].rule.lr == value == 0.1
