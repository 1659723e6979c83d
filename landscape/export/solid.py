"""A relief as a thing: its surface, its body on a base plate, and what lies on it, in millimetres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.solids import Body

HEIGHT = 0.4
"""Of the longer side: how high the relief stands over its base plate."""
BASE = 0.03
"""Of the longer side: how thick that is."""
VERTICES = 240
"""Along each side."""
FLATTEST = 3.0
"""How much longer one side may be than the other; else both are as long."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something on a relief."""

    name: str
    body: Body
    color: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Solid:
    """A relief, x to the right, y to the back, z upwards, the base plate on z = 0."""

    surface: Body
    """As it is, with holes where it is not defined."""
    colors: NDArray[np.uint8]
    """(n, 3) of the vertices of the surface."""
    body: Body
    """Watertight: where the surface is not defined, there is only the base plate."""
    things: tuple[Thing, ...]
