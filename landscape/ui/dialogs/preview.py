"""A small picture of what will be exported, moving through its steps."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.errors import InputError
from landscape.export.export import Options
from landscape.export.render import AnyRenderer, frame, renderer_of
from landscape.export.settings import Settings
from landscape.scene.answers import Answers
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.frame_image import frame_image

WIDTH, HEIGHT = 560, 400
FRAME = 40
"""Milliseconds between two pictures."""
ROUND = 5.0
"""Seconds that all steps take."""


class Preview(QWidget):
    """Shows a session as it will be exported."""

    def __init__(self, context: Context, session: Session, answers: Answers) -> None:
        super().__init__()
        self._context, self._session = context, session
        self._answers = answers
        self._awaited = ""
        self._settings: Settings | None = None
        self._renderer: AnyRenderer | None = None
        self._image = QImage()
        self._step = float(session.last_step)
        self.setAccessibleName(context.say("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._render)
        self._clock = QTimer(self, interval=FRAME)
        self._clock.timeout.connect(self._advance)

    def set_options(self, options: Options, *, pictured: bool) -> None:
        """Show what these options give; a table is not shown."""
        width, height = options["size"]
        factor = min(WIDTH / width, HEIGHT / height) * self.devicePixelRatioF()
        small = (max(64, round(width * factor)), max(64, round(height * factor)))
        changed = replace(Settings(**options), size=small) if pictured else None
        if changed != self._settings or not pictured:
            self._settings = changed
            self._soon.start()

    def set_session(self, session: Session) -> None:
        """Show another session."""
        self._session = session
        self._soon.start()

    def wait(self, text: str) -> None:
        """Show ``text`` in place of a picture that cannot be drawn yet; empty: draw it now."""
        begins = bool(self._awaited) and not text
        self._awaited = text
        if begins:
            self._soon.start()
        self.update()

    def animate(self, moving: bool) -> None:
        """Go through the steps, or stand still and leave the time to the export."""
        if moving and self._renderer is not None:
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

    def _render(self) -> None:
        """Make the renderer anew; the first picture shows the last step, with the paths whole."""
        self._image = QImage()
        self._renderer = None
        self._clock.stop()
        if self._settings is not None and not self._awaited:
            try:
                self._renderer = renderer_of(self._session, self._settings, self._answers)
            except InputError:
                # The export itself says what is wrong, in the dialog.
                self._renderer = None
            else:
                self._step = float(self._session.last_step)
                self._image = frame_image(frame(self._renderer, self._settings.size, self._step))
                self._clock.start()
        self.update()

    def _advance(self) -> None:
        if self._renderer is None or self._settings is None:
            return
        steps = self._session.last_step
        self._step = 0.0 if self._step >= steps else min(self._step + steps * FRAME / 1000 / ROUND, steps)
        self._image = frame_image(frame(self._renderer, self._settings.size, self._step))
        self.update()
