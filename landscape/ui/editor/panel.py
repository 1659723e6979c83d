"""The editor: the lines with their colours and mistakes, how they look typeset, their parameters, and the names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.ui.asker import Asker
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.editor.preview import Preview
from landscape.ui.editor.ranges import Ranges
from landscape.ui.editor.subject import Editing, Subject
from landscape.ui.editor.words_list import WordsList
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import Part, caption, column, complain, complaint, heading, row
from landscape.ui.suggestion import Suggestion
from landscape.ui.switch import Switch
from landscape.ui.words import button, write

PAUSE = 0
"""Milliseconds after a key: what is typed moves with the next turn of the events."""
MOST_LINES = 16


class EditorPanel(QWidget):
    """Shows one formula and hands on what a person makes of it.

    Args:
        context: How it speaks and looks.
        editing: What is edited, and what an edit does.
        asker: Has the preview typeset.
        answers: What is known by now.
        beside: What a kind of formula shows besides, such as the curve of a schedule.
    """

    closed = Signal()

    def __init__(
        self, context: Context, editing: Editing, asker: Asker, answers: Answers, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        say = context.say
        self._context, self._editing, self.beside = context, editing, beside
        self._subject: Subject | None = None
        self.name = QLineEdit()
        write(self.name, name=say("Name"), hint=say("Name"))
        self.name.editingFinished.connect(self._rename)
        self.field = FormulaField(context, editing.field, lines=2, most=MOST_LINES, pause=PAUSE)
        self.field.typed.connect(self._typed)
        self.field.ended.connect(context.end_gesture)
        self._complaint = complaint()
        self._preview = Preview(context, asker, answers)
        self._memory = caption(wrap=True)
        self._form = Form(context, editing.set_value)
        self._own_ranges = Switch(say("ranges and scales"), context)
        self._own_ranges.toggled.connect(self._show_ranges)
        self._ranges = Ranges(context)
        self._ranges.changed.connect(self._describe)
        self._ranges.refused.connect(self._tell)
        self._add = button(say("Add to my catalogue"))
        self._add.clicked.connect(self._add_entry)
        self._added = caption(wrap=True)
        words = WordsList(context, editing.meanings, self.field.insert)
        close = IconButton(context, "back", say("Back to the panels (Escape)"), self.closed.emit)
        top = row(close, heading(editing.heading), None, spacing=4)
        parts: list[Part] = [
            top,
            self.name,
            self.field,
            self._complaint,
            Suggestion(context, self.field),
            self._preview,
        ]
        parts += [self._memory, *([beside] if beside is not None else []), self._form, self._own_ranges, self._ranges]
        parts += [words, row(self._add, None), self._added]
        self.setLayout(column(*parts))

    def display(self, subject: Subject) -> None:
        """Show ``subject`` as it is now."""
        if subject == self._subject:
            return
        old, self._subject = self._subject, subject
        if not self.name.hasFocus() or old is None:
            self.name.setText(subject.title)
        self.field.set_names(subject.names)
        if self.field.set_text(subject.text):
            complain(self._complaint, "")
        if old is None or (old.lines, old.symbols) != (subject.lines, subject.symbols):
            self._preview.display(subject.lines, subject.symbols)
        self._show_memory(subject)
        self._form.display(subject.parameters, subject.values)
        self._show_ranges()

    def begin(self) -> None:
        """Have the keyboard in the lines, with the cursor at their end."""
        self.field.setFocus()
        self.field.selectAll()

    def leave(self) -> None:
        """Read what was typed, and compute nothing any more."""
        self.field.flush()
        self._preview.leave()
        self._context.end_gesture()

    def _show_memory(self, subject: Subject) -> None:
        say = self._context.say
        names = ", ".join(subject.memory)
        text = say("Remembers from step to step, from 0: {names}", names=names) if names else ""
        write(self._memory, text=text)
        self._memory.setVisible(bool(names))

    def _show_ranges(self) -> None:
        subject = self._subject
        possible = subject is not None and subject.ranged and bool(subject.parameters)
        self._own_ranges.setVisible(possible)
        self._ranges.setVisible(possible and self._own_ranges.isChecked())
        if subject is not None and possible:
            self._ranges.display(subject.parameters)

    def _typed(self, text: str) -> None:
        """Read the lines; a mistake leaves everything as it is and is marked."""
        write(self._added, text="")
        same = self._subject is not None and text.strip() == self._subject.text.strip()
        error = None if same else self._editing.take(text)
        self.field.show_error(error)
        self._tell(error)

    def _tell(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))

    def _describe(self, parameter: object) -> None:
        error = self._editing.describe(parameter)  # type: ignore[arg-type]
        self._tell(error)

    def _rename(self) -> None:
        if self._subject is not None and self.name.text() != self._subject.title:
            self._tell(self._editing.rename(self.name.text()))

    def _add_entry(self) -> None:
        say = self._context.say
        title = self.name.text()
        error = self._editing.add(title)
        self._tell(error)
        write(self._added, text="" if error else say("{title} is in your catalogue now", title=title))
