"""Frames in few colours: each pixel gets the nearest one, whatever was shown before."""

import numpy as np
import pytest

from landscape.export.reduction import COLORS, Reduction, accents, nearest, shared_palette
from landscape.scene.palette import THEMES


@pytest.fixture
def palette():
    return np.random.default_rng(3).integers(0, 256, (COLORS, 3), dtype=np.uint8)


def distances(rgb, shown):
    return np.square(rgb.astype(int) - shown).sum(axis=-1)


def least(rgb, palette):
    """Return how far the nearest colour is, by trying all of them."""
    return distances(rgb[..., None, :], palette.astype(int)).min(axis=-1)


def frames(count, size=(30, 40)):
    """Return frames of which each changes a part of the one before, and the unused byte of all of it."""
    random = np.random.default_rng(7)
    made = [random.integers(0, 256, (*size, 4), dtype=np.uint8)]
    for _ in range(count - 1):
        frame = made[-1].copy()
        frame[random.random(size) < 0.1, :3] = random.integers(0, 256, 3)
        made.append(frame)
    return made


def test_every_pixel_gets_the_nearest_colour_in_every_frame(palette):
    reduction = Reduction(palette)
    for frame in frames(5):
        rgb = frame[..., 2::-1]
        shown = palette[reduction.reduced(frame)]
        np.testing.assert_array_equal(distances(rgb, shown), least(rgb, palette))


def test_more_colours_than_are_compared_at_a_time_are_all_found(palette):
    colors = np.random.default_rng(1).integers(0, 1 << 24, 20_000, dtype=np.uint32)
    rgb = np.stack((colors >> 16, colors >> 8 & 255, colors & 255), axis=1)
    np.testing.assert_array_equal(distances(rgb, palette[nearest(colors, palette)]), least(rgb, palette))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_and_runs_keep_their_very_colours(theme):
    palette = shared_palette(frames(3, (50, 50)), theme)
    assert len(palette) <= COLORS
    certain = accents(theme)
    bgra = np.concatenate((certain[None, :, ::-1], np.full((1, len(certain), 1), 255, np.uint8)), axis=2)
    np.testing.assert_array_equal(palette[Reduction(palette).reduced(np.ascontiguousarray(bgra))][0], certain)
