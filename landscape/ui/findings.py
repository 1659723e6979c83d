"""All that can be found by name: what menus offer, what the catalogue and the other registries hold, workspaces.

There is no list here: what is new in a menu or in a registry can be found by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from landscape.session.workspaces import WORKSPACES
from landscape.translation import LANGUAGES, Translation, said_in, translation
from landscape.ui.actions import Action, Menu, Submenu, key_text
from landscape.ui.commands import Commands
from landscape.ui.context import Look
from landscape.ui.files import TEXTS
from landscape.ui.workspaces import Named, ui_part


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of what was found."""

    title: str
    group: str
    words: str
    """All that it can be found by: titles in every language, group and id."""
    run: Callable[[], object]
    keys: str = ""
    """Its shortcut, as it is written."""
    texts: str = ""
    """All that it says, in small letters: where nothing has a better name, it is found by that."""

    def says(self, query: Sequence[str]) -> bool:
        """Tell whether all of some words, in small letters, are in what it says."""
        return bool(query and self.texts) and all(word in self.texts for word in query)


def of_actions(bar: Sequence[Menu], commands: Commands, say: Translation) -> Iterator[Finding]:
    """Yield the commands of a menu bar that can be given now."""
    others = _others(say)
    for menu in bar:
        for item in menu.items:
            if isinstance(item, Action) and commands.possible(item.id):
                keys = key_text(item.keys[0]) if item.keys else ""
                words = f"{_everywhere(item.title, others)} {_everywhere(menu.title, others)} {item.id}"
                yield Finding(
                    title=item.title, group=menu.title, words=words, run=_giving(commands, item.id), keys=keys
                )


def of_submenus(bar: Sequence[Menu], commands: Commands, look: Look, owner: QWidget) -> Iterator[Finding]:
    """Yield all that the submenus of a menu bar offer now.

    Args:
        bar: The menus.
        commands: What fills the submenus.
        look: The language; another one for a moment, in which the submenus are filled, too.
        owner: What the filled menus belong to; they must be there as long as one of them may be chosen from.
    """
    others = _others(look.say)
    for menu in bar:
        for item in menu.items:
            if isinstance(item, Submenu) and commands.possible(item.id):
                yield from _of_submenu(item, commands, look, others, owner)


def of_workspaces(say: Translation, front: str, open_: Callable[[str], object]) -> Iterator[Finding]:
    """Yield the workspaces but the one in front."""
    for name, each in WORKSPACES.items():
        if name != front:
            words = " ".join((name, *each.titles.values()))
            title = say.pick(each.titles)
            yield Finding(title=title, group=say("Workspace"), words=words, run=partial(open_, name))


def of_registries(say: Translation, front: str, choose: Callable[[str, Named], object]) -> Iterator[Finding]:
    """Yield what the workspaces can be given by name, first that of the one in front.

    What several of them take, such as an optimizer, goes to the first.
    """
    others = _others(say)
    seen: set[tuple[str, str]] = set()
    for workspace in sorted(WORKSPACES, key=lambda name: name != front):
        for one in ui_part(workspace).named(say):
            if (one.group, one.title) not in seen:
                seen.add((one.group, one.title))
                place = say.pick(WORKSPACES[workspace].titles)
                group = one.group if workspace == front else f"{one.group} · {place}"
                words = f"{_everywhere(one.title, others)} {_everywhere(one.group, others)} {one.words}"
                yield Finding(title=one.title, group=group, words=words, run=_choosing(choose, workspace, one))


def _of_submenu(
    item: Submenu, commands: Commands, look: Look, others: Sequence[Translation], owner: QWidget
) -> Iterator[Finding]:
    """Yield what a submenu offers that can be chosen, with its titles in every language."""
    menu, say = QMenu(owner), look.say
    commands.fill(item.id, menu)
    elsewhere: list[Sequence[str]] = []
    for other in others:
        twin = QMenu(owner)
        look.say = other
        try:
            commands.fill(item.id, twin)
        finally:
            look.say = say
        elsewhere.append([action.text() for action in _leaves(twin)])
        twin.deleteLater()
    for index, action in enumerate(_leaves(menu)):
        if action.isEnabled():
            titles = [texts[index] for texts in elsewhere if index < len(texts)]
            words = " ".join((action.text(), *titles, _everywhere(item.title, others), item.id))
            title, texts = action.text().replace("&&", "&"), str(action.property(TEXTS) or "")
            yield Finding(title=title, group=item.title, words=words, run=action.trigger, texts=texts)


def _leaves(menu: QMenu) -> list[QAction]:
    """Return what can be chosen in a menu and the menus in it."""
    inner: Mapping[QAction, QMenu] = {each.menuAction(): each for each in menu.findChildren(QMenu)}
    found: list[QAction] = []
    for action in menu.actions():
        found += _leaves(inner[action]) if action in inner else [action] if action.text() else []
    return found


def _giving(commands: Commands, name: str) -> Callable[[], None]:
    return lambda: commands.run(name)


def _choosing(choose: Callable[[str, Named], object], workspace: str, one: Named) -> Callable[[], object]:
    return lambda: choose(workspace, one)


def _others(say: Translation) -> list[Translation]:
    return [translation(name) for name in LANGUAGES if name != say.language]


def _everywhere(title: str, others: Sequence[Translation]) -> str:
    """Return a title in every language."""
    return " ".join((title, *(said_in(title, say) for say in others)))
