"""How the window looks: Qt's palette and style sheet, fonts, and pyqtgraph's settings, all from one theme."""

from string import Template

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


def stylesheet(theme: Theme) -> str:
    """Return the little that Qt's palette cannot say: flat panels, quiet borders, a visible focus, an 8 pixel grid."""
    return _STYLE.substitute({name: getattr(theme, name) for name in theme.__dataclass_fields__})


_STYLE = Template("""
QMainWindow, QMainWindow > QWidget { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QMenuBar { background: $panel; border-bottom: 1px solid $line; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $panel; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; padding: 4px 8px; spacing: 4px; }
QPushButton, QToolButton, QComboBox, QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 4px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QToolButton { background: transparent; border-color: transparent; padding: 4px; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { border-color: $muted; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $line; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled, QLineEdit:disabled { color: $muted; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QPlainTextEdit:focus, QTextEdit:focus, QListView:focus, QTreeView:focus, QTableView:focus {
    border: 1px solid $accent;
}
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 4px; outline: none; }
QListView, QTreeView, QTableView { background: $panel; border: 1px solid $line; border-radius: 4px; outline: none; }
QListView::item, QTreeView::item { padding: 4px 8px; border-radius: 4px; }
QListView::item:hover, QTreeView::item:hover { background: $raised; }
QListView::item:selected, QTreeView::item:selected { background: $accent; color: $on_accent; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: 24px; min-width: 24px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0;
}
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $panel; border: 1px solid $muted;
}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border: 2px solid $accent; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QProgressBar { background: $line; border: none; border-radius: 3px; height: 6px; text-align: center; color: $text; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QTabBar::tab { padding: 6px 16px; border: none; border-bottom: 2px solid transparent; color: $muted; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { background: $raised; }
""")
