"""The lesson beside the stage: one page at a time, in a size that is read from the last row."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QWidget

from landscape.errors import InputError
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import evaluate, free_names
from landscape.plot.overrides import guarded
from landscape.scene.answers import Answers
from landscape.scene.lesson import Values, checked_answer, lesson_values
from landscape.scene.text import number
from landscape.session.lesson import PAGES
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, complain, complaint, row
from landscape.ui.lesson.ballot import Ballot
from landscape.ui.lesson.course import Course
from landscape.ui.lesson.prediction import best_guess, guess_texts, verdict
from landscape.ui.switch import Switch
from landscape.ui.words import button, write


def page_titles(say: Translation) -> dict[str, str]:
    """Return what the pages are called."""
    return {
        "question": say("Predict"),
        "run": say("Run"),
        "difference": say("The difference"),
        "number": say("Compute"),
        "variation": say("Vary"),
    }


class LessonPanel(QFrame):
    """Shows where a course stands, and tells it what a person does.

    Args:
        context: The language.
        answers: What is known.
        course: Where it stands.
        in_hall: Whether a room looks at it: what only the speaker needs is left out.
    """

    closed = Signal()
    written = Signal()
    """It says something else."""

    def __init__(self, context: Context, answers: Answers, course: Course, *, in_hall: bool = False) -> None:
        super().__init__()
        self._context, self._answers, self._course, self._in_hall = context, answers, course, in_hall
        self._session: Session | None = None
        self.setProperty("role", "side")
        self._source, self._title, self._page = caption(wrap=True), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._page.setProperty("role", "heading")
        self.text, self.asked, self.verdict, self.more = (QLabel() for _ in range(4))
        for label in (self.text, self.asked, self.verdict, self.more, self._title):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.text, self.asked, self.more):
            label.setProperty("role", "lesson")
        self.verdict.setProperty("role", "verdict")
        self.ballot = Ballot(context)
        self.ballot.chosen.connect(course.choose)
        self.field = QLineEdit()
        self.field.returnPressed.connect(self._take_number)
        self._mistake = complaint()
        self._several = Switch(context.say("Several guesses"), context)
        self._several.toggled.connect(course.set_several)
        self._hint = caption(wrap=True)
        self._back, self._on = button(context.say("Back"), "quiet"), button("", "main")
        self._on.setProperty("size", "large")
        self._back.clicked.connect(lambda: course.turn(-1))
        self._on.clicked.connect(self._go_on)
        self._lay_out(context)
        course.changed.connect(self.refresh)

    def _lay_out(self, context: Context) -> None:
        close = IconButton(context, "close", context.say("Close the lesson"), self.closed.emit)
        close.setProperty("role", "small")
        close.setVisible(not self._in_hall)
        head = row(self._source, close)
        head.setStretch(0, 1)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setProperty("role", "side")
        inside.setLayout(
            column(
                self._page, self.text, self.verdict, self.asked, self.ballot, self.field, self._mistake,
                self._several, self.more, self._hint, None, spacing=GRID + 4,
            )
        )  # fmt: skip
        self._inside, self._scroll = inside, QScrollArea()
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("role", "side")
        scroll.setWidget(inside)
        feet = row(self._back, None, self._on)
        whole = column(head, self._title, scroll, feet, spacing=GRID, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    @property
    def page_text(self) -> tuple[str, ...]:
        """What is written on the page."""
        parts = (self._source, self._title, self._page, self.text, self.verdict, self.asked, self.more, self._hint)
        return (*(part.text() for part in parts if not part.isHidden()), *self.ballot.texts, self._on.text())

    @property
    def fits(self) -> bool:
        """Whether the whole page is seen without scrolling."""
        page, whole = self._inside.layout(), self.layout()
        if page is None or whole is None:
            return True
        page.activate()
        whole.activate()
        return page.totalHeightForWidth(self._scroll.viewport().width()) <= self._scroll.height()

    def take(self, session: Session) -> None:
        """Take a session, whose lesson is written as soon as the course has it."""
        self._session = session

    def look_changed(self) -> None:
        """Say it in another language."""
        self.refresh()

    def refresh(self) -> None:
        """Write the page anew with the numbers of now."""
        lesson, session = self._course.lesson, self._session
        if lesson is None or session is None or session.lesson is not lesson:
            return
        say = self._context.say
        values = lesson_values(session, lesson, self._answers, say)
        name, titles = self._course.name, page_titles(say)
        self._source.setText(lesson.source)
        self._title.setText(say.pick(session.title) if session.title else "")
        self._title.setVisible(bool(session.title))
        self._page.setText(f"{PAGES.index(name) + 1} · {titles[name]}")
        self._write(values, say)
        self._show_ballot(session, values, say)
        self._show_field(say)
        self._back.setEnabled(self._course.page > 0)
        self._on.setText(self._next_text(say))
        self._on.setEnabled(name != "question" or self._course.guesses.any)
        self.written.emit()

    def _write(self, values: Values, say: Translation) -> None:
        """Write the texts of the page."""
        lesson, course, session = values.lesson, self._course, self._session
        assert session is not None
        name, asked, verdict_text, more = course.name, "", "", ""
        texts = {"question": lesson.question, "run": lesson.prediction.text, "variation": lesson.variation}
        text = values.text(texts.get(name, {}), say)
        if name == "question":
            asked = values.text(lesson.prediction.text, say)
        elif name == "difference":
            verdict_text = verdict(session, values, course.guesses, self._answers, say)
            text, more = "", "\n\n".join(values.said(lesson.difference, say))
        elif name == "number" and lesson.task is not None:
            text = values.text(lesson.task.text, say)
            if course.answer is not None:
                verdict_text, more = self._marked(values, say), values.text(lesson.task.way, say)
        for label, written in ((self.text, text), (self.asked, asked), (self.verdict, verdict_text), (self.more, more)):
            label.setText(written)
            label.setVisible(bool(written))

    def _marked(self, values: Values, say: Translation) -> str:
        """Return whether the answer to the task is right."""
        answer, task = self._course.answer, values.lesson.task
        assert answer is not None
        assert task is not None
        truth = number(values.number(task.answer))
        if checked_answer(values, answer):
            return say("Right: {answer}", answer=truth)
        return say("Not so. You said: {guess}. It is: {answer}", guess=number(answer), answer=truth)

    def _show_ballot(self, session: Session, values: Values, say: Translation) -> None:
        """Show the choices, or the places and numbers that were guessed, with their hands."""
        course = self._course
        texts = guess_texts(session, values, course.guesses, say)
        shown = course.name in ("question", "run", "difference") and bool(texts)
        self.ballot.setVisible(shown)
        if shown:
            right = best_guess(session, values, course.guesses, self._answers) if course.told else None
            # Of guesses of a place or a number one is the nearest, and may still be far off.
            free = values.lesson.prediction.kind in ("place", "number")
            self.ballot.display(
                texts,
                course.guesses.hands,
                course.guesses.chosen,
                right,
                signs=(say("nearest"), "") if free else ("✓", "✗"),
                open=course.page == 0,
            )

    def _show_field(self, say: Translation) -> None:
        """Show where a number is typed, and what the keys do."""
        course, lesson = self._course, self._course.lesson
        assert lesson is not None
        kind = lesson.prediction.kind
        typed = course.name == "number" or (course.name == "question" and kind == "number")
        if self.field.isVisible() != typed or course.name != self.field.property("page"):
            self.field.clear()
            self.field.setProperty("page", course.name)
        self.field.setVisible(typed)
        write(self.field, hint=say("a number, or 2/3"), name=say("Your number"))
        added = course.name == "question" and kind in ("place", "number")
        self._several.setVisible(added and not self._in_hall)
        self._several.setChecked(course.several)
        complain(self._mistake, "")
        hint = ""
        if course.name == "question":
            place = say("Click on the map where it will be.")
            hands = say("In a hall: keys 1 to 9 count hands, 0 takes the last one back.")
            told = (place if kind == "place" else "", "" if self._in_hall else hands)
            hint = " ".join(filter(None, told))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _next_text(self, say: Translation) -> str:
        if self._course.last:
            return say("Once more")
        return {"question": say("Commit and run"), "run": say("To the answer")}.get(self._course.name, say("Go on"))

    def _go_on(self) -> None:
        if self.field.isVisible() and self.field.text():
            self._take_number()
        if not self._course.turn(1):
            self._course.again()

    def _take_number(self) -> None:
        """Take the number that was typed, for the prediction or for the task."""
        given = _number(self.field.text())
        if given is None:
            complain(self._mistake, self._context.say("That is no number."))
        elif self._course.name == "number":
            self._course.set_answer(given)
        else:
            self._course.guess(given)
            self.field.clear()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the time line; Escape leaves the field."""
        if event.key() == Qt.Key.Key_Escape and self.field.hasFocus():
            self.window().setFocus()
        else:
            event.ignore()


def _number(text: str) -> float | None:
    """Return a number that was typed, or what a formula of numbers comes to; None where it is neither."""
    try:
        tree = parse_expression(text.strip().replace("−", "-"), ())
    except InputError:
        return None
    if free_names(tree):
        return None
    found = float(evaluate((tree,), {})[0])
    return found if math.isfinite(found) else None
