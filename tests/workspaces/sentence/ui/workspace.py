from PySide6.QtWidgets import QLabel

from landscape.ui.layouts import column
from landscape.ui.player import Player
from landscape.ui.workspaces import UiPart, WorkspaceView


class SentenceView(WorkspaceView):
    def __init__(self) -> None:
        super().__init__()
        self.player = Player(self)
        self.label = QLabel()
        self.setLayout(column(self.label))

    def display(self, sentence) -> None:
        self.player.set_steps(sentence.steps)
        self.label.setText(sentence.text)


WORKSPACE = UiPart(view=lambda shell, context: SentenceView())
