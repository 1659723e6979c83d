"""What the actions of menus and keys do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtWidgets import QMenu

Fill: TypeAlias = Callable[[QMenu], None]
"""Fills a menu when it opens."""


def _yes() -> bool:
    return True


def _no() -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Command:
    """What one action does, and whether it can now."""

    run: Callable[[], object]
    checked: Callable[[], bool] = _no
    """Tells of what can be switched whether it is on."""
    possible: Callable[[], bool] = _yes


class Commands:
    """The commands of a window: its own, and those of the workspace in front.

    Args:
        own: The commands and submenus of the window itself.
        front: Returns those of the workspace in front.
    """

    def __init__(
        self,
        own: tuple[Mapping[str, Command], Mapping[str, Fill]],
        front: Callable[[], tuple[Mapping[str, Command], Mapping[str, Fill]]],
    ) -> None:
        self._own, self._front = own, front

    def possible(self, name: str) -> bool:
        """Tell whether a command can be given now, or a submenu be opened."""
        command = self._command(name)
        return command.possible() if command is not None else name in {**self._own[1], **self._front()[1]}

    def checked(self, name: str) -> bool:
        """Tell whether what a command switches is on."""
        command = self._command(name)
        return command is not None and command.checked()

    def run(self, name: str) -> None:
        """Do what a command means; nothing where it cannot be given."""
        command = self._command(name)
        if command is not None and command.possible():
            command.run()

    def fill(self, name: str, menu: QMenu) -> None:
        """Fill a submenu when it opens."""
        menu.clear()
        filling = {**self._own[1], **self._front()[1]}.get(name)
        if filling is not None:
            filling(menu)

    def _command(self, name: str) -> Command | None:
        return self._own[0].get(name) or self._front()[0].get(name)


def fill_choices(menu: QMenu, titles: Mapping[str, str], current: str, choose: Callable[[str], object]) -> None:
    """Offer names of which one is chosen."""
    for name, title in titles.items():
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
