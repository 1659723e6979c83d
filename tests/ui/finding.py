"""Widgets found as a person finds them: by what is written on them, their hint, or the name a screen reader tells."""

from typing import Any, TypeVar

from PySide6.QtWidgets import QLabel, QMenu, QWidget

W = TypeVar("W", bound=QWidget)


def find(inside: QWidget, kind: type[W], name: str) -> W:
    """Return the one visible widget of a kind inside another that bears ``name``."""
    found = [widget for widget in seen(inside, kind) if name in names(widget)]
    offered = sorted({name for widget in seen(inside, kind) for name in names(widget)})
    assert len(found) == 1, f"{len(found)} of {kind.__name__} are called {name!r}; there are {offered}"
    return found[0]


def seen(inside: QWidget, kind: type[W]) -> list[W]:
    """Return the visible widgets of a kind inside another, from the top left on."""
    found = [widget for widget in inside.findChildren(kind) if widget.isVisible()]
    return sorted(found, key=lambda widget: widget.mapTo(inside, widget.rect().topLeft()).toTuple()[::-1])


def names(widget: QWidget) -> set[str]:
    """Return what a person may call a widget; what shows a choice also without the choice."""
    text: Any = getattr(widget, "text", str)
    whole = widget.accessibleName()
    return {name for name in (text(), whole, whole.removesuffix(f": {text()}"), widget.toolTip()) if name}


def sentences(inside: QWidget) -> list[str]:
    """Return what is written on the visible labels inside a widget."""
    return [label.text() for label in seen(inside, QLabel) if label.text()]


def complaints(inside: QWidget) -> list[str]:
    """Return what is written in red on the visible labels inside a widget."""
    return [label.text() for label in seen(inside, QLabel) if label.property("role") == "complaint"]


def beside(inside: QWidget, name: str) -> str:
    """Return what is written to the right of the label that reads ``name``, in its line."""
    label = find(inside, QLabel, name)
    line = label.mapTo(inside, label.rect().center())
    places = {other: other.mapTo(inside, other.rect().center()) for other in seen(inside, QLabel)}
    right = {at.x(): each for each, at in places.items() if at.x() > line.x() and abs(at.y() - line.y()) < 4}
    return right[min(right)].text()


def offered(menu: QMenu) -> dict[str, bool]:
    """Return what a menu offers, and whether it can be chosen."""
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
