"""Matrices and vectors painted with their numbers, between brackets."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from landscape.scene.formula_lines import ShownMatrix

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def matrices_size(matrices: Sequence[ShownMatrix], font: QFont) -> tuple[float, float]:
    """Return width and height of matrices beside each other; (0, 0) for none."""
    metrics = QFontMetricsF(font)
    widths = [_symbol_width(one, font) + _body_width(one, metrics) for one in matrices]
    height = max((len(one.rows) for one in matrices), default=0) * _line(metrics)
    return sum(widths) + max(len(widths) - 1, 0) * 2 * metrics.height(), height


def draw_matrices(
    painter: QPainter, corner: QPointF, matrices: Sequence[ShownMatrix], font: QFont, colors: tuple[str, str]
) -> None:
    """Draw matrices beside each other from the upper left ``corner`` on; in one colour what they are, then numbers."""
    metrics = QFontMetricsF(font)
    whole = matrices_size(matrices, font)[1]
    left = corner.x()
    for one in matrices:
        height = len(one.rows) * _line(metrics)
        top, named = corner.y() + (whole - height) / 2, _symbol_width(one, font)
        painter.setFont(_italic(font))
        painter.setPen(QColor(colors[0]))
        painter.drawText(QRectF(left, top, named, height), _LEFT, f"{one.symbol} =")
        body = QRectF(left + named, top, _body_width(one, metrics), height)
        _draw_brackets(painter, body, metrics, colors[0])
        painter.setFont(font)
        painter.setPen(QColor(colors[1]))
        _draw_entries(painter, body, one, metrics)
        left = body.right() + 2 * metrics.height()


def _draw_brackets(painter: QPainter, body: QRectF, metrics: QFontMetricsF, color: str) -> None:
    serif = 0.28 * metrics.height()
    painter.setPen(QPen(QColor(color), max(1.0, metrics.height() / 15)))
    inner = body.adjusted(0, 1, 0, -1)
    for edge, way in ((inner.left(), serif), (inner.right(), -serif)):
        for y in (inner.top(), inner.bottom()):
            painter.drawLine(QPointF(edge, y), QPointF(edge + way, y))
        painter.drawLine(QPointF(edge, inner.top()), QPointF(edge, inner.bottom()))


def _draw_entries(painter: QPainter, body: QRectF, matrix: ShownMatrix, metrics: QFontMetricsF) -> None:
    line = _line(metrics)
    left = body.left() + _pad(metrics)
    for column, width in zip(zip(*matrix.rows, strict=True), _widths(matrix, metrics), strict=True):
        for row, text in enumerate(column):
            painter.drawText(QRectF(left, body.top() + row * line, width, line), _RIGHT, text)
        left += width + 2 * _pad(metrics)


def _widths(matrix: ShownMatrix, metrics: QFontMetricsF) -> list[float]:
    """Return the width of each column."""
    return [max(map(metrics.horizontalAdvance, column)) for column in zip(*matrix.rows, strict=True)]


def _body_width(matrix: ShownMatrix, metrics: QFontMetricsF) -> float:
    widths = _widths(matrix, metrics)
    return sum(widths) + 2 * _pad(metrics) * len(widths)


def _symbol_width(matrix: ShownMatrix, font: QFont) -> float:
    return QFontMetricsF(_italic(font)).horizontalAdvance(f"{matrix.symbol} = ")


def _pad(metrics: QFontMetricsF) -> float:
    return 0.5 * metrics.height()


def _line(metrics: QFontMetricsF) -> float:
    return metrics.height() + 3


def _italic(font: QFont) -> QFont:
    italic = QFont(font)
    italic.setItalic(True)
    return italic
