"""The menu of all optimizers, by group."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from landscape.catalogue.optimizers import UpdateRule, optimizer_entries, optimizer_shelf
from landscape.catalogue.strategies import Strategy
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.translation import Translation
from landscape.ui.groups import group_title


def fill_strategies(menu: QMenu, say: Translation, choose: Callable[[Strategy], object]) -> None:
    """Add a submenu of all strategies; ``choose`` is called with one at its defaults."""
    section = menu.addMenu(say("Ways out of local minima"))
    for entry in strategy_entries().values():
        action = section.addAction(say.pick(entry.titles))
        action.triggered.connect(lambda _checked=False, name=entry.id: choose(strategy(name)))


def fill_optimizers(
    menu: QMenu, say: Translation, choose: Callable[[str], object], *, elementwise: bool = False
) -> None:
    """Add a submenu for every group; ``choose`` is called with the catalogue id.

    Args:
        menu: what is filled.
        say: the language.
        choose: what is done.
        elementwise: leave out optimizers that move two coordinates together.
    """
    titles = optimizer_shelf().groups
    sections: dict[str, QMenu] = {}
    for entry in optimizer_entries().values():
        if elementwise and UpdateRule(entry.rule).planar:
            continue
        if entry.group not in sections:
            sections[entry.group] = menu.addMenu(group_title(entry.group, titles, say))
        action = sections[entry.group].addAction(say.pick(entry.titles))
        action.triggered.connect(lambda _checked=False, name=entry.id: choose(name))
