"""The window: holds the history, the files, the menus, and whatever workspaces there are."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QPlainTextEdit

from landscape.errors import InputError
from landscape.plot.overrides import guarded
from landscape.plot.theme import configure, palette
from landscape.scene.answers import Answers
from landscape.scene.palette import Theme
from landscape.scene.text import session_title
from landscape.session.edits import edit_document, open_workspace
from landscape.session.files import default_session
from landscape.session.history import History
from landscape.session.session import Document, Session
from landscape.session.workspaces import WORKSPACES
from landscape.translation import LANGUAGES, Translation, translation
from landscape.ui.actions import Action, Menu, Submenu, bare_command, menus, writes
from landscape.ui.asker import Asker
from landscape.ui.commands import Command, Commands, Fill, fill_choices, player_commands
from landscape.ui.context import Context, Edit, Look
from landscape.ui.copying import Copying
from landscape.ui.dropping import dropped_path
from landscape.ui.edges import panels_command
from landscape.ui.files import Files
from landscape.ui.focus import EyeOrdered
from landscape.ui.hall.hall import Hall
from landscape.ui.jobs import DRAWING, Jobs, first
from landscape.ui.layouts import column
from landscape.ui.lesson.side import LessonSide
from landscape.ui.menu_row import MenuRow
from landscape.ui.notice import Notice
from landscape.ui.offers import Offers, tell_changed
from landscape.ui.painting import paint_later
from landscape.ui.place import remember_place, restore_place
from landscape.ui.player import Player
from landscape.ui.reopening import remember_last, reopening_command
from landscape.ui.scaling import Scaling
from landscape.ui.settings import SYSTEM, chosen_language, open_settings, remembered, theme_named
from landscape.ui.sizes import scaled
from landscape.ui.sounding import Sounding
from landscape.ui.stack import Workspaces
from landscape.ui.style import sheet
from landscape.ui.words import HiddenLast, look_again, write_again
from landscape.ui.workspaces import Shell, ui_part

if TYPE_CHECKING:
    from landscape.ui.exports import Exports

LOWEST = 600
"""Smallest height of the window."""


class MainWindow(QMainWindow):
    """The program's window.

    Args:
        session: What to open; the default session where it is None.
        settings: Where the window's place, theme and language are remembered.
        language: Overrides the remembered one.
        theme: ``"light"``, ``"dark"`` or ``"system"``; overrides the remembered one.
    """

    def __init__(
        self,
        session: Session | None = None,
        settings: QSettings | None = None,
        language: str | None = None,
        theme: str | None = None,
    ) -> None:
        super().__init__()
        configure()
        self.settings = settings or open_settings()
        self.language = language or chosen_language(self.settings)
        self.theme_name = theme or remembered(self.settings, "theme", SYSTEM)
        self.look = Look(say=translation(self.language), theme=theme_named(self.theme_name))
        self.scaling = Scaling(self, self.settings, self.look, (self.look_changed, self._reshape))
        self.history = History(session or default_session())
        self.files = Files(self, self.history, self.look, self.settings, self.prepared)
        self.jobs = Jobs(self)
        self.answers = Answers()
        self.asker = Asker(self, self.jobs, self.answers)
        shell = Shell(
            asker=self.asker, answers=self.answers, jobs=self.jobs, settings=self.settings, history=self.history
        )
        self.workspaces = Workspaces(shell, self._context)
        self.sounding = Sounding(self, shell, self.workspaces, self.prepared, self.files.tell)
        self.lesson = LessonSide(self._context(), shell, self.workspaces, self.files)
        self.notice = Notice(self._context())
        self.hall = Hall(self, self.workspaces, self._context, lambda: self._commands, lambda: self._bar, self.notice)
        self._commands = Commands((self._own_commands(), self._own_submenus()), self._front_commands)
        self._bar: tuple[Menu, ...] = ()
        self._dropped: Session | None = None
        """What was told to be dropped by closing."""
        self._copying = Copying(self, self.files.tell)
        self.hidden = HiddenLast(self)
        self._assemble()
        self._put_on(self.look.theme)
        self.workspaces.display(self.history.session)
        self.workspaces.open(self.history.session)
        self._show_title()
        restore_place(self, self.settings)

    @property
    def say(self) -> Translation:
        """Says a sentence in the language of the window."""
        return self.look.say

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        return self.look.theme

    @property
    def player(self) -> Player:
        """The play head of the workspace in front."""
        return self.workspaces.front.player

    def edit(
        self, function: Callable[..., Document], /, *args: object, gesture: str | None = None, **kwargs: object
    ) -> InputError | None:
        """Change the document in front through the history; return what is wrong where that cannot be."""
        return self._edit(self.history.session.workspace, function, *args, gesture=gesture, **kwargs)

    def prepared(self) -> Session:
        """Return the session with where the person stands before it."""
        return replace(self.history.session, presentations=self.workspaces.presentations())

    def undo(self) -> None:
        """Go back one step."""
        self.history.undo()

    def redo(self) -> None:
        """Make the last undone step again."""
        self.history.redo()

    def set_theme(self, name: str) -> None:
        """Use the theme ``"light"``, ``"dark"`` or ``"system"``, now and next time."""
        self.theme_name = name
        self.settings.setValue("theme", name)
        self._retheme()

    def set_language(self, language: str) -> None:
        """Speak another language, now and next time."""
        self.language = language
        self.settings.setValue("language", language)
        self.look.say = translation(language)
        paint_later(self)
        write_again(self, self.say)
        self._bar = self._menus()
        self.menu_row.rename(self._bar)
        self.look_changed()

    def open_workspace(self, workspace: str) -> None:
        """Bring another workspace to the front."""
        if workspace != self.history.session.workspace:
            self.player.play(False)
            self.history.edit(open_workspace, workspace)

    def open_export(self) -> None:
        """Open the dialog that writes a clip, a picture or a table."""
        from landscape.ui.dialogs.export import ExportDialog

        self.player.play(False)
        session, looked_at = self.prepared(), self.workspaces.front.looked_at()
        looked_at["step"] = self.player.step
        ExportDialog(self, self._context(session.workspace), session, looked_at, self.settings, self.exports).open()

    @cached_property
    def exports(self) -> "Exports":
        """What is exported, one after the other; it stands below all else from the first one on."""
        from landscape.ui.exports_list import exports_below

        return exports_below(self._stack, self._context(), self.asker, self.answers)

    def copy_picture(self) -> None:
        """Put the picture of what is looked at, at the current step, on the clipboard."""
        look = {"theme": self.theme.name, "language": self.language, "step": self.player.step}
        self._copying.copy(self.prepared(), self.answers, {**look, **self.workspaces.front.looked_at()})

    def open_keys(self) -> None:
        """Show all keys."""
        from landscape.ui.dialogs.keys import KeysDialog

        KeysDialog(self, self._context(), self._bar).open()

    def open_finder(self) -> None:
        """Find whatever there is by its name."""
        from landscape.ui.finder import chooser, open_finder

        choose = chooser(self.workspaces, self.open_workspace, self.edit, self.files.tell)
        open_finder(self, self._context(), (self._bar, self._commands), self.history.session.workspace, choose)

    def open_about(self) -> None:
        """Show what the program is."""
        from landscape.ui.dialogs.about import AboutDialog

        AboutDialog(self, self._context()).open()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a bare key means, where no field has the keyboard."""
        if self.hall.take_first(event):
            return
        typing = writes(event) and isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        command = "" if typing else bare_command(event, self._bar)
        if command and self._commands.possible(command) and not (event.isAutoRepeat() and command == "play"):
            self._commands.run(command)
        else:
            super().keyPressEvent(event)

    @guarded(None)
    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Give the keyboard back to the stage: a person clicked where nothing wants it."""
        self.workspaces.front.setFocus()

    def end(self) -> None:
        """Close although nobody may be there to read a message: what there is to tell stands on standard error."""
        lost = self.files.keep()
        if lost is not None:
            self._dropped = self.history.session
            print(f"landscape: {self.say.error(lost)}", file=sys.stderr)
        self.close()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Paint and lay out the whole window before any job goes on."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.jobs.finish()
        if event.type() not in DRAWING:
            return bool(super().event(event))
        with first():
            return bool(super().event(event))

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, and remember where the window was; once not, where that would drop what is not saved."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.hall.leave()
        self._copying.leave()
        self.player.play(False)
        lost = self.files.keep()
        if lost is not None and self._dropped != self.history.session:
            self._dropped = self.history.session
            self.files.tell(lost)
            event.ignore()
            return
        remember_place(self, self.settings)
        remember_last(self.settings, self.files.path)
        self.settings.sync()
        self.offers.close()
        self.files.recovery.close()
        if "exports" in self.__dict__:
            self.exports.leave()
        self.jobs.close()
        super().closeEvent(event)

    def _assemble(self) -> None:
        self._bar = self._menus()
        self.menu_row = MenuRow(self._context(), self._bar, self._commands)
        self.menu_row.workspace_chosen.connect(self.open_workspace)
        self.setMenuWidget(self.menu_row)
        self.workspaces.setProperty("role", "ground")
        self.offers = Offers(self.files, self.notice, self._context(), self.jobs)
        self._stack = column(self.notice, self.lesson.stand(), spacing=0)
        self._stack.setStretch(1, 1)
        self.setCentralWidget(EyeOrdered(self._stack))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.workspaces.reshaped.connect(self._reshape)
        self.history.subscribe(self._session_changed)
        self.workspaces.marked.connect(self.files.changed)
        self.files.opened.connect(lambda: self.workspaces.open(self.history.session))
        self.files.renamed.connect(self._show_title)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)

    def _reshape(self) -> None:
        least = QSize(scaled(self.workspaces.front.narrowest), scaled(LOWEST))
        self.setMinimumSize(least.boundedTo(self.screen().availableGeometry().size()))

    def _edit(
        self, workspace: str, function: Callable[..., Document], /, *args: object, gesture: str | None = None,
        **kwargs: object,
    ) -> InputError | None:  # fmt: skip
        try:
            self.history.edit(edit_document, workspace, function, *args, gesture=gesture, **kwargs)
        except InputError as error:
            return error
        return None

    def _context(self, workspace: str = "") -> Context:
        """Return how the parts of a workspace, or of the window, edit, speak and look."""
        return Context(
            edit=cast("Edit", partial(self._edit, workspace or self.history.session.workspace)),
            end_gesture=self.history.end_gesture,
            look=self.look,
        )

    def _own_commands(self) -> Mapping[str, Command]:
        return {
            **self.files.commands(),
            "export": Command(run=self.open_export),
            "copy": Command(run=self.copy_picture),
            "quit": Command(run=self.close),
            "undo": Command(run=self.undo, possible=lambda: self.history.can_undo),
            "redo": Command(run=self.redo, possible=lambda: self.history.can_redo),
            **self.hall.commands(),
            "reopen": reopening_command(self.settings),
            "panels": panels_command(lambda: self.workspaces.front),
            **self.scaling.commands(),
            **player_commands(lambda: self.player, self.lesson.turn),
            **self.lesson.commands(),
            **self.sounding.commands(),
            "find": Command(run=self.open_finder),
            "keys": Command(run=self.open_keys),
            "about": Command(run=self.open_about),
        }

    def _own_submenus(self) -> Mapping[str, Fill]:
        def themes() -> dict[str, str]:
            return {SYSTEM: self.say("Like the system"), "light": self.say("Light"), "dark": self.say("Dark")}

        return {
            "lessons": self.files.fill_lessons,
            "recent": self.files.fill_recent,
            "unsaved": lambda menu: self.offers.fill(menu),
            "theme": lambda menu: fill_choices(menu, themes(), self.theme_name, self.set_theme),
            "language": lambda menu: fill_choices(menu, LANGUAGES, self.language, self.set_language),
        }

    def _front_commands(self) -> tuple[Mapping[str, Command], Mapping[str, Fill]]:
        return self.workspaces.front.commands(), self.workspaces.front.submenus()

    def _menus(self) -> tuple[Menu, ...]:
        """Return the menu bar in the language of the window."""
        of_workspaces: list[Action | Submenu | None] = []
        for name in WORKSPACES:
            of_workspaces += ui_part(name).actions(self.say)
        return menus(self.say, of_workspaces)

    def _put_on(self, theme: Theme) -> None:
        """Give Qt the colours of a theme."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(theme))
        self.setStyleSheet(sheet(theme, self.look.scale))

    def _retheme(self) -> None:
        paint_later(self)
        self.look.theme = theme_named(self.theme_name)
        self._put_on(self.theme)
        self.hidden.follow([self])

    def look_changed(self) -> None:
        """Have everything follow that takes sentences or colours from the look: what is seen at once."""
        self.hidden.follow(look_again(self))
        self._show_title()
        self.offers.look_changed()

    def _system_theme_changed(self) -> None:
        if self.theme_name == SYSTEM:
            self._retheme()

    def _session_changed(self, _old: Session, new: Session) -> None:
        self.workspaces.display(new)
        self.files.changed()

    def _show_title(self) -> None:
        """Name the file, or else what is shown, and whether it is saved."""
        session = self.history.session
        self.menu_row.display(session, can_undo=self.history.can_undo, can_redo=self.history.can_redo)
        self.setWindowTitle(f"{self.files.name or session_title(session, self.say)}[*] — Landscape")
        self.setWindowModified(not self.files.is_saved)

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Look whether somebody else wrote the file, when the person comes back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            tell_changed(self.files, self.notice, self.say)

    @guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if dropped_path(event):
            event.acceptProposedAction()

    @guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that is dropped."""
        event.acceptProposedAction()
        self.files.open(dropped_path(event))
