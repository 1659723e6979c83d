"""The grid of 8 pixels that every panel is laid out on, and its few kinds of text."""

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from landscape.plot.overrides import guarded
from landscape.ui.sizes import BAR, scaled, sized, spaced
from landscape.ui.words import write

Part: TypeAlias = QWidget | QLayout | None
Margins: TypeAlias = tuple[int, int, int, int]

GRID = 8
NO_MARGINS: Margins = (0, 0, 0, 0)


def column(*parts: Part, spacing: int = GRID, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Return ``parts`` under each other; None stretches."""
    layout = QVBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def row(*parts: Part, spacing: int = GRID, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Return ``parts`` beside each other; None stretches."""
    layout = QHBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def _fill(layout: QBoxLayout, parts: Sequence[Part], spacing: int, margins: Margins) -> None:
    spaced(layout, spacing, margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def clear(layout: QLayout) -> None:
    """Take every widget out of ``layout`` and delete it.

    What is being typed into one of them was meant for what it showed, and is not taken for what is shown next.
    """
    focused = QApplication.focusWidget()
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            if focused is not None and widget.isAncestorOf(focused):
                focused.blockSignals(True)
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def heading(text: str) -> QLabel:
    """Return the name of a panel."""
    return _label(text, "heading")


def caption(text: str = "", *, wrap: bool = False) -> QLabel:
    """Return quiet text beside a control."""
    label = _label(text, "caption")
    label.setWordWrap(wrap)
    return label


def complaint() -> QLabel:
    """Return the place for one sentence about a mistake; hidden while there is none."""
    label = _label("", "complaint")
    label.setWordWrap(True)
    label.hide()
    return label


def complain(label: QLabel, sentence: str) -> None:
    """Show ``sentence`` in a place made by :func:`complaint`; an empty one hides it."""
    if sentence != label.text():
        write(label, text=sentence)
    label.setVisible(bool(sentence))


def _label(text: str, role: str) -> QLabel:
    return _styled(write(QLabel(), text=text), role)


def _styled(label: QLabel, role: str) -> QLabel:
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def give_way(spare: Sequence[QWidget], room: int, between: int) -> None:
    """Show as much of what can be left out as has room, in this order, so that all else is whole.

    Args:
        spare: What can be left out, the most needed first.
        room: Pixels that are left beside all else.
        between: Pixels between two widgets.
    """
    for shown in spare:
        room -= shown.sizeHint().width() + between
        shown.setVisible(room >= 0)


class Elided(QLabel):
    """A label that ends in an ellipsis where it has no room; the tool tip has the whole text."""

    def setText(self, text: str) -> None:
        """Show ``text``."""
        super().setText(text)
        self.setToolTip(text)

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        """Give way to what stands beside it."""
        return QSize(scaled(40), super().minimumSizeHint().height())

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        painter = QPainter(self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.WindowText))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)


class Steady(QLabel):
    """Quiet text that may be other text in every frame: as high as the highest until now, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        _styled(self, "caption")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one leaves free what those before took."""
        self.setText(sentence)
        self._grow()
        self.setVisible(bool(sentence or self.minimumHeight()))

    def forget(self) -> None:
        """Be no higher than the next sentence: it tells of something else."""
        self.setMinimumHeight(0)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew where the lines have another length."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.forget()
            self._grow()

    def _grow(self) -> None:
        if self.text() and self.isVisible():
            self.setMinimumHeight(max(self.minimumHeight(), self.heightForWidth(self.width())))


class Side(QScrollArea):
    """The panels of one side, under each other; scrolls where they are too tall."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.least = width
        """Least width at usual scale."""
        sized(self, width=width)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # In the margin, whether there is something to scroll or not: no panel is laid out anew where one gets a line.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "side")
        self.folded = False
        """Whether a person hid it."""
        self._asked_by: set[str] = set()
        """What needs its room."""
        self._wanted = False
        """Whether a person wants it nevertheless."""

    @property
    def away(self) -> bool:
        """Whether it is hidden: a person hid it, or something else needs the room."""
        return self.folded or (bool(self._asked_by) and not self._wanted)

    def fold(self, folded: bool, *, wanted: bool = False) -> None:
        """Hide it, or show it: where it is ``wanted``, also where something else needs the room."""
        self.folded, self._wanted = folded, wanted
        self.setVisible(not self.away)

    def make_room(self, name: str, on: bool) -> None:
        """Be hidden as long as something else needs the room, until a person wants it nevertheless."""
        if on != (name in self._asked_by):
            self._asked_by ^= {name}
            self.fold(self.folded)

    def set_panels(self, panels: list[QWidget]) -> None:
        """Show ``panels``; those that were there are deleted."""
        content = QWidget()
        content.setProperty("role", "side")
        margins = 2 * GRID, 2 * GRID, 2 * GRID - BAR, 2 * GRID
        content.setLayout(column(*panels, None, spacing=3 * GRID, margins=margins))
        self.setWidget(content)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the time line."""
        event.ignore()
