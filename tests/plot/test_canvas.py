"""What grows step by step equals what is drawn at once."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from landscape.plot.canvas import Canvas, merge
from landscape.plot.ground import GroundLayers, draw_ground
from landscape.plot.projection import Projection
from landscape.plot.track import make_tracks
from landscape.scene.palette import DARK
from tests.plot.scenes import STEPS, arrows, contours, heat, path, spiral

VIEW = Projection(x=(-3.0, 3.0), y=(-2.0, 2.0), width=480, height=320, unit=1.5)


def ground(**layers):
    content = {"heat": heat(), "contours": contours(), "arrows": None} | layers
    return draw_ground(VIEW, DARK, GroundLayers(content["heat"], content["contours"], content["arrows"]))


def drawn(tracks, step, *, ghost=True):
    canvas = Canvas(ghost=ghost)
    canvas.begin(ground(), tracks, step, DARK.halo)
    return canvas


def pixels(image):
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.width(), 4)[:, :, :3].astype(int)


def rough(index):
    return np.random.default_rng(index).normal(0, 1.2, (STEPS + 1, 2))


def same(one, other):
    """Whether two pictures cannot be told apart; Qt smooths an edge a little differently where it is cut off."""
    return np.abs(pixels(one) - pixels(other)).max() <= 6


def some_tracks(kind):
    make = {"spirals": spiral, "zigzags": rough}[kind]
    return make_tracks([path(make(index), index) for index in range(8)], VIEW)


@pytest.mark.parametrize("kind", ["spirals", "zigzags"])
@pytest.mark.parametrize("ghost", [True, False])
def test_played_forward_and_back_it_equals_what_is_drawn_at_once(qapp, kind, ghost):
    tracks = some_tracks(kind)
    canvas = drawn(tracks, 0.0, ghost=ghost)
    for step in (0.4, 1, 2, 3, 10.5, 11, 12, STEPS, 40, 39, 20.2, 21):
        canvas.advance(step)
    assert same(canvas.image, drawn(tracks, 21.0, ghost=ghost).image)


@pytest.mark.parametrize("kind", ["spirals", "zigzags"])
def test_other_paths_leave_no_trace_of_the_old_ones(qapp, kind):
    before, after = some_tracks(kind), make_tracks([path(spiral(2, start=(-1.5, 0.3)), 2)], VIEW)
    canvas = drawn(before, 30.0)
    canvas.replace([*before[:1], *after, *before[3:]])
    assert same(canvas.image, drawn([*before[:1], *after, *before[3:]], 30.0).image)


def test_paths_in_another_order_lie_over_each_other_in_that_order(qapp):
    tracks = some_tracks("zigzags")
    canvas = drawn(tracks, 30.0)
    canvas.replace(tracks[::-1])
    assert same(canvas.image, drawn(tracks[::-1], 30.0).image)
    assert not same(canvas.image, drawn(tracks, 30.0).image)


def test_only_what_is_told_has_changed(qapp):
    canvas = drawn(some_tracks("spirals"), 20.0)
    before = pixels(canvas.image)
    areas = canvas.advance(26.0)
    changed = (pixels(canvas.image) != before).any(axis=2)
    assert changed.any()
    assert 0 < sum(area.width() * area.height() for area in areas) < VIEW.width * VIEW.height / 2
    for area in areas:
        changed[area.top() : area.bottom() + 1, area.left() : area.right() + 1] = False
    assert not changed.any()


@pytest.mark.parametrize(
    "points",
    [
        [(0.0, 0.0)],
        [(0.0, 0.0), (0.0, 0.0)],
        [(1e300, -1e300), (1e308, 1e308)],
        [(0.5, 0.5), (np.inf, 0.0), (np.nan, np.nan), (0.2, 0.1)],
        [(-1e12, -1e12), (1e12, 1e12)],
    ],
)
def test_strange_paths_are_drawn_without_complaint(qapp, points):
    tracks = make_tracks([path(points)], VIEW)
    canvas = drawn(tracks, 0.0)
    canvas.advance(len(points) - 1.0)
    assert same(canvas.image, drawn(tracks, len(points) - 1.0).image)


def test_a_path_that_explodes_leaves_the_view_in_its_direction(qapp):
    canvas = drawn(make_tracks([path([(0.0, 0.0), (3e300, 2e300)])], VIEW), 1.0)
    changed = (pixels(canvas.image) != pixels(ground())).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert columns.max() == VIEW.width - 1
    assert rows.min() == 0
    assert np.abs((VIEW.height / 2 - rows) / (columns - VIEW.width / 2 + 1e-9) - 2 / 3)[columns > 400].max() < 0.1


def test_no_path_leaves_the_ground_as_it_is(qapp):
    assert same(drawn([], 5.0).image, ground())


def test_the_ground_has_every_colour_of_the_map_where_it_belongs(qapp):
    plain = pixels(ground(contours=None))
    for x, y in ((0.0, 0.0), (2.9, 1.9), (-1.5, 0.7)):
        column, row = int((x + 3) / 6 * VIEW.width), int((2 - y) / 4 * VIEW.height)
        expected = heat().colors[int(np.clip((x * x + y * y) / 13, 0, 1) * 255)][::-1]
        assert np.abs(plain[row, column] - expected).max() <= 8


def test_where_there_is_no_value_there_is_no_colour_of_the_map(qapp):
    holed = pixels(ground(heat=heat(hole=True), contours=None))
    center = holed[VIEW.height // 2 - 8 : VIEW.height // 2 + 8, int(5 / 6 * VIEW.width) - 8 :][:, :16].reshape(-1, 3)
    assert len(np.unique(center, axis=0)) > 1
    assert np.ptp(center.mean(axis=0)) < 40
    assert (holed[:, : VIEW.width // 2] == pixels(ground(contours=None))[:, : VIEW.width // 2]).mean() > 0.99


@pytest.mark.parametrize("shade", [np.full((2, 2), np.nan), np.zeros((1, 1)), np.full((3, 2), 2.0)])
def test_a_map_of_any_values_is_drawn(qapp, shade):
    assert not ground(heat=replace(heat(), shade=shade.astype(np.float32))).isNull()


def test_contours_and_arrows_are_seen(qapp):
    plain = pixels(ground(contours=None))
    assert (pixels(ground()) != plain).any()
    assert (pixels(ground(contours=None, arrows=arrows())) != plain).any()


def test_areas_that_meet_become_one():
    areas = [QRect(0, 0, 10, 10), QRect(5, 5, 10, 10), QRect(40, 0, 5, 5), QRect(), QRect(12, 12, 30, 2)]
    assert merge(areas) == [QRect(40, 0, 5, 5), QRect(0, 0, 42, 15)] or merge(areas) == [QRect(0, 0, 45, 15)]


def test_a_path_that_hides_itself_is_added_to_and_not_drawn_again(qapp):
    points = np.random.default_rng(0).uniform((-3, -2), (3, 2), (2001, 2))
    tracks = make_tracks([path(points), path(spiral(1), 1)], VIEW)
    assert [track.crowded for track in tracks] == [True, False]
    canvas = drawn(tracks, 0.0)
    for step in range(0, 2001, 50):
        canvas.advance(float(step))
    grown, whole = pixels(canvas.image), pixels(drawn(tracks, 2000.0).image)
    assert (np.abs(grown - whole).max(axis=2) > 60).mean() < 0.05
    canvas.advance(0.0)
    assert same(canvas.image, drawn(tracks, 0.0).image)
