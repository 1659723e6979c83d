"""The lens and the sharpness in the scene."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.scene.descent.lens import lens_at
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from tests.scene.descent.test_build import Studio


def bowl(rule, **shown):
    descent = edits.choose_surface(default_descent(), surface("(x**2 + 20*y**2)/2"))
    descent = edits.set_rule(edits.solo_run(descent, 0), 0, rule)
    for layer in shown:
        descent = edits.set_layer(descent, layer, True)
    return descent


def panel(scene, quantity):
    return next(panel for panel in scene.curves if panel.quantity == quantity)


def test_sharpness_is_a_fourth_panel_where_the_session_shows_it():
    descent = edits.set_schedule(default_descent(), schedule("cosine"))
    quantities = [panel.quantity for panel in Studio(descent).scene.curves]
    assert quantities == ["loss", "rate", "gradient"]
    shown = edits.set_layer(descent, "sharpness", True)
    assert [panel.quantity for panel in Studio(shown).scene.curves] == [*quantities, "sharpness"]


def test_the_sharpness_of_a_quadratic_is_its_largest_curvature_at_every_step():
    (curve,) = panel(Studio(bowl(optimizer("sgd", lr=0.01), sharpness=True)).scene, "sharpness").curves
    assert curve.values == pytest.approx(np.full(len(curve.values), 20.0))


def test_the_limit_of_the_sharpness_is_named():
    scene = Studio(bowl(optimizer("sgd", lr=0.01), sharpness=True)).scene
    assert panel(scene, "sharpness").keys == ("– – 2/lr",)
    assert panel(scene, "loss").keys == ()


def test_the_limit_follows_the_schedule():
    descent = edits.set_schedule(bowl(optimizer("sgd", lr=0.05), sharpness=True), schedule("cosine", min_lr=0.01))
    scene = Studio(descent).scene
    (rate,), (sharp,) = panel(scene, "rate").curves, panel(scene, "sharpness").curves
    assert sharp.limit == pytest.approx(2 / rate.values)
    assert sharp.limit[0] < sharp.limit[-1]


@pytest.mark.parametrize(
    ("rule", "gain"),
    [(optimizer("momentum", lr=0.1, momentum=0.9), 3.8), (optimizer("nesterov", lr=0.1, momentum=0.5), 1.5)],
)
def test_other_rules_have_their_own_limit(rule, gain):
    (curve,) = panel(Studio(bowl(rule, sharpness=True)).scene, "sharpness").curves
    assert curve.limit == pytest.approx(np.full(len(curve.limit), gain / 0.1))


def test_adam_has_a_sharpness_but_no_limit_of_it():
    (curve,) = panel(Studio(bowl(optimizer("adam", lr=0.1), sharpness=True)).scene, "sharpness").curves
    assert curve.limit is None
    assert len(curve.values) > 1


def test_sharpness_that_stays_is_not_drawn_anew():
    descent = edits.set_layer(default_descent(), "sharpness", True)
    studio = Studio(descent)
    assert panel(studio.show(descent, studio.scene), "sharpness") is panel(studio.scene, "sharpness")


def test_each_visible_run_has_a_lens_in_its_colour_where_the_session_shows_it():
    descent = edits.set_visible(default_descent(), 1, False)
    assert Studio(descent).scene.lenses == ()
    scene = Studio(edits.set_layer(descent, "lens", True)).scene
    assert [lens.color for lens in scene.lenses] == [path.color for path in scene.paths]
    for lens, path in zip(scene.lenses, scene.paths, strict=True):
        full = descent.surface.hessian(*path.points[5])
        assert lens.hessians[5] == pytest.approx([full[0, 0], full[0, 1], full[1, 1]])


def test_a_lens_that_stays_is_the_same_object():
    descent = edits.set_layer(default_descent(), "lens", True)
    studio = Studio(descent)
    assert studio.show(descent, studio.scene).lenses is studio.scene.lenses


def test_a_lens_where_there_is_no_hessian_has_none_to_draw():
    assert np.isnan(lens_at(surface("sqrt(x) + y"), (-1.0, 0.0)).hessians).any()


def test_the_lesson_on_the_edge_of_stability_ends_below_the_limit_of_each_rate():
    scene = Studio(lesson("edge-of-stability").document).scene
    curves = panel(scene, "sharpness").curves
    ends = [curve.values[-1] for curve in curves]
    assert ends == pytest.approx([6.517, 5.968, 4.497, 2.870], abs=2e-3)
    assert all(curve.values[-1] < curve.limit[-1] for curve in curves)
    assert any((curve.values[: len(curve.limit)] > curve.limit).any() for curve in curves)
