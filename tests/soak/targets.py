"""What a person in front of the screen could point at."""

import random
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QMenu, QMenuBar, QWidget

Thing = TypeVar("Thing")
WINDOWS = (Qt.WindowType.Window, Qt.WindowType.Dialog)


def front(window: QWidget) -> QWidget:
    """Return what takes mouse and keys now: a popup, a dialog, the window, or another beside it that is active."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or _active(window)


def windows() -> list[QWidget]:
    """Return all windows that can be seen, in an order that does not depend on which one is active."""
    found = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top.windowType() in WINDOWS]
    return sorted(found, key=lambda top: type(top).__name__)


def _active(window: QWidget) -> QWidget:
    active = QApplication.activeWindow()
    return active if active is not None and active.isVisible() and active.windowType() in WINDOWS else window


def visible(inside: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """Return the widgets of a kind of which something can be seen, in the order in which they were made."""
    found = [*([inside] if isinstance(inside, kind) else []), *inside.findChildren(kind)]
    return [each for each in found if each.window() is inside.window() and not each.visibleRegion().isEmpty()]


def one_of_a_kind(rng: random.Random, things: Iterable[Thing]) -> Thing | None:
    """Return one thing, each kind as likely as the others: a kind of which there are many is not all that is tried."""
    kinds: dict[str, list[Thing]] = {}
    for thing in things:
        kinds.setdefault(type(thing).__name__, []).append(thing)
    return rng.choice(kinds[rng.choice(sorted(kinds))]) if kinds else None


def place(rng: random.Random, widget: QWidget) -> QPoint:
    """Return a place in what can be seen of a widget; in a drawing most often on something that is drawn."""
    view = widget if isinstance(widget, QGraphicsView) else widget.parentWidget()
    if isinstance(view, QGraphicsView) and rng.random() < 0.8:
        drawn = _on_an_item(rng, view)
        if drawn is not None:
            return view.viewport().mapTo(widget, drawn) if view is widget else drawn
    rectangle = widget.visibleRegion().boundingRect()
    across, down = rng.random(), rng.random()
    return rectangle.topLeft() + QPoint(int(across * rectangle.width()), int(down * rectangle.height()))


def _on_an_item(rng: random.Random, view: QGraphicsView) -> QPoint | None:
    """Return a place of the viewport on one of the items, however small it is."""
    area = view.viewport().rect()
    items = [item for item in view.scene().items() if item.isVisible()]
    item: QGraphicsItem | None = one_of_a_kind(rng, items)
    if item is None:
        return None
    box = item.sceneBoundingRect()
    at = QPointF(box.x() + rng.random() * box.width(), box.y() + rng.random() * box.height())
    found = view.mapFromScene(at)
    return found if area.contains(found) else None


def shortcuts(window: QWidget) -> list[tuple[QAction, QKeySequence]]:
    """Return all commands that have keys, and the keys."""
    return [(action, keys) for action in window.findChildren(QAction) for keys in action.shortcuts()]


def quits(action: QAction) -> bool:
    """Tell whether a command ends the program."""
    return action.shortcut() in QKeySequence.keyBindings(QKeySequence.StandardKey.Quit)


def offered(menu: QMenu | QMenuBar) -> list[QAction]:
    """Return what can be chosen from a menu that is open."""
    return [
        action
        for action in menu.actions()
        if action.isEnabled()
        and not action.isSeparator()
        and menu.rect().contains(menu.actionGeometry(action).center())
    ]


def described(widget: QWidget) -> str:
    """Return how the log names a widget."""
    text = getattr(widget, "text", str)
    name = widget.accessibleName() or widget.toolTip() or (text() if callable(text) else "") or widget.windowTitle()
    return f"{type(widget).__name__} {name[:40]!r}" if name else type(widget).__name__
