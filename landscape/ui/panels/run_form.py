"""What can be set for one run: its optimizer, its hyper-parameters, and its rule."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.optimizers import RATE, UpdateRule, optimizer, rule_parameters
from landscape.errors import InputError
from landscape.scene.text import rule_title
from landscape.session import edits
from landscape.session.session import Session
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import GRID, column, complain, complaint, row
from landscape.ui.optimizer_menu import fill_optimizers


class RunForm(QWidget):
    """Shows the run at an index of a session and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._index = -1
        self._rule: UpdateRule | None = None
        self._optimizer = DropButton(context.icons, say("Optimizer"), self._open_menu)
        self._edit_rule = IconButton(context.icons, "formula", say("Edit the rule…"), self._toggle_rule)
        self._edit_rule.setCheckable(True)
        self._form = Form(context, self._set_hyper)
        self.rule_field = FormulaField(context, say("Update rule"), lines=2)
        self.rule_field.typed.connect(self._typed)
        self.rule_field.hide()
        self._complaint = complaint()
        top = row(self._optimizer, self._edit_rule, spacing=4)
        top.setStretch(0, 1)
        self.setLayout(column(top, self.rule_field, self._complaint, self._form, spacing=6, margins=(GRID, 4, 0, GRID)))

    def display(self, session: Session, index: int) -> None:
        """Show the run ``index`` of ``session``."""
        rule = session.runs[index].rule
        if index != self._index:
            self._turn_to(index, rule)
        elif rule == self._rule:
            return
        self._rule = rule
        self._optimizer.set_choice(rule_title(rule, self._context.say))
        self._form.display(rule_parameters(rule), dict(rule.values))
        if self.rule_field.set_text(rule.rule):
            complain(self._complaint, "")
        if not rule.entry:
            self._show_rule(True)

    def _turn_to(self, index: int, rule: UpdateRule) -> None:
        """Show another run; what was typed for the one before is still its own."""
        self.rule_field.turn_to(rule.rule)
        self._index = index
        self._show_rule(not rule.entry)
        complain(self._complaint, "")

    def open_rule(self) -> None:
        """Show the lines of the rule, ready to be changed."""
        self._show_rule(True)
        self.rule_field.setFocus()

    def _toggle_rule(self) -> None:
        self._show_rule(self.rule_field.isHidden())

    def _show_rule(self, shown: bool) -> None:
        self.rule_field.setVisible(shown)
        self._edit_rule.setChecked(shown)

    def _open_menu(self) -> None:
        menu = self._optimizer.menu_below()
        fill_optimizers(menu, self._context.say, self._choose)
        menu.popup(self._optimizer.mapToGlobal(self._optimizer.rect().bottomLeft()))

    def _choose(self, name: str) -> None:
        error = self._context.edit(edits.choose_rule, self._index, optimizer(name))
        complain(self._complaint, self._context.told(error))

    def _set_hyper(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_hyper, self._index, name, value, gesture=gesture or None)

    def _typed(self, text: str) -> None:
        """Read the rule; a mistake leaves the run as it is and is marked."""
        if self._rule is None or text.strip() == self._rule.rule.strip():
            self.rule_field.show_error(None)
            complain(self._complaint, "")
            return
        error: InputError | None = None
        try:
            error = self._context.edit(edits.set_rule, self._index, typed_rule(text, self._rule))
        except InputError as caught:
            error = caught
        self.rule_field.show_error(error)
        complain(self._complaint, self._context.told(error))


def typed_rule(text: str, old: UpdateRule) -> UpdateRule:
    """Return the rule of typed lines, with the values that hyper-parameters of the same names had."""
    bare = optimizer(f"{text.rstrip()}\n" if not text.strip().isidentifier() else f"{text} =")
    kept = {name: value for name, value in old.values if name in (*bare.hyper_names, RATE)}
    return optimizer(bare.rule, **{name: value for name, value in kept.items() if name in dict(bare.values)})
