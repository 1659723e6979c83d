"""Between the plane of the surface and the pixels of a picture."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from landscape.scene.layers import Range

FARTHEST = 1e200
"""Coordinates beyond are moved here before they are scaled, so that the scaling cannot overflow."""


@dataclass(frozen=True, kw_only=True)
class Projection:
    """The view ``x`` by ``y`` seen in ``width`` by ``height`` device pixels, the larger y at the top."""

    x: Range
    y: Range
    width: int
    height: int
    unit: float = 1.0
    """Device pixels of one unit of line width: device pixel ratio times line scale."""

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixel positions (..., 2) of surface points (..., 2); NaN and infinity become NaN."""
        points = _near(points)
        x, y = points[..., 0], points[..., 1]
        across, down = self.factors.tolist()
        projected = np.empty(points.shape)
        # Column by column: NumPy goes through pairs of numbers at a tenth of the speed.
        np.multiply(x - self.x[0], across, out=projected[..., 0])
        np.multiply(y - self.y[1], down, out=projected[..., 1])
        return projected

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel position of one surface point, the same as among others but in a fraction of the time."""
        if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):
            across, down = self.pixels(np.array((x, y))).tolist()
            return across, down
        (left, right), (bottom, top) = self.x, self.y
        return (x - left) * (self.width / (right - left)), (y - top) * (self.height / (bottom - top))

    @property
    def factors(self) -> NDArray[np.float64]:
        """Pixels of one unit of x and of y; that of y is negative."""
        return np.array((self.width / (self.x[1] - self.x[0]), self.height / (self.y[0] - self.y[1])))

    def point(self, across: float, down: float) -> tuple[float, float]:
        """Return the surface point at a pixel position."""
        x = self.x[0] + across / self.width * (self.x[1] - self.x[0])
        return x, self.y[1] - down / self.height * (self.y[1] - self.y[0])

    def rect(self, x: Range, y: Range) -> QRectF:
        """Return the pixels that a part of the plane covers."""
        (left, top), (right, bottom) = self.pixels(np.array(((x[0], y[1]), (x[1], y[0]))))
        return QRectF(left, top, right - left, bottom - top)

    def factors_at(self, point: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ARG002
        """Return what becomes of vectors at a point: the same everywhere, see :attr:`factors`."""
        return self.factors

    def moved(self, point: NDArray[np.float64], vector: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ARG002
        """Return how far in pixels it is from a point along a vector."""
        return vector * self.factors


def carried(vectors: NDArray[np.float64], factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return vectors (..., 2) in pixels; ``factors`` are (2,) of x and y alone, or a matrix (2, 2)."""
    return vectors * factors if factors.ndim == 1 else vectors @ factors.T


class Plane(Protocol):
    """Where the surface is seen around one of its points: on the map, or on the relief."""

    @property
    def unit(self) -> float:
        """Pixels of one unit of line width."""

    @property
    def width(self) -> int:
        """Of the picture."""

    @property
    def height(self) -> int:
        """Of the picture."""

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixel positions of surface points."""

    def factors_at(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what becomes of vectors at a point, see :func:`carried`."""

    def moved(self, point: NDArray[np.float64], vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far in pixels it is from a point along a vector."""


def _near(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points moved towards zero, in their direction, until they are at most ``FARTHEST`` away."""
    # NaN is no reason to look at each point, and stays what it is: the pieces of a contour line end in it.
    if all(np.fmax.reduce(np.abs(points[..., k]), axis=None, initial=0.0) <= FARTHEST for k in (0, 1)):
        return points
    size = np.abs(points).max(axis=-1, keepdims=True) / FARTHEST
    with np.errstate(invalid="ignore"):
        nearer: NDArray[np.float64] = points / np.where(size > 1.0, size, 1.0)
    return nearer


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where a rectangle of an item lies on the device that is painted on, in whole device pixels."""

    left: int
    top: int
    width: int
    height: int
    ratio: float
    """Device pixels of one logical pixel."""
    world: QTransform
    """World transform under which the rectangle's corner is (0, 0) and one unit is one device pixel."""


def device_frame(painter: QPainter, rect: QRectF) -> Frame:
    """Return where ``rect``, in the painter's present coordinates, lies on its device."""
    device = painter.deviceTransform().mapRect(rect)
    left, top = round(device.left()), round(device.top())
    world = painter.worldTransform()
    painter.resetTransform()
    plain = painter.deviceTransform()
    painter.setWorldTransform(world)
    inverse, _ = plain.inverted()
    return Frame(
        left=left,
        top=top,
        width=round(device.right()) - left,
        height=round(device.bottom()) - top,
        ratio=plain.m11(),
        world=QTransform.fromTranslate(left, top) * inverse,
    )
