"""The picture of what is looked at, on the clipboard."""

from contextlib import closing

from PySide6.QtGui import QGuiApplication

from landscape.export.film import Film
from landscape.export.settings import Options, Settings
from landscape.export.turns import Turns
from landscape.plot.pixels import frame_image
from landscape.scene.answers import Answers
from landscape.session.session import Session


def copying_picture(session: Session, answers: Answers, options: Options) -> Turns[None]:
    """Put what is looked at on the clipboard, by turns, as an export would draw it of what is known until now.

    Raises:
        InputError: Nothing can be drawn of the workspace in front.
    """
    with closing(Film(session, Settings(**options), answers)) as film:
        frame = yield from film.drawing_still()
    QGuiApplication.clipboard().setImage(frame_image(frame))
