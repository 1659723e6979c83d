"""What every panel is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from landscape.errors import InputError
from landscape.scene.palette import Theme
from landscape.session.session import Document
from landscape.translation import Translation
from landscape.ui.icons import Icons

BESIDE = 30
"""Milliseconds after which what stands beside the map follows it: the map itself is drawn at every move."""


class Edit(Protocol):
    """Runs an edit of a workspace's document through the history; answers with what is wrong, or None."""

    def __call__(
        self, function: Callable[..., Document], /, *args: object, gesture: str | None = None, **kwargs: object
    ) -> InputError | None:
        """Apply ``function(document, *args, **kwargs)``; edits of one ``gesture`` are one step of undo."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """How a panel edits, speaks and looks; a new one is made when the language or the theme changes."""

    edit: Edit
    end_gesture: Callable[[], None]
    say: Translation
    theme: Theme
    icons: Icons

    def told(self, error: BaseException | None) -> str:
        """Return what ``error`` says in the chosen language; empty for None."""
        return self.say.error(error) if error is not None else ""
