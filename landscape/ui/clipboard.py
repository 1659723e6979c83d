"""The picture of what is looked at, on the clipboard."""

from PySide6.QtGui import QGuiApplication

from landscape.export.export import Options
from landscape.scene.answers import Answers
from landscape.session.session import Session


def copy_picture(session: Session, answers: Answers, options: Options, step: float) -> None:
    """Put what is looked at on the clipboard, as an export would draw it of what is known until now.

    Raises:
        InputError: Nothing can be drawn of the workspace in front.
    """
    from landscape.export.render import frame, renderer_of
    from landscape.export.settings import Settings
    from landscape.plot.pixels import frame_image

    settings = Settings(**options)
    renderer = renderer_of(session, settings, answers, still=True)
    QGuiApplication.clipboard().setImage(frame_image(frame(renderer, settings.size, step)))
