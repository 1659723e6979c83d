"""What can be done from the menus and the keyboard, as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeyEvent, QKeySequence

from landscape.translation import Translation


@dataclass(frozen=True, kw_only=True)
class Action:
    """One command."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    """Shortcuts; the first is shown."""
    bare: bool = False
    """The keys have no modifier and belong to the window only where no field wants them."""
    checkable: bool = False


@dataclass(frozen=True, kw_only=True)
class Submenu:
    """A menu within a menu that is filled when it opens."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Menu:
    """A menu of the menu bar; None is a line between two groups."""

    title: str
    items: tuple[Action | Submenu | None, ...]
    letter: str
    """Alt and this opens it, in every language."""


def menus(say: Translation, of_workspaces: Sequence[Action | Submenu | None]) -> tuple[Menu, ...]:
    """Return the menu bar; what the workspaces add is at the top of the menu of what is seen."""
    return (_file(say), _edit(say), _view(say, of_workspaces), _play(say), _help(say))


def actions(bar: Sequence[Menu]) -> Iterator[Action]:
    """Yield every command of a menu bar."""
    return (item for menu in bar for item in menu.items if isinstance(item, Action))


def bare_command(event: QKeyEvent, bar: Sequence[Menu]) -> str:
    """Return the id of the command that a key without a field to go to means; empty where it means none."""
    keys = QKeySequence(event.keyCombination())
    for action in actions(bar):
        if action.bare and any(keys == QKeySequence(key) for key in action.keys):
            return action.id
    # Brackets and question marks need AltGr or Shift on many keyboards: the character counts, not how it was typed.
    return {"[": "slower", "]": "faster", "?": "keys", "？": "keys"}.get(event.text(), "")


def writes(event: QKeyEvent) -> bool:
    """Tell whether a key writes something in a field; one that moves through pages has no text on most systems."""
    return event.text() != "" and event.text().isprintable()


def key_text(key: str) -> str:
    """Return how a shortcut is written on this platform."""
    arrows = {"Left": "←", "Right": "→", "Shift+Left": "Shift+←", "Shift+Right": "Shift+→"}
    return arrows.get(key) or QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _file(say: Translation) -> Menu:
    return Menu(
        title=say("File"),
        letter="F",
        items=(
            Action(id="new", title=say("New"), keys=("Ctrl+N",)),
            Action(id="gallery", title=say("Lessons…"), keys=("Ctrl+L",)),
            Submenu(id="lessons", title=say("Open lesson")),
            Action(id="open", title=say("Open file…"), keys=("Ctrl+O",)),
            Submenu(id="recent", title=say("Open recent")),
            Submenu(id="unsaved", title=say("Open what was not saved")),
            Action(id="reopen", title=say("Open the last session at start"), checkable=True),
            None,
            Action(id="save", title=say("Save"), keys=("Ctrl+S",)),
            Action(id="save-as", title=say("Save as…"), keys=("Ctrl+Shift+S",)),
            None,
            Action(id="export", title=say("Export…"), keys=("Ctrl+E",)),
            Action(id="copy", title=say("Copy picture"), keys=("Ctrl+Shift+C",)),
            Action(id="copy-link", title=say("Copy as link")),
            None,
            Action(id="quit", title=say("Quit"), keys=("Ctrl+Q",)),
        ),
    )


def _edit(say: Translation) -> Menu:
    return Menu(
        title=say("Edit"),
        letter="E",
        items=(
            Action(id="undo", title=say("Undo"), keys=("Ctrl+Z",)),
            Action(id="redo", title=say("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y")),
            None,
            Action(id="find", title=say("Find anything…"), keys=("Ctrl+K",)),
            Action(id="edit-lesson", title=say("Edit lesson…")),
        ),
    )


def _view(say: Translation, of_workspaces: Sequence[Action | Submenu | None]) -> Menu:
    return Menu(
        title=say("View"),
        letter="V",
        items=(
            *of_workspaces,
            Action(id="lesson", title=say("Lesson"), checkable=True),
            None,
            Action(id="larger", title=say("Larger"), keys=("Ctrl++", "Ctrl+=")),
            Action(id="smaller", title=say("Smaller"), keys=("Ctrl+-",)),
            Action(id="usual-size", title=say("Usual size")),
            None,
            Action(id="panels", title=say("Panels"), keys=("Ctrl+B",), checkable=True),
            Action(id="notes", title=say("Notes of the marks"), keys=("Ctrl+M",), checkable=True),
            Action(id="present", title=say("Present"), keys=("F5", "F11"), checkable=True),
            None,
            Submenu(id="theme", title=say("Theme")),
            Submenu(id="language", title=say("Language")),
        ),
    )


def _play(say: Translation) -> Menu:
    return Menu(
        title=say("Play"),
        letter="P",
        items=(
            Action(id="play", title=say("Play or pause"), keys=("Space",), bare=True),
            Action(id="forward", title=say("One step on"), keys=("Right",), bare=True),
            Action(id="back", title=say("One step back"), keys=("Left",), bare=True),
            Action(id="forward-ten", title=say("Ten steps on"), keys=("Shift+Right",), bare=True),
            Action(id="back-ten", title=say("Ten steps back"), keys=("Shift+Left",), bare=True),
            Action(id="first", title=say("To the beginning"), keys=("Home",), bare=True),
            Action(id="last", title=say("To the end"), keys=("End",), bare=True),
            None,
            Action(id="mark", title=say("Set or remove a mark"), keys=("M",), bare=True),
            Action(id="next-mark", title=say("To the next mark"), keys=("PgDown",), bare=True),
            Action(id="last-mark", title=say("To the mark before"), keys=("PgUp",), bare=True),
            None,
            Action(id="slower", title=say("Slower"), keys=("[",), bare=True),
            Action(id="faster", title=say("Faster"), keys=("]",), bare=True),
            Action(id="loop", title=say("Loop"), keys=("L",), bare=True, checkable=True),
            Action(id="sound", title=say("Sound"), keys=("S",), bare=True, checkable=True),
            None,
            Action(id="hide-future", title=say("Hide the future"), keys=("F",), bare=True, checkable=True),
        ),
    )


def _help(say: Translation) -> Menu:
    return Menu(
        title=say("Help"),
        letter="H",
        items=(
            Action(id="keys", title=say("Keys and mouse"), keys=("F1", "?")),
            Action(id="about", title=say("About Landscape")),
        ),
    )
