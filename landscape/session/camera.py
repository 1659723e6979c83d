"""From where a surface is seen: from above as a map, or as a relief with a camera that orbits it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

StageView: TypeAlias = Literal["map", "relief", "both"]
"""How the surface is shown: from above, in three dimensions, or both side by side."""


@dataclass(frozen=True, kw_only=True)
class Camera:
    """From where the relief is seen."""

    azimuth: float = 32.0
    """Degrees by which the surface is turned counter-clockwise about the vertical, in [-180, 180]."""
    elevation: float = 34.0
    """Degrees above the horizon, in [5, 90]: at 90 and without a turn the relief is the map."""
    zoom: float = 1.0
    """How many times larger than where all of it fits in, in [0.2, 40]."""
    across: float = 0.0
    """How far the picture is moved to the right, in its widths, in [-20, 20]."""
    up: float = 0.0
    """How far it is moved up, in its heights, in [-20, 20]."""
    height: float = 0.5
    """Of the surface, against the shorter side of what it stands on, in [0, 3]."""


CAMERA = {
    "azimuth": (-180.0, 180.0),
    "elevation": (5.0, 90.0),
    "zoom": (0.2, 40.0),
    "across": (-20.0, 20.0),
    "up": (-20.0, 20.0),
    "height": (0.0, 3.0),
}
"""Least and largest of each number of a camera."""
