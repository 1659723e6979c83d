"""Lines through space, drawn into the pixels of a rasterized surface, which hides what lies behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from landscape.plot import rasterizer
from landscape.plot.stroke_kernels import STYLE

Points: TypeAlias = NDArray[np.float32]
"""(k, 3): pixel position and nearness; NaN for a gap."""
Where: TypeAlias = Literal["seen", "hidden", "everywhere"]
_WHERE: dict[Where, float] = {"seen": 1.0, "hidden": -1.0, "everywhere": 0.0}
LAST = 2**24 - 1
"""Numbers of strokes that a pixel has room for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Stroke:
    """One line, however many pieces it has."""

    points: Points
    color: str
    width: float
    """In pixels."""
    opacity: float = 1.0
    where: Where = "everywhere"
    dashes: tuple[float, ...] = ()
    """Lengths of dash, gap, dash and gap in pixels."""


class Ink:
    """Draws strokes into the pixels of one picture after the other."""

    def __init__(self) -> None:
        self._stamps = np.zeros((1, 1), np.uint32)
        self._number = 0

    def draw(
        self, strokes: Sequence[Stroke], pixels: NDArray[np.uint32], depth: NDArray[np.float32], limit: float
    ) -> None:
        """Draw strokes one over the other; what is nearer by more than ``limit`` hides them."""
        if not strokes:
            return
        if self._stamps.shape != pixels.shape or self._number + len(strokes) > LAST:
            self._stamps, self._number = np.zeros(pixels.shape, np.uint32), 0
        styles = np.zeros((len(strokes), STYLE))
        ends = np.cumsum([len(stroke.points) for stroke in strokes])
        styles[:, 0], styles[:, 1] = ends - [len(stroke.points) for stroke in strokes], ends
        for style, stroke in zip(styles, strokes, strict=True):
            self._number += 1
            word = (round(255 * stroke.opacity) << 24) | (QColor(stroke.color).rgb() & 0xFFFFFF)
            style[2:7] = word, stroke.width / 2, _WHERE[stroke.where], limit, self._number
            style[7 : 7 + len(stroke.dashes)] = stroke.dashes
        rasterizer.stroke(np.concatenate([stroke.points for stroke in strokes]), styles, depth, self._stamps, pixels)
