"""A bar for the number at a step."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from landscape.plot.painters import Ground, painter_on
from landscape.scene.palette import THEMES
from tests.workspaces.toy.scene.questions import HalvesQuestion

INK = "#ff00ff"


class ToyRenderer:
    anew = False

    def __init__(self, session, settings, answers) -> None:
        self._toy, self._settings, self._answers = session.document, settings, answers

    def wanted(self):
        return (HalvesQuestion(toy=self._toy),)

    def painting(self, device: Ground, step: float) -> Iterator[None]:
        width, height = self._settings.size
        known = self._answers.so_far(HalvesQuestion(toy=self._toy)) or ()
        with painter_on(device) as painter:
            painter.fillRect(QRectF(0, 0, width, height), QColor(THEMES[self._settings.theme].panel))
            if known:
                part = known[min(int(step), len(known) - 1)] / self._toy.begin
                painter.fillRect(QRectF(0, 0, max(part * width, 2.0), height), QColor(INK))
                yield

    def close(self) -> None:
        pass
