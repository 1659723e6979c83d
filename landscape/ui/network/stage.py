"""The stage of the networks: their answers side by side, and under them the curves of both."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.network.twins import TwinsPlot
from landscape.scene.network.scene import Course, Moment
from landscape.scene.palette import Theme
from landscape.ui.canvas import FRAME, Canvas
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, clear, column, row
from landscape.ui.network.page import Page
from landscape.ui.tabs import Tabs

TWINS = "twins"
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class TwinsView(QWidget):
    """Shows the answers of both networks at a step."""

    clicked = Signal(float, float, int)
    """A point of the plane of the inputs; 0 for the left button, 1 for the right one."""

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where the plane was clicked."""
        place = self._plot.place_at(event.position(), self._course) if self._course is not None else None
        if place is not None and event.button() in BUTTONS:
            self.clicked.emit(*place, BUTTONS.index(event.button()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.panel)
        if self._course is not None:
            area = QRectF(self.rect()).adjusted(16, 8, -16, -8)
            self._plot.paint(painter, area, self._course, self._moment, self._step, 1.0, self.theme)


class NetworkStage(QWidget):
    """The answers of both networks and the curves, and the other pages."""

    page_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.twins = TwinsView(context.theme)
        self.curves = CurvesPlot(context.theme)
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
        self._split = split
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._known: dict[str, Page] = {}
        self._current = TWINS
        self._top = column()
        self._top.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, 0)
        whole = column(self._top, self._pages, spacing=0)
        whole.setStretch(1, 1)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(whole)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        say = context.say
        self.twins.setAccessibleName(say("What both networks answer"))
        self._curves_view.setAccessibleName(say("Curves against the step"))
        self.twins.theme = context.theme
        self.twins.update()
        self._curves_view.setBackground(context.theme.panel)
        self.curves.set_theme(context.theme)
        for page in self._known.values():
            page.set_context(context)
        clear(self._top)
        titles = (
            (TWINS, say("Twins")),
            ("sweep", say("Learning rates")),
            ("why", say("Why")),
            ("landscape", say("Landscape")),
        )
        self.tabs = Tabs(say("Page"), titles)
        self.tabs.set_current(self._current)
        self.tabs.chosen.connect(self.page_chosen)
        self._top.addLayout(row(self.tabs, None))

    def show_page(self, name: str, make: Callable[[], Page] | None) -> Page | None:
        """Bring a page to the front, made when it is first asked for; return it, None for that of the twins."""
        self._current = name
        self.tabs.set_current(name)
        if make is not None and name not in self._known:
            self._known[name] = make()
            self._pages.addWidget(self._known[name])
        page = self._known.get(name)
        self._pages.setCurrentWidget(page or self._split)
        return page

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
