"""A lesson in the window: its panel, the course that a person takes, and what links them with stage and time line."""

import math

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.map import MapPlot
from landscape.session.session import Session
from landscape.ui.context import BESIDE, Context
from landscape.ui.layouts import column
from landscape.ui.lesson.course import Course
from landscape.ui.lesson.in_hall import HallLesson
from landscape.ui.lesson.panel import LessonPanel
from landscape.ui.lesson.prediction import true_place
from landscape.ui.workspaces import Shell, WorkspaceView

POINTED = 3
"""Digits of a place that can be told apart by pointing."""
DIGITS = {getattr(Qt.Key, f"Key_{digit}"): digit for digit in range(10)}


class LessonView(QWidget):
    """Shows a lesson beside a workspace.

    Args:
        context: The language.
        shell: Answers questions, and knows what is asked.
    """

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__()
        self._context, self._shell = context, shell
        self._session: Session | None = None
        self._front: WorkspaceView | None = None
        self._linked: list[MapPlot] = []
        self._in_hall: HallLesson | None = None
        self.course = Course(self)
        self.panel = LessonPanel(context, shell.answers, self.course)
        self.setLayout(column(self.panel))
        self._soon = QTimer(self, singleShot=True, interval=BESIDE)
        self._soon.timeout.connect(self._follow)
        self.course.changed.connect(self._show_guesses)
        shell.asker.answered.connect(self._wait)

    def display(self, session: Session, front: WorkspaceView) -> None:
        """Show the lesson of a session, beside the workspace in front."""
        if front is not self._front:
            self._clear()
        self._session, self._front = session, front
        if front.plane is not None and front.plane not in self._linked:
            front.plane.stage_clicked.connect(self._click)
            self._linked.append(front.plane)
        for panel in self._panels():
            panel.take(session)
        self.course.display(session, front.player)
        self._soon.start()

    @property
    def in_hall(self) -> HallLesson:
        """The same beside a stage that is presented; made when it is first asked for."""
        if self._in_hall is None:
            panel = LessonPanel(self._context, self._shell.answers, self.course, in_hall=True)
            self._in_hall = HallLesson(self._context, panel)
            if self._session is not None:
                panel.take(self._session)
                panel.refresh()
        return self._in_hall

    def _panels(self) -> list[LessonPanel]:
        return [self.panel, *([self._in_hall.panel] if self._in_hall is not None else [])]

    def leave(self) -> None:
        """Show nothing any more; what is to come is seen again."""
        self._soon.stop()
        self._clear()
        if self._front is not None:
            self._front.player.hide_future(False)
        self._session = None

    def press(self, event: QKeyEvent) -> bool:
        """Count a hand for what a digit means, or with 0 take the last one back; tell whether it was a digit."""
        digit = DIGITS.get(Qt.Key(event.key()))
        if digit is None or self.course.told:
            return False
        if digit:
            self.course.count(digit - 1)
        else:
            self.course.take_back()
        return True

    def _click(self, x: float, y: float) -> None:
        """Take a click on the stage for the place that is predicted."""
        lesson = self.course.lesson
        if self._session is not None and lesson is not None and lesson.prediction.kind == "place":
            self.course.guess((_as_seen(x, self._front), _as_seen(y, self._front)))

    def _wait(self) -> None:
        if self._session is not None and not self._soon.isActive():
            self._soon.start()

    def _follow(self) -> None:
        """Tell what is known by now; the workspace has computed what it shows."""
        if self._session is not None:
            for panel in self._panels():
                panel.refresh()
            self._show_guesses()

    def _clear(self) -> None:
        if self._front is not None and self._front.plane is not None:
            self._front.plane.show_guesses((), None, None)

    def _show_guesses(self) -> None:
        """Show the places that were predicted, and once it is told where the run really was."""
        front, course, session = self._front, self.course, self._session
        lesson = course.lesson
        if front is None or front.plane is None or session is None or lesson is None:
            return
        kind = lesson.prediction.kind
        if kind not in ("place", "basin") or course.name in ("number", "variation"):
            self._clear()
            return
        truth = true_place(session, lesson, self._shell.answers) if course.told else None
        places = lesson.prediction.places if kind == "basin" else tuple(course.guesses.added)
        front.plane.show_guesses(places, course.guesses.chosen, truth, numbered=kind == "basin")


def _as_seen(coordinate: float, front: WorkspaceView | None) -> float:
    """Return a coordinate as exactly as it can be pointed at: what is nearly zero is zero."""
    if front is None or front.plane is None:
        return coordinate
    wide = max(high - low for low, high in front.plane.item.vb.viewRange())
    return round(coordinate, POINTED - math.floor(math.log10(wide))) if wide > 0 else coordinate
