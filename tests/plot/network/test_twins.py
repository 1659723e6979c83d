"""Two networks beside each other: each with its own name, numbers and answer; and the names over a page."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from landscape.plot.network.dots import TOGETHER
from landscape.plot.network.norm_block import SIDE, averaged, paint_norm_block
from landscape.plot.network.page_picture import PagePicture
from landscape.plot.network.slice import SlicePlot
from landscape.plot.network.twins import TwinsPlot
from landscape.scene.network.course import build_course
from landscape.scene.network.scene import Moment, Region, TwinState
from landscape.scene.network.slice import SliceCurves, SliceScene, SliceTwin
from landscape.scene.network.why import WhyScene
from landscape.scene.palette import DARK, LIGHT, RUN_COLORS, TWIN_COLORS, color_map
from landscape.session.network.document import default_experiment
from landscape.translation import Translation
from tests.plot.network.drawn import drawn, near
from tests.plot.test_canvas import pixels

COURSE = build_course(default_experiment(), (None, None), Translation())
CLEAR = replace(
    COURSE, data=replace(COURSE.data, places=np.zeros((0, 2)), shades=np.zeros((0, 2)), tested=np.zeros(0, bool))
)


def state(shade):
    shades = np.zeros((4, 4, 2), np.float32)
    shades[..., shade] = 1.0
    return TwinState(step=0, answer=Region(shades=shades, lines=()), layers=(), numbers="loss 1", remembered=np.nan)


def painted(course, moment, step=0.0):
    return drawn((620, 360), lambda painter, area: TwinsPlot().paint(painter, area, course, moment, step, 1.0, LIGHT))


def test_each_answer_stands_under_the_dot_of_its_network(qapp):
    picture = painted(CLEAR, Moment(twins=(state(0), state(1)), sentence=""))
    for side, color, other in ((np.s_[:, :310], *TWIN_COLORS), (np.s_[:, 310:], *TWIN_COLORS[::-1])):
        assert near(picture[side], color).any()
        assert not near(picture[side], other).any()
    left, right = picture[200, 150], picture[200, 470]
    assert left[2] > left[0] + 40
    assert right[0] > right[2] + 40


def test_what_became_of_a_network_is_told_in_the_colour_of_an_error_from_its_step_on(qapp):
    lost = replace(CLEAR, twins=(replace(CLEAR.twins[0], note="It diverged.", note_step=7), CLEAR.twins[1]))
    moment = Moment(twins=(state(0), state(1)), sentence="")
    assert not near(painted(lost, moment, 6.0), LIGHT.error).any()
    rows, columns = np.nonzero(near(painted(lost, moment, 7.0), LIGHT.error, 30))
    assert len(rows) > 10
    assert columns.max() < 310


def sliced(*, descent=None, frames=(0.0, 10.0, 20.0)):
    """Return two slices whose losses grow upwards, with a path of three points on the first."""
    cut = type("Cut", (), {"x": (0.0, 1.0), "y": (0.0, 1.0), "path": np.array(((0.1, 0.5), (0.5, 0.5), (0.9, 0.5)))})()
    shade = np.repeat(np.linspace(0.0, 1.0, 11, dtype=np.float32)[:, None], 11, axis=1)
    first = SliceTwin(
        name="", color=TWIN_COLORS[0], note="", cut=cut, shade=shade, lines=(), frames=np.array(frames),
        descent=np.zeros((0, 2)) if descent is None else descent,
    )  # fmt: skip
    second = SliceTwin(
        name="", color=TWIN_COLORS[1], note="", cut=None, shade=None, lines=(), frames=np.zeros(0),
        descent=np.zeros((0, 2)),
    )  # fmt: skip
    none = SliceCurves(curves=(), steps=0)
    return SliceScene(twins=(first, second), distances=none, losses=none, colors=color_map("grey"))


def slice_at(step, **more):
    return drawn((620, 360), lambda painter, area: SlicePlot().paint(painter, area, sliced(**more), step, 1.0, LIGHT))


def test_high_losses_of_a_slice_are_where_its_second_direction_goes_up(qapp):
    column = slice_at(0.0)[80:330, 290].mean(axis=1)
    ends = color_map("grey")[[0, -1]].mean(axis=1)
    assert column[0] == pytest.approx(ends[1], abs=20)
    assert column[-1] == pytest.approx(ends[0], abs=20)


@pytest.mark.parametrize(("step", "reached"), [(0.0, 0.1), (9.9, 0.1), (10.0, 0.5), (19.0, 0.5), (20.0, 0.9)])
def test_the_path_of_a_slice_goes_as_far_as_the_step(qapp, step, reached):
    columns = np.nonzero(near(slice_at(step)[60:, :310], TWIN_COLORS[0]))[1]
    side = 300
    assert columns.max() == pytest.approx(reached * side, abs=12)


def test_an_optimizer_on_the_slice_has_a_colour_of_its_own(qapp):
    assert not near(slice_at(0.0), RUN_COLORS[1]).any()
    assert near(slice_at(0.0, descent=np.array(((0.2, 0.2), (0.8, 0.2)))), RUN_COLORS[1]).sum() > 100


def test_a_page_names_each_network_beside_a_dot_in_its_colour(qapp):
    def page(names):
        image = QImage(1100, 760, QImage.Format.Format_RGB32)
        scene = WhyScene(curves=(), steps=1, sentence="")
        PagePicture((1100, 760), DARK).paint_on(image, scene, "", names, 0.0)
        return pixels(image)[:, :, ::-1]

    both = page(("net 1", "net 2"))
    dots = [np.nonzero(near(both, color))[1].mean() for color in TWIN_COLORS]
    assert dots[0] < dots[1]
    changed = np.nonzero((both != page(("net 1", "net 3"))).any(axis=2))[1]
    assert changed.min() > dots[1]
    other = page(("net 4", "net 2"))
    text = np.nonzero((both != other).any(axis=2))[1]
    assert dots[0] - 30 < text.min()
    assert text.max() < dots[1]


def test_the_block_of_a_norm_is_coloured_where_it_averages(qapp):
    def block(kind):
        return drawn(
            (200, 200), lambda painter, area: paint_norm_block(painter, QRectF(area), kind, 2, "#c54e13", 1.0, LIGHT)
        )

    def coloured(kind):
        picture = block(kind).astype(int)
        return (picture[:, :, 0] - picture[:, :, 2]) > 60

    assert not coloured("none").any()
    columns = {kind: np.flatnonzero(coloured(kind).any(axis=0)) for kind in ("batch", "layer")}
    rows = {kind: np.flatnonzero(coloured(kind).any(axis=1)) for kind in ("batch", "layer")}
    # Batch norm: the whole front. Layer norm: the last rows of the data, which are at the right, through all channels.
    assert columns["batch"].min() < 40
    assert columns["layer"].min() > 80
    assert rows["layer"].min() < rows["batch"].min()
    for row in range(SIDE):
        assert averaged("layer", 2, row, 0) == (row == SIDE - 1)
        assert averaged("batch", 2, 0, row) == (row == 0)


def test_a_dark_page_is_dark(qapp):
    image = QImage(1100, 760, QImage.Format.Format_RGB32)
    PagePicture((1100, 760), DARK).paint_on(image, WhyScene(curves=(), steps=1, sentence=""), "", ("a", "b"), 0.0)
    assert QColor(image.pixel(3, 750)).name() == DARK.panel


def painted_by(plot, course):
    return drawn((620, 360), lambda painter, area: plot.paint(painter, area, course, None, 0.0, 1.0, LIGHT))


def test_many_rows_are_drawn_by_turns_in_a_window_and_look_as_if_drawn_at_once(qapp, monkeypatch):
    monkeypatch.setattr("landscape.plot.network.twins.TURN", 0.0)
    rows = 12 * TOGETHER
    places, shades = np.random.default_rng(0).normal(size=(rows, 2)), np.eye(2)[np.arange(rows) % 2]
    data = replace(COURSE.data, places=places, shades=shades, tested=np.arange(rows) % 3 == 0)
    course, whole, by_turns = replace(COURSE, data=data), TwinsPlot(), TwinsPlot()
    by_turns.draw_by_turns()
    at_once, parts = painted_by(whole, course), [painted_by(by_turns, course)]
    assert whole.complete
    while not by_turns.complete:
        parts.append(painted_by(by_turns, course))
    # Two squares, which may be one picture.
    assert 6 <= len(parts) <= 12
    assert (parts[0] != at_once).any()
    assert (parts[-1] == at_once).all()
