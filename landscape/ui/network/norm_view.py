"""What the norm of a network makes of one number, line by line, in training and in evaluation mode."""

from PySide6.QtWidgets import QWidget

from landscape.scene.answers import Answers
from landscape.scene.equation import EquationQuestion
from landscape.scene.network.norm_lines import NormSection
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.formula_lines import FormulaLines
from landscape.ui.layouts import caption, column, heading
from landscape.ui.words import write

OWNER = "norm equations"
SECTIONS = 2
"""In training, and in evaluation mode."""


class NormView(QWidget):
    """Shows the lines of the last network that has a norm; hidden where none has."""

    def __init__(self, context: Context, asker: Asker, answers: Answers) -> None:
        super().__init__()
        say = context.say
        self._asker, self._answers = asker, answers
        self._wanted: frozenset[str] = frozenset()
        self._titles = [caption(wrap=True) for _ in range(SECTIONS)]
        self.sections = [
            FormulaLines(context, say("The norm of unit 1, layer 1"), self._is_typeset, pressable=False)
            for _ in range(SECTIONS)
        ]
        for lines in self.sections:
            asker.answered.connect(lines.formulas_came)
        parts = [part for pair in zip(self._titles, self.sections, strict=True) for part in pair]
        self.network = caption(wrap=True)
        self.setLayout(column(heading(say("The norm of unit 1, layer 1")), self.network, *parts))
        self.hide()

    def display(self, found: tuple[NormSection, ...], network: str) -> None:
        """Show what the norm of a network makes of one number, and what it is called; nothing: hide."""
        self.setVisible(bool(found))
        write(self.network, text=network)
        self._want(found)
        for index, (title, lines) in enumerate(zip(self._titles, self.sections, strict=True)):
            section = found[index] if index < len(found) else None
            for part in (title, lines):
                part.setVisible(section is not None)
            write(title, text=section.title if section is not None else "")
            lines.show_lines(section.lines if section is not None else ())

    def _want(self, found: tuple[NormSection, ...]) -> None:
        """Have the formulas typeset that are not yet."""
        wanted = tuple(dict.fromkeys(line.latex for section in found for line in section.lines))
        if frozenset(wanted) != self._wanted:
            self._wanted = frozenset(wanted)
            self._asker.want(OWNER, [EquationQuestion(latex=latex) for latex in wanted])

    def _is_typeset(self, latex: str) -> bool:
        return self._answers.get(EquationQuestion(latex=latex)) is not None
