"""A small picture of what will be exported, moving through its steps."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.errors import InputError
from landscape.export.export import Options
from landscape.export.render import frame, renderer_of
from landscape.export.settings import Settings
from landscape.export.workspaces import Renderer
from landscape.plot.pixels import frame_image
from landscape.scene.answers import Answers
from landscape.scene.asking import unanswered
from landscape.session.session import Session
from landscape.ui.asker import Asker
from landscape.ui.context import Context

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
        self._renderer: Renderer | None = None
        self._moving = True
        self._image = QImage()
        self._step = self._last_step
        self.setAccessibleName(context.say("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._render)
        self._clock = QTimer(self, interval=FRAME)
        self._clock.timeout.connect(self._advance)
        asker.answered.connect(self._look_again)

    def set_options(self, options: Options, *, pictured: bool) -> None:
        """Show what these options give; a table is not shown. InputError where one of them cannot be used."""
        changed = self._small(Settings(**options)) if pictured else None
        if changed != self._settings or not pictured:
            self._settings = changed
            self._soon.start()

    def set_session(self, session: Session) -> None:
        """Show another session."""
        self._session = session
        self._soon.start()

    def close_down(self) -> None:
        """Compute nothing any more."""
        self._clock.stop()
        self._soon.stop()
        self._asker.answered.disconnect(self._look_again)
        self._asker.want(OWNER, ())

    def animate(self, moving: bool) -> None:
        """Go through the steps, or stand still and leave the time to the export."""
        self._moving = moving
        if moving and not self._image.isNull():
            self._clock.start()
        else:
            self._clock.stop()

    def sizeHint(self) -> QSize:
        """Return the size of the largest picture."""
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the picture is drawn for it."""
        return self.sizeHint()

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
        return replace(settings, size=(max(64, round(width * factor)), max(64, round(height * factor))))

    def _render(self) -> None:
        """Make the renderer anew; the first picture shows the last step, with the paths whole."""
        self._image = QImage()
        self._renderer = None
        self._clock.stop()
        self._awaited = ""
        if self._settings is not None:
            # What is wrong the export itself says, in the dialog.
            with suppress(InputError):
                self._renderer = renderer_of(self._session, self._settings, self._answers, still=False)
        self._look_again()
        self.update()

    def _look_again(self) -> None:
        """Draw the first picture as soon as everything is known that it shows."""
        if self._renderer is None or self._settings is None or not self._image.isNull():
            return
        try:
            wanted = self._renderer.wanted()
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
        self._draw(self._last_step)
        self.animate(self._moving)

    def _advance(self) -> None:
        steps = self._last_step
        self._draw(0.0 if self._step >= steps else min(self._step + steps * FRAME / 1000 / ROUND, steps))

    def _draw(self, step: float) -> None:
        """Show another step; nothing where what it shows cannot be computed, which the export itself says."""
        if self._renderer is None or self._settings is None:
            return
        self._step = step
        try:
            self._image = frame_image(frame(self._renderer, self._settings.size, step))
        except InputError:
            self._give_up()
        self.update()

    def _give_up(self) -> None:
        """Show no picture until something else is chosen."""
        self._renderer, self._image, self._awaited = None, QImage(), ""
        self._clock.stop()
