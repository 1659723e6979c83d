"""What can be set of one run: its optimizer, its hyper-parameters, its rule, and what it remembers at the start."""

from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.optimizers import UpdateRule, entry_of, optimizer, state_after
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.strategies import Strategy
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent, Run
from landscape.session.descent.strategies import choose_inner, choose_strategy
from landscape.ui.context import Context
from landscape.ui.descent.panels.strategy_form import StrategyForm
from landscape.ui.forms import Form
from landscape.ui.layouts import GRID, caption, column, complain
from landscape.ui.optimizer_menu import fill_optimizers, fill_strategies
from landscape.ui.rule_form import RuleEdits, RuleForm
from landscape.ui.switch import Switch

PREVIOUS = "previous"
AXES = ("x", "y")


class RunForm(RuleForm):
    """Shows one run of a descent and emits edits of it."""

    def __init__(self, context: Context) -> None:
        self._run: int | None = None
        made = RuleEdits(choose=self._choose_rule, set_hyper=self._set_hyper, set_rule=self._set_rule)
        super().__init__(context, made, (GRID, 4, 0, GRID))
        self.memory = MemoryForm(context)
        self._below.addWidget(self.memory)
        self.strategy = StrategyForm(context, self._set_hyper, self._fill_all)
        self._parts.insertWidget(0, self.strategy)
        self._moved: Strategy | None = None

    def display_run(self, descent: Descent, run: int) -> None:
        """Show a run of ``descent``."""
        one = descent.run_of(run)
        self.memory.display(descent, one)
        self.strategy.display(one.strategy)
        if run == self._run:
            self.display(one.rule)
        else:
            # What was typed for the run before goes to it.
            self.rule_field.flush()
            self._run = run
            self.turn_to(one.rule)
        if one.strategy is not None or self._moved is not None:
            self._show_parts(one.uses_rule)
        self._moved = one.strategy

    def _fill_menu(self, menu: QMenu) -> None:
        """Offer every optimizer, and every strategy; for what runs inside of one only optimizers."""
        super()._fill_menu(menu)
        if self._moved is None:
            fill_strategies(menu, self._context.say, self._choose_strategy)

    def _fill_all(self, menu: QMenu) -> None:
        """Offer every optimizer in place of the strategy, and every other strategy."""
        fill_optimizers(menu, self._context.say, self._replace)
        fill_strategies(menu, self._context.say, self._choose_strategy)

    def _replace(self, name: str) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.choose_rule, self._run, optimizer(name))))

    def _choose_strategy(self, strategy: Strategy) -> None:
        error = self._context.edit(choose_strategy, self._run, strategy)
        complain(self._complaint, self._context.told(error))

    def _choose_rule(self, rule: UpdateRule) -> InputError | None:
        if self._moved is not None:
            return self._context.edit(choose_inner, self._run, rule)
        return self._context.edit(edits.choose_rule, self._run, rule)

    def _set_hyper(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_hyper, self._run, name, value, gesture=gesture or None)

    def _set_rule(self, rule: UpdateRule) -> InputError | None:
        return self._context.edit(edits.set_rule, self._run, rule, gesture=f"typing rule {self._run}")


class MemoryForm(QWidget):
    """What the rule of a run remembers at the start, such as a velocity, or the point before it; mostly folded away."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._descent: Descent | None = None
        self._run: Run | None = None
        self.switch = Switch(context.say("begin with a memory"), context)
        self.switch.toggled.connect(self._toggle)
        titles = {
            _title(PREVIOUS, 0, 2): context.say("point before, x"),
            _title(PREVIOUS, 1, 2): context.say("point before, y"),
        }
        self._form = Form(context, self.change, titles)
        hint = context.say("What the rule remembers at the start; with momentum, that is its velocity.")
        self._hint = caption(hint, wrap=True)
        self.setLayout(column(self.switch, self._hint, self._form, spacing=4))

    def display(self, descent: Descent, run: Run) -> None:
        """Show the memory of ``run``."""
        other = self._run is None or run.id != self._run.id
        self._descent, self._run = descent, run
        self.setVisible(run.own_rule is not None and bool(run.rule.state))
        if other or run.state:
            self.switch.blockSignals(True)
            self.switch.setChecked(bool(run.state))
            self.switch.blockSignals(False)
        self._show()

    def _show(self) -> None:
        descent, run = self._descent, self._run
        shown = self.switch.isChecked() and descent is not None and run is not None
        self._hint.setVisible(shown)
        self._form.setVisible(shown)
        if not shown or descent is None or run is None:
            return
        held, values = dict(run.state), {}
        count = 1 if run.rule.planar else 2
        for name in run.rule.state:
            for place, number in enumerate(held.get(name, (0.0,) * count)):
                values[_title(name, place, count)] = number
        entry = entry_of(run.rule)
        if entry is not None and entry.previous:
            values |= dict(zip((_title(PREVIOUS, k, 2) for k in (0, 1)), _previous(descent, run), strict=True))
        self._form.display([_parameter(name, value) for name, value in values.items()], values)

    def _toggle(self, on: bool) -> None:
        if not on and self._run is not None and self._run.state:
            self._context.edit(edits.set_previous, self._run.id, None)
        self._show()

    def change(self, title: str, value: float, gesture: str) -> InputError | None:
        """Give one of its numbers a value."""
        descent, run = self._descent, self._run
        if descent is None or run is None:
            return None
        name, _, axis = title.partition(" ")
        place = AXES.index(axis) if axis else 0
        if name == PREVIOUS:
            point = list(_previous(descent, run))
            point[place] = value
            return self._context.edit(edits.set_previous, run.id, tuple(point), gesture=gesture or None)
        numbers = list(dict(run.state).get(name, (0.0,) * (1 if run.rule.planar else 2)))
        numbers[place] = value
        return self._context.edit(edits.set_state, run.id, name, tuple(numbers), gesture=gesture or None)


def _title(name: str, place: int, count: int) -> str:
    return name if count == 1 else f"{name} {AXES[place]}"


def _parameter(name: str, value: float) -> Parameter:
    return Parameter(name=name, default=0.0, minimum=min(-10.0, value), maximum=max(10.0, value))


def _previous(descent: Descent, run: Run) -> tuple[float, float]:
    """Return the point before the start that the memory tells of: the start itself where there is none."""
    start = descent.start_of(run)
    held = next(iter(dict(run.state).values()), (0.0, 0.0))
    # What is remembered is linear in that point: its value at two points tells the line.
    at_rest = dict(state_after(run.rule, start, start))
    moved = dict(state_after(run.rule, (start[0] + 1.0, start[1] + 1.0), start))
    name = next(iter(at_rest))
    slope = moved[name][0] - at_rest[name][0]
    x, y = (begin + (one - rest) / slope for begin, one, rest in zip(start, held, at_rest[name], strict=True))
    return x, y
