"""The curves show what the numbers say, and let a step be chosen."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication

from landscape.plot.axes import Axis, power_text
from landscape.plot.curve_columns import thinned
from landscape.plot.curve_layer import layout, value_at
from landscape.plot.curve_ranges import leaves, ordinate_range, ordinates
from landscape.plot.curves import LEAST, CurvesPlot
from landscape.plot.projection import Projection
from landscape.plot.readout import readout
from landscape.plot.theme import text_font
from landscape.scene.layers import CurvePanel
from landscape.scene.palette import DARK
from tests.plot.mouse import Painted, click, drag, move, panels_of
from tests.plot.scenes import STEPS, curve, scene
from tests.plot.test_canvas import pixels

STRANGE = [
    [], [0.0], [1.0], [np.nan] * 5, [np.inf, -np.inf, 1.0], [1e308, -1e308, 1e308], [2.0] * 9, [5e-324, 1.0], [-1, -2],
]  # fmt: skip


@pytest.fixture
def view(qtbot):
    shown = pg.GraphicsView()
    qtbot.addWidget(shown)
    shown.resize(800, 180)
    return shown


@pytest.fixture
def plot(qtbot, view):
    made = CurvesPlot(DARK)
    view.setCentralItem(made.item)
    view.show()
    qtbot.waitExposed(view)
    made.show(scene())
    QApplication.processEvents()
    return made


def test_a_run_that_diverged_does_not_squash_the_others_where_the_loss_is_negative():
    """On x^4 - 3x^2 y^2 + y^4 the loss of Momentum falls beyond all bounds, and that of SGD to -0.136."""
    falling, wild = (0.18, 0.05, -0.136), (0.18, -2.0, -1e6, -1e300)
    content = panel(falling, wild, log=False)
    steady, lost = content.curves
    content = replace(content, curves=(steady, replace(lost, lost=True)))
    low, high = ordinate_range(content)
    assert -0.3 < low < -0.136
    assert 0.18 < high < 0.3
    assert leaves(content.curves[1], content, (low, high)) == (1, False)
    assert leaves(content.curves[0], content, (low, high)) is None
    both = replace(content, curves=(replace(lost, lost=True),))
    assert ordinate_range(both)[0] < -1e6


def test_an_arrow_tells_where_a_run_that_diverged_leaves_the_panel(plot, view):
    content = panel((0.5, 0.2, 0.1), (0.5, -8.0, -90.0), log=False)
    lost = replace(content.curves[1], lost=True)
    pictures = []
    for curves in ((content.curves[0], lost), (content.curves[0], replace(lost, lost=False, values=lost.values[:1]))):
        plot.show(replace(scene(), curves=(replace(content, curves=curves),)))
        plot.set_step(float(STEPS))
        QApplication.processEvents()
        pictures.append(pixels(view.grab().toImage()))
    box = panels_of(plot)[0].vb
    foot = view.mapFromScene(box.mapToScene(1 / STEPS * box.rect().width(), box.rect().height() - 3))
    near = np.s_[foot.y() - 3 : foot.y() + 2, max(foot.x() - 6, 0) : foot.x() + 6]
    assert (pictures[0][near] != pictures[1][near]).any()


def panel(*series, log=True):
    return CurvePanel(quantity="loss", title="Loss", curves=tuple(map(curve, series, range(len(series)))), log=log)


def place(plot, view, step, index=0):
    box = panels_of(plot)[index].vb
    across = step / STEPS * box.rect().width()
    return view.mapFromScene(box.mapToScene(across, box.rect().height() / 2))


def test_a_click_chooses_the_step_under_the_pointer(plot, view):
    chosen = []
    plot.step_chosen.connect(chosen.append)
    click(view, place(plot, view, 15))
    assert chosen == [pytest.approx(15, abs=0.3)]


def test_dragging_goes_through_the_steps_and_stops_at_the_ends(plot, view):
    chosen = []
    plot.step_chosen.connect(chosen.append)
    drag(view, place(plot, view, 30), place(plot, view, 0) - QPoint(40, 0), moves=12)
    assert chosen[0] == pytest.approx(27, abs=4)
    assert chosen[-1] == 0.0
    assert chosen == sorted(chosen, reverse=True)


def test_the_play_head_repaints_what_it_passes_and_no_more(plot, view):
    plot.set_step(10.0)
    before = pixels(view.grab().toImage())
    QApplication.processEvents()
    painted = Painted(view)
    plot.set_step(20.0)
    mask = painted.stop()
    different = (before != pixels(view.grab().toImage())).any(axis=2)
    assert different.any()
    assert not (different & ~mask).any()
    assert mask.mean() < 0.4


def test_values_are_shown_where_the_pointer_is(plot, view):
    before = pixels(view.grab().toImage())
    move(view, place(plot, view, 40))
    assert (pixels(view.grab().toImage()) != before).any()
    move(view, view.rect().bottomRight())
    assert np.abs(pixels(view.grab().toImage()) - before).max() == 0


def test_the_values_are_those_of_the_runs_with_the_largest_first():
    rows = readout(panel((1.0, 0.5, 0.25), (3.0, 2.0), (0.0, np.nan, 7.0)), 1)
    assert rows[0] == ("", "", "1")
    assert [row[1:] for row in rows[1:]] == [("Run 2", "2"), ("Run 1", "0.5"), ("Run 3", "–")]
    assert [row[1:] for row in readout(panel((1.0, 0.5, 0.25), (3.0, 2.0)), 2)[1:]] == [("Run 1", "0.25")]


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize(
    "values",
    [
        [],
        [0.0],
        [1.0],
        [np.nan] * 5,
        [np.inf, -np.inf, 1.0],
        [1e308, -1e308, 1e308],
        [2.0] * 9,
        [5e-324, 1.0],
        [-1, -2],
    ],
)
def test_any_values_can_be_shown(qtbot, view, values, log):
    low, high = ordinate_range(panel(values, log=log))
    assert np.isfinite((low, high, high - low)).all()
    assert low < high
    made = CurvesPlot(DARK)
    view.setCentralItem(made.item)
    view.show()
    made.show(scene(curves=(panel(values, log=log), panel(log=log)), runs=1))
    made.set_step(0.5)
    view.grab()


def test_the_range_covers_all_curves():
    low, high = ordinate_range(panel((100.0, 10.0, 0.02), (5.0, 1000.0)))
    assert low <= np.log10(0.02)
    assert high >= 3.0


def test_a_loss_that_explodes_does_not_press_the_others_flat():
    low, high = ordinate_range(panel((100.0, 1e-3), (100.0, 1e300)))
    assert high < 8
    assert low <= -3


def test_logarithms_leave_a_gap_where_there_is_none():
    assert np.isnan(ordinates(np.array((0.0, -1.0, np.inf, np.nan)), log=True)).all()
    assert ordinates(np.array((0.01, 1.0, 1000.0)), log=True) == pytest.approx([-2, 0, 3])


def test_between_two_steps_a_value_lies_between_theirs():
    values = np.array((1.0, 100.0, np.nan))
    assert value_at(values, 0.5, log=False) == pytest.approx(50.5)
    assert value_at(values, 0.5, log=True) == pytest.approx(1.0)
    assert np.isnan(value_at(values, 1.5, log=True))
    assert np.isnan(value_at(values, 3.0, log=True))


def test_a_hundred_thousand_steps_become_a_few_pieces_and_lose_no_peak():
    values = 1.0 + np.random.default_rng(0).random(100_000)
    values[61_234] = 90.0
    projection = Projection(x=(0.0, 1e5), y=(0.0, 100.0), width=600, height=120)
    (joined,) = layout(panel(values, log=False), projection)
    assert len(joined) < 5 * 600
    assert joined[:, [1, 3]].min() == pytest.approx(projection.pixels(np.array((0.0, 90.0)))[1])


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("spoilt", [0, 0.01, 0.99])
def test_what_is_left_of_a_long_curve_touches_in_each_column_what_the_whole_one_touches(log, spoilt):
    rng = np.random.default_rng(0)
    values = np.exp(rng.normal(size=20_000))
    values[rng.random(20_000) < spoilt] = np.nan
    values[rng.random(20_000) < spoilt / 9] = -np.inf
    projection = Projection(x=(0.0, 19_999.0), y=(-3.0, 9.0), width=50, height=100)
    short = thinned(values, projection, log=log)
    assert len(short) <= 4 * 51
    column = np.floor(np.arange(20_000) * projection.factors[0])
    heights = ordinates(values, log=log)
    for each in range(50):
        inside = heights[(column == each) & np.isfinite(heights)]
        left = short[np.floor(short[:, 0] * projection.factors[0]) == each, 1]
        assert (left[0], left.min(), left.max(), left[-1]) == (inside[0], inside.min(), inside.max(), inside[-1])


@pytest.mark.parametrize(
    ("exponent", "text"),
    [(0, "1"), (2, "100"), (-2, "0.01"), (-3, "10⁻³"), (12, "10¹²"), (0.5, "3.16"), (3, "1000"), (308.5, "3.2×10³⁰⁸")],
)
def test_powers_of_ten_are_written_as_people_do(exponent, text):
    assert power_text(exponent) == text


@pytest.mark.parametrize("width", [240, 330, 600, 1100])
def test_the_texts_of_a_hundred_thousand_steps_stand_apart(qtbot, width):
    axis = Axis("bottom")
    axis.set_theme(DARK, 1.0, 22.0)
    levels = axis.tickValues(0.0, 1e5, width - 100)
    values = sorted(value for _, level in levels for value in level)
    texts = axis.tickStrings(values, 1.0, levels[-1][0])
    room = QFontMetricsF(text_font(1.0)).horizontalAdvance(max(texts, key=len))
    assert len(values) > 1
    assert np.diff(values).min() / 1e5 * (width - 100) > room + 4
    assert texts == [f"{value:.0f}" for value in values]


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (-0.5, 0.5, ["0.5", "1", "2"]),
        (0.0, 1.0, ["1", "10"]),
        (0.5, 1.0, ["5", "10"]),
        (-4.5, -3.4, ["5×10⁻⁵", "10⁻⁴", "2×10⁻⁴"]),
        (0.8, 0.96, ["7", "8", "9"]),
    ],
)
def test_less_than_two_powers_of_ten_have_ticks_at_round_values(qtbot, low, high, texts):
    axis = Axis("left", powers=True)
    axis.set_theme(DARK, 1.0, 50.0)
    ((_, values),) = axis.tickValues(low, high, 100.0)
    assert axis.tickStrings(values, 1.0, 1.0) == texts


def test_three_panels_share_a_narrow_window(plot, view):
    long = replace(panel((3.0, 2.0)), title="A title that is longer than the panel is wide")
    plot.show(scene(curves=(long, long, long)))
    view.resize(420, 150)
    QApplication.processEvents()
    for item in panels_of(plot):
        frame, box = item.geometry(), item.vb.mapRectToItem(item, item.vb.rect())
        assert box.right() <= frame.width()
        assert frame.right() <= view.width() + 1
        assert box.width() > 20


def test_where_it_is_narrow_the_others_wait_and_each_is_shown_in_its_turn(plot, view):
    panels = tuple(replace(panel((3.0, 2.0)), title=title) for title in "abcd")
    told = []
    plot.folded.connect(lambda: told.append(plot.waiting))
    plot.fit(2.5 * LEAST)
    plot.show(scene(curves=panels))

    def seen():
        return "".join(each.content.title for each in plot._panels if each.shown)  # noqa: SLF001

    assert (seen(), plot.waiting) == ("ab", ("c", "d"))
    plot.turn()
    assert (seen(), plot.waiting) == ("cd", ("a", "b"))
    plot.set_theme(DARK, 2.0)
    assert (seen(), plot.waiting) == ("c", ("d", "a", "b"))
    plot.fit(8 * LEAST)
    assert (seen(), plot.waiting) == ("abcd", ())
    assert told[-1] == ()


def test_panels_stand_side_by_side_or_one_above_the_other(plot, view):
    first, second = panels_of(plot)
    assert first.geometry().right() <= second.geometry().left() + 6
    plot.set_stacked(True)
    plot.settle()
    assert first.geometry().bottom() <= second.geometry().top() + 6


def pictures_of(plot, view):
    """Return what is seen of each panel."""
    whole = pixels(view.grab().toImage())
    areas = [view.mapFromScene(item.sceneBoundingRect()).boundingRect() for item in panels_of(plot)]
    return [whole[each.top() : each.bottom(), each.left() : each.right()] for each in areas]


def changed_panels(before, after):
    return [index for index, (a, b) in enumerate(zip(before, after, strict=True)) if (a != b).any()]


def test_changed_panels_are_drawn_one_at_a_time_and_none_is_forgotten(plot, view):
    count = len(scene().curves)
    changed = [panel((3.0, 2.0, float(index)), log=False) for index in range(count)]
    following = scene(curves=tuple(changed))
    seen, drawn, waiting = pictures_of(plot, view), [], []
    for _ in changed:
        waiting.append(plot.show_next(following))
        now = pictures_of(plot, view)
        drawn += changed_panels(seen, now)
        seen = now
    assert waiting == [True] * (count - 1) + [False]
    assert sorted(drawn) == list(range(count))
    plot.show(following)
    assert changed_panels(seen, pictures_of(plot, view)) == []
    one = scene(curves=(*changed[:-1], panel((5.0,), log=False)))
    assert not plot.show_next(one)
    assert changed_panels(seen, pictures_of(plot, view)) == [count - 1]
    at_once = pictures_of(plot, view)
    plot.show(scene())
    plot.show(one)
    assert changed_panels(at_once, pictures_of(plot, view)) == []


def test_panels_that_change_all_the_time_take_turns(plot, view):
    count, drawn, seen = len(panels_of(plot)), [], pictures_of(plot, view)
    for turn in range(2 * count):
        plot.show_next(scene(curves=tuple(panel((1.0, 2.0, 3.0 + turn)) for _ in range(count))))
        now = pictures_of(plot, view)
        drawn += changed_panels(seen, now)
        seen = now
    assert len(drawn) == 2 * count
    assert sorted(drawn[:count]) == sorted(drawn[count:]) == list(range(count))


def test_what_is_to_come_is_fainter_than_what_was(plot, view):
    level = CurvePanel(quantity="rate", title="", curves=(curve(np.full(STEPS + 1, 0.1)),), log=False)
    plot.show(scene(curves=(level,)))
    plot.set_step(STEPS / 2)
    color = np.array(QColor(level.curves[0].color).getRgb()[:3])
    ground = np.array(QColor(DARK.panel).getRgb()[:3])
    picture = pixels(view.grab().toImage())[:, :, ::-1]
    height = place(plot, view, 10).y()

    def strength(step):
        column = picture[height - 30 : height + 30, place(plot, view, step).x()]
        return np.abs(column - ground).max() / np.abs(color - ground).max()

    assert strength(15) > 0.8
    assert 0.1 < strength(45) < 0.4
