"""How a number is set: a slider over its scale, and a field to type it in."""

import re

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QStyle, QStyleOptionFrame, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import nudged, position_of, rounded, value_at
from landscape.errors import InputError
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import evaluate, free_names
from landscape.plot.overrides import guarded
from landscape.scene.text import number
from landscape.ui.context import Context
from landscape.ui.sizes import painter_of, scaled, sized, unit
from landscape.ui.words import write

KNOB = 7.0
THIN = 20
"""Height of a slider."""
FINE = 0.1
"""Part of the way that a slider goes while Shift is held."""
NUMBER = 82
"""Width of a field with room for ``1.11×10⁻⁴``."""
_COMMA = re.compile(r"[-+]?(?P<whole>[0-9]*),(?P<places>[0-9]+)(?P<power>[eE][-+]?[0-9]+)?")
"""A number with a decimal comma."""
MARGIN = 2
"""What Qt keeps free at both ends of a text that is typed."""


def takes_wheel(widget: QWidget) -> bool:
    """Tell whether the wheel adjusts ``widget``: not while it should scroll the panel past a control by chance."""
    if widget.hasFocus() or (isinstance(widget, Slider) and widget.touched):
        return True
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            return ancestor.verticalScrollBar().maximum() == 0
        ancestor = ancestor.parentWidget()
    return True


class Slider(QWidget):
    """A quiet slider over a parameter's scale; wheel and arrow keys adjust, Shift makes it fine, a double click resets.

    The mouse does not give it the keyboard, and takes it away: whoever drags goes on with the keys of the time line.
    """

    moved = Signal(float)
    released = Signal()
    reset_asked = Signal()

    def __init__(self, parameter: Parameter, context: Context, name: str) -> None:
        super().__init__()
        self._parameter = parameter
        self._context = context
        self._value = parameter.default
        self._pressed = self._hovered = self._touched = False
        self._grip: tuple[float, float] | None = None
        """Where the pointer was last, and the position of the knob then: from when Shift was held on."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        write(self, name=name)
        sized(self, least=(0, THIN))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_value(self, value: float) -> None:
        """Show ``value`` without telling anyone."""
        if value != self._value:
            self._value = value
            self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the size that is comfortable to hit."""
        return QSize(scaled(96), scaled(THIN))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a track, its filled part and a knob."""
        painter, area = painter_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, width = area.height() / 2, area.width()
        at = KNOB + position_of(self._parameter, self._value) * (width - 2 * KNOB)
        painter.setBrush(QColor(self._context.theme.line))
        painter.drawRoundedRect(QRectF(KNOB, middle - 2, width - 2 * KNOB, 4), 2, 2)
        painter.setBrush(QColor(self._context.theme.accent))
        painter.drawRoundedRect(QRectF(KNOB, middle - 2, at - KNOB, 4), 2, 2)
        if self.hasFocus() or self._pressed or self._hovered:
            halo = QColor(self._context.theme.accent)
            halo.setAlphaF(0.35 if self.hasFocus() else 0.2)
            painter.setBrush(halo)
            painter.drawEllipse(QPointF(at, middle), KNOB + 3, KNOB + 3)
            painter.setBrush(QColor(self._context.theme.accent))
        painter.drawEllipse(QPointF(at, middle), KNOB - 1, KNOB - 1)

    @property
    def touched(self) -> bool:
        """Whether the mouse has just set it, and is still there."""
        return self._touched

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob to the pointer; with Shift, take it where it is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._touched = True
            self._grip = None
            self.clearFocus()
            self._follow(event)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, with Shift a tenth of its way."""
        if self._pressed:
            self._follow(event)

    @guarded(None)
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the gesture."""
        if self._pressed:
            self._pressed = False
            self.update()
            self.released.emit()

    @guarded(None)
    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Go back to the default."""
        self._pressed = False
        self.reset_asked.emit()

    @guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Adjust by a fiftieth of the way each notch."""
        if not takes_wheel(self):
            event.ignore()
            return
        turned = event.angleDelta()
        self._nudge((turned.y() or turned.x()) / 120.0 * _fineness(event.modifiers()))
        event.accept()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Adjust with the arrows, and to the ends with Home and End."""
        notch = _fineness(event.modifiers())
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self._nudge(-notch)
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self._nudge(notch)
            case Qt.Key.Key_Home:
                self._set(self._parameter.minimum)
            case Qt.Key.Key_End:
                self._set(self._parameter.maximum)
            case _:
                event.ignore()

    @guarded(None)
    def enterEvent(self, _event: QEvent) -> None:
        """Show that it can be taken."""
        self._hovered = True
        self.update()

    @guarded(None)
    def leaveEvent(self, _event: QEvent) -> None:
        """Be quiet again."""
        self._hovered = self._touched = False
        self.update()

    def _nudge(self, notches: float) -> None:
        self._set(nudged(self._parameter, self._value, notches))
        self.released.emit()

    def _follow(self, event: QMouseEvent) -> None:
        """Go where the pointer is; once Shift was held in a drag, as far as it went since."""
        x, track = event.position().x() / unit(), max(self.width() / unit() - 2 * KNOB, 1.0)
        fineness = _fineness(event.modifiers())
        if self._grip is None and fineness == 1.0:
            position = (x - KNOB) / track
        else:
            before, at = self._grip or (x, position_of(self._parameter, self._value))
            position = min(max(at + (x - before) / track * fineness, 0.0), 1.0)
            self._grip = x, position
        self._set(rounded(self._parameter, value_at(self._parameter, position)))

    def _set(self, value: float) -> None:
        if value != self._value:
            self._value = value
            self.update()
            self.moved.emit(value)


def _fineness(modifiers: Qt.KeyboardModifier) -> float:
    return FINE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0


class NumberField(QLineEdit):
    """A number typed exactly, or as a formula such as ``1/3`` or ``2π``; wheel and arrow keys adjust it."""

    committed = Signal(float)
    nudged = Signal(float)
    """A value reached by the wheel or an arrow key: several are one gesture."""
    refused = Signal(object)
    """The error of what was typed."""

    def __init__(self, parameter: Parameter, name: str) -> None:
        super().__init__()
        self._parameter = parameter
        self._value = parameter.default
        write(self, name=name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setProperty("role", "number")
        self.returnPressed.connect(self._enter)
        self._show_value()

    @property
    def value(self) -> float:
        """The number as it was last shown or taken over."""
        return self._value

    def set_parameter(self, parameter: Parameter) -> None:
        """Adjust on the scale of another parameter."""
        self._parameter = parameter

    def set_value(self, value: float) -> None:
        """Show ``value`` without telling anyone; what is being typed stays."""
        if value != self._value or not self.isModified():
            self._value = value
            self._show_value()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many digits as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_value()

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Show as many where the text has another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_value()

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the number as it is typed, and select it."""
        super().focusInEvent(event)
        self._show_value()
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take over what was typed."""
        if self.isModified():
            self._commit()
        super().focusOutEvent(event)
        self._show_value()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Adjust with the arrows; Escape forgets what was typed, Enter takes it over and presses no button."""
        match Qt.Key(event.key()):
            case Qt.Key.Key_Up:
                self._nudge(1)
            case Qt.Key.Key_Down:
                self._nudge(-1)
            case Qt.Key.Key_Escape:
                self.setModified(False)
                self.clearFocus()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                super().keyPressEvent(event)
                event.accept()
            case _:
                super().keyPressEvent(event)

    @guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Adjust by a fiftieth of the slider each notch."""
        if takes_wheel(self):
            self._nudge(event.angleDelta().y() / 120.0)
            event.accept()
        else:
            event.ignore()

    def _nudge(self, notches: float) -> None:
        value = nudged(self._parameter, self._value, notches)
        if value != self._value:
            self._value = value
            self._show_value()
            self.nudged.emit(value)

    def _enter(self) -> None:
        self.setModified(True)
        self.clearFocus()

    def _commit(self) -> None:
        self.setModified(False)
        try:
            value = typed_number(self.text())
        except InputError as error:
            self.refused.emit(error)
            self._show_value()
            return
        self._value = value
        self.committed.emit(value)
        self._show_value()

    def _show_value(self) -> None:
        text = f"{self._value:.12g}" if self.hasFocus() else self._fitting()
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _fitting(self) -> str:
        """Return the number with as many digits as there is room for: a cut one would be read as another."""
        style = QStyleOptionFrame()
        self.initStyleOption(style)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, style, self)
        room, wide = area.width() - 2 * MARGIN, self.fontMetrics().horizontalAdvance
        texts = (number(self._value, digits) for digits in (5, 4, 3, 2))
        return next((text for text in texts if wide(text) <= room), number(self._value, 1))


def typed_number(text: str) -> float:
    """Return the number a person typed: ``1e-3``, ``0,5`` with a decimal comma, or a formula without names.

    An :class:`InputError` otherwise; also for ``1,000``, which is one number here and another there.
    """
    plain = text.strip().replace("−", "-").replace("×", "*")
    comma = _COMMA.fullmatch(plain)
    if comma and len(comma["places"]) == 3 and comma["whole"].strip("0") and not comma["power"]:
        whole, decimal = (plain.replace(",", point) for point in ("", "."))
        raise InputError(
            "{text} can be read in two ways: write {whole} or {decimal}", text=plain, whole=whole, decimal=decimal
        )
    tree = parse_expression(plain.replace(",", ".") if comma else plain)
    names = sorted(free_names(tree))
    if names:
        raise InputError("{name} is not a number", name=names[0])
    return float(evaluate([tree], {})[0])
