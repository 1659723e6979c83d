"""The stage of the networks: their answers side by side, and under them the curves of both."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.network.twins import TwinsPlot
from landscape.plot.overrides import guarded
from landscape.plot.pace import FRAME
from landscape.scene.network.scene import Course, Moment
from landscape.scene.network.text import page_titles
from landscape.translation import Translation
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.curves_view import CurvesView
from landscape.ui.layouts import GRID, column, row
from landscape.ui.network.page import Page
from landscape.ui.sizes import scaled
from landscape.ui.tabs import Tabs
from landscape.ui.words import write

TWINS = "twins"
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class TwinsView(QWidget):
    """Shows the answers of both networks at a step."""

    clicked = Signal(float, float, int)
    """A point of the plane of the inputs; 0 for the left button, 1 for the right one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        write(self, name=context.say("What both networks answer"))
        self._plot = TwinsPlot()
        self._plot.draw_by_turns()
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self.update)
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

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where the plane was clicked."""
        place = self._plot.place_at(event.position(), self._course) if self._course is not None else None
        if place is not None and event.button() in BUTTONS:
            self.clicked.emit(*place, BUTTONS.index(event.button()))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.panel)
        if self._course is not None:
            area, scale = QRectF(self.rect()).adjusted(16, 8, -16, -8), self._context.stage_scale
            self._plot.paint(painter, area, self._course, self._moment, self._step, scale, self._context.theme)
            if not self._plot.complete:
                self._turn.start()


class NetworkStage(QWidget):
    """The answers of both networks and the curves, and the other pages."""

    page_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.twins = TwinsView(context)
        self.curves = CurvesPlot(context.theme)
        self._curves_view = CurvesView(self.curves, context)
        write(self._curves_view, name=context.say("Curves against the step"))
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
        self._context = context
        self.tabs, self.choice = self._page_tabs(context.say)
        self._presenting = False
        top = row(self.tabs, self.choice, None, margins=(2 * GRID, GRID // 2, 2 * GRID, 0))
        whole = column(top, self._pages, spacing=0)
        whole.setStretch(1, 1)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(whole)
        self.show_page(TWINS, None)
        self.look_changed()

    def look_changed(self) -> None:
        """Use the colours of the window."""
        self._curves_view.setBackground(self._context.theme.panel)
        self.curves.set_theme(self._context.theme, self._context.stage_scale)
        self._make_room()

    def _page_tabs(self, say: Translation) -> tuple[Tabs, Choice]:
        """Return the names of the pages beside each other, and below each other where they need too much room."""
        titles = list(page_titles(say).items())
        tabs, choice = Tabs(say("Page"), titles), Choice(self._context, say("Page"), titles)
        tabs.chosen.connect(self.page_chosen)
        choice.chosen.connect(lambda name: self.page_chosen.emit(str(name)))
        return tabs, choice

    def set_presenting(self, on: bool) -> None:
        """Draw as large as the context says; the tabs are away where the stage is presented."""
        self._presenting = on
        self.look_changed()
        self.twins.update()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the pages as there is room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        fits = self.tabs.whole_width <= self.width() - scaled(4 * GRID)
        self.tabs.setVisible(fits and not self._presenting)
        self.choice.setVisible(not fits and not self._presenting)

    @property
    def course(self) -> Course | None:
        """What is known of the training that is shown."""
        return self._course

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return self._current

    def show_page(self, name: str, make: Callable[[], Page] | None) -> Page | None:
        """Bring a page to the front, made when it is first asked for; return it, None for that of the twins."""
        self._current = name
        self.tabs.set_current(name)
        self.choice.set_key(name)
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

    def show_coming(self, shown: bool) -> None:
        """Show the part of each curve that is still to come, or not."""
        self.curves.show_coming(shown)

    def _show_curves(self) -> None:
        """Let the curves follow, one panel in a frame."""
        if self._course is not None and self.curves.show_next(self._course):
            self._beside.start()
