"""How the window looks: one sheet made from the colours of a theme."""

import re

from PySide6.QtGui import QColor

from landscape.scene.palette import Theme
from landscape.ui.sizes import BAR

_LENGTH = re.compile(r"(?P<length>[0-9.]+)(?P<kind>px|pt)\b")


def mixed(first: str, second: str, part: float) -> str:
    """Return the colour ``part`` of the way from ``first`` to ``second``."""
    a, b = QColor(first), QColor(second)
    channels = (round(getattr(a, name)() * (1 - part) + getattr(b, name)() * part) for name in ("red", "green", "blue"))
    return QColor(*channels).name()


def sheet(theme: Theme, scale: float = 1.0) -> str:
    """Return the style sheet of the window and its dialogs; ``scale`` is the factor of all lengths but thin lines."""
    plain = "".join(part(theme) for part in (_grounds, _menus, _buttons, _fields, _tables))
    return plain if scale == 1.0 else _LENGTH.sub(lambda found: _scaled(found, scale), plain)


def _scaled(found: re.Match[str], scale: float) -> str:
    length, kind = float(found["length"]), found["kind"]
    if kind == "px":
        return f"{round(length * scale) if length > 1 else 1}px"
    return f"{length * scale:.4g}pt"


def _grounds(theme: Theme) -> str:
    """Return the rules of what everything stands on, of texts and of scroll bars."""
    return f"""
QWidget[role="notice"] {{ background: {mixed(theme.panel, theme.accent, 0.16)}; }}
QMainWindow, QDialog, QWidget[role="ground"] {{ background: {theme.window}; }}
QWidget[role="side"], QWidget[role="panel"], QDialog {{ background: {theme.panel}; }}
QScrollArea {{ border: none; }}
QLabel {{ background: transparent; }}
QLabel:focus {{ color: {theme.accent}; text-decoration: underline; }}
QLabel[role="heading"] {{ font-weight: 600; color: {theme.text}; }}
QLabel[role="title"] {{ font-weight: 600; font-size: 11pt; }}
QLabel[role="sentence"] {{ font-size: 11.5pt; color: {theme.text}; }}
QDialog[role="poster"] QLabel {{ font-size: 12pt; }}
QLabel[role="hint"] {{ font-size: 12pt; background: {theme.panel}; color: {theme.text}; padding: 6px 10px;
    border: 1px solid {theme.accent}; border-radius: 6px; }}
QLabel[role="lesson"] {{ font-size: 13pt; color: {theme.text}; }}
QLabel[role="verdict"] {{ font-size: 13pt; font-weight: 600; color: {theme.accent}; }}
QLabel[role="option"], QLabel[role="hands"] {{ font-size: 12pt; color: {theme.text}; }}
QLabel[role="hands"] {{ font-weight: 600; }}
QLabel[role="key"] {{ font-size: 12pt; font-weight: 600; color: {theme.muted}; }}
QLabel[role="caption"] {{ color: {theme.muted}; }}
QLabel[role="clock"] {{ font-size: 20pt; font-weight: 600; }}
QWidget[hall="speaker"] QPlainTextEdit {{ font-size: 18pt; }}
QWidget[hall="speaker"] QLabel[role="heading"], QWidget[hall="speaker"] QLabel[role="caption"] {{ font-size: 14pt; }}
QLabel[role="complaint"] {{ color: {theme.error}; }}
QScrollBar:vertical {{ background: transparent; width: {BAR}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 3px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {theme.window}; }}
QProgressBar {{ background: {theme.raised}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
"""


def _menus(theme: Theme) -> str:
    """Return the rules of menus and tool tips."""
    hover = mixed(theme.raised, theme.text, 0.07)
    chosen = mixed(theme.panel, theme.accent, 0.22)
    faded = mixed(theme.muted, theme.panel, 0.35)
    return f"""
QMenuBar {{ background: transparent; color: {theme.text}; padding: 0; }}
QMenuBar::item {{ padding: 6px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {faded}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 4px; }}
QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px 6px; }}
"""


def _buttons(theme: Theme) -> str:
    """Return the rules of buttons."""
    hover = mixed(theme.raised, theme.text, 0.07)
    chosen = mixed(theme.panel, theme.accent, 0.22)
    faded = mixed(theme.muted, theme.panel, 0.35)
    return f"""
QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
    border-radius: 6px; padding: 5px 12px; min-height: 18px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {chosen}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QPushButton:disabled {{ color: {faded}; }}
QPushButton[role="drop"] {{ text-align: left; padding-right: 26px; }}
QPushButton[size="large"] {{ font-weight: 600; }}
QPushButton[role="main"] {{ background: {theme.accent}; color: {theme.on_accent}; border: 1px solid {theme.accent};
    font-weight: 600; }}
QPushButton[role="main"]:hover {{ background: {mixed(theme.accent, theme.text, 0.15)}; }}
QPushButton[role="main"]:focus {{ border-color: {theme.text}; }}
QPushButton[role="main"]:disabled {{ background: {theme.raised}; border-color: {theme.line}; color: {theme.muted}; }}
QPushButton[role="tab"] {{ background: transparent; border-color: transparent; color: {theme.muted};
    padding: 4px 10px; }}
QPushButton[role="tab"]:hover {{ background: {hover}; color: {theme.text}; }}
QPushButton[role="tab"]:checked {{ background: {chosen}; color: {theme.text}; }}
QPushButton[role="tab"]:focus {{ border-color: {theme.accent}; }}
QPushButton[role="drop"][size="narrow"] {{ padding-left: 6px; padding-right: 20px; min-width: 0; }}
QPushButton[role="quiet"] {{ background: transparent; border-color: transparent; text-align: left; padding: 5px 8px; }}
QPushButton[role="choice"] {{ padding: 0; }}
QPushButton[role="choice"]:checked {{ background: {chosen}; border-color: {theme.accent}; }}
QPushButton[role="quiet"]:hover {{ background: {hover}; }}
QPushButton[role="quiet"]:focus {{ border-color: {theme.accent}; }}
QPushButton[role="suggestion"] {{ text-align: left; padding: 4px 8px; border-color: {theme.accent}; }}
QPushButton[role="warning"] {{ background: transparent; border-color: {theme.error}; color: {theme.error};
    text-align: left; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px;
    color: {theme.text}; }}
QToolButton[role="small"] {{ padding: 0; min-width: 20px; max-width: 20px; min-height: 20px; }}
QToolButton[role="head"] {{ padding: 0 2px; color: {theme.muted}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed {{ background: {chosen}; }}
QToolButton:checked {{ background: {chosen}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
"""


def _fields(theme: Theme) -> str:
    """Return the rules of fields, popups and lists."""
    hover = mixed(theme.raised, theme.text, 0.07)
    chosen = mixed(theme.panel, theme.accent, 0.22)
    return f"""
QLineEdit, QPlainTextEdit {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
    border-radius: 6px; padding: 3px 6px; selection-background-color: {theme.accent};
    selection-color: {theme.on_accent}; }}
QLineEdit:hover, QPlainTextEdit:hover {{ border-color: {mixed(theme.line, theme.text, 0.3)}; }}
QLineEdit:disabled {{ color: {mixed(theme.muted, theme.panel, 0.35)}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
QLineEdit[role="number"] {{ background: transparent; border-color: transparent; padding: 2px 4px; }}
QLineEdit[role="number"]:hover {{ border-color: {theme.line}; background: {theme.raised}; }}
QLineEdit[role="number"]:focus {{ border-color: {theme.accent}; background: {theme.raised}; }}
QFrame[role="floating"] {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 8px; }}
QFrame[role="popup"] {{ background: {theme.panel}; border: 1px solid {theme.line}; }}
QListWidget {{ background: transparent; color: {theme.text}; border: none; outline: none; }}
QListWidget::item {{ border-radius: 6px; padding: 2px 4px; color: {theme.text}; }}
QListWidget::item:disabled {{ color: {theme.muted}; }}
QListWidget::item:hover:!disabled {{ background: {hover}; }}
QListWidget::item:selected {{ background: {chosen}; color: {theme.text}; }}
"""


def _tables(theme: Theme) -> str:
    """Return the rules of the list of the critical points."""
    return f"""
QTableView[role="markers"] {{ background: transparent; color: {theme.text}; outline: none; border: none;
    font-size: 9pt; selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
QTableView[role="markers"]::item {{ padding: 0 1px; border: none; }}
QTableView[role="markers"] QHeaderView, QTableView[role="markers"] QHeaderView::section {{ background: transparent;
    color: {theme.muted}; border: none; font-size: 9pt; }}
QTableView[role="markers"] QHeaderView::section {{ padding: 0 3px; }}
"""
