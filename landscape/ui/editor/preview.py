"""The lines of a program, typeset one under the other; plain text until they are."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from landscape.formula.symbols import latex_symbol, plain_symbol
from landscape.formula.tree import Node
from landscape.formula.typeset import latex, pretty
from landscape.scene.answers import Answers
from landscape.scene.equation import EquationQuestion
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.formula_view import FormulaView
from landscape.ui.layouts import column

OWNER = "editor"
LINE = 34
MOST = 24
"""Lines that are typeset; longer programs end in text."""


class Preview(QWidget):
    """Shows the statements of a formula."""

    def __init__(self, context: Context, asker: Asker, answers: Answers) -> None:
        super().__init__()
        self._context, self._asker, self._answers = context, asker, answers
        self._views: list[FormulaView] = []
        self._latex: list[str] = []
        self._shown: list[str] = []
        self._column = column(spacing=2)
        self.setLayout(self._column)
        asker.answered.connect(self._show_typeset)

    def display(self, lines: tuple[tuple[str, Node], ...], symbols: Mapping[str, str]) -> None:
        """Show each line: the name that it assigns, if any, and what to."""
        while len(self._views) < min(len(lines), MOST):
            view = FormulaView(self._context, LINE)
            self._views.append(view)
            self._column.addWidget(view)
        self._latex = [_line(latex_of(name, symbols), latex(node, dict(symbols))) for name, node in lines[:MOST]]
        self._shown = ["" for _ in self._latex]
        for index, view in enumerate(self._views):
            view.setVisible(index < len(self._latex))
            if index < len(self._latex):
                name, node = lines[index]
                view.set_text(_line(plain_symbol(name) if name else "", pretty(node)))
        self._asker.want(OWNER, tuple(EquationQuestion(latex=each) for each in self._latex))
        self._show_typeset()

    def leave(self) -> None:
        """Typeset nothing any more."""
        self._asker.want(OWNER, ())

    def _show_typeset(self) -> None:
        """Show what is typeset by now."""
        for index, text in enumerate(self._latex):
            if self._shown[index] != text and self._answers.get(EquationQuestion(latex=text)) is not None:
                self._shown[index] = text
                self._views[index].set_latex(text)


def latex_of(name: str, symbols: Mapping[str, str]) -> str:
    """Return a name that a line assigns in LaTeX; empty for a line that assigns none."""
    return symbols.get(name) or latex_symbol(name) if name else ""


def _line(name: str, value: str) -> str:
    return f"{name} = {value}" if name else value
