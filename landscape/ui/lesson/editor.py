"""The editor of lessons: makes one of any session, its texts in every language, its question and its numbers."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from landscape.errors import InputError
from landscape.session.edits import set_lesson
from landscape.session.history import History
from landscape.session.lesson import TOPICS, Lesson, Prediction, Task, check
from landscape.session.lesson_lines import quantities_in, quantity_lines, saying_lines, sayings_in
from landscape.session.session import Session
from landscape.translation import LANGUAGES, Translation
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.dialogs.gallery import topic_titles
from landscape.ui.layouts import GRID, caption, column, complain, complaint, row
from landscape.ui.sizes import scaled, sized
from landscape.ui.tabs import Tabs
from landscape.ui.words import button, write

SAID = ("title", "question", "asked", "options", "difference", "task", "way", "variation")
"""Fields with a text in every language."""
PLAIN = ("source", "run", "step", "places", "below", "answer", "computed", "quantities")
TALL = {"question": 84, "asked": 48, "options": 96, "difference": 220, "task": 84, "way": 84, "variation": 110,
        "quantities": 260}  # fmt: skip
"""Heights of the fields with several lines."""
SIZE = 820, 600
PAGE_FIELDS = {
    "about": ("title", "topic", "source"),
    "numbers": ("quantities",),
    "question": ("question", "asked", "kind", "run", "step", "below", "places", "options", "answer"),
    "difference": ("difference",),
    "number": ("task", "computed", "way"),
    "variation": ("variation",),
}
"""What is asked at each step of writing a lesson."""
OF_KIND = {
    "run": ("place", "basin"), "below": ("first",), "places": ("basin",), "options": ("choice",), "answer": ("number",),
}  # fmt: skip
"""For which kinds of predictions a field is needed."""


def field_titles(say: Translation) -> Mapping[str, str]:
    """Return what the fields are called, in their order."""
    return {
        "title": say("title"),
        "source": say("source"),
        "quantities": say("quantities, one a line"),
        "question": say("question"),
        "asked": say("what is to be predicted"),
        "run": say("of run"),
        "step": say("after steps (empty: all)"),
        "below": say("first at a loss of (empty: lowest)"),
        "places": say("places to choose from"),
        "options": say("choices: condition | text"),
        "answer": say("the number, as a formula"),
        "difference": say("the difference: condition | sentence"),
        "task": say("number to compute"),
        "computed": say("its formula"),
        "way": say("the way to it"),
        "variation": say("variation"),
    }


def step_titles(say: Translation) -> Mapping[str, str]:
    """Return what the steps of writing a lesson are called, in their order."""
    return {
        "about": say("About"),
        "numbers": say("Quantities"),
        "question": say("Predict"),
        "difference": say("The difference"),
        "number": say("Compute"),
        "variation": say("Vary"),
    }


def page_hints(say: Translation) -> Mapping[str, str]:
    """Return what is to be done at each step."""
    return {
        "about": say(
            "A lesson asks a question about the session as it is now. Only its title and a question are needed."
        ),
        "numbers": say(
            "Name the numbers that the texts speak of, such as {example}: they are computed anew whenever somebody "
            "changes something.", example="a = loss run=1 step=10",
        ),
        "question": say("What is there to be seen, and what is to be predicted before anything runs?"),
        "difference": say(
            "What the run has shown: a sentence a line. One with a condition before a bar is said only where that "
            "holds, as {example}. Numbers stand in braces.", example="a < b | a = {a:3}",
        ),
        "number": say("A number to compute on paper. Leave it empty, and there is none."),
        "variation": say("What should be tried next? Leave it empty, and nothing is."),
    }  # fmt: skip


def kind_titles(say: Translation) -> Mapping[str, str]:
    """Return what the kinds of predictions are called."""
    return {
        "place": say("where a run will be"),
        "basin": say("near which place it ends"),
        "first": say("which run is first"),
        "choice": say("one of several texts"),
        "number": say("a number"),
    }


class LessonEditor(Dialog):
    """Writes the lesson of the session in front, as one step of undo."""

    def __init__(self, parent: QWidget, context: Context, history: History) -> None:
        super().__init__(parent, context, context.say("Edit lesson…"))
        self._history, self._language = history, context.say.language
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._blocks: dict[str, QWidget] = {}
        self._texts: dict[str, dict[str, str]] = {}
        say = context.say
        self._kind = Choice(context, say("what kind of answer"), list(kind_titles(say).items()))
        self._kind.chosen.connect(self._choose_kind)
        self._topic = Choice(context, say("topic"), list(topic_titles(say).items()))
        self._topic.chosen.connect(self._topic.set_key)
        self._languages = Tabs(say("Language"), list(LANGUAGES.items()))
        self._languages.chosen.connect(self._change_language)
        self._complaint = complaint()
        self._lay_out(say)
        self._show(history.session)
        wide, high = map(scaled, SIZE)
        self.resize(min(wide, parent.width() - 4 * GRID), min(high, parent.height() - 2 * GRID))

    def _lay_out(self, say: Translation) -> None:
        self._pages = {name: QWidget() for name in PAGE_FIELDS}
        for name, title in field_titles(say).items():
            self._blocks[name] = self._block(name, title)
        self._blocks["kind"] = _under(caption(say("what kind of answer")), self._kind)
        self._blocks["topic"] = _under(caption(say("topic")), self._topic)
        hints = page_hints(say)
        for name, page in self._pages.items():
            blocks = [self._blocks[field] for field in PAGE_FIELDS[name]]
            page.setLayout(column(caption(hints[name], wrap=True), *blocks, None, spacing=GRID + 4))
        self._steps = Tabs(say("Steps of the lesson"), list(step_titles(say).items()))
        self._steps.chosen.connect(self._turn)
        self._on = button(say("Go on"))
        self._on.clicked.connect(self._go_on)
        remove, close, keep = button(say("Remove lesson"), "quiet"), button(say("Cancel")), button(say("Save"), "main")
        remove.clicked.connect(self._remove)
        close.clicked.connect(self.reject)
        keep.clicked.connect(self._keep)
        head = row(self._steps, None, self._languages, spacing=2 * GRID)
        feet = row(remove, None, close, self._on, keep)
        margins = (2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside, scroll = QWidget(), QScrollArea()
        inside.setLayout(column(*self._pages.values(), spacing=0))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = column(head, scroll, self._complaint, feet, spacing=2 * GRID, margins=margins)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._turn("about")

    def _block(self, name: str, title: str) -> QWidget:
        """Return a field under its name."""
        field = QPlainTextEdit() if name in TALL else QLineEdit()
        if isinstance(field, QPlainTextEdit):
            sized(field, height=TALL[name])
            field.setTabChangesFocus(True)
        self.fields[name] = write(field, name=title)
        return _under(caption(title, wrap=True), field)

    def _turn(self, page: str) -> None:
        """Open one of the steps."""
        self._page = page
        self._steps.set_current(page)
        for name, shown in self._pages.items():
            shown.setVisible(name == page)
        self._on.setVisible(page != [*self._pages][-1])

    def _go_on(self) -> None:
        names = [*self._pages]
        self._turn(names[names.index(self._page) + 1])

    def _choose_kind(self, kind: str) -> None:
        """Ask for what this kind of answer needs, and for nothing else."""
        self._kind.set_key(kind)
        for name in OF_KIND:
            self._blocks[name].setVisible(kind in OF_KIND[name])

    def _show(self, session: Session) -> None:
        """Fill the fields with the lesson that is there."""
        lesson = session.lesson or Lesson(
            question={"en": ""}, prediction=Prediction(kind="place", text={"en": ""}), topic=TOPICS[0]
        )
        asked, task = lesson.prediction, lesson.task
        for language in LANGUAGES:
            self._texts[language] = {
                "title": session.title.get(language, ""),
                "question": lesson.question.get(language, ""),
                "asked": asked.text.get(language, ""),
                "options": saying_lines(asked.options, language),
                "difference": saying_lines(lesson.difference, language),
                "task": task.text.get(language, "") if task else "",
                "way": task.way.get(language, "") if task else "",
                "variation": lesson.variation.get(language, ""),
            }
        plain = {
            "source": lesson.source,
            "run": str(asked.run),
            "step": "" if asked.step is None else str(asked.step),
            "below": "" if asked.below is None else repr(asked.below),
            "places": " ".join(f"({x!r},{y!r})" for x, y in asked.places),
            "answer": asked.answer,
            "computed": task.answer if task else "",
            "quantities": quantity_lines(lesson.quantities),
        }
        self._choose_kind(asked.kind)
        self._topic.set_key(lesson.topic or TOPICS[0])
        self._languages.set_current(self._language)
        for name, text in {**plain, **self._texts[self._language]}.items():
            self._write(name, text)

    def _change_language(self, language: str) -> None:
        """Show the texts in another language."""
        self._take()
        self._language = language
        for name, text in self._texts[language].items():
            self._write(name, text)

    def _take(self) -> None:
        """Keep the texts that are in the fields."""
        self._texts[self._language] = {name: self._read(name) for name in SAID}

    def _write(self, name: str, text: str) -> None:
        field = self.fields[name]
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        else:
            field.setText(text)

    def _read(self, name: str) -> str:
        field = self.fields[name]
        return (field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()).strip()

    def _said(self, name: str) -> dict[str, str]:
        """Return a text by language; who writes none in English has it in the other language."""
        found = {language: texts[name] for language, texts in self._texts.items() if texts[name]}
        return {"en": next(iter(found.values())), **found} if found else {}

    def _lesson(self) -> Lesson:
        """Return what is written.

        Raises:
            InputError: says what cannot be used.
        """
        places = quantities_in("\n".join(f"p{place} = value point={text}" for place, text in self._points()))
        prediction = Prediction(
            kind=self._kind.key,  # type: ignore[arg-type]
            text=self._said("asked"),
            run=_whole(self._read("run")) or 0,
            step=_whole(self._read("step")),
            places=tuple(one.point for one in places if one.point is not None),
            below=_number(self._read("below")),
            options=sayings_in({"en": "", **self._said("options")}),
            answer=self._read("answer"),
        )
        computed = self._read("computed")
        task = Task(text=self._said("task"), answer=computed, way=self._said("way")) if computed else None
        return check(
            Lesson(
                topic=str(self._topic.key),
                source=self._read("source"),
                quantities=quantities_in(self._read("quantities")),
                question=self._said("question"),
                prediction=prediction,
                difference=sayings_in({"en": "", **self._said("difference")}),
                task=task,
                variation=self._said("variation"),
            )
        )

    def _points(self) -> list[tuple[int, str]]:
        return list(enumerate(self._read("places").replace(" ", "").replace(")(", ") (").split()))

    def _keep(self) -> None:
        """Put the lesson into the session, and close; say what cannot be used."""
        self._take()
        try:
            lesson = self._lesson()
            self._history.edit(_taught, lesson, self._said("title"))
        except InputError as error:
            complain(self._complaint, self.context.told(error))
            return
        self.accept()

    def _remove(self) -> None:
        self._history.edit(lambda session: set_lesson(session, session.workspace, None))
        self.accept()


def _taught(session: Session, lesson: Lesson, title: Mapping[str, str]) -> Session:
    from landscape.session import checks

    checks.title(title)
    return replace(set_lesson(session, session.workspace, lesson), title=title)


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit():
        raise InputError('"{given}" is no whole number', given=text)
    return int(text)


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace("−", "-"))
    except ValueError as error:
        raise InputError('"{given}" is no number', given=text) from error


def _under(name: QWidget, field: QWidget) -> QWidget:
    block = QWidget()
    block.setLayout(column(name, field, spacing=4))
    return block
