"""The comparison of the runs in the window: the page that takes the place of map and relief, and what brings it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from landscape.session.descent import comparing
from landscape.session.descent.document import Descent
from landscape.ui.commands import Command
from landscape.ui.context import Context
from landscape.ui.descent.stage import Stage
from landscape.ui.player import Player
from landscape.ui.workspaces import Shell

if TYPE_CHECKING:
    from landscape.ui.descent.comparison import ComparisonPage

COMPARISON = "comparison"


def is_compared(descent: Descent) -> bool:
    """Tell whether the comparison is shown."""
    return descent.comparison is not None and descent.comparison.shown


class Comparing(QObject):
    """Shows the page where the descent says so, made when that is first so."""

    def __init__(
        self, stage: Stage, context: Context, shell: Shell, player: Player, descent: Callable[[], Descent]
    ) -> None:
        super().__init__(stage)
        self._stage, self._context, self._shell = stage, context, shell
        self._player, self._descent = player, descent
        self.page: ComparisonPage | None = None

    def display(self, descent: Descent) -> None:
        """Show the comparison of ``descent``, or map and relief."""
        shown = is_compared(descent)
        if self.page is None and shown:
            from landscape.ui.descent.comparison import ComparisonPage

            self.page = ComparisonPage(self._context, self._shell)
            self.page.view.painted.connect(self._stage.painted)
            self.page.show_coming(not self._player.future_hidden)
            self._player.step_changed.connect(self._set_step)
            self._set_step(self._player.step)
        if self.page is not None:
            held = self._stage.map_view.hasFocus() or self.page.view.hasFocus()
            self._stage.show_page(self.page if shown else None)
            self.page.display(descent if shown else None)
            if held:
                self.front.setFocus()

    @property
    def front(self) -> QWidget:
        """What has the keyboard where nothing else has it."""
        shown = self.page is not None and is_compared(self._descent())
        return self.page.view if shown and self.page is not None else self._stage.front_view

    def leave(self) -> None:
        """Compute nothing any more."""
        if self.page is not None:
            self.page.display(None)

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the curves, or not."""
        if self.page is not None:
            self.page.show_coming(shown)

    @property
    def settled(self) -> bool:
        """Whether all that it shows is computed."""
        return self.page is None or self.page.settled

    def choose_stage(self, name: str) -> None:
        """Show the comparison, or in its place the map, the relief or both."""
        if name == COMPARISON:
            self._context.edit(comparing.compare)
        else:
            self._context.edit(comparing.show_stage, name)

    def commands(self) -> Mapping[str, Command]:
        """Return what the action does."""

        def toggle() -> None:
            self._context.edit(comparing.compare, not is_compared(self._descent()))

        return {COMPARISON: Command(run=toggle, checked=lambda: is_compared(self._descent()))}

    def _set_step(self, step: float) -> None:
        if self.page is not None:
            self.page.set_step(step, float(self._player.steps))
