"""A small picture of what will be exported, moving through its steps."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.errors import InputError
from landscape.export.film import Film
from landscape.export.settings import Options, Settings
from landscape.plot.overrides import guarded
from landscape.plot.pixels import frame_image
from landscape.scene.answers import Answers
from landscape.scene.asking import unanswered
from landscape.session.session import Session
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.turns import ByTurns
from landscape.ui.words import write

OWNER = "preview"
WIDTH, HEIGHT = 560, 400
FRAME = 40
"""Milliseconds between two pictures."""
ROUND = 5.0
"""Seconds that all steps take."""


class Preview(QWidget):
    """Shows a session as it will be exported, once all that takes long is known."""

    def __init__(self, context: Context, session: Session, asker: Asker, answers: Answers) -> None:
        super().__init__()
        self._context, self._session = context, session
        self._asker, self._answers = asker, answers
        self._awaited = ""
        self._settings: Settings | None = None
        self._animated = True
        self._film: Film | None = None
        self._moving = True
        self._image = QImage()
        self._step = self._last_step
        write(self, name=context.say("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._render)
        self._clock = QTimer(self, interval=FRAME)
        self._clock.timeout.connect(self._advance)
        self._drawing = ByTurns(self)
        self._drawing.done.connect(self._show)
        self._drawing.failed.connect(self._give_up)
        asker.answered.connect(self._look_again)

    def set_options(self, options: Options, *, pictured: bool, animated: bool) -> None:
        """Show what these options give, moving or still; a table is not shown.

        Raises:
            InputError: One of them cannot be used.
        """
        changed = (self._small(Settings(**options)) if pictured else None), animated
        if changed != (self._settings, self._animated):
            self._settings, self._animated = changed
            self._soon.start()

    def set_session(self, session: Session) -> None:
        """Show another session."""
        self._session = session
        self._soon.start()

    def close_down(self) -> None:
        """Compute nothing any more."""
        self._clock.stop()
        self._soon.stop()
        self._drop()
        self._asker.answered.disconnect(self._look_again)
        self._asker.want(OWNER, ())

    @property
    def moving(self) -> bool:
        """Whether it goes through the steps as soon as it can."""
        return self._moving

    def animate(self, moving: bool) -> None:
        """Go through the steps, or stand still and leave the time to the export."""
        self._moving = moving
        if moving and self._animated and not self._image.isNull():
            self._clock.start()
        else:
            self._clock.stop()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the size of the largest picture."""
        return QSize(WIDTH, HEIGHT)

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        """Return the same: the picture is drawn for it."""
        return self.sizeHint()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle, or a word where there is none."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._context.theme.window))
        if self._image.isNull():
            painter.setPen(QColor(self._context.theme.muted))
            text = self._awaited
            if not self._settings:
                text = self._context.say("A table of every step of every run")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
            return
        size = QSize(self._image.size() / self.devicePixelRatioF())
        corner = QPointF(self.width() - size.width(), self.height() - size.height()) / 2
        painter.drawImage(QRectF(corner, QSizeF(size)), self._image)

    @property
    def _last_step(self) -> float:
        return float(self._session.document.last_step)

    def _small(self, settings: Settings) -> Settings:
        """Return the same for a picture that fits in here."""
        width, height = settings.size
        factor = min(WIDTH / width, HEIGHT / height) * self.devicePixelRatioF()
        size = max(64, round(width * factor)), max(64, round(height * factor))
        return replace(settings, size=size, transparent=False)

    def _render(self) -> None:
        """Begin anew; the first picture shows the last step, with the paths whole."""
        self._drop()
        if self._settings is not None:
            self._film = Film(self._session, self._settings, self._answers)
        self._look_again()
        self.update()

    def _look_again(self) -> None:
        """Draw the first picture as soon as everything is known that it shows."""
        if self._film is None or self._drawing.busy or not self._image.isNull():
            return
        try:
            wanted = self._film.shown(animated=self._animated, pictured=True)
        except InputError:
            self._give_up()
            return
        missing = unanswered(wanted, self._answers)
        self._asker.want(OWNER, missing)
        if missing:
            share = int(100 * self._asker.share(wanted))
            self._awaited = self._context.say("computing, {share} %", share=share)
            self.update()
            return
        self._step = self._last_step
        self._drawing.start(self._film.drawing(self._step) if self._animated else self._film.drawing_still())

    def _advance(self) -> None:
        """Draw the next step, unless the last one is still being drawn."""
        if self._film is not None and not self._drawing.busy:
            steps = self._last_step
            self._step = 0.0 if self._step >= steps else min(self._step + steps * FRAME / 1000 / ROUND, steps)
            self._drawing.start(self._film.drawing(self._step))

    def _show(self, frame: NDArray[np.uint8]) -> None:
        """Show what is drawn, and go on after the first picture."""
        first, self._image = self._image.isNull(), frame_image(frame)
        if first:
            self.animate(self._moving)
        self.update()

    def _give_up(self, _error: InputError | None = None) -> None:
        """Show no picture until something else is chosen: what is wrong the export itself says, in the dialog."""
        self._drop()
        self.update()

    def _drop(self) -> None:
        """Let go of all that was drawn."""
        self._clock.stop()
        self._drawing.leave(self._film.close if self._film is not None else lambda: None)
        self._film, self._image, self._awaited = None, QImage(), ""
