"""What can be set of a strategy: which one, and its hyper-parameters."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.strategies import Strategy
from landscape.descent.strategies.strategy import entry_of, runs_rule, strategy_parameters
from landscape.scene.descent.text import way_titles
from landscape.scene.symbols import strategy_meanings
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.context import Context
from landscape.ui.forms import Change, Form
from landscape.ui.layouts import caption, clear, column
from landscape.ui.words import write


class StrategyForm(QWidget):
    """Shows the strategy of a run; hidden where there is none.

    Args:
        context: How it speaks and looks.
        set_value: Gives a hyper-parameter another value.
        fill: Offers what else could move the run.
    """

    def __init__(self, context: Context, set_value: Change, fill: Callable[[QMenu], object]) -> None:
        super().__init__()
        say = context.say
        self._context, self._fill = context, fill
        self._shown: Strategy | None = None
        self._choice = DropButton(context, say("Strategy"), self._open_menu)
        self._form = Form(context, set_value, meant=strategy_meanings)
        self._ways = column(spacing=6)
        self._set_value = set_value
        self._inside = caption(say("Optimizer inside"))
        self.setLayout(column(self._choice, self._form, self._ways, self._inside, spacing=6))

    def display(self, strategy: Strategy | None) -> None:
        """Show a strategy, or none."""
        self.setVisible(strategy is not None)
        if strategy is None or strategy == self._shown:
            self._shown = strategy
            return
        self._shown = strategy
        entry = entry_of(strategy)
        self._choice.set_choice(self._context.say.pick(entry.titles))
        write(self._choice, tip=entry.source)
        values = dict(strategy.values)
        plain = tuple(one for one in strategy_parameters(strategy) if one.name not in entry.choices)
        self._form.display(plain, values)
        self._show_ways(entry.choices, values)
        self._inside.setVisible(runs_rule(strategy))

    def _show_ways(self, choices: Mapping[str, tuple[str, ...]], values: Mapping[str, float]) -> None:
        """Show what is one of several ways: the temperature of annealing falls by one of some laws."""
        say = self._context.say
        clear(self._ways)
        titles, told = way_titles(say), strategy_meanings(say)
        for name, ways in choices.items():
            choice = Choice(self._context, titles[name], [(place, titles[way]) for place, way in enumerate(ways)])
            choice.set_key(min(max(round(values[name]), 0), len(ways) - 1))
            choice.chosen.connect(partial(self._choose_way, name))
            if name in told:
                write(choice, tip=told[name])
            self._ways.addWidget(choice)

    def _choose_way(self, name: str, place: int) -> None:
        self._set_value(name, float(place), "")

    def _open_menu(self) -> None:
        menu = self._choice.menu_below()
        self._fill(menu)
        menu.popup(self._choice.mapToGlobal(self._choice.rect().bottomLeft()))
