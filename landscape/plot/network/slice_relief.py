"""The landscape of a network in three dimensions: what the relief draws of a slice."""

import numpy as np

from landscape.geometry.levels import Spread
from landscape.geometry.mesh import MeshHeights, grid_mesh
from landscape.scene.layers import Heat
from landscape.scene.network.slice import Cut, SliceScene, SliceTwin
from landscape.scene.palette import RUN_COLORS
from landscape.scene.scene import ContourLine, Contours, Path, Pin, Relief, Scene
from landscape.scene.text import number
from landscape.session.camera import Camera

CELLS = 240
"""Of the mesh in either direction, three for each of the finest grid."""
SHADES = Spread(lambda shade: shade, lambda shade: shade)
"""The heights of the mesh are shades already."""


class SliceReliefs:
    """Makes the scenes of both slices; what did not change is not made anew."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[SliceTwin, Relief, Heat, Contours]] = {}

    def scene(self, given: SliceScene, index: int, camera: Camera, start_name: str) -> Scene | None:
        """Return what the relief of a network shows; None as long as nothing is known of it."""
        twin = given.twins[index]
        if twin.cut is None or twin.shade is None or given.shading is None:
            return None
        if index not in self._kept or self._kept[index][0] is not twin:
            self._kept[index] = twin, *_layers(given, twin, twin.cut)
        _, relief, heat, contours = self._kept[index]
        return Scene(
            title="",
            formula="",
            x=twin.cut.x,
            y=twin.cut.y,
            domain=(twin.cut.x, twin.cut.y),
            x_label="",
            y_label="",
            heat=heat,
            contours=contours,
            arrows=None,
            paths=_paths(twin, twin.cut),
            pins=_pins(twin, start_name),
            markers=(),
            curves=(),
            inset=None,
            steps=max(len(twin.cut.path) - 1, 1),
            relief=relief,
            camera=camera,
        )


def frame_at(twin: SliceTwin, step: float) -> float:
    """Return which point of its path a network has reached at a step: the last one that it has passed."""
    return max(float(np.searchsorted(twin.frames, step, side="right")) - 1.0, 0.0)


def _layers(given: SliceScene, twin: SliceTwin, cut: Cut) -> tuple[Relief, Heat, Contours]:
    assert given.shading is not None
    assert twin.shade is not None
    made = grid_mesh(twin.shade, CELLS)
    shading = given.shading
    relief = Relief(
        mesh=made,
        x=cut.x,
        y=cut.y,
        levels=shading.spread.shades(shading.levels),
        surface=MeshHeights(mesh=made, x=cut.x, y=cut.y),
        spread=SHADES,
    )
    ticks = tuple((shade, number(value)) for shade, value in shading.ticks)
    heat = Heat(shade=twin.shade, values=cut.losses, x=cut.x, y=cut.y, colors=given.colors, ticks=ticks)
    shades = shading.spread.shades(np.array(twin.levels)).tolist()
    lines = (ContourLine(level=shade, points=points) for shade, points in zip(shades, twin.lines, strict=True))
    return relief, heat, Contours(lines=tuple(lines))


def _paths(twin: SliceTwin, cut: Cut) -> tuple[Path, ...]:
    """Return the training, and an optimizer's whole path."""
    training = Path(
        run=0, name=twin.name, points=cut.path, color=twin.color, dash="solid", outcome="finished", note=""
    )  # fmt: skip
    if len(twin.descent) < 2:
        return (training,)
    started = Path(
        run=1, name="", points=twin.descent, color=RUN_COLORS[1], dash="solid", outcome="finished", note="", whole=True
    )  # fmt: skip
    return training, started


def _pins(twin: SliceTwin, name: str) -> tuple[Pin, ...]:
    if not len(twin.descent):
        return ()
    x, y = twin.descent[0].tolist()
    return (Pin(runs=(1,), point=(x, y), colors=(RUN_COLORS[1],), label=name),)
