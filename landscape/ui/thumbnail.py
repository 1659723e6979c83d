"""A small picture of a session: what its stage shows at the step where the person stood."""

from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.export.turns import Turns
from landscape.plot.pixels import frame_image
from landscape.session.session import Session
from landscape.translation import Translation

SIZE, TITLE = (480, 352), 32
"""In which it is drawn, before it is made small: text has no room in less; and how high its title is, which is cut."""


def thumbnail(session: Session, height: int, theme: str, say: Translation) -> Turns[QPixmap]:
    """Draw the picture of a session by turns, ``height`` pixels high.

    Raises:
        InputError: What it shows cannot be computed.
    """
    shown = session.presentations.get(session.workspace)
    settings = Settings(
        size=SIZE, theme=theme, language=say.language, curves=False, legend=False,
        step=shown.step if shown else None, view=shown.view if shown else None,
    )  # fmt: skip
    with closing(Film(session, settings)) as film:
        yield from film.prepare(animated=False, pictured=True)
        frame = yield from film.drawing_still()
    whole = frame_image(frame)
    shown_part = whole.copy(0, TITLE, whole.width(), whole.height() - TITLE)
    image = shown_part.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
    return QPixmap.fromImage(image)
