"""Where a lesson stands in the window: at the right of the workspace, while there is one that is not closed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from landscape.plot.overrides import guarded
from landscape.session.attempt import Attempt
from landscape.session.lesson import Lesson
from landscape.session.presentation import Presentation
from landscape.session.session import Session
from landscape.ui.commands import Command
from landscape.ui.context import Context
from landscape.ui.files import Files
from landscape.ui.layouts import column, row
from landscape.ui.sizes import LESSON, scaled
from landscape.ui.stack import Workspaces
from landscape.ui.workspaces import Shell

if TYPE_CHECKING:
    from landscape.ui.lesson.view import LessonView

WIDEST = 0.5
"""Part of the window that a lesson takes at most, where everything is large."""
ROOM = 1560
"""Width of the window from which on the panels at the right have room beside a lesson."""


class LessonSide(QWidget):
    """Hidden while the session in front has no lesson, or a person closed it.

    Args:
        context: The language.
        shell: Answers questions, and has the history.
        workspaces: Beside which it stands.
        files: Opens what is chosen in the gallery.
    """

    browsed = Signal()
    """The gallery is open."""

    def __init__(self, context: Context, shell: Shell, workspaces: Workspaces, files: Files) -> None:
        super().__init__()
        self._context, self._shell, self._workspaces, self._files = context, shell, workspaces, files
        self._session: Session | None = None
        self._closed: Lesson | None = None
        self._inside = column()
        self.setLayout(self._inside)
        self.view: LessonView | None = None
        """Made with the first lesson."""
        workspaces.turn, workspaces.press = self.turn, self.press
        workspaces.taught, workspaces.beside = self.taught, self.beside
        workspaces.displayed.connect(self.display)
        workspaces.stood.connect(self.ask)
        self.hide()

    def stand(self) -> QHBoxLayout:
        """Return the workspaces with the lesson beside them."""
        both = row(self._workspaces, self, spacing=1)
        both.setStretch(0, 1)
        return both

    @property
    def lesson(self) -> Lesson | None:
        """What is taught with what is in front, shown or closed."""
        return self._session.lesson if self._session is not None else None

    @property
    def shown(self) -> bool:
        """Whether a lesson is beside the stage."""
        return self.lesson is not None and self.lesson is not self._closed

    def display(self, session: Session) -> None:
        """Show the lesson of a session; nothing where there is none, or where it was closed."""
        self._session = session
        self.setVisible(self.shown)
        if self.shown:
            view = self.view or self._build()
            view.display(session, self._workspaces.front)
        elif self.view is not None:
            self.view.leave()
        if self.view is not None:
            self.give_way()

    def toggle(self) -> None:
        """Close the lesson, or open it again."""
        if self._session is not None:
            self._closed = self._session.lesson if self.shown else None
            self._workspaces.displayed.emit(self._session)
            self._files.taken()

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do that have to do with lessons."""
        return {
            "lesson": Command(
                run=self.toggle, checked=lambda: self.shown, possible=lambda: self.lesson is not None
            ),
            "gallery": Command(run=self._open_gallery),
            "edit-lesson": Command(run=self._open_editor),
        }  # fmt: skip

    def ask(self) -> None:
        """Begin with the question, or go on where the lesson was left, at the step of what was opened."""
        if self.view is None or not self.shown or self._session is None:
            return
        stands, course = self._session.presentations.get(self._session.workspace), self.view.course
        if stands is None:
            course.begin()
            return
        player, attempt = self._workspaces.front.player, stands.attempt or Attempt()
        course.resume(attempt, player.steps if stands.step is None else stands.step)
        if attempt.closed:
            self.toggle()
            player.hide_future(stands.future_hidden)

    def taught(self, name: str, given: Presentation) -> Presentation:
        """Return where a person stands with how far the lesson has come; before its question, that is the beginning.

        Whoever prepares a lesson goes along its time line, and does not want its answer to be seen the next day.
        """
        lesson = self._session.lessons.get(name) if self._session is not None else None
        view = self.view
        if view is None or lesson is None or view.course.lesson is not lesson:
            return given
        attempt, closed = view.course.attempt, lesson is self._closed
        if closed:
            attempt = replace(attempt or Attempt(), closed=True)
        step = 0.0 if view.course.page == 0 and not closed else given.step
        return replace(given, attempt=attempt, step=step)

    def beside(self) -> QWidget | None:
        """Return the lesson as it stands beside a stage that is presented; None where there is none."""
        return self.view.in_hall if self.view is not None and self.shown else None

    def turn(self, way: int) -> bool:
        """Open the next page (1) or the one before (-1); tell whether a lesson took it."""
        return self.view is not None and self.shown and self.view.course.turn(way)

    def press(self, event: QKeyEvent) -> bool:
        """Count a hand for a digit; tell whether a lesson took it."""
        return self.view is not None and self.shown and self.view.press(event)

    def give_way(self) -> None:
        """Have what stands at the right of the stage make room where the window is narrow, and the lesson itself."""
        if self.view is not None:
            self.view.panel.setFixedWidth(min(scaled(LESSON), round(self.window().width() * WIDEST)))
        aside = self._workspaces.front.aside
        if aside is not None:
            aside.make_room("lesson", self.shown and self.window().width() < scaled(ROOM))

    def look_changed(self) -> None:
        """Follow the scale of the window."""
        self.give_way()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when the window becomes another size, and take the digits that nobody types."""
        if event.type() == QEvent.Type.Resize and watched is self._workspaces:
            self.give_way()
        if event.type() == QEvent.Type.KeyPress and watched is self.window() and isinstance(event, QKeyEvent):
            typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
            return not typing and self.press(event)
        return bool(super().eventFilter(watched, event))

    def _open_gallery(self) -> None:
        from landscape.ui.dialogs.gallery import Gallery

        gallery = Gallery(self.window(), self._context, self._files.recent(), self._shell.settings)
        gallery.chosen.connect(self._files.open)
        gallery.open()
        self.browsed.emit()

    def _open_editor(self) -> None:
        from landscape.ui.lesson.editor import LessonEditor

        LessonEditor(self.window(), self._context, self._shell.history).open()

    def _build(self) -> "LessonView":
        # Loaded with the first lesson, not with the first picture.
        from landscape.ui.lesson.view import LessonView

        self.view = view = LessonView(self._context, self._shell)
        view.panel.closed.connect(self.toggle)
        view.course.taken.connect(self._files.taken)
        self._inside.addWidget(view)
        self._workspaces.installEventFilter(self)
        self.window().installEventFilter(self)
        return view
