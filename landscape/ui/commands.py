"""What the actions of menus and keys do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from landscape.ui.player import Player

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


def player_commands(player: Callable[[], "Player"], turn: Callable[[int], bool]) -> Mapping[str, Command]:
    """Return what moves the play head of the workspace in front, by the ids of the menu of playing.

    Args:
        player: Returns the play head in front.
        turn: Opens the next page of a lesson (1) or the one before (-1), and tells whether there is one: pages come
            before marks.
    """

    def playing(move: Callable[["Player"], object]) -> Command:
        return Command(run=lambda: move(player()))

    return {
        "play": playing(lambda player: player.toggle()),
        "forward": playing(lambda player: player.move(1)),
        "back": playing(lambda player: player.move(-1)),
        "forward-ten": playing(lambda player: player.move(10)),
        "back-ten": playing(lambda player: player.move(-10)),
        "first": playing(lambda player: player.go(0)),
        "last": playing(lambda player: player.go(player.steps)),
        "mark": playing(lambda player: player.toggle_mark()),
        "next-mark": playing(lambda player: _click(player, turn, 1)),
        "last-mark": playing(lambda player: _click(player, turn, -1)),
        "slower": playing(lambda player: player.shift_speed(-1)),
        "faster": playing(lambda player: player.shift_speed(1)),
        "loop": Command(run=lambda: player().set_loop(not player().loop), checked=lambda: player().loop),
        "hide-future": Command(
            run=lambda: player().hide_future(not player().future_hidden), checked=lambda: player().future_hidden
        ),
    }


def _click(player: "Player", turn: Callable[[int], bool], way: int) -> None:
    """Do what a clicker's keys mean: another page of a lesson, else another mark, without marks play or step back."""
    if turn(way):
        return
    if player.marks:
        player.jump(way)
    elif way > 0:
        player.toggle()
    else:
        player.move(-1)


def fill_choices(menu: QMenu, titles: Mapping[str, str], current: str, choose: Callable[[str], object]) -> None:
    """Offer names of which one is chosen."""
    for name, title in titles.items():
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
