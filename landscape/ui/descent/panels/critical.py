"""The critical points: what is proven about them, and a list of them."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from landscape.plot.markers import draw_sign
from landscape.plot.overrides import guarded
from landscape.scene.scene import Critical, Marker, MarkerKind, Scene
from landscape.scene.symbols import meanings
from landscape.scene.text import number
from landscape.ui.context import Context
from landscape.ui.following import Following
from landscape.ui.layouts import caption, column, heading, row
from landscape.ui.sizes import scaled, sized
from landscape.ui.words import button, write

ROW = 22
LEAST_WIDTH = 46
"""Of a column of numbers."""
MOST_LETTERS = 7
"""Of a number in the list."""
MOST_ROWS = 9
"""Rows without scrolling inside of the list."""
PATIENCE = 150
"""Milliseconds after which a search that is on is worth telling of."""
_Index = QModelIndex | QPersistentModelIndex


class CriticalPanel(QWidget):
    """Shows what a scene knows about the critical points."""

    pointed = Signal(object)
    """The marker under the pointer in the list, or None."""
    chosen = Signal(object)
    """The marker chosen in the list, or None."""
    flown = Signal(object)
    """The marker that was double-clicked, or on which Return was pressed."""
    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(self, context: Context, following: Following) -> None:
        super().__init__()
        say, self._context, self._following = context.say, context, following
        self._critical: Critical | None = None
        self._shown: tuple[Marker, ...] = ()
        self._certificate = caption(wrap=True)
        self._certificate.setProperty("role", "")
        self._certificate.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        write(self._certificate, tip=meanings(context.say)["index"])
        self._notes = caption(wrap=True)
        self._state = caption()
        self._part = caption()
        self._model = MarkerModel(context)
        self._table = _Table(self._model, context)
        self._table.entered.connect(lambda index: self.pointed.emit(self._model.marker(index.row())))
        self._table.left.connect(lambda: self.pointed.emit(None))
        self._table.activated.connect(lambda index: self.flown.emit(self._model.marker(index.row())))
        self._table.selectionModel().currentRowChanged.connect(
            lambda index, _old: self.chosen.emit(self._model.marker(index.row()) if index.isValid() else None)
        )
        self._times = button(say("Time near this saddle…"), "quiet")
        self._times.clicked.connect(self._ask_times)
        self._times.hide()
        self._table.selectionModel().currentRowChanged.connect(self._offer_times)
        self._model.modelReset.connect(self._offer_times)
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE)
        self._slow.timeout.connect(lambda: write(self._state, text=self._context.say("searching…")))
        title = row(heading(say("Critical points")), None, self._state)
        self.setLayout(column(title, self._certificate, self._notes, self._table, self._times, self._part))
        self.hide()

    def display_scene(self, scene: Scene) -> None:
        """Show what ``scene`` knows; nothing at all where it does not show critical points."""
        if scene.critical is self._critical and scene.markers is self._shown:
            return
        self._critical, self._shown = scene.critical, scene.markers
        self._following.soon(self._show)

    def show_hovered(self, marker: Marker | None) -> None:
        """Show which marker is pointed at on the map."""
        row_index = self._model.row_of(marker)
        self._model.set_hovered(row_index)
        if row_index >= 0:
            self._table.scrollTo(self._model.index(row_index, 0))

    def show_chosen(self, marker: Marker | None) -> None:
        """Show which marker is chosen on the map."""
        row_index = self._model.row_of(marker)
        if row_index >= 0:
            self._table.selectRow(row_index)
            self._table.scrollTo(self._model.index(row_index, 0))
        else:
            self._table.clearSelection()
            self._table.setCurrentIndex(QModelIndex())

    def _saddle(self) -> Marker | None:
        """Return the saddle that is chosen in the list."""
        index = self._table.currentIndex()
        marker = self._model.marker(index.row()) if index.isValid() else None
        return marker if marker is not None and marker.kind == "saddle" else None

    def _offer_times(self, *_: object) -> None:
        self._times.setVisible(self._saddle() is not None)

    def _ask_times(self) -> None:
        saddle = self._saddle()
        if saddle is not None:
            self.times_asked.emit(saddle.point)

    def _show(self) -> None:
        critical = self._critical
        self.setVisible(critical is not None)
        if critical is None or not critical.pending:
            self._slow.stop()
            write(self._state, text="")
        elif not self._slow.isActive():
            self._slow.start()
        if critical is None:
            return
        self._certificate.setText(critical.certificate)
        self._notes.setText("\n".join(f"· {note}" for note in critical.notes))
        self._notes.setVisible(bool(critical.notes))
        self._model.set_markers(critical.markers)
        self._table.fit(len(critical.markers))
        every, shown = len(critical.markers), len(self._shown)
        write(self._part, text=self._context.say("{shown} of {all} in the picture", shown=shown, all=every))
        self._part.setVisible(shown < every)


class MarkerModel(QAbstractTableModel):
    """Markers as rows: sign, x, y and f."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._markers: tuple[Marker, ...] = ()
        self._texts: dict[int, tuple[str | None, ...]] = {}
        self._rows: dict[tuple[str, tuple[float, float]], int] = {}
        self._hovered = -1
        self._signs: dict[MarkerKind, QIcon] = {}

    @guarded(0)
    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of markers."""
        return 0 if parent is not None and parent.isValid() else len(self._markers)

    @guarded(0)
    def columnCount(self, parent: _Index | None = None) -> int:
        """Return 4."""
        return 0 if parent is not None and parent.isValid() else 4

    @guarded(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        marker, column_index = self._markers[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._row_texts(index.row())[column_index]
            case Qt.ItemDataRole.DecorationRole if column_index == 0:
                return self._sign(marker.kind)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return marker.label
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.BackgroundRole if index.row() == self._hovered:
                tint = QColor(self._context.theme.accent)
                tint.setAlphaF(0.18)
                return tint
        return None

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("", "x", "y", "f")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.SizeHintRole and orientation == Qt.Orientation.Horizontal and section > 0:
            return QSize(LEAST_WIDTH, ROW)
        return None

    def set_markers(self, markers: tuple[Marker, ...]) -> None:
        """Show other markers."""
        if markers is self._markers:
            return
        self._texts = {}
        rows: dict[tuple[str, tuple[float, float]], int] = {
            (marker.kind, marker.point): index for index, marker in enumerate(markers)
        }
        if markers and list(rows) == list(self._rows):
            # The same points, in another language: what is chosen stays chosen.
            self._markers = markers
            self.dataChanged.emit(self.index(0, 0), self.index(len(markers) - 1, 3))
            return
        self.beginResetModel()
        self._markers, self._hovered, self._rows = markers, -1, rows
        self.endResetModel()

    def marker(self, row_index: int) -> Marker:
        """Return the marker in a row."""
        return self._markers[row_index]

    def row_of(self, marker: Marker | None) -> int:
        """Return the row of a marker; -1 where there is none."""
        return -1 if marker is None else self._rows.get((marker.kind, marker.point), -1)

    def set_hovered(self, row_index: int) -> None:
        """Tint a row; -1: none."""
        for changed in {self._hovered, row_index} - {-1}:
            self._hovered = row_index
            self.dataChanged.emit(self.index(changed, 0), self.index(changed, 3))
        self._hovered = row_index

    def forget_signs(self) -> None:
        """Draw the signs anew, in other colours."""
        self._signs.clear()

    def _row_texts(self, row_index: int) -> tuple[str | None, ...]:
        """Return what the cells of a row say: a table asks dozens of times whenever its style changes."""
        if row_index not in self._texts:
            marker = self._markers[row_index]
            self._texts[row_index] = (None, *map(_short, (*marker.point, marker.value)))
        return self._texts[row_index]

    def _sign(self, kind: MarkerKind) -> QIcon:
        """Return the sign in the colour of the row's text, chosen or not."""
        if kind not in self._signs:
            icon = QIcon(_drawn(kind, self._context.theme.text))
            icon.addPixmap(_drawn(kind, self._context.theme.on_accent), QIcon.Mode.Selected)
            self._signs[kind] = icon
        return self._signs[kind]


def _drawn(kind: MarkerKind, color: str) -> QPixmap:
    picture = QPixmap(32, 32)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_sign(painter, kind, QPointF(8, 8), 4.6, color, "#00000000")
    painter.end()
    return picture


def _short(value: float) -> str:
    """Return a number with as many digits as there is room for."""
    texts = [number(value, digits) for digits in (4, 3, 2)]
    return next((text for text in texts if len(text) <= MOST_LETTERS), texts[-1])


class _Table(QTableView):
    """The list, as high as it needs to be."""

    left = Signal()

    def __init__(self, model: MarkerModel, context: Context) -> None:
        super().__init__()
        self.setModel(model)
        self.setProperty("role", "markers")
        write(self, name=context.say("Critical points"))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW))
        self.verticalHeader().setMinimumSectionSize(scaled(ROW))
        header = self.horizontalHeader()
        sized(header, height=ROW)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(MOST_ROWS)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, scaled(18))
        self.setIconSize(QSize(scaled(16), scaled(16)))
        self._rows = 0
        self.viewport().installEventFilter(self)

    def look_changed(self) -> None:
        """Draw the signs in the colours of the theme, in rows of the scale of the window."""
        self.verticalHeader().setMinimumSectionSize(scaled(ROW))
        self.verticalHeader().setDefaultSectionSize(scaled(ROW))
        self.setIconSize(QSize(scaled(16), scaled(16)))
        self.setColumnWidth(0, scaled(18))
        self.fit(self._rows)
        model = self.model()
        if isinstance(model, MarkerModel):
            model.forget_signs()

    def fit(self, rows: int) -> None:
        """Be as high as ``rows`` need, or scroll."""
        self.setVisible(rows > 0)
        self._rows = rows
        self.setFixedHeight(scaled(ROW) * (1 + min(rows, MOST_ROWS)) + 2)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the pointer leaves the rows."""
        if event.type() == QEvent.Type.Leave:
            self.left.emit()
        return super().eventFilter(watched, event)
