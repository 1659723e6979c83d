"""Between the surface in three dimensions and the pixels of a picture: the camera of the relief.

The surface stands in a box whose base has the form of the picture. Seen from straight above and not turned, the base
fills the picture exactly, without perspective: there the relief is the map.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.plot.projection import FARTHEST
from landscape.scene.layers import Range
from landscape.session.camera import Camera

NEARNESS = 0.32
"""How much nearer things grow at the horizon, per diagonal of the box."""
FLOOR = 0.2
"""How far the floor lies below the surface, against the surface's height."""
MARGIN = 0.04
"""Of the picture, around the box for what is written there, where the camera looks from the side."""
NUMBERS = 46.0, 28.0, 34.0, 14.0
"""And at least so much, in units of line width, at the left, where the heights are written, and at the right, below and
above: room for numbers."""
FORMS = 0.85, 1.6
"""Least and most width of the base against its length, seen from the side."""
LIGHT = (-0.42, 0.30, 0.86)
"""Where the light comes from: to the right, away from the viewer, and up."""
AMBIENT, DIFFUSE, GLOSS = 0.42, 0.66, 0.10

Place3: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class ReliefProjection:
    """A camera that looks at the surface over the ranges ``x`` and ``y``, in ``width`` by ``height`` device pixels."""

    camera: Camera
    x: Range
    y: Range
    width: int
    height: int
    unit: float = 1.0
    """Device pixels of one unit of line width."""

    @cached_property
    def side(self) -> float:
        """How far from the top the camera is: 0 at the top, where nothing of the side is seen, 1 from 35° down."""
        away = min(1.0, max(0.0, (90.0 - self.camera.elevation) / 55.0))
        turned = min(1.0, abs(self.camera.azimuth) / 20.0)
        part = max(away, turned)
        return part * part * (3.0 - 2.0 * part)

    @cached_property
    def _angles(self) -> tuple[float, float, float, float]:
        turn, tilt = math.radians(self.camera.azimuth), math.radians(self.camera.elevation)
        top = self.camera.elevation >= 90.0
        return math.cos(turn), math.sin(turn), 0.0 if top else math.cos(tilt), 1.0 if top else math.sin(tilt)

    @cached_property
    def base_size(self) -> tuple[float, float]:
        """Width and length of the base, likewise: of the picture's form from the top, less stretched from the side."""
        form = self.width / self.height
        seen = form ** (1.0 - self.side) * min(max(form, FORMS[0]), FORMS[1]) ** self.side
        long = math.sqrt(self.width * self.height / seen)
        return (float(self.width), float(self.height)) if self.side == 0.0 else (seen * long, long)

    @cached_property
    def tall(self) -> float:
        """Height of the surface in pixels, before the picture is scaled."""
        return self.camera.height * min(self.base_size)

    @cached_property
    def _near(self) -> float:
        return NEARNESS * self._angles[2] / math.hypot(*self.base_size, self.tall)

    @cached_property
    def _fit(self) -> tuple[float, float, float]:
        """Return the scale at which all of the box is in the picture, and where its middle is then."""
        corners = np.array([(u, v, s) for u in (0.0, 1.0) for v in (0.0, 1.0) for s in (-FLOOR * self.side, 1.0)])
        across, up, _ = self._turned(corners)
        left, right, bottom, top = across.min(), across.max(), up.min(), up.max()
        sizes = self.width, self.width, self.height, self.height
        margins = [
            self.side * min(max(MARGIN * size, least * self.unit), 0.3 * size)
            for size, least in zip(sizes, NUMBERS, strict=True)
        ]
        wide, high = self.width - margins[0] - margins[1], self.height - margins[2] - margins[3]
        scale = min(wide / (right - left), high / (top - bottom))
        if self.side == 0.0:
            return 1.0, 0.0, 0.0
        aside, lifted = (margins[0] - margins[1]) / 2, (margins[2] - margins[3]) / 2
        return float(scale), float((left + right) / 2 - aside / scale), float((bottom + top) / 2 - lifted / scale)

    @cached_property
    def _frame(self) -> tuple[float, float, float]:
        """Scale, and the pixel position of the box's middle."""
        scale, middle, level = self._fit
        scale *= self.camera.zoom
        left = self.width * (0.5 + self.camera.across) - scale * middle
        top = self.height * (0.5 - self.camera.up) + scale * level
        return scale, left, top

    def _turned(self, places: Place3) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return how far to the right, up and towards the viewer places (..., 3) are, with perspective, unscaled."""
        cos_turn, sin_turn, cos_tilt, sin_tilt = self._angles
        wide, long = self.base_size
        x, y = (places[..., 0] - 0.5) * wide, (places[..., 1] - 0.5) * long
        z = (places[..., 2] - 0.5) * self.tall
        sideways, away = cos_turn * x - sin_turn * y, sin_turn * x + cos_turn * y
        up, toward = away * sin_tilt + z * cos_tilt, z * sin_tilt - away * cos_tilt
        grown = 1.0 / (1.0 - self._near * toward)
        return sideways * grown, up * grown, toward

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """What :func:`landscape.plot.rasterizer.place` takes."""
        cos_turn, sin_turn, cos_tilt, sin_tilt = self._angles
        scale, left, top = self._frame
        flat = 1.0 - self.side
        # Light and eye, turned back into the box.
        light = np.array(LIGHT) / np.linalg.norm(LIGHT)
        ambient = AMBIENT + (1.0 - AMBIENT) * flat
        parts = ambient, DIFFUSE * self.side, GLOSS * self.side
        boxed = self._boxed(*light)
        eye = self._boxed(0.0, -cos_tilt, sin_tilt)
        return np.array(
            (*self.base_size, self.tall, cos_turn, sin_turn, cos_tilt, sin_tilt, self._near, scale, left, top,
             *boxed, *parts, *eye)
        )  # fmt: skip

    def _boxed(self, right: float, away: float, up: float) -> tuple[float, float, float]:
        """Turn a direction that the viewer sees into the box."""
        cos_turn, sin_turn, *_ = self._angles
        return cos_turn * right + sin_turn * away, cos_turn * away - sin_turn * right, up

    def seen(self, places: Place3) -> NDArray[np.float64]:
        """Return pixel position and nearness (..., 3) of places in the box (..., 3), each coordinate from 0 to 1."""
        across, up, toward = self._turned(places)
        scale, left, top = self._frame
        return np.stack((left + scale * across, top - scale * up, toward), axis=-1)

    def base(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where surface points (..., 2) are on the base, each coordinate from 0 to 1."""
        with np.errstate(invalid="ignore", over="ignore"):
            across = (np.clip(points[..., 0], -FARTHEST, FARTHEST) - self.x[0]) / (self.x[1] - self.x[0])
            up = (np.clip(points[..., 1], -FARTHEST, FARTHEST) - self.y[0]) / (self.y[1] - self.y[0])
        return np.stack((across, up), axis=-1)

    def place_at(self, across: float, down: float, toward: float) -> tuple[float, float, float]:
        """Return the place in the box that is seen at a pixel position, so near."""
        cos_turn, sin_turn, cos_tilt, sin_tilt = self._angles
        scale, left, top = self._frame
        shrunk = (1.0 - self._near * toward) / scale
        sideways, up = (across - left) * shrunk, (top - down) * shrunk
        away, z = up * sin_tilt - toward * cos_tilt, up * cos_tilt + toward * sin_tilt
        x, y = cos_turn * sideways + sin_turn * away, cos_turn * away - sin_turn * sideways
        wide, long = self.base_size
        return x / wide + 0.5, y / long + 0.5, z / self.tall + 0.5 if self.tall else 0.5

    def place_on(self, across: float, down: float, height: float) -> tuple[float, float]:
        """Return where the line of sight through a pixel position comes to a height."""
        (a, b), far = ((self._height_at(across, down, each) - height for each in (-1e3, 1e3)), 1e3)
        if a == b:
            return self.place_at(across, down, 0.0)[:2]
        toward = -far + 2 * far * (-a) / (b - a)
        for _ in range(20):
            step = self._height_at(across, down, toward) - height
            slope = self._height_at(across, down, toward + 1.0) - height - step
            toward -= step / slope if slope else 0.0
        return self.place_at(across, down, toward)[:2]

    def _height_at(self, across: float, down: float, toward: float) -> float:
        return self.place_at(across, down, toward)[2]

    def point(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return the surface point at a place on the base."""
        (x0, x1), (y0, y1) = self.x, self.y
        return x0 + place[0] * (x1 - x0), y0 + place[1] * (y1 - y0)
