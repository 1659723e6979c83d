"""What lies over the paths of the relief: lenses and the arrows of a step, drawn in the tangent plane of a point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from landscape.plot.lens import LensLayer
from landscape.plot.projection import Plane
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import lifted
from landscape.plot.step_arrows import StepArrowsLayer
from landscape.scene.scene import Relief

STEP = 1e-3
"""Of the view, by which the surface is followed to see where its tangents point."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ReliefPlane:
    """The surface as a camera sees it, for what is drawn around one of its points."""

    relief: Relief
    camera: ReliefProjection

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


class ReliefLens(LensLayer):
    """Draws lenses on the relief."""

    plane: ReliefPlane | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.plane is None or super().empty

    def _plane(self, width: int, height: int, unit: float) -> Plane:  # noqa: ARG002
        assert self.plane is not None
        return self.plane

    def _areas(self) -> list[QRectF]:
        return [self._rect]


class ReliefStepArrows(StepArrowsLayer):
    """Draws the arrows of a step on the relief."""

    plane: ReliefPlane | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.plane is None or super().empty

    def _plane(self, width: int, height: int, unit: float) -> Plane:  # noqa: ARG002
        assert self.plane is not None
        return self.plane

    def _area(self) -> QRectF:
        return self._rect
