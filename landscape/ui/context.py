"""What every panel is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QIcon

from landscape.errors import InputError
from landscape.scene.palette import Theme
from landscape.session.session import Document
from landscape.translation import Translation
from landscape.ui.icons import Icons

BESIDE = 50
"""Milliseconds after which what stands beside the map follows it: the map itself is drawn at every move."""


class Edit(Protocol):
    """Runs an edit of a workspace's document through the history; answers with what is wrong, or None."""

    def __call__(
        self, function: Callable[..., Document], /, *args: object, gesture: str | None = None, **kwargs: object
    ) -> InputError | None:
        """Apply ``function(document, *args, **kwargs)``; edits of one ``gesture`` are one step of undo."""


@dataclass(kw_only=True)
class Look:
    """The language and the theme of a window, which both may change while it is open."""

    say: Translation
    theme: Theme
    scale: float = 1.0
    """How many times as large as usual the window is."""
    hall_scale: float = 0.0
    """How many times as large as usual what is presented is at least; 0: nothing is."""

    @property
    def stage_scale(self) -> float:
        """How many times as large as usual text and lines of the stage are."""
        return max(self.scale, self.hall_scale)

    @property
    def icons(self) -> Icons:
        """Makes icons in the colours of the theme."""
        return Icons(self.theme.muted, self.theme.line, self.theme.accent)


@dataclass(frozen=True, kw_only=True)
class Context:
    """How a panel edits, speaks and looks: always in the language and the theme of its window."""

    edit: Edit
    end_gesture: Callable[[], None]
    look: Look

    @property
    def say(self) -> Translation:
        """Says a sentence in the language of the window."""
        return self.look.say

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        return self.look.theme

    @property
    def stage_scale(self) -> float:
        """How many times as large as usual text and lines of the stage are."""
        return self.look.stage_scale

    def icons(self, name: str, color: str = "") -> QIcon:
        """Return an icon in the colours of the theme, or in ``color``."""
        return self.look.icons(name, color)

    def told(self, error: BaseException | None) -> str:
        """Return what ``error`` says in the chosen language; empty for None."""
        return self.say.error(error) if error is not None else ""
