"""The probe and the cut in the scene: their numbers are those of the surface, wherever the line is."""

import math

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.cut import profile
from landscape.scene.descent.probe import trust_sentence
from landscape.scene.descent.probed import chord
from landscape.session.descent import edits, probing
from landscape.session.descent.document import Cut, Descent
from landscape.session.descent.workspace import default_descent
from tests.scene.descent.test_build import SAY, Studio

SADDLE = (0.0866775, 2.8842547)


def on(formula: str, probe=(0.0, 0.0), domain=((-3.0, 3.0), (-3.0, 3.0))) -> Descent:
    return probing.set_probe(edits.choose_surface(default_descent(), surface(formula, domain=domain)), probe)


def test_there_is_no_probe_and_no_cut_unless_the_descent_has_one():
    scene = Studio(default_descent()).scene
    assert (scene.probe, scene.cut) == (None, None)


def test_the_probe_tells_value_gradient_hessian_and_axes():
    found = Studio(on("x**2 + 3*x*y - y**2 + x", (1.0, 2.0))).scene.probe.osculation
    assert found.point == (1.0, 2.0)
    assert found.value == pytest.approx(4.0)
    assert found.gradient == pytest.approx((9.0, -1.0))
    assert found.hessian == pytest.approx((2.0, 3.0, -2.0))
    assert found.eigenvalues == pytest.approx((-math.sqrt(13), math.sqrt(13)))


def test_the_level_lines_are_those_of_the_paraboloid_and_lie_on_the_disc():
    probe = Studio(probing.set_probe(default_descent(), SADDLE)).scene.probe
    found = probe.osculation
    drawn = probe.levels[np.isfinite(probe.levels).all(axis=1)]
    assert len(drawn) > 100
    assert np.hypot(*(drawn - found.point).T).max() <= found.radius * (1 + 1e-12)
    heights = found.paraboloid(*drawn.T)
    levels = np.unique(np.round(heights, 1))
    assert len(levels) <= 2 * 7
    assert heights.max() - heights.min() > 0.5 * max(map(abs, found.eigenvalues)) / 2 * found.radius**2


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("x**2 - 2*y**2", "everywhere"),
        ("x**2 + y**2 + x**4", "radius 0.333"),
        ("x + 1e-9*x**3", "whole domain"),
        ("x**3 + y**3", "however small"),
        ("sqrt(x)", "no osculating paraboloid"),
    ],
)
def test_a_sentence_tells_how_far_the_paraboloid_holds(formula, said):
    assert said in trust_sentence(Studio(on(formula)).scene.probe.osculation, SAY)


def test_a_line_is_cut_evenly_from_one_end_to_the_other():
    scene = Studio(probing.set_cut(on("x**2 + y", (2.0, 2.0)), Cut(ends=((-1.0, 0.0), (2.0, 4.0))))).scene
    assert scene.cut.places[[0, -1]] == pytest.approx((0.0, 5.0))
    x, y = scene.cut.points.T
    assert (x[0], y[0], x[-1], y[-1]) == (-1.0, 0.0, 2.0, 4.0)
    assert scene.cut.values == pytest.approx(x**2 + y)
    assert scene.cut.ends == ((-1.0, 0.0), (2.0, 4.0))
    assert len(profile(scene.cut, 0.0).quadratic) == 0  # It does not go through the probe.


def test_a_line_through_the_probe_is_measured_from_it_and_compared_with_its_quadratic():
    scene = Studio(probing.cut_along(on("x**4 + x**2 + y", (1.0, 0.5)), "line")).scene
    shown = profile(scene.cut, 0.0)
    x = shown.points[:, 0]
    assert scene.cut.places == pytest.approx(x - 1.0)
    # Taylor at 1: 2 + 6 (x - 1) + 7 (x - 1)², and y = ½.
    assert shown.quadratic == pytest.approx(2.5 + 6 * (x - 1) + 7 * (x - 1) ** 2)
    assert shown.here == pytest.approx((0.0, 2.5))


@pytest.mark.parametrize(("along", "curvature"), [("axis_1", 6.0), ("axis_2", -2.0)])
def test_a_saddle_is_a_valley_along_one_axis_and_a_hill_along_the_other(along, curvature):
    scene = Studio(probing.cut_along(on("3*x**2 - y**2", (0.0, 0.0)), along)).scene
    places, values = scene.cut.places, scene.cut.values
    assert places[[0, -1]] == pytest.approx((-3.0, 3.0))
    assert values == pytest.approx(curvature / 2 * places**2)
    assert scene.cut.ends is None


def test_an_axis_is_cut_from_border_to_border():
    assert chord((1.0, 0.0), (1.0, 0.0), ((-3.0, 3.0), (-3.0, 3.0))) == ((-3.0, 0.0), (3.0, 0.0))
    first, last = chord((0.0, 1.0), (math.sqrt(0.5), math.sqrt(0.5)), ((-3.0, 3.0), (-3.0, 3.0)))
    assert first == pytest.approx((-3.0, -2.0))
    assert last == pytest.approx((2.0, 3.0))
    first, last = chord((9.0, 0.0), (0.0, 1.0), ((-3.0, 3.0), (-3.0, 3.0)))
    assert (first, last) == ((9.0, -6.0), (9.0, 6.0))


def test_a_level_line_is_measured_in_x_and_one_that_rises_in_y():
    level = Studio(probing.set_cut(on("x + y", None), Cut(ends=((-1.0, 2.0), (3.0, 2.0))))).scene.cut
    assert level.abscissa == "x"
    assert level.places == pytest.approx(level.points[:, 0])
    upright = Studio(probing.set_cut(on("x + y", None), Cut(ends=((1.0, -2.0), (1.0, 3.0))))).scene.cut
    assert upright.abscissa == "y"
    assert upright.places == pytest.approx(upright.points[:, 1])


def test_a_run_along_a_line_has_its_points_on_the_profile_until_the_step():
    descent = edits.solo_run(on("x**2 + y**2", None), 0)
    descent = edits.set_rule(edits.move_start(descent, (2.0, 0.0)), 0, optimizer("sgd", lr=0.25))
    cut = Studio(probing.set_cut(descent, Cut(ends=((-3.0, 0.0), (3.0, 0.0))))).scene.cut
    shown = profile(cut, 3.4)
    (dots,), ((_, head),) = shown.dots, shown.heads
    assert dots.points == pytest.approx(np.array(((2.0, 4.0), (1.0, 1.0), (0.5, 0.25), (0.25, 0.0625))))
    assert dots.chains == pytest.approx(dots.points)
    assert head == pytest.approx((0.25, 0.0625))


def test_a_run_that_crosses_a_line_has_the_crossing_on_the_profile_once_it_was_there():
    descent = edits.solo_run(on("x**2 + y**2", None), 0)
    descent = edits.set_rule(edits.move_start(descent, (2.0, 1.0)), 0, optimizer("sgd", lr=0.75))
    cut = Studio(probing.set_cut(descent, Cut(ends=((0.5, -3.0), (0.5, 3.0))))).scene.cut
    assert [len(dots.points) for dots in profile(cut, 0.0).dots] == [0]
    assert profile(cut, 0.0).heads == ()
    # From (2, 1) to (-1, -1/2): x = 1/2 is met halfway, in y = 1/4; and on the way back from there to (1/2, 1/4).
    (dots,) = profile(cut, 1.0).dots
    assert dots.points == pytest.approx(np.array(((0.25, 0.3125),)))
    (dots,) = profile(cut, 2.0).dots
    assert dots.points[-1] == pytest.approx((0.25, 0.3125))
    assert np.isnan(dots.chains).any()


def test_the_profile_is_as_high_as_the_colours_where_that_is_wanted():
    plain = probing.cut_along(on("(y - x**2)**2 + x", None), "line")
    assert Studio(plain).scene.cut.spread is None
    scene = Studio(probing.cut_as_colors(plain, True)).scene
    assert (scene.cut.scale, scene.cut.title) == ("log", "f on a line, logarithmic")
    place = int(np.argmin(np.abs(scene.cut.places - 1.2)))
    x, y = scene.cut.points[place]
    row = int(np.argmin(np.abs(np.linspace(*scene.heat.y, 2 * len(scene.heat.shade) + 1)[1::2] - y)))
    column = int(np.argmin(np.abs(np.linspace(*scene.heat.x, 2 * scene.heat.shade.shape[1] + 1)[1::2] - x)))
    assert scene.cut.spread.heights(scene.cut.values)[place] == pytest.approx(scene.heat.shade[row, column], abs=0.02)


def test_colours_that_are_spread_evenly_leave_the_profile_as_it_is():
    descent = probing.cut_as_colors(probing.cut_along(on("x**2 + y**2", None), "line"), True)
    cut = Studio(descent).scene.cut
    assert (cut.scale, cut.spread) == ("linear", None)


def test_a_path_is_as_long_as_its_steps_together_and_the_run_lies_on_its_profile():
    studio = Studio(probing.cut_along(default_descent(), "path", 3))
    cut, points = studio.scene.cut, studio.scene.paths[3].points
    lengths = np.concatenate(((0.0,), np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    assert cut.run.places == pytest.approx(lengths)
    surface = default_descent().surface
    assert cut.values == pytest.approx(surface.value(*cut.points.T))
    assert np.interp(lengths, cut.places, cut.values) == pytest.approx(surface.value(*points.T), rel=1e-9, abs=1e-9)
    shown = profile(cut, 7.5)
    (dots,) = shown.dots
    assert len(dots.points) == 8
    assert shown.here == pytest.approx((lengths[7], float(surface.value(*points[7]))))
    assert shown.lands == pytest.approx((lengths[8], float(surface.value(*points[8]))))


def test_the_quadratic_on_a_path_is_that_of_the_point_where_the_run_is():
    cut = Studio(probing.cut_along(default_descent(), "path", 0)).scene.cut
    surface, at = default_descent().surface, 5
    point, way = cut.run.points[at], cut.points - cut.run.points[at]
    exact = (
        surface.value(*point)
        + way @ surface.gradient(*point)
        + np.einsum("ni,ij,nj->n", way, surface.hessian(*point), way) / 2
    )
    assert profile(cut, float(at)).quadratic == pytest.approx(exact)


def test_the_line_of_a_step_goes_through_where_it_begins_and_where_it_lands():
    descent = probing.cut_along(default_descent(), "step", 1)
    cut, points = Studio(descent).scene.cut, Studio(descent).scene.paths[1].points
    shown = profile(cut, 3.9)
    start, end = (int(np.argmin(np.abs(cut.places - place))) for place in (0.0, 1.0))
    assert shown.points[start] == pytest.approx(points[3])
    assert shown.points[end] == pytest.approx(points[4])
    assert shown.values == pytest.approx(descent.surface.value(*shown.points.T))
    assert shown.lands == pytest.approx((1.0, float(descent.surface.value(*points[4]))))
    slope = descent.surface.gradient(*points[3]) @ (points[4] - points[3])
    assert (np.gradient(shown.quadratic, cut.places)[start]) == pytest.approx(slope)


def test_the_last_step_stays_at_the_end():
    cut = Studio(probing.cut_along(default_descent(), "step", 0)).scene.cut
    last = len(cut.run.points) - 1
    assert (profile(cut, last).points == profile(cut, last - 1).points).all()


def test_gradient_descent_with_the_exact_rate_lands_in_the_middle_of_its_line():
    descent = on("(x**2 + y**2)/2", (1.0, 1.0))
    descent = edits.set_rule(edits.solo_run(descent, 0), 0, optimizer("sgd", lr=1.0))
    shown = profile(Studio(probing.cut_along(descent, "step", 0)).scene.cut, 0.0)
    assert shown.lands == pytest.approx((1.0, 0.0))
    assert shown.values.min() == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("along", ["path", "step"])
def test_a_run_that_diverges_has_a_profile_of_finite_numbers_near_the_domain(along):
    descent = edits.set_hyper(probing.cut_along(default_descent(), along, 0), 0, "lr", 1.0)
    studio = Studio(descent)
    cut = studio.scene.cut
    for step in (0.0, 1.0, 2.0, 50.0, 200.0):
        shown = profile(cut, step)
        assert len(shown.values) == len(cut.places) or along == "path"
    if along == "path":
        assert np.abs(cut.points).max() < 20
        assert np.isfinite(cut.values).all()


def test_with_no_visible_run_there_is_no_cut_along_a_path():
    descent = probing.cut_along(default_descent(), "path")
    for run in descent.runs:
        descent = edits.set_visible(descent, run.id, False)
    assert Studio(descent).scene.cut is None


@pytest.mark.parametrize("along", ["line", "axis_1", "axis_2", "path", "step"])
def test_what_did_not_change_is_the_same_object(along):
    descent = probing.cut_along(probing.set_probe(default_descent(), SADDLE), along)
    studio = Studio(descent)
    again = studio.show(edits.set_colormap(descent, "magma"), studio.scene)
    assert again.probe is studio.scene.probe
    assert again.cut is studio.scene.cut


def test_while_the_new_place_is_not_known_the_earlier_probe_is_shown():
    descent = probing.cut_along(probing.set_probe(default_descent(), SADDLE), "axis_1")
    studio = Studio(descent)
    moved = probing.set_probe(descent, (1.0, 1.0))
    waiting = build_scene(moved, studio.view, Answers(), SAY, studio.scene)
    assert waiting.probe is studio.scene.probe
    assert waiting.cut is studio.scene.cut
