"""Colours: of the runs, of the surface, and of the window in its light and dark theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landscape.scene.layers import Dash
from landscape.session.descent.document import ColorMap

RUN_COLORS: tuple[str, ...] = (
    "#0b66bd", "#c54e13", "#14a96e", "#a477a1", "#d08300", "#038dd1", "#908f3d", "#6d796c",
)  # fmt: skip
"""The hues of Okabe & Ito (2008): blue, vermilion, green, purple, orange, sky, yellow, grey for black.

Their lightness is moved to where each stands out from a white and from a dark panel (at least 3 to 1), while they
stay apart for people who are blind to red, green or blue; of one line style they differ in lightness, too, as a
printer without colours shows them. Over a colour map a path needs the theme's halo around it.
"""
DASHES: tuple[Dash, ...] = ("solid", "solid", "solid", "solid", "dash", "dash", "dot", "dashdot")
"""Line style of each run colour: a second sign for the later ones."""
TWIN_COLORS = RUN_COLORS[2], RUN_COLORS[3]
"""Of two networks that are compared; their classes of data take the other colours first."""

PROBE_COLOR = "#c2187a"
"""Of the probe, its disc and a cut between two points: like none of the runs'."""
GRADIENT_COLOR = "#e07b00"
RISING_COLOR, FALLING_COLOR = "#1d4ed8", "#b91c1c"
"""Of an axis along which the surface curves upwards, and of one along which it curves downwards."""

ROLE_COLORS: Mapping[str, str] = {
    "gradient": "#d1495b", "momentum": "#9467bd", "scaling": "#b8860b", "step": "#1f8a9e",
}  # fmt: skip
"""Of what a step is made of, in its formulas and as arrows on the map: at least 3 to 1 on a white and a dark panel."""

BASIN_COLORS: tuple[str, ...] = (
    "#9eccf3", "#efc087", "#7bd3a8", "#ebbbd0", "#f0e496", "#a6a8dc", "#e59e8b", "#60b4b3",
)  # fmt: skip
"""Of starts that arrive at once: light, so that the lines of the runs, strong and with a halo, stand out.

No run has one of them, nor a darker shade of it.
"""
DARKEST = 0.5
"""Brightness of a start that takes all steps, against one that arrives at once."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colours of the window and of an exported picture, as ``"#rrggbb"``."""

    name: str
    window: str
    """Behind everything."""
    panel: str
    """Ground of panels and of the plots around the map."""
    raised: str
    """Ground of buttons, fields and menus on a panel."""
    text: str
    muted: str
    """Text that matters less: units, hints, axis numbers."""
    line: str
    """Borders, grid lines, and the groove of sliders."""
    accent: str
    """What is selected, focused or switched on."""
    on_accent: str
    """Text on the accent colour."""
    error: str
    stage_text: str
    """Text and contour lines over the surface."""
    halo: str
    """Around paths, heads and text over the surface, so that they stand out from every colour of the map."""
    invalid: str
    """Ground of the map where the surface has no finite value."""


LIGHT = Theme(
    name="light",
    window="#eceef2",
    panel="#ffffff",
    raised="#f4f5f8",
    text="#1b1f27",
    muted="#596273",
    line="#d3d8e0",
    accent="#2f5fd0",
    on_accent="#ffffff",
    error="#b3261e",
    stage_text="#10131a",
    halo="#ffffff",
    invalid="#c9ced8",
)
DARK = Theme(
    name="dark",
    window="#101216",
    panel="#171a20",
    raised="#222630",
    text="#e9ecf2",
    muted="#a3acbb",
    line="#343a46",
    accent="#7ea6ff",
    on_accent="#0d1424",
    error="#ff8a80",
    stage_text="#10131a",
    halo="#ffffff",
    invalid="#2b303a",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

_KNOTS = {
    # viridis and magma: Nathaniel Smith and Stéfan van der Walt, CC0; cividis: Nuñez, Anderton & Renslow 2018.
    # Position and colour of the knots between which straight lines stay within 1/255 of the published tables.
    "viridis": "00440154 14481d6f 2346307e 3a3e4c8a 5e2d718e 841f948c 931fa287 a22ab07f b344bf70 c66ccd5a dfaadc32 "
    "edd0e11c f4e2e418 fdf8e621 fffde725",
    "cividis": "0000224e 14003070 17013271 1c123570 27263d6e 3c3f4c6c 6162656f 86828079 aba69c74 ccc8b866 e5e4ce53 "
    "f6f7de3e fbfde334 fffee838",
    "magma": "00000004 0703030f 140e0b2b 25241253 3036106b 3a471078 4b621980 68902a81 83bc3978 97db476a a8ef5d5e "
    "b6f8765c c4fc9065 d8feb67c f4fde9aa fffcfdbf",
    # From a dark blue to a pale mint like seaborn's map of this name, with a CIELAB lightness that rises evenly.
    "mako": "00171219 10241c28 202f263f 30363159 403a3e71 503b4d87 603a5c98 703a6da4 803c7eac 8f418fb1 9f4aa0b5 "
    "af59b0ba bf6cc0c1 cf84cfcb dfa1dcd7 efc0e9e3 ffe2f5ec",
    "grey": "00000000 ffffffff",
}


@cache
def color_map(name: ColorMap) -> NDArray[np.uint8]:
    """Return the (256, 3) table of a perceptually uniform colour map, darkest colour first; read-only."""
    knots = np.array([list(bytes.fromhex(knot)) for knot in _KNOTS[name].split()], dtype=np.float64)
    steps = np.arange(256)
    table = np.rint(np.stack([np.interp(steps, knots[:, 0], knots[:, channel]) for channel in (1, 2, 3)], axis=1))
    colors = table.astype(np.uint8)
    colors.flags.writeable = False
    return colors


@cache
def basin_shades(color: str = "#e8e8e8") -> NDArray[np.uint8]:
    """Return the (256, 3) table of a basin's colour, from that of the last steps to that of the first; read-only."""
    table = np.linspace(DARKEST, 1.0, 256)[:, None] * np.array(list(bytes.fromhex(color[1:])), dtype=np.float64)
    shades = np.rint(table).astype(np.uint8)
    shades.flags.writeable = False
    return shades
