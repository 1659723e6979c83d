"""An exported picture is laid out well at any size, and equals itself."""

import numpy as np
import pytest

from landscape.plot.descent.arrangement import arrange
from landscape.plot.descent.picture import Picture
from landscape.plot.theme import palette
from landscape.scene.palette import DARK, LIGHT
from landscape.translation import Translation
from tests.plot.scenes import STEPS, inset, path, scene, spiral
from tests.plot.test_canvas import pixels

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (800, 450), (1080, 1080), (720, 1280), (64, 64), (640, 64)]


def painted(step=30.0, size=(1280, 720), theme=DARK, content=None, **options):
    picture = Picture(size, theme, **options)
    picture.show(scene() if content is None else content)
    return picture.paint(step)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", [scene(runs=8), scene(runs=1, inset=inset()), scene(paths=[], pins=())])
def test_a_picture_of_any_size_has_that_size(qapp, size, content):
    image = painted(size=size, content=content)
    assert (image.width(), image.height()) == size
    shown = pixels(image)
    assert all(len(np.unique(shown[:, :, channel])) > 10 for channel in range(3))


@pytest.mark.parametrize("size", SIZES[:6])
@pytest.mark.parametrize("curves", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 8])
def test_the_parts_of_a_picture_do_not_overlap(size, curves, rows):
    places = arrange(size, scale=1.0, curves=curves, legend_rows=rows, row_height=26.0)
    parts = [part for part in (places.header, places.map, places.legend, places.curves) if not part.isEmpty()]
    for index, part in enumerate(parts):
        assert part.left() >= 0
        assert part.top() >= 0
        assert part.right() <= size[0]
        assert part.bottom() <= size[1]
        assert not any(part.adjusted(0.1, 0.1, -0.1, -0.1).intersects(other) for other in parts[:index])
    assert places.map.width() * places.map.height() > 0.3 * size[0] * size[1]


def test_a_frame_does_not_depend_on_the_frames_before_it(qapp):
    content = scene(runs=8)
    picture = Picture((960, 540), LIGHT)
    picture.show(content)
    for step in (0.0, 12.5, STEPS, 3.0):
        picture.paint(step)
    assert np.abs(pixels(picture.paint(27.25)) - pixels(painted(27.25, (960, 540), LIGHT, content))).max() <= 6


def test_two_pictures_of_the_same_are_the_same(qapp):
    assert (pixels(painted()) == pixels(painted())).all()


def test_a_picture_of_twice_the_size_shows_the_same_twice_as_large(qapp):
    small = pixels(painted(size=(960, 540)))
    large = pixels(painted(size=(1920, 1080))).reshape(540, 2, 960, 2, 3).mean(axis=(1, 3))
    assert np.abs(small - large).mean() < 6


def test_the_future_is_not_given_away(qapp):
    short = scene(paths=[path(spiral(0)[:21])], curves=())
    whole = scene(paths=[path(spiral(0))], curves=())
    assert np.abs(pixels(painted(20.0, content=short)) - pixels(painted(20.0, content=whole)))[100:, :800].max() <= 6


def test_what_is_not_wanted_is_not_shown(qapp):
    whole = pixels(painted())
    for options in ({"curves": False}, {"legend": False}):
        assert (pixels(painted(**options)) != whole).any()


def test_the_step_counter_speaks_the_language(qapp):
    chinese = Translation("zh", {"step {step} / {steps}": "第 {step} / {steps} 步"})
    assert (pixels(painted(say=chinese)) != pixels(painted())).any()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_text_can_be_read_on_every_ground_of_the_palette(qapp, theme):
    made = palette(theme)
    for text, ground in (
        (made.windowText(), made.window()),
        (made.text(), made.base()),
        (made.buttonText(), made.button()),
    ):
        high, low = sorted((luminance(text.color()), luminance(ground.color())), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 7


def luminance(color):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_counter_tells_the_step_and_between_two_steps_the_one_before(qapp):
    said = []

    def say(text, **values):
        said.append(values.get("step"))
        return text.format(**values)

    painted(17.9, say=say, curves=False, legend=False)
    assert said[-1] == 17
