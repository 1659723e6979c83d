"""What lies over the paths of the relief: lenses and the arrows of a step in tangent planes, and populations."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from landscape.plot.layer import Layer
from landscape.plot.lens import LensLayer
from landscape.plot.population import PopulationLayer
from landscape.plot.projection import Plane
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import is_seen, lifted
from landscape.plot.step_arrows import StepArrowsLayer
from landscape.scene.scene import Relief

STEP = 1e-3
"""Of the view, by which the surface is followed to see where its tangents point."""
PIECE = 0.02
"""Of the view, between two points of a line that follows the surface."""
MOST = 64
"""Pieces of a straight line at the most."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ReliefPlane:
    """The surface as a camera sees it, for what is drawn around one of its points."""

    relief: Relief
    camera: ReliefProjection

    def sized(self, width: int, height: int, unit: float) -> "ReliefPlane":
        """Return the same in a picture of so many pixels: those of a screen may be finer than the window's."""
        camera = self.camera
        if (camera.width, camera.height, camera.unit) == (width, height, unit):
            return self
        return replace(self, camera=replace(camera, width=width, height=height, unit=unit))

    @property
    def unit(self) -> float:
        """Pixels of one unit of line width."""
        return self.camera.unit

    @property
    def width(self) -> int:
        """Of the picture."""
        return self.camera.width

    @property
    def height(self) -> int:
        """Of the picture."""
        return self.camera.height

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixel positions (..., 2) of surface points (..., 2); NaN beside the mesh."""
        places = lifted(points.reshape(-1, 2), self.relief, self.camera)
        return self.camera.seen(places)[:, :2].reshape(points.shape)

    def factors_at(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what becomes of vectors at a point: (2, 2), how far right and down one unit of x and of y leads."""
        sizes = np.array([side[1] - side[0] for side in (self.relief.x, self.relief.y)])
        reach = STEP * np.diag(sizes)
        forth, back, here = (self.pixels(point + way) for way in (reach, -reach, 0.0 * reach))
        # At the border of the mesh, one of them is beside it.
        both = np.isfinite(forth + back)
        forth, back = (np.where(np.isfinite(each), each, here) for each in (forth, back))
        slopes: NDArray[np.float64] = (forth - back) / (np.where(both, 2.0, 1.0) * STEP * sizes[:, None])
        return slopes.T

    def moved(self, point: NDArray[np.float64], vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far in pixels it is from a point along a vector: over the surface, or where it ends beside it."""
        ends = self.pixels(np.stack((point, point + vector)))
        way: NDArray[np.float64] = ends[1] - ends[0]
        return way if np.isfinite(way).all() else self.factors_at(point) @ vector


class OnRelief(Layer):
    """Draws on the relief what another layer draws on the map; stands before that one among the bases."""

    plane: ReliefPlane | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.plane is None or super().empty

    def _plane(self, width: int, height: int, unit: float) -> Plane:
        assert self.plane is not None
        return self.plane.sized(width, height, unit)


class ReliefLens(OnRelief, LensLayer):
    """Draws lenses on the relief."""

    def _areas(self) -> list[QRectF]:
        return [self._rect]


class ReliefStepArrows(OnRelief, StepArrowsLayer):
    """Draws the arrows of a step on the relief."""

    def _area(self) -> QRectF:
        return self._rect


class ReliefPopulation(OnRelief, PopulationLayer):
    """Draws populations on the relief: their lines follow the surface, and members that it hides are faint."""

    depth: NDArray[np.float32] | None = None
    """How near the surface is, of each pixel of the picture."""

    def _laid(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a polyline with points between its own, so near that it follows the surface."""
        assert self.plane is not None
        if len(points) < 2:
            return points
        relief = self.plane.relief
        sizes = np.array([side[1] - side[0] for side in (relief.x, relief.y)])
        moves = np.diff(points, axis=0)
        away = np.nan_to_num(np.abs(moves / sizes).max(axis=1), nan=0.0, posinf=0.0)
        counts = np.clip(np.ceil(away / PIECE), 1, MOST).astype(int)
        source = np.repeat(np.arange(len(counts)), counts)
        part = (np.arange(len(source)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[source]
        return np.vstack((points[source] + part[:, None] * moves[source], points[-1:]))

    def _clear(self, plane: Plane, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        if self.depth is None or not isinstance(plane, ReliefPlane) or self.depth.shape[1] < plane.width:
            return super()._clear(plane, points)
        camera = plane.camera
        return is_seen(camera.seen(lifted(points, plane.relief, camera)), self.depth, camera)
