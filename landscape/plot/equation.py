"""A formula as a typeset picture."""

from functools import lru_cache

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from landscape.formula.typeset import nesting

DEEPEST = 6
"""Typesetting time doubles with each level of nesting; deeper formulas are left to plain text."""


@lru_cache(maxsize=256)
def equation_svg(latex: str) -> str:
    """Return the formula drawn in black, 24 pixels high, as SVG; empty where it cannot be typeset.

    Takes some milliseconds, the first one a tenth of a second.
    """
    if not latex or nesting(latex) > DEEPEST:
        return ""
    import ziamath

    ziamath.config.svg2 = False  # Qt draws only SVG 1.1
    try:
        svg: str = ziamath.Latex(latex, size=24, color="black").svg()
    except Exception:  # noqa: BLE001  the typesetter meets what it does not know with errors of any kind
        return ""
    return svg


def equation(latex: str, color: str) -> QSvgRenderer | None:
    """Return the typeset formula in ``color``, or None where it cannot be typeset."""
    svg = equation_svg(latex).replace('fill="black"', f'fill="{color}"').replace('stroke="black"', f'stroke="{color}"')
    renderer = QSvgRenderer(QByteArray(svg.encode())) if svg else None
    return renderer if renderer is not None and renderer.isValid() else None
