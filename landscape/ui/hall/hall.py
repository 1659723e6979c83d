"""What a window has for a lecture, made when it is first asked for: the presenter, and the notes of the marks."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from landscape.ui.actions import Menu
from landscape.ui.commands import Command, Commands
from landscape.ui.context import Context
from landscape.ui.notice import Notice
from landscape.ui.stack import Workspaces

if TYPE_CHECKING:
    from landscape.ui.hall.notes import NotesPanel
    from landscape.ui.hall.presenter import Presenter

NOTES = 168
"""Height of the notes under the time line."""


class Hall(QObject):
    """Presents the workspace in front, and shows notes under it.

    Args:
        window: The window.
        workspaces: Of the window.
        context: How the window speaks and looks.
        commands: Returns what keys mean that are not a clicker's.
        bar: Returns the menus with their keys.
        notice: Where the speaker is told what becomes of the screens.
    """

    def __init__(
        self,
        window: QWidget,
        workspaces: Workspaces,
        context: Callable[[], Context],
        commands: Callable[[], Commands],
        bar: Callable[[], tuple[Menu, ...]],
        notice: Notice,
    ) -> None:
        super().__init__(window)
        self._window, self._workspaces, self._context = window, workspaces, context
        self._commands, self._bar, self._notice = commands, bar, notice
        self.presenter: Presenter | None = None
        self.notes: NotesPanel | None = None
        workspaces.reshaped.connect(self._follow)

    @property
    def on(self) -> bool:
        """Whether somebody presents."""
        return self.presenter is not None and self.presenter.on

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do."""
        return {
            "present": Command(
                run=self.present,
                checked=lambda: self.on,
                possible=lambda: self._workspaces.front.presented() is not None,
            ),
            "notes": Command(
                run=self.toggle_notes, checked=lambda: self.notes is not None and not self.notes.isHidden()
            ),
        }

    def present(self) -> None:
        """Fill a screen with the stage, or be a window again."""
        if self.presenter is None:
            from landscape.ui.hall.presenter import Presenter

            self.presenter = Presenter(
                self._window, self._workspaces, self._context(), self._commands(), self._bar, self._notice
            )
        self.presenter.toggle()

    def take_first(self, event: QKeyEvent) -> bool:
        """Do what a key means while somebody presents; tell whether it meant something."""
        return self.presenter is not None and self.presenter.take_first(event)

    def leave(self) -> None:
        """End the lecture."""
        if self.presenter is not None:
            self.presenter.leave()

    def toggle_notes(self) -> None:
        """Show the notes of the marks under the time line, or hide them."""
        if self.notes is None:
            from landscape.ui.hall.notes import notes_below

            self.notes = notes_below(self._context(), NOTES)
            above = self._workspaces.parentWidget()
            layout = above.layout() if above is not None else None
            assert isinstance(layout, QBoxLayout)
            layout.addWidget(self.notes)
            self.notes.hide()
        self.notes.setVisible(self.notes.isHidden())
        self._follow()

    def _follow(self) -> None:
        """Show the notes of the workspace in front."""
        if self.notes is not None:
            self.notes.follow(None if self.notes.isHidden() else self._workspaces.front.player)
