"""The relief of a surface as a thing that can be printed or turned, with the paths of its runs and the minima."""

import numpy as np
from numpy.typing import NDArray

from landscape.export.settings import Settings
from landscape.export.solid import BASE, FLATTEST, HEIGHT, VERTICES, Solid, Thing
from landscape.geometry.solids import ball, plate, sheet, tube
from landscape.scene.answers import Answers
from landscape.scene.descent.critical import critical_points
from landscape.scene.descent.paths import paths
from landscape.scene.descent.questions import shading_question
from landscape.scene.descent.surface_questions import ReliefQuestion
from landscape.scene.descent.view import View
from landscape.scene.palette import color_map
from landscape.scene.scene import Relief
from landscape.session.descent.document import Descent
from landscape.translation import translation

RADIUS = 0.007
"""Of a path, in parts of the longer side."""
MARK = "#f4f4f4"
"""Colour of the minima."""


def solid(descent: Descent, settings: Settings, answers: Answers) -> Solid:
    """Return the relief of what is in view, as high as its colours tell."""
    x, y = settings.view or descent.surface.domain
    view = View(x, y, VERTICES, VERTICES)
    relief = answers.compute(ReliefQuestion(shading=shading_question(descent, view)))
    width, depth = _sides(x, y, settings.millimeters)
    place = _Place(relief, width, depth)
    across, up = np.meshgrid(np.linspace(*x, VERTICES), np.linspace(*y, VERTICES))
    points = place.on(np.stack((across, up), axis=-1))
    shades = np.nan_to_num(relief.heights(np.stack((across, up), axis=-1))).ravel()
    ground = np.where(np.isfinite(points[..., 2]), points[..., 2], place.base)
    return Solid(
        surface=sheet(points),
        colors=color_map(descent.colormap)[np.round(255 * shades).astype(int)],
        body=plate(np.concatenate((points[..., :2], ground[..., None]), axis=-1)),
        things=_things(descent, settings, answers, place),
    )


class _Place:
    """Says where points of the plane lie on the thing."""

    def __init__(self, relief: Relief, width: float, depth: float) -> None:
        self.relief, self._size = relief, np.array((width, depth))
        self.longer = max(width, depth)
        self.base = BASE * self.longer

    def on(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (..., 2) of the plane as (..., 3); the height is NaN where the surface is not defined."""
        low, high = np.transpose((self.relief.x, self.relief.y))
        flat = self._size * (points - low) / (high - low)
        heights = self.base + HEIGHT * self.longer * self.relief.heights(points)
        return np.concatenate((flat, heights[..., None]), axis=-1)

    def holds(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which points (..., 2) are in view."""
        low, high = np.transpose((self.relief.x, self.relief.y))
        inside: NDArray[np.bool_] = ((points >= low) & (points <= high)).all(axis=-1)
        return inside


def _sides(x: tuple[float, float], y: tuple[float, float], longer: float) -> tuple[float, float]:
    """Return width and depth, as far as they may differ in the ratio of the ranges."""
    ratio = (x[1] - x[0]) / (y[1] - y[0])
    if not 1 / FLATTEST <= ratio <= FLATTEST:
        return longer, longer
    return (longer, longer / ratio) if ratio >= 1 else (longer * ratio, longer)


def _things(descent: Descent, settings: Settings, answers: Answers, place: _Place) -> tuple[Thing, ...]:
    say, radius = translation(settings.language), RADIUS * place.longer
    lift, found = np.array((0.0, 0.0, radius)), list[Thing]()
    for path in paths(descent, answers, say, None):
        inside = place.holds(path.points)
        line = place.on(path.points[: len(inside) if inside.all() else int(np.argmin(inside))])
        line = line[np.isfinite(line).all(axis=1)]
        if len(line):
            found.append(Thing(name=path.name, body=tube(line + lift, radius), color=path.color))
            found.append(Thing(name=path.name, body=ball(line[-1] + lift, 2 * radius), color=path.color))
    view = View(place.relief.x, place.relief.y, 2, 2)
    _, markers = critical_points(descent, view, answers, say, None)
    for marker in markers:
        point = place.on(np.array(marker.point))
        if marker.kind == "minimum" and np.isfinite(point).all():
            found.append(Thing(name=marker.label, body=ball(point + lift, 2 * radius), color=MARK))
    return tuple(found)
