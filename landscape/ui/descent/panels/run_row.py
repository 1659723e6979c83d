"""One run of the list: its sign, name, learning rate, eye and menu."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from landscape.catalogue.optimizers import RATE, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.plot.overrides import guarded
from landscape.scene.descent.text import run_title
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.scene import TrialSpread
from landscape.session.descent import edits, maps
from landscape.session.descent.document import Run
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.descent.panels.here import HerePanel
from landscape.ui.descent.panels.spread_strip import Losses, SpreadStrip
from landscape.ui.fields import NUMBER, NumberField
from landscape.ui.layouts import GRID, Elided, column, row
from landscape.ui.sizes import sized
from landscape.ui.style import mixed
from landscape.ui.swatch import Swatch
from landscape.ui.words import write

NO_RATE = Parameter(name=RATE, default=1.0, minimum=1e-6, maximum=10.0, scale="log")


class RunRow(QWidget):
    """Shows one run and emits edits of it."""

    chosen = Signal()
    own_rule_asked = Signal()
    copy_asked = Signal()
    """A person wants the run as a PyTorch script."""
    edit_copy_asked = Signal()
    """A copy of the run is to be made, and its rule to be edited."""
    failed = Signal(object)
    """The error of an edit, or None."""
    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(self, context: Context, id: int, here: HerePanel) -> None:
        super().__init__()
        self._context = context
        self._id = id
        self._here = here
        self._run: Run | None = None
        self._title = ""
        self._is_chosen = False
        self._basins = False
        self._swatch = Swatch(RUN_COLORS[0], DASHES[0])
        self._name = Elided()
        self._rate = NumberField(NO_RATE, context.say("Learning rate"))
        sized(self._rate, width=NUMBER)
        write(self._rate, tip=context.say("Learning rate"))
        self._eye = IconButton(context, "eye", "", self._toggle)
        self._menu = IconButton(context, "more", context.say("What can be done with this run"), self._open_menu)
        for button in (self._eye, self._menu):
            button.setProperty("role", "small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda _at: self._open_menu())
        self._connect_rate()
        line = row(self._swatch, self._name, self._rate, self._eye, self._menu, spacing=4, margins=(6, 4, 4, 4))
        line.setStretch(1, 1)
        self.strip = SpreadStrip(context)
        self.setLayout(column(line, row(self.strip, margins=(2 * GRID, 0, 2 * GRID, 4)), spacing=0))

    def display(self, run: Run, title: str, *, basins: bool = False) -> None:
        """Show ``run`` under its title, and in its menu whether its basins are shown."""
        self._basins = basins
        if (run, title) == (self._run, self._title):
            return
        old, self._run, self._title = self._run, run, title
        if old is None or old.color != run.color:
            self._swatch.set_look(RUN_COLORS[run.color], DASHES[run.color])
        write(self, name=title)
        write(self._name, text=title)
        self._name.setEnabled(run.visible)
        self._show_rate(run)
        say = self._context.say
        name = say("Hide {run}", run=title) if run.visible else say("Show {run}", run=title)
        self._eye.set_face("eye" if run.visible else "eye-off", name)

    def display_spread(self, spread: TrialSpread | None, losses: Losses) -> None:
        """Show how the trials of the run spread, on the axis of all runs."""
        self.strip.display(spread, losses, RUN_COLORS[self._run.color] if self._run is not None else RUN_COLORS[0])

    def set_chosen(self, chosen: bool) -> None:
        """Show whether this is the run whose form is open."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of a chosen row, and the ring of the keyboard's focus."""
        if not (self._is_chosen or self.hasFocus()):
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(mixed(theme.panel, theme.accent, 0.16)) if self._is_chosen else Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the run."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    @guarded(None)
    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Rename the run."""
        self._rename()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Return, rename with F2, remove with Delete."""
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case Qt.Key.Key_F2:
                self._rename()
            case Qt.Key.Key_Delete:
                self.failed.emit(self._context.edit(edits.remove_run, self._id))
            case _:
                event.ignore()

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def _connect_rate(self) -> None:
        def change(value: float, gesture: str | None = None) -> None:
            error = self._context.edit(edits.set_hyper, self._id, RATE, value, gesture=gesture)
            if error is not None and self._run is not None:
                self._show_rate(self._run)  # What is in force, not what was refused.
            self.failed.emit(error)

        self._rate.committed.connect(change)
        self._rate.nudged.connect(lambda value: change(value, f"rate {self._id}"))
        self._rate.refused.connect(self.failed)

    def _show_rate(self, run: Run) -> None:
        has_rate = RATE in dict(run.values)
        self._rate.setVisible(has_rate)
        if has_rate:
            self._rate.set_parameter(next(one for one in rule_parameters(run.rule) if one.name == RATE))
            self._rate.set_value(run.rule.lr)

    def _toggle(self) -> None:
        if self._run is not None:
            self.failed.emit(self._context.edit(edits.set_visible, self._id, not self._run.visible))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_menu(menu)
        menu.popup(self._menu.mapToGlobal(QPoint(0, self._menu.height())))

    def _fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the run."""
        say, run = self._context.say, self._run
        if run is None:
            return
        alone = run.own_rule is not None
        of_rule = (
            (say("Five learning rates"), edits.fan_rates),
            (say("Map of two hyper-parameters…"), maps.show_map_of),
        )
        for title, function in (
            (say("Duplicate"), edits.duplicate_run),
            (say("Show only this"), edits.solo_run),
            *(of_rule if alone else ()),
        ):
            menu.addAction(title).triggered.connect(
                lambda _checked=False, function=function: self.failed.emit(self._context.edit(function, self._id))
            )
        basins = menu.addAction(say("Show basins"))
        basins.setVisible(alone)
        basins.setCheckable(True)
        basins.setChecked(self._basins)
        basins.toggled.connect(
            lambda on: self.failed.emit(self._context.edit(edits.show_basins, self._id if on else None))
        )
        menu.addSeparator()
        own = menu.addAction(say("Own start"))
        own.setCheckable(True)
        own.setChecked(run.start is not None)
        own.toggled.connect(lambda on: self.failed.emit(self._context.edit(edits.own_start, self._id, on)))
        if alone:
            copy = say("Edit a copy of {run}…", run=self._title)
            menu.addAction(copy).triggered.connect(lambda: self.edit_copy_asked.emit())
            menu.addAction(say("Edit the rule…")).triggered.connect(lambda: self.own_rule_asked.emit())
        menu.addAction(say("Rename…")).triggered.connect(self._rename)
        if alone:
            menu.addAction(say("Copy as PyTorch")).triggered.connect(lambda: self.copy_asked.emit())
        menu.addSeparator()
        self._offer_escape(menu)
        menu.addSeparator()
        remove = menu.addAction(say("Remove"))
        remove.triggered.connect(lambda: self.failed.emit(self._context.edit(edits.remove_run, self._id)))

    def _offer_escape(self, menu: QMenu) -> None:
        """Offer what helps a run that sits at a saddle; greyed where it sits elsewhere."""
        say, point = self._context.say, self._here.stuck_at(self._id)
        step = menu.addAction(say("Step along the escape direction"))
        step.triggered.connect(lambda: self.failed.emit(self._context.edit(edits.escape, self._id, point)))
        times = menu.addAction(say("Time near this saddle…"))
        saddle = self._here.saddle_near(self._id)
        times.triggered.connect(lambda: self.times_asked.emit(saddle))
        step.setEnabled(point is not None)
        times.setEnabled(saddle is not None)

    def _rename(self) -> None:
        """Put a field over the name until Return, Escape or the focus goes."""
        if self._run is None:
            return
        field = QLineEdit(run_title(self._run, self._context.say), self)
        write(field, name=self._context.say("Name of the run"))
        field.setGeometry(self._name.geometry().adjusted(-GRID, -4, 0, 4))
        field.show()
        field.setFocus()
        field.selectAll()
        field.editingFinished.connect(lambda: self._renamed(field))

    def _renamed(self, field: QLineEdit) -> None:
        field.blockSignals(True)
        field.hide()
        field.deleteLater()
        if self._run is None or field.text() == run_title(self._run, self._context.say):
            return
        self.failed.emit(self._context.edit(edits.rename_run, self._id, field.text()))
