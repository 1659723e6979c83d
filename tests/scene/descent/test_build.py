from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.plot.curve_ranges import ordinate_range
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene, fitted_view
from landscape.scene.descent.questions import long_questions, questions
from landscape.scene.descent.run_questions import TrajectoryQuestion, trajectory_question
from landscape.scene.descent.surface_questions import ContourQuestion
from landscape.scene.descent.text import run_titles
from landscape.scene.descent.view import View, stage_view
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.scene import Scene
from landscape.scene.text import session_title
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson, lessons
from landscape.translation import Translation

SAY = Translation()


class Studio:
    """A descent on a small stage with all its answers, but those that take longer than a frame."""

    def __init__(self, descent: Descent, title: str = "") -> None:
        self.title = title
        self.answers = Answers()
        self.view = stage_view(*fitted_view(descent, 1.5), 240, 160)
        self.scene = self.show(descent, None)

    def show(self, descent: Descent, previous: Scene | None, view: View | None = None) -> Scene:
        view = view or self.view
        for question in questions(descent, view):
            if question not in long_questions(descent, view):
                self.answers.compute(question)
        return build_scene(descent, view, self.answers, SAY, previous, self.title)


def line() -> Descent:
    fitted = surface("linear_regression")
    return edits.choose_surface(default_descent(), fitted)


@pytest.mark.parametrize("name", sorted(surface_entries()))
def test_every_surface_of_the_catalogue_has_a_scene(name: str):
    descent = edits.set_layer(edits.choose_surface(default_descent(), surface(name)), "arrows", True)
    scene = Studio(descent).scene
    assert scene.heat
    assert scene.contours
    assert scene.arrows
    shade = scene.heat.shade[np.isfinite(scene.heat.shade)]
    assert len(shade) > 0.5 * scene.heat.shade.size
    assert shade.max() - shade.min() > 0.5
    assert len(scene.contours.lines) >= 3
    assert len(scene.paths) == 4
    assert all(np.isfinite(path.points).all() and not path.pending for path in scene.paths)
    assert scene.formula
    assert scene.title
    assert (scene.inset is not None) == bool(descent.surface.data)


@pytest.mark.parametrize("name", sorted(lessons("descent")))
def test_every_lesson_has_a_scene_under_its_title(name: str):
    shown = lesson(name)
    assert Studio(shown.document, session_title(shown, SAY)).scene.title == shown.title["en"]


def test_the_picture_lies_where_the_view_is():
    studio = Studio(default_descent())
    view = View((1.0, 5.0), (0.0, 4.0), 40, 20)
    heat = studio.show(default_descent(), None, view).heat
    assert heat
    assert (heat.x, heat.y, heat.shade.shape) == ((1.0, 5.0), (0.0, 4.0), (20, 40))
    row, column = np.unravel_index(np.argmin(heat.shade), heat.shade.shape)
    assert (1 + 4 * (column + 0.5) / 40, 4 * (row + 0.5) / 20) == pytest.approx((3, 2), abs=0.2)


def test_the_heat_tells_the_value_of_each_shade():
    heat = Studio(default_descent()).show(default_descent(), None, View((1.0, 5.0), (0.0, 4.0), 40, 20)).heat
    assert heat
    surface = default_descent().surface
    for row, column in ((0, 0), (7, 31), (19, 39)):
        value = surface.value(1 + 4 * (column + 0.5) / 40, 4 * (row + 0.5) / 20)
        assert heat.values[row, column] == pytest.approx(float(value))
    assert heat.values.dtype == np.float64


def test_nothing_changes_where_nothing_changed():
    studio = Studio(line())
    again = studio.show(line(), studio.scene)
    for layer in ("heat", "contours", "arrows", "paths", "pins", "markers", "inset"):
        assert getattr(again, layer) is getattr(studio.scene, layer), layer
    assert all(new is old for new, old in zip(again.curves, studio.scene.curves, strict=True))


def test_dragging_a_start_draws_only_paths_pins_and_two_of_the_curves_anew():
    descent = edits.set_schedule(default_descent(), schedule("cosine"))
    studio = Studio(descent)
    moved = studio.show(edits.move_start(descent, (1.0, 1.0)), studio.scene)
    assert moved.heat is studio.scene.heat
    assert moved.contours is studio.scene.contours
    assert moved.markers is studio.scene.markers
    assert [new is old for new, old in zip(moved.curves, studio.scene.curves, strict=True)] == [False, True, False]
    assert moved.pins[0].point == (1.0, 1.0)
    assert all(path.points[0].tolist() == [1.0, 1.0] for path in moved.paths)


def test_changing_one_run_keeps_the_paths_of_the_others():
    studio = Studio(default_descent())
    changed = studio.show(edits.set_hyper(default_descent(), 1, "lr", 1e-4), studio.scene)
    assert [new is old for new, old in zip(changed.paths, studio.scene.paths, strict=True)] == [True, False, True, True]


def test_removing_a_run_keeps_the_points_and_colors_of_those_after_it():
    studio = Studio(default_descent())
    fewer = studio.show(edits.remove_run(default_descent(), 0), studio.scene)
    assert [path.run for path in fewer.paths] == [1, 2, 3]
    assert [path.color for path in fewer.paths] == [path.color for path in studio.scene.paths[1:]]
    assert all(new.points is old.points for new, old in zip(fewer.paths, studio.scene.paths[1:], strict=True))


def test_another_color_map_changes_the_heat_but_not_the_lines():
    studio = Studio(default_descent())
    grey = studio.show(edits.set_colormap(default_descent(), "grey"), studio.scene)
    assert grey.heat is not studio.scene.heat
    assert grey.heat
    assert studio.scene.heat
    assert grey.heat.shade is studio.scene.heat.shade
    assert grey.contours is studio.scene.contours


def test_what_is_not_computed_yet_stays_as_it_was_and_is_pending():
    studio = Studio(line())
    moved = edits.set_domain(edits.move_start(line(), (0.5, 0.25)), (-9.0, 9.0), (-9.0, 9.0))
    scene = build_scene(moved, View((-9.0, 9.0), (-9.0, 9.0), 50, 50), studio.answers, SAY, studio.scene)
    assert scene.heat is studio.scene.heat
    assert scene.contours is studio.scene.contours
    assert [path.pending for path in scene.paths] == [True] * 4
    assert all(new.points is old.points for new, old in zip(scene.paths, studio.scene.paths, strict=True))
    assert all(new is old for new, old in zip(scene.curves, studio.scene.curves, strict=True))
    assert scene.inset is studio.scene.inset
    assert scene.pins[0].point == (0.5, 0.25)


def test_a_pending_path_becomes_current_when_its_answer_comes():
    studio = Studio(default_descent())
    moved = edits.move_start(default_descent(), (1.0, 1.0))
    studio.answers.compute(trajectory_question(moved, moved.runs[2]))
    scene = build_scene(moved, studio.view, studio.answers, SAY, studio.scene)
    assert [path.pending for path in scene.paths] == [True, True, False, True]


def test_before_any_answer_there_are_pins_and_starts():
    descent = line()
    scene = build_scene(descent, View((0.0, 1.0), (0.0, 1.0), 10, 10), Answers(), SAY)
    assert (scene.heat, scene.contours) == (None, None)
    assert [path.points.tolist() for path in scene.paths] == [[list(descent.start)]] * 4
    assert all(path.pending and not path.note for path in scene.paths)
    assert scene.inset
    assert all(values.shape == (1, len(scene.inset.inputs)) for values in scene.inset.predictions)
    assert all(curve.values.size == 0 for panel in scene.curves for curve in panel.curves)


def test_runs_that_share_the_start_share_one_pin():
    descent = edits.move_start(default_descent(), (2.0, 2.0), run=1)
    descent = edits.set_visible(descent, 3, False)
    pins = Studio(descent).scene.pins
    assert [(pin.runs, pin.own, pin.point) for pin in pins] == [
        ((0, 2), None, descent.start),
        ((1,), 1, (2.0, 2.0)),
    ]
    assert pins[0].colors == (RUN_COLORS[0], RUN_COLORS[2])


def test_without_runs_the_start_can_still_be_dragged():
    descent = replace(default_descent(), runs=())
    scene = Studio(descent).scene
    assert [(pin.runs, pin.point) for pin in scene.pins] == [((), descent.start)]
    assert scene.paths == ()
    assert not any(panel.log for panel in scene.curves if panel.quantity == "loss")


def test_hidden_runs_are_neither_drawn_nor_computed():
    descent = edits.set_visible(default_descent(), 0, False)
    studio = Studio(descent)
    assert [path.run for path in studio.scene.paths] == [1, 2, 3]
    asked = [one for one in questions(descent, studio.view) if isinstance(one, TrajectoryQuestion)]
    assert len(asked) == 3


def test_paths_and_curves_carry_the_color_and_line_style_of_their_run():
    descent = default_descent()
    for name in ("nesterov", "adagrad", "amsgrad", "lion"):
        descent = edits.add_run(descent, optimizer(name))
    scene = Studio(descent).scene
    assert [(path.color, path.dash) for path in scene.paths] == list(zip(RUN_COLORS, DASHES, strict=True))
    for panel in scene.curves:
        assert [(curve.color, curve.dash, curve.name) for curve in panel.curves] == [
            (path.color, path.dash, path.name) for path in scene.paths
        ]


def test_curves_show_loss_rate_and_gradient_norm_of_the_trajectory():
    descent = edits.set_schedule(default_descent(), schedule("cosine"))
    studio = Studio(descent)
    found = studio.answers.compute(trajectory_question(descent, descent.runs[3]))
    loss, rate, gradient = (panel.curves[3].values for panel in studio.scene.curves)
    assert loss is found.losses
    assert rate is found.rates
    assert gradient == pytest.approx(np.linalg.norm(found.gradients, axis=1))


@pytest.mark.parametrize(
    ("formula", "log"), [("x**2 + y**2", True), ("x**2 + y**2 - 1", False), ("x**2 + y**2 + 1000", False)]
)
def test_the_loss_is_drawn_on_a_logarithmic_scale_where_it_spans_decades(formula: str, log: bool):
    one = replace(default_descent(), runs=default_descent().runs[:1])
    descent = edits.set_hyper(edits.choose_surface(one, surface(formula)), 0, "lr", 0.2)
    panels = {panel.quantity: panel.log for panel in Studio(descent).scene.curves}
    assert panels == {"loss": log, "gradient": True}


def test_rates_have_a_logarithmic_panel_where_one_of_them_changes():
    descent = edits.set_hyper(default_descent(), 1, "lr", 0.3)
    assert "rate" not in [panel.quantity for panel in Studio(descent).scene.curves]
    falling = edits.set_schedule(descent, schedule("cosine"), run=1)
    (rates,) = (panel for panel in Studio(falling).scene.curves if panel.quantity == "rate")
    assert rates.log
    assert len(rates.curves) == len(descent.runs)


def test_the_known_minima_are_marked_only_on_the_surface_they_are_known_for():
    descent = default_descent()
    markers = Studio(descent).scene.markers
    assert sorted(marker.point for marker in markers) == [
        pytest.approx(point, abs=1e-6)
        for point in [(-3.779310, -3.283186), (-2.805118, 3.131313), (3.0, 2.0), (3.584428, -1.848127)]
    ]
    assert {marker.label for marker in markers} == {"f = 0"}
    assert Studio(edits.set_domain(descent, (-1.0, 1.0), (-1.0, 1.0))).scene.markers == markers
    assert Studio(edits.set_rotation(descent, 10.0)).scene.markers == ()
    assert Studio(edits.set_scaling(descent, 2.0, 1.0)).scene.markers == ()
    assert Studio(edits.set_formula(descent, "x**2 + y**2")).scene.markers == ()


def test_the_inset_shows_the_data_and_the_model_of_each_run():
    descent = line()
    scene = Studio(descent).scene
    assert scene.inset
    data = descent.surface.data_array
    assert scene.inset.points == pytest.approx(data[[0, -1]].T)
    assert len(scene.inset.predictions) == len(scene.paths)
    for path, values in zip(scene.paths, scene.inset.predictions, strict=True):
        assert values.shape == (len(path.points), len(scene.inset.inputs))


def test_moving_a_data_point_moves_the_surface_and_the_inset():
    studio = Studio(line())
    moved = studio.show(edits.set_data_point(line(), 0, 0.25, 9.0), studio.scene)
    assert moved.inset
    assert moved.inset.points[0].tolist() == [0.25, 9.0]
    assert moved.heat is not studio.scene.heat


def test_the_stable_rate_is_given_as_the_reason_for_gradient_descent_alone():
    descent = edits.choose_surface(default_descent(), surface("x**2 + y**2"))
    for run in range(4):
        descent = edits.set_hyper(descent, run, "lr", 30.0)
    notes = {descent.runs[path.run].rule.entry: path.note for path in Studio(descent).scene.paths}
    assert notes["sgd"].endswith("lr is 30 times the stable 2/λmax")
    assert notes["momentum"]
    assert not any("λmax" in note for rule, note in notes.items() if rule != "sgd")


def test_layers_that_are_off_are_not_there():
    descent = edits.set_layer(default_descent(), "contours", False)
    studio = Studio(descent)
    assert studio.scene.contours is None
    assert studio.scene.arrows is None
    assert not any(isinstance(one, ContourQuestion) for one in questions(descent, studio.view))


def test_the_time_line_is_as_long_as_the_session_says_also_where_runs_diverge():
    descent = edits.set_hyper(default_descent(), 0, "lr", 1.0)
    scene = Studio(descent).scene
    assert scene.paths[0].outcome == "diverged"
    assert scene.steps == descent.steps


@pytest.mark.parametrize(
    ("domain", "aspect", "x", "y"),
    [
        (((-1.0, 1.0), (-1.0, 1.0)), 1.0, (-1.0, 1.0), (-1.0, 1.0)),
        (((-1.0, 1.0), (-1.0, 1.0)), 1.5, (-1.5, 1.5), (-1.0, 1.0)),
        (((0.0, 2.0), (-1.0, 1.0)), 0.8, (0.0, 2.0), (-1.25, 1.25)),
        (((0.0, 1.0), (0.0, 100.0)), 1.0, (-0.3, 1.3), (0.0, 100.0)),
    ],
)
def test_the_fitted_view_holds_the_domain_with_equal_units_if_it_can(domain, aspect, x, y):
    descent = edits.set_domain(default_descent(), *domain)
    fitted = fitted_view(descent, aspect)
    assert fitted[0] == pytest.approx(x)
    assert fitted[1] == pytest.approx(y)


def test_the_loss_of_a_run_that_diverged_downwards_leaves_that_of_the_others_readable() -> None:
    place = surface("x^4-3x^2*y^2+y^4")
    descent = edits.choose_surface(replace(default_descent(), runs=()), place)
    for name in ("sgd", "momentum"):
        descent = edits.add_run(descent, optimizer(name))
        descent = edits.set_hyper(descent, descent.runs[-1].id, "lr", 0.005)
    drawn = Studio(edits.move_start(edits.set_steps(descent, 200), (-0.2, 0.7))).scene
    assert [path.outcome for path in drawn.paths] == ["finished", "diverged"]
    assert len(drawn.paths[1].points) == 86
    loss = next(panel for panel in drawn.curves if panel.quantity == "loss")
    assert [curve.lost for curve in loss.curves] == [False, True]
    low, high = ordinate_range(loss)
    assert loss.curves[0].values[-1] == pytest.approx(-0.136, abs=0.001)
    assert low < -0.136
    assert high - low < 1.0


def test_runs_of_one_optimizer_are_told_apart_by_the_same_names_everywhere() -> None:
    descent = edits.duplicate_run(default_descent(), 0)
    titles = run_titles(descent, SAY)
    assert titles[0] == "SGD, η = 0.005"
    drawn = Studio(descent).scene
    assert [path.name for path in drawn.paths] == list(titles.values())
    assert all(curve.name == titles[curve.run] for panel in drawn.curves for curve in panel.curves)
