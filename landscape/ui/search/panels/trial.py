"""The trial under the pointer, or the best one until now: its way over the surface, and its loss step by step."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.plot.search.trial import paint_course
from landscape.scene.answers import Answers
from landscape.scene.layers import Heat
from landscape.scene.search.moment import trial_text
from landscape.scene.search.scene import SearchScene
from landscape.scene.search.trial import Course, trial_questions
from landscape.session.search.document import Study
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.layouts import caption, column, heading
from landscape.ui.words import write

OWNER = "trial of a search"
WITH_GROUND, WITHOUT = 330, 130
"""Heights."""


class CourseView(QWidget):
    """Shows the course of a trial."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.course: Course | None = None
        self._ground: Heat | None = None
        self._color = ""
        write(self, name=context.say("The way of the trial and its loss"))

    def display(self, course: Course, ground: Heat | None, color: str) -> None:
        """Show a course on its ground, where there is one."""
        self.course, self._ground, self._color = course, ground, color
        self.setFixedHeight(WITH_GROUND if ground is not None else WITHOUT)
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        if self.course is not None:
            area, theme = QRectF(self.rect()), self._context.theme
            paint_course(QPainter(self), area, self.course, self._ground, self._color, 1.0, theme)


class TrialPanel(QWidget):
    """Has the trial that is looked at run again, and shows it."""

    def __init__(self, context: Context, asker: Asker, answers: Answers) -> None:
        super().__init__()
        self._context, self._asker, self._answers = context, asker, answers
        self._study: Study | None = None
        self._scene: SearchScene | None = None
        self._step = 0.0
        self._pointed: tuple[int, int] | None = None
        self._heading, self._caption = heading(""), caption(wrap=True)
        self.view = CourseView(context)
        hint = caption(context.say("A click takes its values along, to where it can be seen step by step"), wrap=True)
        self.setLayout(column(self._heading, self._caption,
                              self.view, hint))  # fmt: skip
        self.hide()

    def show_scene(self, study: Study, scene: SearchScene) -> None:
        """Look at another race, or more of the same."""
        self._study, self._scene, self._pointed = study, scene, None
        self.follow()

    def set_step(self, step: float) -> None:
        """Look at the best trial by then."""
        self._step = step
        self.follow()

    def point(self, trial: tuple[int, int] | None) -> None:
        """Look at the trial of an entrant; None: at the best one again."""
        self._pointed = trial
        self.follow()

    def leave(self) -> None:
        """Compute nothing any more."""
        self._asker.want(OWNER, ())

    def follow(self) -> None:
        """Show what is known of the trial, and ask for the rest."""
        study, scene, trial = self._study, self._scene, self._pointed or self._best()
        self.setVisible(trial is not None)
        if study is None or scene is None or trial is None:
            return
        panel, index = scene.panels[trial[0]], trial[1]
        values = tuple(zip(scene.names, panel.values[index].tolist(), strict=True))
        questions = trial_questions(study, values)
        self._asker.want(OWNER, questions)
        course, ground = self._answers.get(questions[0]), self._answers.get(questions[-1])
        if course is not None and ground is not None:
            say = self._context.say
            write(self._heading, text=say("The best trial") if self._pointed is None else say("This trial"))
            self._caption.setText(trial_text(scene, panel, index, say))
            self.view.display(course, ground if isinstance(ground, Heat) else None, panel.color)

    def _best(self) -> tuple[int, int] | None:
        """Return the best trial of all entrants by now."""
        scene = self._scene
        if scene is None:
            return None
        best = [(place, panel.best(self._step)) for place, panel in enumerate(scene.panels)]
        known = [(place, index) for place, index in best if index >= 0]
        return min(known, key=lambda trial: float(scene.panels[trial[0]].results[trial[1]]), default=None)
