"""The surface in three dimensions is drawn where it is, to half a pixel, and hides what lies behind it."""

import numpy as np
import pytest

from landscape.plot import rasterizer
from landscape.plot.ink import Ink, Stroke
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import drape, is_seen, lifted
from landscape.session.camera import Camera
from tests.plot.scenes import DOMAIN, of_surface, path, spiral

SIDE = Camera()
TOP = Camera(azimuth=0.0, elevation=90.0)


GREY = np.full(256, 0xFF808080, np.uint32)


def rendered(relief, camera, size=(900, 600), levels=(), line=0.5, smooth=False, colors=GREY):
    """Return pixels (height, width, 3) and depth of a surface alone, over black."""
    width, height = size
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=width, height=height)
    pixels = np.zeros((height, width), np.uint32)
    depth = np.empty((height, width), np.float32)
    paint = rasterizer.Paint(
        colors=colors, levels=np.asarray(levels, np.float32), line=line, overlay=np.zeros((0, 0), np.uint32)
    )
    seen, ground = rasterizer.placed(relief.mesh, projection.numbers), pixels.copy()
    rasterizer.rasterize(relief.mesh, seen, paint, pixels, depth)
    if smooth:
        rasterizer.smooth(relief.mesh, seen, paint, ground, pixels, depth)
    channels = np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(int)
    return projection, channels, depth


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


@pytest.mark.parametrize("smooth", [False, True])
def test_a_contour_line_has_one_ink_where_colours_become_so_light_that_others_are_dark(smooth):
    """As that of 0 does on a saddle, in the middle of the colours: it was dark on one side and light on the other."""
    relief, colors = of_surface("x*y")["relief"], GREY.copy()
    colors[:128] = 0xFF606060
    _, lined, _ = rendered(relief, SIDE, levels=[0.5], smooth=smooth, colors=colors)
    _, plain, _ = rendered(relief, SIDE, smooth=smooth, colors=colors)
    change = (lined - plain)[..., 0]
    assert (change < -20).sum() > 500
    assert change.max() <= 2


def test_a_path_that_has_come_to_rest_is_draped_with_few_points_none_of_which_is_missed():
    relief = of_surface("x^2 + y^2")["relief"]
    projection = ReliefProjection(camera=SIDE, x=relief.x, y=relief.y, width=900, height=600)
    points = 2.0 * 0.8 ** np.arange(500.0)[:, None] * np.array((1.0, 0.5))
    first, second = drape([path(points), path([*points, (np.nan, 0.0), (1.0, 1.0)])], relief, projection)
    pixels = projection.base(points) * (900, 600)
    for each, last in ((first, 499.0), (second, 501.0)):
        assert len(each.places) < 200
        drawn = each.places[np.isfinite(each.places).all(axis=1), :2] * (900, 600)
        assert max(np.hypot(*(drawn - pixel).T).min() for pixel in pixels) <= 0.01 + 1e-9
        assert each.steps[[0, -1]].tolist() == [0.0, last]
    assert np.allclose(first.places[[0, -1], :2] * (900, 600), pixels[[0, -1]])
    assert np.isnan(second.places[second.steps == 500.0]).any(axis=1).all()


@pytest.mark.parametrize("camera", [SIDE, Camera(azimuth=140.0, elevation=15.0, zoom=3.0, across=0.1)])
def test_a_draped_path_lies_on_the_surface(camera):
    relief = of_surface("(1-x)^2 + 100*(y-x^2)^2")["relief"]
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=900, height=600)
    (draped,) = drape([path(spiral())], relief, projection)
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


def test_a_path_that_leaves_the_view_ends_at_the_edge_of_the_mesh():
    relief = of_surface("x^2 + y^2")["relief"]
    projection = ReliefProjection(camera=SIDE, x=relief.x, y=relief.y, width=900, height=600)
    (draped,) = drape([path([(0.0, 0.0), (5.0, 0.0), (1e300, np.inf)])], relief, projection)
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


def test_along_its_edges_the_surface_is_smooth():
    relief = of_surface("x/3")["relief"]
    projection, steps, _ = rendered(relief, TILTED)
    _, finer, _ = rendered(relief, TILTED, smooth=True)
    edge = (projection.seen(np.array([(0.0, 0.0, 0.0), (1.0, 0.0, 1.0)]))[:, :2]).tolist()
    assert covered_share(steps, edge) == pytest.approx(0.0, abs=1e-9)
    assert covered_share(finer, edge) > 0.3


TILTED = Camera(azimuth=12.0, elevation=40.0)


def covered_share(channels, edge):
    """Return the part of the columns in which a pixel near an edge is neither ground nor surface."""
    (x0, y0), (x1, y1) = edge
    mixed = 0
    columns = range(round(x0) + 20, round(x1) - 20)
    for column in columns:
        down = round(y0 + (column + 0.5 - x0) / (x1 - x0) * (y1 - y0))
        strip = channels[down - 3 : down + 3, column].sum(axis=-1)
        top = strip[0]
        mixed += bool(((strip > 0.1 * top) & (strip < 0.9 * top)).any())
    return mixed / len(columns)


def lines(points, *, where="everywhere", color="#ffffff", width=2.0, opacity=1.0, dashes=(), near=0.0, times=1):
    """Return what strokes draw over black, (60, 90), where something is ``near``."""
    pixels, depth = np.full((60, 90), 0xFF000000, np.uint32), np.full((60, 90), near, np.float32)
    stroke = Stroke(
        points=np.array(points, np.float32), color=color, width=width, opacity=opacity, where=where, dashes=dashes
    )
    Ink().draw([stroke] * times, pixels, depth, 0.0)
    return (pixels & 255).astype(int)


def test_a_stroke_covers_as_much_as_it_is_wide():
    for width in (1.0, 2.6, 5.0):
        drawn = lines([(10.3, 20.4, 0.0), (80.0, 33.7, 0.0)], width=width)
        cosine = 69.7 / np.hypot(69.7, 13.3)
        assert drawn[:, 30:60].sum() / 255 / 30 == pytest.approx(width / cosine, rel=0.02)


def test_a_stroke_that_is_seen_through_is_as_dark_where_its_pieces_meet():
    whole = lines([(5.0, 30.0, 0.0), (85.0, 30.0, 0.0)], width=4.0, opacity=0.5)
    bent = lines([(5.0, 30.0, 0.0), (40.0, 30.0, 0.0), (38.0, 30.0, 0.0), (85.0, 30.0, 0.0)], width=4.0, opacity=0.5)
    assert np.abs(bent - whole).max() <= 1
    assert whole.max() == pytest.approx(127.5, abs=1.5)


def test_a_stroke_has_dashes_of_their_lengths():
    drawn = lines([(0.0, 30.0, 0.0), (90.0, 30.0, 0.0)], width=3.0, dashes=(16.0, 6.0, 8.0, 6.0))[30]
    on = (np.arange(90) + 0.5) % 36
    wanted = np.where((on < 16) | ((on > 22) & (on < 30)), 255, 0)
    assert (drawn == wanted)[2:88].all()


def test_a_gap_is_not_bridged():
    drawn = lines([(5.0, 30.0, 0.0), (30.0, 30.0, 0.0), (np.nan,) * 3, (60.0, 30.0, 0.0), (85.0, 30.0, 0.0)])
    assert drawn[30, 35:55].max() == 0
    assert drawn[30, [10, 70]].min() == 255


def test_what_is_nearer_hides_a_stroke():
    line = [(5.0, 30.0, -1.0), (85.0, 30.0, 1.0)]
    seen, hidden = (lines(line, where=where)[30] for where in ("seen", "hidden"))
    assert seen[:44].max() == 0
    assert seen[46:80].min() == 255
    assert (seen + hidden == lines(line)[30]).all()
