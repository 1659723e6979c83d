"""What can be set of an optimizer: which one, its hyper-parameters, and its rule."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.optimizers import RATE, UpdateRule, optimizer, rule_parameters
from landscape.errors import InputError
from landscape.scene.text import rule_title
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.forms import Change, Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import NO_MARGINS, Margins, column, complain, complaint, row
from landscape.ui.optimizer_menu import fill_optimizers


@dataclass(frozen=True, kw_only=True)
class RuleEdits:
    """What a form of an optimizer does to a session; each answers with what is wrong, or None."""

    choose: Callable[[UpdateRule], InputError | None]
    """Take another optimizer of the catalogue."""
    set_hyper: Change
    set_rule: Callable[[UpdateRule], InputError | None]
    """Take the rule that was typed."""


class RuleForm(QWidget):
    """Shows one optimizer and hands on what a person makes of it.

    Args:
        context: How it speaks and looks.
        edits: What it does.
        margins: Around the whole.
        elementwise: Offer only optimizers that can move any number of weights.
    """

    def __init__(
        self, context: Context, edits: RuleEdits, margins: Margins = NO_MARGINS, *, elementwise: bool = False
    ) -> None:
        super().__init__()
        say = context.say
        self._context, self._edits, self._elementwise = context, edits, elementwise
        self._rule: UpdateRule | None = None
        self._optimizer = DropButton(context, say("Optimizer"), self._open_menu)
        self._edit_rule = IconButton(context, "formula", say("Edit the rule…"), self._toggle_rule)
        self._edit_rule.setCheckable(True)
        self._form = Form(context, edits.set_hyper)
        self.rule_field = FormulaField(context, say("Update rule"), lines=2)
        self.rule_field.typed.connect(self._typed)
        self.rule_field.ended.connect(context.end_gesture)
        self.rule_field.hide()
        self._complaint = complaint()
        top = row(self._optimizer, self._edit_rule, spacing=4)
        top.setStretch(0, 1)
        self._below = column(spacing=6)
        """What a form of another kind has under the hyper-parameters."""
        parts = (top, self.rule_field, self._complaint, self._form, self._below)
        self._parts = column(*parts, spacing=6, margins=margins)
        self.setLayout(self._parts)

    def display(self, rule: UpdateRule) -> None:
        """Show ``rule``."""
        if rule == self._rule:
            return
        self._rule = rule
        self._optimizer.set_choice(rule_title(rule, self._context.say))
        self._form.display(rule_parameters(rule), dict(rule.values))
        if self.rule_field.set_text(rule.rule):
            complain(self._complaint, "")
        if not rule.entry:
            self._show_rule(True)

    def turn_to(self, rule: UpdateRule) -> None:
        """Show the rule of something else; what was typed for the one before is still its own."""
        self.rule_field.turn_to(rule.rule)
        self._show_rule(not rule.entry)
        complain(self._complaint, "")
        self._rule = None
        self.display(rule)

    def _toggle_rule(self) -> None:
        self._show_rule(self.rule_field.isHidden())

    def _show_parts(self, shown: bool) -> None:
        """Show all that is of the rule, or nothing of it."""
        for part in (self._optimizer, self._edit_rule, self._form):
            part.setVisible(shown)
        self._show_rule(shown and self._rule is not None and not self._rule.entry)

    def _show_rule(self, shown: bool) -> None:
        self.rule_field.setVisible(shown)
        self._edit_rule.setChecked(shown)

    def _open_menu(self) -> None:
        menu = self._optimizer.menu_below()
        self._fill_menu(menu)
        menu.popup(self._optimizer.mapToGlobal(self._optimizer.rect().bottomLeft()))

    def _fill_menu(self, menu: QMenu) -> None:
        """Offer every optimizer."""
        fill_optimizers(menu, self._context.say, self._choose, elementwise=self._elementwise)

    def _choose(self, name: str) -> None:
        complain(self._complaint, self._context.told(self._edits.choose(optimizer(name))))

    def _typed(self, text: str) -> None:
        """Read the rule; a mistake leaves everything as it is and is marked."""
        if self._rule is None or text.strip() == self._rule.rule.strip():
            self.rule_field.show_error(None)
            complain(self._complaint, "")
            return
        error: InputError | None = None
        try:
            error = self._edits.set_rule(typed_rule(text, self._rule))
        except InputError as caught:
            error = caught
        self.rule_field.show_error(error)
        complain(self._complaint, self._context.told(error))


def typed_rule(text: str, old: UpdateRule) -> UpdateRule:
    """Return the rule of typed lines, with the values that hyper-parameters of the same names had."""
    bare = optimizer(f"{text.rstrip()}\n" if not text.strip().isidentifier() else f"{text} =")
    kept = {name: value for name, value in old.values if name in (*bare.hyper_names, RATE)}
    made = optimizer(bare.rule, **{name: value for name, value in kept.items() if name in dict(bare.values)})
    described = tuple(one for one in old.described if one.name in dict(made.values))
    return replace(made, described=described) if described else made
