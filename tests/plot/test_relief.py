"""The relief shows the surface where it is, hides what lies behind it, and turns as it is dragged."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

import landscape as ls
from landscape.geometry.grid import sample
from landscape.geometry.levels import shading
from landscape.geometry.mesh import mesh
from landscape.plot import rasterizer
from landscape.plot.map import MapPlot
from landscape.plot.relief import ReliefPlot
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import drape, is_seen, lifted
from landscape.scene.descent.scene import ContourLine, Contours, Marker, Relief
from landscape.scene.layers import Heat
from landscape.scene.palette import DARK, LIGHT, color_map
from landscape.session.descent.document import Camera
from tests.plot.mouse import click, drag, move, wheel
from tests.plot.scenes import DOMAIN, path, scene, spiral
from tests.plot.test_map import heard, surface_point

SIDE = Camera()
TOP = Camera(azimuth=0.0, elevation=90.0)


def of_surface(formula, scale="linear", domain=DOMAIN, cells=256):
    """Return the layers of a formula: heat and relief."""
    surface = ls.surface(formula, domain=domain)
    x, y = domain
    shade = shading(sample(surface, x, y, 300, 200), scale)
    heat = Heat(
        shade=shade.shade, values=shade.values, x=x, y=y, colors=color_map("viridis"), ticks=((0.0, "0"), (1.0, "1"))
    )
    relief = Relief(
        mesh=mesh(surface, x, y, cells, shade.spread), x=x, y=y, levels=shade.spread.shades(shade.levels),
        surface=surface, spread=shade.spread,
    )  # fmt: skip
    return {"heat": heat, "relief": relief, "contours": Contours(lines=())}


def relief_scene(formula="x^2 + y^2", camera=SIDE, **others):
    layers = of_surface(formula)
    return scene(camera=camera, **{**layers, **others})


@pytest.fixture
def plot(qtbot, view):
    made = ReliefPlot(DARK)
    view.setCentralItem(made.item)
    view.show()
    qtbot.waitExposed(view)
    made.show(relief_scene())
    made.set_step(20.0)
    view.grab()
    QApplication.processEvents()
    return made


def rendered(relief, camera, size=(900, 600), levels=(), line=0.5):
    """Return pixels (height, width, 3) and depth of a surface alone, over black."""
    width, height = size
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=width, height=height)
    pixels = np.zeros((height, width), np.uint32)
    depth = np.empty((height, width), np.float32)
    colors = np.full(256, 0xFF808080, np.uint32)
    paint = rasterizer.Paint(
        colors=colors, levels=np.asarray(levels, np.float32), line=line, overlay=np.zeros((0, 0), np.uint32)
    )
    rasterizer.rasterize(relief.mesh, rasterizer.placed(relief.mesh, projection.numbers), paint, pixels, depth)
    channels = np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(int)
    return projection, channels, depth


def test_from_the_top_the_relief_is_the_map_to_the_pixel(qtbot, plot, view):
    flat = pg.GraphicsView()
    qtbot.addWidget(flat)
    flat.resize(view.size())
    other = MapPlot(DARK)
    flat.setCentralItem(other.item)
    flat.show()
    qtbot.waitExposed(flat)
    shown = relief_scene(camera=TOP)
    for each in (plot, other):
        each.show(shown)
    QApplication.processEvents()
    assert plot.pixels() == other.pixels()
    for point in ((-3.0, -2.0), (3.0, 2.0), (0.0, 0.0), (1.7, -1.2)):
        there, here = other.pixel_of(point), plot.pixel_of(point)
        assert (here.x(), here.y()) == pytest.approx((there.x(), there.y()), abs=0.5)


def test_from_the_top_its_colours_are_those_of_the_map():
    relief = of_surface("sin(x) + y^2")["relief"]
    projection = ReliefProjection(camera=TOP, x=relief.x, y=relief.y, width=300, height=200)
    pixels, depth = np.zeros((200, 300), np.uint32), np.empty((200, 300), np.float32)
    ramp = 0xFF000000 | np.arange(256, dtype=np.uint32)
    paint = rasterizer.Paint(colors=ramp, levels=np.zeros(0, np.float32), line=0.5, overlay=np.zeros((0, 0), np.uint32))
    rasterizer.rasterize(relief.mesh, rasterizer.placed(relief.mesh, projection.numbers), paint, pixels, depth)
    across, down = np.meshgrid((np.arange(300) + 0.5) / 300, (np.arange(200) + 0.5) / 200)
    x, y = relief.x[0] + across * 6.0, relief.y[1] - down * 4.0
    wanted = 255.0 * relief.heights(np.stack((x, y), axis=-1))
    assert np.abs((pixels & 255).astype(float) - wanted).max() <= 1.5


@pytest.mark.parametrize("camera", [SIDE, Camera(azimuth=-120.0, elevation=20.0), Camera(azimuth=0.0, elevation=60.0)])
@pytest.mark.parametrize("formula", ["x^2 + y^2", "(1-x)^2 + 100*(y-x^2)^2", "sin(2*x)*cos(y) + x/3"])
def test_contour_lines_lie_within_half_a_pixel_of_the_level(formula, camera):
    relief = of_surface(formula)["relief"]
    level = 0.4
    projection, channels, depth = rendered(relief, camera, levels=[level])
    _, plain, _ = rendered(relief, camera)
    drawn = np.argwhere((np.abs(channels - plain) > 20).all(axis=-1))
    assert len(drawn) > 100
    # What is seen at a drawn pixel, and how far on the screen f is from the level there: |f - level| / |slope|.
    places = [projection.place_at(column + 0.5, row + 0.5, float(depth[row, column])) for row, column in drawn]
    base = np.array(places)[:, :2]
    points = np.array(relief.x)[0] + base[:, :1] * 6.0, np.array(relief.y)[0] + base[:, 1:] * 4.0
    here = relief.heights(np.hstack(points))
    # The screen slope, from the linear height of the triangle that is seen, by the neighbours of the pixel.
    height = np.full(depth.shape, np.nan)
    rows, columns = np.nonzero(depth > rasterizer.FAR / 2)
    every = np.array(
        [projection.place_at(c + 0.5, r + 0.5, float(depth[r, c]))[2] for r, c in zip(rows, columns, strict=True)]
    )
    height[rows, columns] = every
    slope_down, slope_right = np.gradient(height)
    slope = np.hypot(slope_down, slope_right)[drawn[:, 0], drawn[:, 1]]
    away = np.abs(here - level) / slope
    known = np.isfinite(away)
    # Half the line's width and half a pixel of its soft edge, and half a pixel besides.
    assert np.quantile(away[known], 0.98) <= 0.5 + 0.5 + 0.5


@pytest.mark.parametrize("camera", [SIDE, Camera(azimuth=140.0, elevation=15.0, zoom=3.0, across=0.1)])
def test_a_draped_path_lies_on_the_surface(camera):
    relief = of_surface("(1-x)^2 + 100*(y-x^2)^2")["relief"]
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=900, height=600)
    draped = drape(path(spiral()), relief, projection)
    # Between two of its points the path is drawn straight: there the surface is half a pixel away at the most.
    seen = projection.seen(draped.places)[:, :2]
    middle = (draped.places[1:, :2] + draped.places[:-1, :2]) / 2
    x0, y0 = relief.x[0], relief.y[0]
    points = np.stack((x0 + 6.0 * middle[:, 0], y0 + 4.0 * middle[:, 1]), axis=1)
    there = projection.seen(lifted(points, relief, projection))[:, :2]
    chord, way = seen[1:] - seen[:-1], there - seen[:-1]
    length = np.maximum(np.hypot(*chord.T), 1e-9)
    beside = np.abs(chord[:, 0] * way[:, 1] - chord[:, 1] * way[:, 0]) / length
    assert np.nanmax(beside) <= 0.5


@pytest.mark.parametrize("camera", [TOP, SIDE, Camera(azimuth=100.0, elevation=12.0, zoom=2.0, up=0.2)])
def test_a_place_that_is_seen_at_a_pixel_is_seen_there(camera):
    projection = ReliefProjection(camera=camera, x=(-3.0, 3.0), y=(-2.0, 2.0), width=800, height=500)
    places = np.random.default_rng(0).uniform(size=(50, 3))
    seen = projection.seen(places)
    back = np.array([projection.place_at(*each) for each in seen.tolist()])
    if camera is TOP:
        np.testing.assert_allclose(back[:, :2], places[:, :2], atol=1e-9)
    else:
        np.testing.assert_allclose(back, places, atol=1e-9)
        on = [projection.place_on(*each[:2], place[2]) for each, place in zip(seen.tolist(), places, strict=True)]
        np.testing.assert_allclose(on, places[:, :2], atol=1e-6)


def test_the_whole_box_is_in_the_picture_from_everywhere():
    for azimuth in range(-180, 180, 20):
        for elevation in (5.0, 30.0, 60.0, 89.0, 90.0):
            camera = Camera(azimuth=float(azimuth), elevation=elevation)
            projection = ReliefProjection(camera=camera, x=(0.0, 1.0), y=(0.0, 1.0), width=640, height=400)
            corners = np.array([(u, v, s) for u in (0, 1) for v in (0, 1) for s in (0, 1)], float)
            seen = projection.seen(corners)
            assert (seen[:, :2] >= -1e-6).all()
            assert (seen[:, :2] <= np.array((640, 400)) + 1e-6).all()


def test_what_is_nearer_hides_what_is_behind_it():
    relief = of_surface("exp(-8*(y+1)^2)")["relief"]
    projection, _, depth = rendered(relief, Camera(azimuth=0.0, elevation=20.0, height=1.0))
    behind, before = lifted(np.array([(0.0, -0.3), (0.0, -1.8)]), relief, projection)
    assert is_seen(projection.seen(np.array([behind, before])), depth, projection).tolist() == [False, True]


def test_where_the_surface_is_not_defined_there_is_a_hole():
    relief = of_surface("sqrt(1 - x^2 - y^2)")["relief"]
    _, _, depth = rendered(relief, TOP)
    across, down = np.meshgrid(np.arange(900) + 0.5, np.arange(600) + 0.5)
    distance = np.hypot(-3 + across / 150.0, 2 - down / 150.0)
    covered = depth > rasterizer.FAR / 2
    # The rim is where the formula ends: half a pixel is 1/300, and a cell of the mesh cuts its corner by 1/1000.
    assert covered[distance < 1.0 - 0.008].all()
    assert not covered[distance > 1.0 + 0.004].any()


def test_a_pole_is_cut_and_not_a_wall():
    relief = of_surface("1/(x + 0.013)", domain=DOMAIN)["relief"]
    columns = np.flatnonzero(relief.mesh.hole.any(axis=0))
    assert len(columns) == 1
    assert relief.mesh.hole[:, columns].all()
    assert not of_surface("floor(x)")["relief"].mesh.hole.any()


@pytest.mark.parametrize("scale", ["linear", "log", "quantile"])
def test_the_mesh_has_the_heights_and_slopes_of_the_shades(scale):
    relief = of_surface("x^2 + x*y + 3*y^2", scale)["relief"]
    made = relief.mesh
    x, y = -3 + 6.0 * made.across.astype(float), -2 + 4.0 * made.up.astype(float)
    np.testing.assert_allclose(made.height, relief.heights(np.stack((x, y), axis=-1)), atol=2e-6)
    step = 1e-3
    inner = (np.abs(x) < 2.9) & (np.abs(y) < 1.9) & (made.height > 0.05) & (made.height < 0.95)
    rise = relief.heights(np.stack((x + step, y), -1)) - relief.heights(np.stack((x - step, y), -1))
    slope = rise / (2 * step) * 6.0
    close = (
        np.abs(made.slope_across - slope)[inner]
        <= (0.06 if scale == "quantile" else 0.02) * np.abs(slope[inner]) + 0.05
    )
    assert close.mean() > (0.9 if scale == "quantile" else 0.999)


def test_a_drag_turns_and_tells_when_it_has_ended(plot, view):
    told = heard(plot.camera_moved)
    drag(view, QPoint(350, 200), QPoint(400, 180))
    assert len(told) == 1
    [camera] = told[0]
    assert camera.azimuth == pytest.approx(SIDE.azimuth - 20.0, abs=0.5)
    assert camera.elevation == pytest.approx(SIDE.elevation - 8.0, abs=0.5)


def test_the_camera_stays_above_the_ground(plot, view):
    told = heard(plot.camera_moved)
    for end in (QPoint(350, -3000), QPoint(350, 4000)):
        drag(view, QPoint(350, 200), end)
    assert [camera.elevation for (camera,) in told] == [5.0, 90.0]


def test_shift_and_a_drag_move_the_picture(plot, view):
    told = heard(plot.camera_moved)
    before = plot.pixel_of((0.0, 0.0))
    drag(view, QPoint(350, 200), QPoint(390, 230), modifiers=Qt.KeyboardModifier.ShiftModifier)
    after = plot.pixel_of((0.0, 0.0))
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((40.0, 30.0), abs=0.5)
    assert told[-1][0].azimuth == SIDE.azimuth


def test_the_wheel_zooms_at_the_pointer(qtbot, plot, view):
    told = heard(plot.camera_moved)
    at = QPoint(300, 180)
    before = surface_point(plot, view, at)
    wheel(view, at)
    assert plot.camera.zoom > 1.1
    after = surface_point(plot, view, at)
    assert after == pytest.approx(before, abs=0.05)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=2000)


def test_a_double_click_goes_back_to_the_first_camera(plot, view):
    told = heard(plot.camera_moved)
    plot.look_from(Camera(azimuth=100.0, zoom=4.0, height=0.8))
    click(view, QPoint(350, 200), double=True)
    assert told[-1] == (Camera(height=0.8),)


def test_a_pin_is_dragged_over_the_surface(plot, view):
    moves, released = heard(plot.pin_moved), heard(plot.pin_released)
    pin = (2.0, 1.2)
    begin, end = (view.mapFromScene(plot.pixel_of(each)) for each in (pin, (-1.0, -0.5)))
    drag(view, begin, end)
    index, x, y, _ = moves[-1]
    assert index == 0
    assert (x, y) == pytest.approx((-1.0, -0.5), abs=0.06)
    assert len(released) == 1


def test_a_pin_that_is_dragged_beside_the_surface_stays_in_the_view(plot, view):
    moves = heard(plot.pin_moved)
    begin = view.mapFromScene(plot.pixel_of((2.0, 1.2)))
    drag(view, begin, QPoint(690, 10))
    x, y = moves[-1][1:3]
    assert -3.0 <= x <= 3.0
    assert -2.0 <= y <= 2.0


def test_shift_keeps_a_pin_on_an_axis_of_the_surface(plot, view):
    moves = heard(plot.pin_moved)
    begin, end = (view.mapFromScene(plot.pixel_of(each)) for each in ((2.0, 1.2), (0.0, 1.0)))
    drag(view, begin, end, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert moves[-1][2] == pytest.approx(1.2, abs=1e-9)
    assert moves[-1][1] == pytest.approx(0.0, abs=0.1)


def test_a_point_that_is_seen_is_told_under_the_pointer(plot, view):
    told = heard(plot.hovered)
    at = view.mapFromScene(plot.pixel_of((0.5, -1.0)))
    move(view, at)
    [point] = told[-1]
    assert point == pytest.approx((0.5, -1.0), abs=0.05)
    move(view, QPoint(70, 20))
    assert told[-1] == (None,)


def test_a_marker_is_found_near_where_it_is_seen(plot):
    marker = Marker(kind="minimum", point=(0.0, 0.0), label="minimum")
    plot.show(relief_scene(markers=(marker,)))
    assert plot.marker_at((0.01, 0.01)) == marker
    assert plot.marker_at((1.5, 1.0)) is None


def test_a_finished_picture_equals_one_that_grew_step_by_step(plot, view):
    for step in np.arange(0.0, 41.0, 0.5):
        plot.set_step(float(step))
    grown = bytes_of(view.grab().toImage())
    plot.set_theme(LIGHT)
    plot.set_theme(DARK)
    again = bytes_of(view.grab().toImage())
    # Where a clipped piece of a translucent line is blended, Qt rounds otherwise.
    assert np.abs(grown - again).max() <= 4


def bytes_of(image):
    return np.frombuffer(image.constBits(), np.uint8).astype(int)


def test_a_path_that_leaves_the_view_ends_at_the_edge_of_the_mesh():
    relief = of_surface("x^2 + y^2")["relief"]
    projection = ReliefProjection(camera=SIDE, x=relief.x, y=relief.y, width=900, height=600)
    draped = drape(path([(0.0, 0.0), (5.0, 0.0), (1e300, np.inf)]), relief, projection)
    known = np.isfinite(draped.places).all(axis=1)
    assert 0.98 < draped.places[known][:, 0].max() <= 1.0 + 1e-9


def test_the_kernels_equal_plain_python():
    relief = of_surface("x^2 + y^2", cells=8)["relief"]
    camera = Camera(azimuth=40.0, elevation=30.0)
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=90, height=60)
    seen = rasterizer.placed(relief.mesh, projection.numbers)
    places = np.stack((relief.mesh.across, relief.mesh.up, relief.mesh.height), axis=-1).astype(float)
    wanted = projection.seen(places)
    np.testing.assert_allclose(np.stack((seen.across, seen.down, seen.depth), axis=-1), wanted, atol=2e-4)


def test_pixels_are_doubled_and_halved():
    rng = np.random.default_rng(1)
    small = rng.integers(0, 2**32, (5, 7), dtype=np.uint32)
    large, again = np.zeros((10, 14), np.uint32), np.zeros((5, 7), np.uint32)
    rasterizer.enlarge(small, large)
    assert (large == np.repeat(np.repeat(small, 2, 0), 2, 1)).all()
    rasterizer.shrink(large, again)
    assert (again == small).all()
    large = rng.integers(0, 2**32, (10, 14), dtype=np.uint32)
    rasterizer.shrink(large, again)
    bytes_ = large.view(np.uint8).reshape(5, 2, 7, 2, 4).astype(int).sum(axis=(1, 3))
    assert (again.view(np.uint8).reshape(5, 7, 4) == (bytes_ + 2) // 4).all()


def test_the_height_of_the_camera_raises_the_surface(plot):
    low, high = (replace(SIDE, height=each) for each in (0.2, 1.0))
    heights = []
    for camera in (low, high):
        plot.look_from(camera)
        bottom, top = plot.pixel_of((0.0, 0.0)), plot.pixel_of((3.0, 2.0))
        heights.append(
            (bottom - top).y() / np.hypot(*(plot.pixel_of((3.0, -2.0)) - plot.pixel_of((-3.0, -2.0))).toTuple())
        )
    assert heights[1] > heights[0] + 0.2


def test_flat_and_undefined_surfaces_are_drawn(plot, view):
    for formula in ("0*x + 3", "sqrt(-1 - x^2)"):
        plot.show(relief_scene(formula))
        assert not view.grab().isNull()
    assert plot.point_at(QPointF(350, 250)) is None


def test_lines_of_another_surface_have_no_place_below_values_that_its_shades_do_not_know(plot, view):
    layers = of_surface("3 + exp(5*x)", scale="log")
    assert np.isnan(layers["relief"].spread.shades(np.array((-50.0,)))).all()
    line = ContourLine(level=-50.0, points=np.array(((-1.0, -1.0), (1.0, 1.0), (np.nan, np.nan))))
    plot.show(scene(camera=SIDE, **{**layers, "contours": Contours(lines=(line,))}))
    drawn = bytes_of(view.grab().toImage())
    plot.show(scene(camera=SIDE, **layers))
    assert np.array_equal(bytes_of(view.grab().toImage()), drawn)


def test_the_probe_and_the_cut_are_drawn_on_the_surface(plot, view):
    from landscape.geometry.osculating import osculation
    from landscape.scene.descent.scene import Cut, Probe

    surface = ls.surface("x^2 + y^2", domain=DOMAIN)
    probe = Probe(
        osculation=osculation(surface, (1.0, 0.5)), color="#ff00ff", gradient_color="#ff0000",
        rising_color="#00ff00", falling_color="#0000ff", levels=np.zeros((0, 2)), label="probe",
    )  # fmt: skip
    line = np.array(((-2.0, -1.0), (2.0, -1.0)))
    cut = Cut(
        along="line", title="", abscissa="", quadratic_name="", lands_name="", color="#00ffff",
        places=np.array((0.0, 4.0)), points=line, values=np.array((5.0, 5.0)),
    )  # fmt: skip
    plot.show(relief_scene(probe=probe, cut=cut, paths=(), pins=()))
    image = view.grab().toImage()
    for color, point in (("#ff00ff", (1.0, 0.5)), ("#00ffff", (0.3, -1.0))):
        at = view.mapFromScene(plot.pixel_of(point))
        near = {image.pixelColor(at + QPoint(i, j)).name() for i in range(-6, 7) for j in range(-6, 7)}
        assert color in near


def test_the_wheel_stops_a_turntable(qtbot, plot, view):
    plot.set_turning(True)
    wheel(view, QPoint(300, 180))
    assert not plot.turning
    qtbot.wait(60)
    assert plot.camera.zoom > 1.1


def test_other_contour_lines_are_drawn_on_the_floor(plot, view):
    shown = relief_scene()
    plot.show(shown)
    before = bytes_of(view.grab().toImage())
    line = np.array(((-2.9, -1.9), (2.9, -1.9)))
    plot.show(replace(shown, contours=Contours(lines=(ContourLine(level=4.0, points=line),))))
    assert (bytes_of(view.grab().toImage()) != before).any()
