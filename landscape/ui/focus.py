"""Tab order as the eye goes: where Tab takes the keyboard, from the layouts as they are at that moment.

Qt goes in the order in which widgets were made, and rows of forms are made when there is something to show in them.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QGridLayout,
    QLayout,
    QScrollArea,
    QStackedLayout,
    QToolTip,
    QWidget,
)

from landscape.plot.overrides import guarded

ORDERED = QBoxLayout, QGridLayout, QFormLayout, QStackedLayout
AROUND = 24
"""Pixels that are seen around what is scrolled to."""


class EyeOrdered(QWidget):
    """A part of a window from which Tab goes as the eye does, through the whole window."""

    def __init__(self, layout: QLayout | None = None) -> None:
        super().__init__()
        if layout is not None:
            self.setLayout(layout)

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next control."""
        return move_focus(self.window(), forward)


def move_focus(window: QWidget, forward: bool) -> bool:
    """Give the keyboard to the next control of a window, or the one before; tell whether there is one."""
    here = window.focusWidget()
    order = [widget for widget in _inside(window) if widget is here or _takes_tab(widget)]
    way = 1 if forward else -1
    start = order.index(here) if here in order else -1 if forward else 0
    if not order or order == [here]:
        return False
    chosen = order[(start + way) % len(order)]
    chosen.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    reveal(chosen)
    _explain(chosen)
    return True


def focus_order(window: QWidget) -> list[QWidget]:
    """Return what Tab goes through, in its order."""
    return [widget for widget in _inside(window) if _takes_tab(widget)]


def _takes_tab(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return widget.isEnabled() and (widget.focusPolicy() & tab) == tab and widget.focusProxy() is None


def _inside(widget: QWidget) -> Iterator[QWidget]:
    """Yield all visible widgets inside another, as the eye goes."""
    for part in _parts(widget):
        if part.isVisible():
            yield part
            yield from _inside(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """Return what stands directly in a widget: what lies over it from the top left on, then what its layout places."""
    layout = widget.layout()
    widgets = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    placed = list(_placed(layout, widgets)) if isinstance(layout, ORDERED) else []
    known = set(placed)
    free = [child for child in widgets if child not in known]
    return [*sorted(free, key=lambda child: (child.y(), child.x())), *placed]


def _placed(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of some widgets that a layout places, from left to right and from above.

    It is asked where each is, and not for its items: Python would keep those when Qt has deleted them long since, and
    take whatever Qt makes at the same place in memory, a window or an action, for one of them.
    """
    inside = [child for child in layout.children() if isinstance(child, QLayout)]
    parts: dict[int, QWidget | QLayout] = {layout.indexOf(each): each for each in widgets}
    parts |= {layout.indexOf(each): each for each in inside}
    order = sorted(index for index in parts if index >= 0)
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda index: tuple(layout.getItemPosition(index))[:2])  # type: ignore[arg-type]
    for part in map(parts.__getitem__, order):
        if isinstance(part, QLayout):
            yield from _placed(part, widgets)
        else:
            yield part


def _explain(widget: QWidget) -> None:
    """Show what the pointer would be told: what a symbol means, or what an icon does."""
    told = widget.toolTip() or widget.accessibleDescription()
    if told:
        QToolTip.showText(widget.mapToGlobal(widget.rect().bottomLeft()), told, widget)
    else:
        QToolTip.hideText()


def reveal(widget: QWidget, part: QRect | None = None) -> None:
    """Scroll to a widget whatever it stands in, or to a part of it."""
    shown = widget.rect() if part is None else part
    above = widget.parentWidget()
    while above is not None:
        content = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and content is not None:
            middle = shown.translated(widget.mapTo(content, QPoint())).center()
            above.ensureVisible(
                middle.x(), middle.y(), shown.width() // 2 + AROUND, min(shown.height(), above.height()) // 2 + AROUND
            )
        above = above.parentWidget()
