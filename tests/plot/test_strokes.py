"""Lines where lines stay lines: what hangs together is one, and every point is where it should be."""

import re

import numpy as np
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from landscape.plot.strokes import GRID, draw_lines, sheer_pen

WIDTH = 3.0


def written(joined):
    """Return the width of the pen in an SVG, and the points of each line in it, in pixels."""
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(100, 100))
    painter = QPainter(generator)
    draw_lines(painter, np.array(joined, dtype=float), sheer_pen("#ff0000", WIDTH, 1.0))
    painter.end()
    group = re.search(
        r"<g[^>]*transform=\"matrix\(([^,]*),[^>]*>\s*<path[^>]*d=\"([^\"]*)\"", bytes(buffer.data()).decode()
    )
    scale = float(group[1])
    width = float(re.findall(r'stroke-width="([^"]*)"', group[0])[-1])
    lines = [np.array(re.findall(r"-?[\d.]+", part), float).reshape(-1, 2) for part in group[2].split("M")[1:]]
    return width * scale, [line * scale for line in lines]


def test_what_hangs_together_is_one_line_and_what_does_not_is_another(qapp):
    random = np.random.default_rng(5)
    drawn = [random.uniform(-200, 200, (count, 2)) for count in (2, 5, 3, 2, 2)]
    _, found = written(np.vstack([np.hstack((line[:-1], line[1:])) for line in drawn]))
    assert [len(line) for line in found] == [2, 5, 3, 2, 2]
    for line, given in zip(found, drawn, strict=True):
        np.testing.assert_allclose(line, given, rtol=0, atol=0.5001 / GRID)


def test_a_pen_is_as_wide_as_it_is_given(qapp):
    width, found = written([(1.0, 2.0, 30.0, 40.0)])
    assert width == WIDTH
    assert [line.tolist() for line in found] == [[[1.0, 2.0], [30.0, 40.0]]]
