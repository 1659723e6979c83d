"""The stage of the networks: their answers side by side, and under them the curves of both."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.twins import TwinsPlot
from landscape.scene.network_scene import Course, Moment
from landscape.scene.palette import Theme
from landscape.translation import Translation
from landscape.ui.layouts import column
from landscape.ui.stage import FRAME, Canvas


class TwinsView(QWidget):
    """Shows the answers of both networks at a step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._plot = TwinsPlot()
        self._course: Course | None = None
        self._moment: Moment | None = None
        self._step = 0.0
        self.setMinimumSize(320, 220)

    def show_course(self, course: Course) -> None:
        """Show what is known of another training, or more of the same."""
        self._course = course
        self.update()

    def show_moment(self, moment: Moment | None) -> None:
        """Show what both networks say at a step."""
        self._moment = moment
        self.update()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.panel)
        if self._course is not None:
            area = QRectF(self.rect()).adjusted(16, 8, -16, -8)
            self._plot.paint(painter, area, self._course, self._moment, self._step, 1.0, self.theme)


class NetworkStage(QWidget):
    """The answers of both networks, and the curves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.twins = TwinsView(theme)
        self.curves = CurvesPlot(theme)
        self._curves_view = Canvas(self.curves.item)
        self._course: Course | None = None
        self._beside = QTimer(self, singleShot=True, interval=FRAME)
        self._beside.timeout.connect(self._show_curves)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.twins)
        split.addWidget(self._curves_view)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(6)
        self._curves_view.setMinimumHeight(120)
        self.setLayout(column(split))
        self.set_theme(theme)

    def set_language(self, say: Translation) -> None:
        """Name the plots for those who cannot see them."""
        self.twins.setAccessibleName(say("What both networks answer"))
        self._curves_view.setAccessibleName(say("Curves against the step"))

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.twins.theme = theme
        self.twins.update()
        self._curves_view.setBackground(theme.panel)
        self.curves.set_theme(theme)

    def show_course(self, course: Course) -> None:
        """Show another training, or more of the same."""
        self._course = course
        self.twins.show_course(course)
        if not self._beside.isActive():
            self._beside.start()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.twins.set_step(step)
        self.curves.set_step(step)

    def _show_curves(self) -> None:
        """Let the curves follow, one panel in a frame."""
        if self._course is not None and self.curves.show_next(self._course):
            self._beside.start()
