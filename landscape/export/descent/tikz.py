"""The map of a surface and its runs as TikZ: contour lines, paths, markers and axes in the fonts of the document."""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from landscape.export.settings import Settings
from landscape.geometry.simplified import pieces, simplified
from landscape.geometry.ticks import multiples, nearest_step
from landscape.scene.answers import Answers
from landscape.scene.descent.critical import critical_points
from landscape.scene.descent.paths import paths
from landscape.scene.descent.questions import shading_question
from landscape.scene.descent.surface_questions import ContourQuestion
from landscape.scene.descent.view import stage_view
from landscape.scene.palette import color_map
from landscape.scene.scene import Path
from landscape.session.descent.document import Descent
from landscape.translation import translation

WIDTH = 10.0
"""Centimetres of the map."""
MOST = 250_000
"""Letters of contour lines and paths: what is more is drawn more coarsely."""
FINEST = 0.002
"""Centimetres that a line may be beside its place."""
DASHES = {"solid": "", "dash": ", dashed", "dot": ", dotted", "dashdot": ", dash dot"}
SIGNS = {"minimum": "\\fill[white, draw=black] (-.09,.07) -- (.09,.07) -- (0,-.09) -- cycle;",
         "maximum": "\\fill[white, draw=black] (-.09,-.07) -- (.09,-.07) -- (0,.09) -- cycle;"}  # fmt: skip
CROSS = "\\draw[thick] (-.08,-.08) -- (.08,.08) (-.08,.08) -- (.08,-.08);"
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")


def tikz(descent: Descent, settings: Settings, answers: Answers) -> str:
    """Return a picture of at most 300 kB; what it carries is put before it as comments."""
    x, y = settings.view or descent.surface.domain
    view = stage_view(x, y, 1200, 1200)
    shading = shading_question(descent, view)
    answers.compute(shading)
    contours = answers.compute(ContourQuestion(shading=shading))
    say = translation(settings.language)
    step = float(descent.steps) if settings.step is None else min(max(settings.step, 0.0), float(descent.steps))
    place = _Place(x, y)
    shades = answers.compute(shading).spread.shades(np.array([line.level for line in contours.lines]))
    colors = color_map(descent.colormap)[np.round(255 * np.nan_to_num(shades)).astype(int)]
    levels = [(color, pieces(place.on(line.points))) for color, line in zip(colors, contours.lines, strict=True)]
    drawn = paths(descent, answers, say, None)
    runs = [place.on(path.points[: int(step) + 1]) for path in drawn]
    tolerance = FINEST
    while len(body := "\n".join((*_contours(levels, tolerance), *_runs(drawn, runs, tolerance)))) > MOST:
        tolerance *= 1.6
    _, markers = critical_points(descent, view, answers, say, None)
    signs = (
        f"\\begin{{scope}}[shift={{{_point(place.on(np.array(marker.point)))}}}]"
        f"{SIGNS.get(marker.kind, CROSS)}\\end{{scope}}"
        for marker in markers
    )
    legend = (
        f"\\draw[{_color(path.color)}, very thick{DASHES[path.dash]}] "
        f"({WIDTH + 0.4:g},{place.height - 0.3 - 0.5 * row:.2f}) -- +(.6,0) node[right, black] {{{_plain(path.name)}}};"
        for row, path in enumerate(drawn)
    )
    clip = f"\\begin{{scope}}\\clip (0,0) rectangle ({WIDTH:g},{place.height:.3f});"
    lines = ("\\begin{tikzpicture}", clip, body, *signs, "\\end{scope}", *_axes(place), *legend, "\\end{tikzpicture}")
    return "\n".join(lines) + "\n"


class _Place:
    """Says where points of the plane lie in the picture, in centimetres."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.x, self.y = x, y
        ratio = (y[1] - y[0]) / (x[1] - x[0])
        self.height = WIDTH * min(max(ratio, 0.4), 1.2)

    def on(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (..., 2) of the plane in the picture."""
        low, high = np.transpose((self.x, self.y))
        return np.asarray((points - low) / (high - low) * (WIDTH, self.height))


def _contours(levels: list[tuple[NDArray[np.uint8], list[NDArray[np.float64]]]], tolerance: float) -> Iterator[str]:
    for color, lines in levels:
        drawn = " ".join(_line(simplified(line, tolerance)) for line in lines)
        if drawn:
            yield f"\\draw[{_color('#' + bytes(color).hex())}, thin] {drawn};"


def _runs(drawn: tuple[Path, ...], lines: list[NDArray[np.float64]], tolerance: float) -> Iterator[str]:
    for path, line in zip(drawn, lines, strict=True):
        # TeX knows no length above five metres.
        shown = line[np.isfinite(line).all(axis=1) & (np.abs(line) < 100.0).all(axis=1)]
        if len(shown):
            color = _color(path.color)
            if len(shown) > 1:
                yield f"\\draw[{color}, very thick{DASHES[path.dash]}] {_line(simplified(shown, tolerance))};"
            yield f"\\fill[{color}, draw=white] {_point(shown[-1])} circle[radius=.09];"


def _axes(place: _Place) -> Iterator[str]:
    yield f"\\draw (0,0) rectangle ({WIDTH:g},{place.height:.3f});"
    for axis, (low, high) in enumerate((place.x, place.y)):
        for tick in multiples(nearest_step((high - low) / 5), low, high):
            at = float(place.on(np.array((tick, tick)))[axis])
            spot, where = (f"({at:.3f},0)", "below") if axis == 0 else (f"(0,{at:.3f})", "left")
            yield f"\\draw {spot} -- +({'0,-.1' if axis == 0 else '-.1,0'}) node[{where}] {{${tick:g}$}};"
    yield f"\\node at ({WIDTH / 2:g},-.9) {{$x$}}; \\node[rotate=90] at (-1.1,{place.height / 2:.3f}) {{$y$}};"


def _line(points: NDArray[np.float64]) -> str:
    return "--".join(map(_point, points))


def _point(point: NDArray[np.float64]) -> str:
    return f"({point[0]:.3f},{point[1]:.3f})"


def _color(color: str) -> str:
    red, green, blue = bytes.fromhex(color[1:])
    return f"color={{rgb,255:red,{red};green,{green};blue,{blue}}}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\char`\\{found[0]}{{}}", text)
