"""A label with the number at the play head."""

from PySide6.QtWidgets import QLabel

from landscape.ui.layouts import column
from landscape.ui.player import Player
from landscape.ui.timeline import TimelinePanel
from landscape.ui.workspaces import WorkspaceView
from tests.workspaces.toy.scene.questions import HalvesQuestion


class ToyView(WorkspaceView):
    def __init__(self, shell, context) -> None:
        super().__init__()
        self._shell, self._toy = shell, None
        self.player = Player(self)
        self.label = QLabel()
        self.setLayout(column(self.label, None, TimelinePanel(context, self.player)))
        self.player.step_changed.connect(lambda _: self._show())
        shell.asker.answered.connect(self._show)

    def display(self, toy) -> None:
        self._toy = toy
        self.player.set_steps(toy.steps)
        self._shell.asker.want("toy", (HalvesQuestion(toy=toy),))
        self._show()

    def leave(self) -> None:
        self._shell.asker.want("toy", ())

    def settled(self) -> bool:
        return self._shell.answers.get(HalvesQuestion(toy=self._toy)) is not None

    def _show(self) -> None:
        known = self._shell.answers.so_far(HalvesQuestion(toy=self._toy)) or () if self._toy else ()
        step = int(self.player.step)
        self.label.setText(f"{known[step]:g}" if step < len(known) else "…")
