"""Small signs over the map: heads of paths, and how a path ended."""

import math
from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from landscape.plot.canvas import draw_track
from landscape.plot.projection import Projection
from landscape.plot.stamps import draw_stamp
from landscape.plot.track import FAR, Position, Track
from landscape.scene.palette import Theme
from landscape.scene.scene import Path

HEAD_RADIUS = 5.6
CROSS_RADIUS = 6.5
REACH = 16.0
"""No sign is larger than this, in units of line width."""
LINES = 2
"""Over which what a note says is broken, where it is wider than the map."""


def draw_head(painter: QPainter, track: Track, step: float, theme: Theme) -> None:
    """Draw the line to where the path is at ``step``, and a dot there, or a cross where it has ended in disaster."""
    tail = track.tail(step)
    if len(tail):
        draw_track(painter, track, tail, tail, theme.halo)
    if ended_badly(track, step):
        draw_exit(painter, exit_point(track), track.projection, track.path.color, theme)
    else:
        draw_dot(painter, track.head(step), track.projection, track.path.color, theme)


def draw_dot(painter: QPainter, position: Position, projection: Projection, color: str, theme: Theme) -> None:
    """Draw where a path is, if that is in view."""
    if inside(position, projection):
        draw_stamp(painter, position, REACH * projection.unit, _draw_dot, color, theme.halo, projection.unit)


def draw_exit(painter: QPainter, position: Position, projection: Projection, color: str, theme: Theme) -> None:
    """Draw where a path has ended in disaster, wholly within the picture."""
    rim = CROSS_RADIUS * 1.6 * projection.unit
    x, y = (min(max(each, rim), max(rim, size - rim)) for each, size in zip(position, _size(projection), strict=True))
    _draw_cross(painter, QPointF(x, y), projection.unit, color, theme)


def _draw_dot(painter: QPainter, color: str, halo: str, unit: float) -> None:
    painter.setPen(QPen(QColor(halo), 2.2 * unit))
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(), HEAD_RADIUS * unit, HEAD_RADIUS * unit)


def head_area(track: Track, step: float) -> QRect:
    """Return the pixels that :func:`draw_head` touches."""
    reach = REACH * track.projection.unit
    ends = [*track.tail(step).reshape(-1, 2).tolist(), exit_point(track) if ended_badly(track, step) else ()]
    head = track.head(step)
    if inside(head, track.projection):
        ends.append(head)
    across, down = zip(*filter(None, ends), strict=True) if any(ends) else ((), ())
    if not across:
        return QRect()
    # The tail of a run that diverged may lie beyond any whole number that Qt has.
    edges = min(across), max(across), min(down), max(down)
    left, right, top, bottom = (min(max(edge, -FAR), FAR) for edge in edges)
    left, top = math.floor(left - reach), math.floor(top - reach)
    return QRect(left, top, math.ceil(right + reach) - left, math.ceil(bottom + reach) - top)


def ended_badly(track: Track, step: float) -> bool:
    """Return whether the path has diverged or left the domain by ``step``."""
    return has_ended_badly(track.path, step)


def has_ended_badly(path: Path, step: float) -> bool:
    """Return whether a path has diverged or left the domain by ``step``."""
    return path.outcome in ("diverged", "left") and step >= len(path.points) - 1


def exit_point(track: Track) -> Position:
    """Return the last pixel position of the path that is in view: its end, or where it leaves."""
    end = track.head(track.steps)
    if len(track.joined) and not inside(end, track.projection):
        end = tuple(track.joined[-1, 2:].tolist())
    rim = CROSS_RADIUS * 1.6 * track.projection.unit
    x, y = (min(max(each, rim), max(rim, size - rim)) for each, size in zip(end, _size(track.projection), strict=True))
    return x, y


def _size(projection: Projection) -> tuple[int, int]:
    return projection.width, projection.height


def inside(position: Position, projection: Projection) -> bool:
    """Return whether a sign at this pixel position is at least partly in view."""
    reach = REACH * projection.unit
    x, y = position
    return -reach <= x <= projection.width + reach and -reach <= y <= projection.height + reach


def _draw_cross(painter: QPainter, center: QPointF, unit: float, color: str, theme: Theme) -> None:
    arm = CROSS_RADIUS * unit
    for tint, width in ((theme.halo, 6.4), (color, 3.2)):
        painter.setPen(QPen(QColor(tint), width * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(center + QPointF(-arm, -arm), center + QPointF(arm, arm))
        painter.drawLine(center + QPointF(-arm, arm), center + QPointF(arm, -arm))


def notes(paths: Sequence[Path], step: float) -> list[tuple[str, str]]:
    """Return colour and sentence of each path that has ended badly by ``step``."""
    return [(path.color, path.note) for path in paths if path.note and has_ended_badly(path, step)]


def draw_notes(painter: QPainter, rows: Sequence[tuple[str, str]], projection: Projection, theme: Theme) -> None:
    """Write the sentences in the lower left corner, one below the other, each over ``LINES`` at most."""
    unit = projection.unit
    metrics = painter.fontMetrics()
    bottom = projection.height - 10 * unit
    for color, sentence in reversed(rows):
        lines = _broken(metrics, sentence, int(max(projection.width - 60 * unit, 0)))
        height = len(lines) * metrics.height() + 6 * unit
        wide = max(map(metrics.horizontalAdvance, lines))
        bottom -= height + 4 * unit
        frame = QRectF(10 * unit, bottom, wide + 32 * unit, height)
        ground = QColor(theme.panel)
        ground.setAlphaF(0.88)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, 4 * unit, 4 * unit)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(frame.left() + 13 * unit, frame.center().y()), 4 * unit, 4 * unit)
        painter.setPen(QColor(theme.text))
        painter.drawText(frame.adjusted(24 * unit, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))


def _broken(metrics: QFontMetrics, sentence: str, room: int) -> list[str]:
    """Return a sentence in lines that have room; what even the last of ``LINES`` has not is left out."""
    lines: list[str] = []
    while len(lines) < LINES - 1 and metrics.horizontalAdvance(sentence) > room:
        fits = bisect_right(range(1, len(sentence)), room, key=lambda end: metrics.horizontalAdvance(sentence[:end]))
        # Chinese has no gaps between words.
        end = sentence.rfind(" ", 1, fits + 1) if " " in sentence[1 : fits + 1] else max(fits, 1)
        lines.append(sentence[:end])
        sentence = sentence[end:].strip()
    return [*lines, metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, room)]


def notes_area(projection: Projection, rows: int, line: float) -> QRect:
    """Return the pixels in which ``rows`` notes are written, at most, with a text height of ``line`` pixels."""
    if rows == 0:
        return QRect()
    height = int(rows * (LINES * line + 10 * projection.unit) + 20 * projection.unit)
    return QRect(0, projection.height - height, projection.width, height)
