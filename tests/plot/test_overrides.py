"""What a method raises that Qt calls is told at once, and nothing of it goes back through Qt, which would crash."""

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QWidget

import landscape.plot
import landscape.ui
from landscape.plot.axes import Axis
from landscape.plot.colorbar import ColorBar
from landscape.plot.curve_layer import CurveLayer
from landscape.plot.descent.picture import Picture
from landscape.plot.overrides import guarded, raising
from landscape.scene.palette import DARK
from tests.plot.scenes import scene

ROOT = Path(__file__).parents[2]
OURS = {"rehighlight", "setText"}
"""What Qt has as well, but never calls by itself."""


def overrides() -> list:
    """Every method of ours that takes the place of one of Qt's, of each class that Qt knows."""
    found = {}
    for package in (landscape.plot, landscape.ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for kind in vars(importlib.import_module(module.name)).values():
                ours = isinstance(kind, type) and kind.__module__.startswith("landscape.")
                if ours and issubclass(kind, QObject | QGraphicsItem):
                    of_qt = {
                        name for each in kind.__mro__ if each.__module__.startswith("PySide6") for name in vars(each)
                    }
                    for name in of_qt & set(vars(kind)) - OURS:
                        if not name.startswith("__") and hasattr(vars(kind)[name], "__code__"):
                            found[f"{kind.__module__}.{kind.__qualname__}.{name}"] = vars(kind)[name]
    return [pytest.param(method, id=name) for name, method in sorted(found.items())]


@pytest.mark.parametrize("method", overrides())
def test_every_method_that_qt_calls_is_guarded(method) -> None:
    assert method.__code__.co_filename == guarded.__code__.co_filename


def test_what_is_raised_is_told_and_what_stands_for_the_answer_is_returned(monkeypatch) -> None:
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: told.append(what))

    class Item:
        @guarded(5)
        def height(self) -> int:
            return 1 // 0

    assert Item().height() == 5
    ((kind, error, trace),) = told
    assert kind is ZeroDivisionError
    assert error.__traceback__ is trace
    assert trace.tb_next.tb_frame.f_code.co_name == "height"


def test_what_does_not_raise_returns_its_answer() -> None:
    assert guarded("otherwise")(lambda *given, **named: (given, named))(1, two=2) == ((1,), {"two": 2})


class Broken(QWidget):
    """Cannot be painted, and keeps the painter of its own while it tries."""

    @guarded(None)
    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.nothing)


def test_a_widget_that_cannot_be_painted_is_told_each_time_and_keeps_no_painter(qtbot) -> None:
    widget = Broken()
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as told:
        widget.show()
        qtbot.waitUntil(lambda: bool(told))
        widget.repaint()
    assert {kind for kind, _, _ in told} == {AttributeError}
    assert len(told) > 1


class Pictured(QWidget):
    """Cannot finish the picture that it shows, while the picture is being painted."""

    @guarded(None)
    def paintEvent(self, _event) -> None:
        image = QImage(64, 64, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self.draw(painter)
        painter.end()

    def draw(self, painter) -> None:
        painter.fillRect(self.rect(), self.nothing)


def test_a_picture_that_cannot_be_finished_is_not_destroyed_below_its_painter(qtbot) -> None:
    widget = Pictured()
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as told:
        widget.show()
        qtbot.waitUntil(lambda: bool(told))
        widget.repaint()
    assert {kind for kind, _, _ in told} == {AttributeError}


def test_a_painter_that_qt_gave_goes_on(qapp) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.raises(LookupError, match="cross"), raising():
        Cross().paint(painter)
    assert painter.isActive()
    painter.end()


class Cross(QGraphicsItem):
    """An item that cannot be painted."""

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 8, 8)

    @guarded(None)
    def paint(self, painter, *_) -> None:
        raise LookupError("cross")


def test_a_picture_for_a_file_that_cannot_be_painted_raises_where_it_is_asked_for(qapp) -> None:
    from pyqtgraph import GraphicsScene

    stage, image = GraphicsScene(), QImage(8, 8, QImage.Format.Format_RGB32)
    stage.addItem(Cross())
    painter = QPainter(image)
    with pytest.raises(LookupError, match="cross"), raising():
        stage.render(painter)
    painter.end()


@pytest.mark.parametrize("kind", [CurveLayer, Axis, ColorBar])
def test_a_picture_of_curves_that_cannot_be_drawn_is_none(qapp, monkeypatch, kind) -> None:
    def broken(*_: object) -> None:
        raise LookupError("broken")

    monkeypatch.setattr(kind, "paint", guarded(None)(broken))
    picture = Picture((640, 360), DARK)
    picture.show(scene())
    with pytest.raises(LookupError, match="broken"):
        picture.paint(0.0)
    picture.close()


CRASH = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from landscape.plot.overrides import guarded

guard = guarded(None) if {guarded} else lambda method: method

class Window(QMainWindow):
    def event(self, event):
        return super().event(event)

class Broken(QWidget):
    @guard
    def paintEvent(self, event):
        raise LookupError("broken")

class Whole(QWidget):
    painted = 0
    @guard
    def paintEvent(self, event):
        Whole.painted += 1

application, window = QApplication(sys.argv[:1]), Window()
window.resize(100, 50)
window.show()
application.processEvents()
for number in range(1, 21):
    widgets = [Broken(window), Whole(window)]
    for place, each in enumerate(widgets):
        each.setGeometry(50 * place, 0, 50, 50)
        each.show()
    for _ in range(3):
        application.processEvents()
    print(Whole.painted >= number)
"""


def crashing(*, guarded: bool) -> subprocess.CompletedProcess:
    """Paint one widget that cannot be painted, then another one for the first time, again and again."""
    return subprocess.run(
        [sys.executable, "-c", CRASH.format(guarded=guarded)], env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_widget_after_one_that_cannot_be_painted_is_painted_and_the_process_goes_on() -> None:
    done = crashing(guarded=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True"] * 20
    assert done.stderr.count("LookupError: broken") >= 20
