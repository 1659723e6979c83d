"""What all that is drawn shares: Qt's palette, the font of the plots, and pyqtgraph's settings."""

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from landscape.scene.palette import Theme

TEXT = 12.5
"""Height of the text in plots, in pixels at scale 1."""


def configure() -> None:
    """Set pyqtgraph up; the one place that does. To be called once, before the first plot is made."""
    # pyqtgraph would drop mouse moves closer than 10 ms, and a quick drag with them.
    pg.setConfigOptions(mouseRateLimit=0, imageAxisOrder="row-major", antialias=True, foreground="#808080")


def rgb(color: str) -> tuple[float, float, float]:
    """Return red, green and blue of ``"#rrggbb"``, from 0 to 255."""
    made = QColor(color)
    return float(made.red()), float(made.green()), float(made.blue())


def text_font(scale: float, *, size: float = TEXT, bold: bool = False) -> QFont:
    """Return the application's font at ``size`` times ``scale`` pixels."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(1, round(size * scale)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette in the colours of ``theme``, for the Fusion style."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colors = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.window,
    }
    made = QPalette()
    for each, color in colors.items():
        made.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        faded = QColor(theme.muted)
        faded.setAlphaF(0.6)
        made.setColor(group.Disabled, each, faded)
    made.setColor(group.Disabled, role.Highlight, QColor(theme.line))
    return made
