"""The canvases hold what is drawn on them, and no more."""

from PySide6.QtWidgets import QGraphicsView

from landscape.ui.canvas import Canvas
from tests.ui.conftest import Person
from tests.ui.finding import seen


def test_no_canvas_keeps_a_picture_of_its_ground(person: Person) -> None:
    """Which would be as large as the canvas, and is one colour."""
    kept = {canvas.cacheMode() for canvas in seen(person.window, Canvas)}
    assert kept == {QGraphicsView.CacheModeFlag.CacheNone}
