from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene, fitted_view
from landscape.scene.descent.questions import questions, trajectory_question
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.descent.scene import Scene
from landscape.scene.descent.surface_questions import ContourQuestion
from landscape.scene.descent.view import View, stage_view
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.session.descent import edits
from landscape.session.files import default_session, lesson, lessons
from landscape.session.session import Session
from landscape.translation import Translation

SAY = Translation()


class Studio:
    """A session on a small stage with all its answers."""

    def __init__(self, session: Session) -> None:
        self.answers = Answers()
        self.view = stage_view(*fitted_view(session, 1.5), 240, 160)
        self.scene = self.show(session, None)

    def show(self, session: Session, previous: Scene | None, view: View | None = None) -> Scene:
        view = view or self.view
        for question in questions(session, view):
            self.answers.compute(question)
        return build_scene(session, view, self.answers, SAY, previous)


def line() -> Session:
    fitted = surface("linear_regression")
    return edits.choose_surface(default_session(), fitted)


@pytest.mark.parametrize("name", sorted(surface_entries()))
def test_every_surface_of_the_catalogue_has_a_scene(name: str):
    session = edits.set_layer(edits.choose_surface(default_session(), surface(name)), "arrows", True)
    scene = Studio(session).scene
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
    assert (scene.inset is not None) == bool(session.surface.data)


@pytest.mark.parametrize("name", sorted(lessons()))
def test_every_lesson_has_a_scene_under_its_title(name: str):
    session = lesson(name)
    assert Studio(session).scene.title == session.title["en"]


def test_the_picture_lies_where_the_view_is():
    studio = Studio(default_session())
    view = View((1.0, 5.0), (0.0, 4.0), 40, 20)
    heat = studio.show(default_session(), None, view).heat
    assert heat
    assert (heat.x, heat.y, heat.shade.shape) == ((1.0, 5.0), (0.0, 4.0), (20, 40))
    row, column = np.unravel_index(np.argmin(heat.shade), heat.shade.shape)
    assert (1 + 4 * (column + 0.5) / 40, 4 * (row + 0.5) / 20) == pytest.approx((3, 2), abs=0.2)


def test_the_heat_tells_the_value_of_each_shade():
    heat = Studio(default_session()).show(default_session(), None, View((1.0, 5.0), (0.0, 4.0), 40, 20)).heat
    assert heat
    surface = default_session().surface
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
    studio = Studio(default_session())
    moved = studio.show(edits.move_start(default_session(), (1.0, 1.0)), studio.scene)
    assert moved.heat is studio.scene.heat
    assert moved.contours is studio.scene.contours
    assert moved.markers is studio.scene.markers
    assert [new is old for new, old in zip(moved.curves, studio.scene.curves, strict=True)] == [False, True, False]
    assert moved.pins[0].point == (1.0, 1.0)
    assert all(path.points[0].tolist() == [1.0, 1.0] for path in moved.paths)


def test_changing_one_run_keeps_the_paths_of_the_others():
    studio = Studio(default_session())
    changed = studio.show(edits.set_hyper(default_session(), 1, "lr", 1e-4), studio.scene)
    assert [new is old for new, old in zip(changed.paths, studio.scene.paths, strict=True)] == [True, False, True, True]


def test_removing_a_run_keeps_the_points_and_colors_of_those_after_it():
    studio = Studio(default_session())
    fewer = studio.show(edits.remove_run(default_session(), 0), studio.scene)
    assert [path.run for path in fewer.paths] == [0, 1, 2]
    assert [path.color for path in fewer.paths] == [path.color for path in studio.scene.paths[1:]]
    assert all(new.points is old.points for new, old in zip(fewer.paths, studio.scene.paths[1:], strict=True))


def test_another_color_map_changes_the_heat_but_not_the_lines():
    studio = Studio(default_session())
    grey = studio.show(edits.set_colormap(default_session(), "grey"), studio.scene)
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
    studio = Studio(default_session())
    moved = edits.move_start(default_session(), (1.0, 1.0))
    studio.answers.compute(trajectory_question(moved, moved.runs[2]))
    scene = build_scene(moved, studio.view, studio.answers, SAY, studio.scene)
    assert [path.pending for path in scene.paths] == [True, True, False, True]


def test_before_any_answer_there_are_pins_and_starts():
    session = line()
    scene = build_scene(session, View((0.0, 1.0), (0.0, 1.0), 10, 10), Answers(), SAY)
    assert (scene.heat, scene.contours) == (None, None)
    assert [path.points.tolist() for path in scene.paths] == [[list(session.start)]] * 4
    assert all(path.pending and not path.note for path in scene.paths)
    assert scene.inset
    assert all(values.shape == (1, len(scene.inset.inputs)) for values in scene.inset.predictions)
    assert all(curve.values.size == 0 for panel in scene.curves for curve in panel.curves)


def test_runs_that_share_the_start_share_one_pin():
    session = edits.move_start(default_session(), (2.0, 2.0), run=1)
    session = edits.set_visible(session, 3, False)
    pins = Studio(session).scene.pins
    assert [(pin.runs, pin.own, pin.point) for pin in pins] == [
        ((0, 2), None, session.start),
        ((1,), 1, (2.0, 2.0)),
    ]
    assert pins[0].colors == (RUN_COLORS[0], RUN_COLORS[2])


def test_without_runs_the_start_can_still_be_dragged():
    session = replace(default_session(), runs=())
    scene = Studio(session).scene
    assert [(pin.runs, pin.point) for pin in scene.pins] == [((), session.start)]
    assert scene.paths == ()
    assert not any(panel.log for panel in scene.curves if panel.quantity == "loss")


def test_hidden_runs_are_neither_drawn_nor_computed():
    session = edits.set_visible(default_session(), 0, False)
    studio = Studio(session)
    assert [path.run for path in studio.scene.paths] == [1, 2, 3]
    asked = [one for one in questions(session, studio.view) if isinstance(one, TrajectoryQuestion)]
    assert len(asked) == 3


def test_paths_and_curves_carry_the_color_and_line_style_of_their_run():
    session = default_session()
    for name in ("nesterov", "adagrad", "amsgrad", "lion"):
        session = edits.add_run(session, optimizer(name))
    scene = Studio(session).scene
    assert [(path.color, path.dash) for path in scene.paths] == list(zip(RUN_COLORS, DASHES, strict=True))
    for panel in scene.curves:
        assert [(curve.color, curve.dash, curve.name) for curve in panel.curves] == [
            (path.color, path.dash, path.name) for path in scene.paths
        ]


def test_curves_show_loss_rate_and_gradient_norm_of_the_trajectory():
    studio = Studio(default_session())
    session = default_session()
    found = studio.answers.compute(trajectory_question(session, session.runs[3]))
    loss, rate, gradient = (panel.curves[3].values for panel in studio.scene.curves)
    assert loss is found.losses
    assert rate is found.rates
    assert gradient == pytest.approx(np.linalg.norm(found.gradients, axis=1))


@pytest.mark.parametrize(
    ("formula", "log"), [("x**2 + y**2", True), ("x**2 + y**2 - 1", False), ("x**2 + y**2 + 1000", False)]
)
def test_the_loss_is_drawn_on_a_logarithmic_scale_where_it_spans_decades(formula: str, log: bool):
    one = replace(default_session(), runs=default_session().runs[:1])
    session = edits.set_hyper(edits.choose_surface(one, surface(formula)), 0, "lr", 0.2)
    panels = {panel.quantity: panel.log for panel in Studio(session).scene.curves}
    assert panels == {"loss": log, "rate": False, "gradient": True}


def test_the_known_minima_are_marked_only_on_the_surface_they_are_known_for():
    session = default_session()
    markers = Studio(session).scene.markers
    assert sorted(marker.point for marker in markers) == [
        pytest.approx(point, abs=1e-6)
        for point in [(-3.779310, -3.283186), (-2.805118, 3.131313), (3.0, 2.0), (3.584428, -1.848127)]
    ]
    assert {marker.label for marker in markers} == {"f = 0"}
    assert Studio(edits.set_domain(session, (-1.0, 1.0), (-1.0, 1.0))).scene.markers == markers
    assert Studio(edits.set_rotation(session, 10.0)).scene.markers == ()
    assert Studio(edits.set_scaling(session, 2.0, 1.0)).scene.markers == ()
    assert Studio(edits.set_formula(session, "x**2 + y**2")).scene.markers == ()


def test_the_inset_shows_the_data_and_the_model_of_each_run():
    session = line()
    scene = Studio(session).scene
    assert scene.inset
    data = session.surface.data_array
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
    session = edits.choose_surface(default_session(), surface("x**2 + y**2"))
    for run in range(4):
        session = edits.set_hyper(session, run, "lr", 30.0)
    notes = {session.runs[path.run].rule.entry: path.note for path in Studio(session).scene.paths}
    assert notes["sgd"].endswith("lr is 30 times the stable 2/λmax")
    assert notes["momentum"]
    assert not any("λmax" in note for rule, note in notes.items() if rule != "sgd")


def test_layers_that_are_off_are_not_there():
    session = edits.set_layer(default_session(), "contours", False)
    studio = Studio(session)
    assert studio.scene.contours is None
    assert studio.scene.arrows is None
    assert not any(isinstance(one, ContourQuestion) for one in questions(session, studio.view))


def test_the_time_line_is_as_long_as_the_session_says_also_where_runs_diverge():
    session = edits.set_hyper(default_session(), 0, "lr", 1.0)
    scene = Studio(session).scene
    assert scene.paths[0].outcome == "diverged"
    assert scene.steps == session.steps


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
    session = edits.set_domain(default_session(), *domain)
    fitted = fitted_view(session, aspect)
    assert fitted[0] == pytest.approx(x)
    assert fitted[1] == pytest.approx(y)
