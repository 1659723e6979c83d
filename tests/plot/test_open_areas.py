"""What is open in a search for critical points is hatched, and nothing else."""

import numpy as np
import pytest

from landscape.plot.ground import GroundLayers, draw_ground
from landscape.plot.projection import Projection
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import OpenAreas

VIEW = Projection(x=(0.0, 4.0), y=(0.0, 2.0), width=400, height=200, unit=1.0)


def pixels(theme, *rectangles: tuple[float, float, float, float]) -> np.ndarray:
    areas = OpenAreas(rectangles=np.array(rectangles).reshape(-1, 4)) if rectangles else None
    image = draw_ground(VIEW, theme, GroundLayers(open_areas=areas))
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(200, 400).copy()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_an_open_rectangle_is_hatched_and_nothing_beside_it(qapp, theme) -> None:
    plain, hatched = pixels(theme), pixels(theme, (1.0, 2.0, 0.5, 1.5))
    changed = plain != hatched
    assert changed[50:150, 100:200].mean() > 0.3
    assert len(np.unique(hatched[50:150, 100:200])) > 2  # Lines, not a plain tint
    changed[49:152, 99:202] = False
    assert not changed.any()


def test_a_rectangle_smaller_than_a_pixel_is_seen(qapp) -> None:
    assert (pixels(DARK) != pixels(DARK, (2.0, 2.0 + 1e-9, 1.0, 1.0 + 1e-9))).any()


def test_what_is_out_of_view_changes_nothing(qapp) -> None:
    np.testing.assert_array_equal(pixels(DARK), pixels(DARK, (5.0, 6.0, 0.5, 1.5), (-3.0, -2.0, 0.0, 2.0)))
