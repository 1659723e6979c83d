"""What the window remembers from one day to the next: its place, its theme and its language."""

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QGuiApplication

from landscape.resources import user_folder
from landscape.scene.palette import DARK, LIGHT, THEMES, Theme
from landscape.translation import LANGUAGES

SYSTEM = "system"
AT_START, KNOWN = "gallery at start", "gallery known"
"""Whether the gallery of lessons is the start page, and whether a person has seen it."""


def open_settings() -> QSettings:
    """Return this person's settings."""
    return QSettings(str(user_folder("config") / "window.ini"), QSettings.Format.IniFormat)


def remembered(settings: QSettings, key: str, default: str) -> str:
    """Return a setting that is text."""
    value = settings.value(key, default)
    return value if isinstance(value, str) else default


def chosen_language(settings: QSettings) -> str:
    """Return the language that was chosen, or that of the system where it is one of ours."""
    system = QLocale.system().name().partition("_")[0]
    language = remembered(settings, "language", system)
    return language if language in LANGUAGES else "en"


def theme_named(name: str) -> Theme:
    """Return the theme ``"light"`` or ``"dark"``; any other name gives the system's, dark where it has none."""
    if name in THEMES:
        return THEMES[name]
    scheme = QGuiApplication.styleHints().colorScheme()
    return LIGHT if scheme == Qt.ColorScheme.Light else DARK
