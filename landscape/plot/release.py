"""How a graphics scene that no window shows comes to its end."""

import pyqtgraph as pg
from PySide6.QtCore import QObject
from shiboken6 import Shiboken


def release(scene: pg.GraphicsScene, *plots: QObject | None) -> None:
    """Delete a graphics scene with all that is on it, and the plots that drew on it.

    They hold each other in cycles. Left to a search for garbage, they would end at any time, in whatever thread that
    runs in, and Qt ends the process for it.
    """
    for each in (scene, *plots):
        if each is not None and Shiboken.isValid(each):
            Shiboken.delete(each)
