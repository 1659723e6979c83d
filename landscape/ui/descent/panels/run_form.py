"""What can be set for one run: its optimizer, its hyper-parameters, and its rule."""

from landscape.catalogue.optimizers import UpdateRule
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.ui.context import Context
from landscape.ui.layouts import GRID
from landscape.ui.rule_form import RuleEdits, RuleForm


class RunForm(RuleForm):
    """Shows one run of a descent and emits edits of it."""

    def __init__(self, context: Context) -> None:
        self._run: int | None = None
        made = RuleEdits(choose=self._choose_rule, set_hyper=self._set_hyper, set_rule=self._set_rule)
        super().__init__(context, made, (GRID, 4, 0, GRID))

    def display_run(self, descent: Descent, run: int) -> None:
        """Show a run of ``descent``."""
        rule = descent.run_of(run).rule
        if run == self._run:
            self.display(rule)
            return
        # What was typed for the run before goes to it.
        self.rule_field.flush()
        self._run = run
        self.turn_to(rule)

    def _choose_rule(self, rule: UpdateRule) -> InputError | None:
        return self._context.edit(edits.choose_rule, self._run, rule)

    def _set_hyper(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_hyper, self._run, name, value, gesture=gesture or None)

    def _set_rule(self, rule: UpdateRule) -> InputError | None:
        return self._context.edit(edits.set_rule, self._run, rule)
