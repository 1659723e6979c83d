"""A typeset formula in any colour, as Qt draws it."""

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from landscape.scene.equation import equation_svg


def equation(latex: str, color: str) -> QSvgRenderer | None:
    """Return the typeset formula in ``color``, or None where it cannot be typeset."""
    svg = equation_svg(latex).replace('fill="black"', f'fill="{color}"').replace('stroke="black"', f'stroke="{color}"')
    renderer = QSvgRenderer(QByteArray(svg.encode())) if svg else None
    return renderer if renderer is not None and renderer.isValid() else None
