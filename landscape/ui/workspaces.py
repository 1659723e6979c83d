"""What the window asks of a workspace, and what it gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.layers import Dash
from landscape.session.history import History
from landscape.session.offers import Offer, accepted
from landscape.session.presentation import Presentation
from landscape.session.session import Document
from landscape.session.workspaces import part
from landscape.translation import Translation
from landscape.ui.actions import Action, Submenu
from landscape.ui.asker import Asker
from landscape.ui.commands import Command, Fill
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import Side
from landscape.ui.player import Player

if TYPE_CHECKING:
    from landscape.export.settings import Options
    from landscape.plot.map import MapPlot


@dataclass(frozen=True, kw_only=True)
class Shell:
    """What every workspace shares with the others of its window."""

    asker: Asker
    answers: Answers
    jobs: Jobs
    settings: QSettings
    history: History

    def hand_over(self, offer: Offer) -> InputError | None:
        """Hand a run to the workspace that takes it, which comes to the front; return what is wrong, or None."""
        try:
            self.history.edit(accepted, offer)
        except InputError as error:
            return error
        return None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a legend, which stands in a line of the presenter."""

    name: str
    color: str
    dash: Dash = "solid"
    value: str = ""
    """What it has come to at the current step."""
    lost: bool = False
    """It went wrong."""


class WorkspaceView(QWidget):
    """A workspace of the window: its stage, panels and time line.

    What it is asked to do while it is not in front can wait until it is.
    """

    player: Player
    """Its play head."""
    narrowest = 960
    """Least width of the window."""
    of_trials = False
    """Whether what is stepped through are trials."""
    reshaped = Signal()
    """Another least width."""
    aside: Side | None = None
    """What stands at the right of the stage, and makes room for a lesson in a narrow window."""
    plane: "MapPlot | None" = None
    """Where places can be predicted; None: nowhere."""

    def display(self, document: Any) -> None:  # noqa: ANN401
        """Show its document, which changed, or came to the front."""
        raise NotImplementedError

    def leave(self) -> None:
        """Compute nothing any more: another workspace is in front."""

    def looked_at(self) -> "Options":
        """Return what is looked at, as settings of an export."""
        return {}

    def presentation(self) -> Presentation:
        """Return where the person stands before the document."""
        return self.player.presentation

    def present(self, given: Presentation) -> None:
        """Stand where the person stood before the document, which is displayed."""
        self.player.present(given)

    def show_page(self, name: str) -> None:
        """Bring a page to the front, where there are several."""

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come after the play head, or not."""

    def commands(self) -> Mapping[str, Command]:
        """Return what its actions do, by their ids."""
        return {}

    def submenus(self) -> Mapping[str, Fill]:
        """Return what fills its menus when they open, by their ids."""
        return {}

    def settled(self) -> bool:
        """Tell whether everything that is asked is there and shown."""
        return True

    def presented(self) -> QWidget | None:
        """Return what fills the screen in a lecture; None: this workspace is not presented."""
        return None

    def legend(self) -> tuple[Entry, ...]:
        """Return whose the lines are that are shown, and what each has come to."""
        return ()

    def set_presenting(self, on: bool) -> None:
        """Draw the stage as large as the context says now, and leave what is only to be clicked away from it."""


class FilmFields(QWidget):
    """What a person chooses for a film of a document, beside its size and length."""

    changed: SignalInstance

    def applied(self, document: Any) -> Document:  # noqa: ANN401
        """Return the document with what is chosen; InputError where that cannot be."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a workspace can be given or shown by name: a surface, an optimizer, a page."""

    title: str
    group: str
    """What it is."""
    words: str
    """By what it can be found as well: its id."""
    edit: Callable[[Any], Document] | None = None
    """Returns the document with it."""
    page: str = ""
    """The page that is to come to the front."""


def _none_named(_say: Translation) -> tuple[Named, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class UiPart:
    """What ``ui/<workspace>/workspace.py`` says as ``WORKSPACE``; loads nothing that is not shown yet."""

    view: Callable[[Shell, Context], WorkspaceView]
    """Return the workspace in the window, made when it is first opened."""
    modules: tuple[str, ...] = ()
    """What that loads, by name: soon after the first picture, whatever is in front."""
    actions: Callable[[Translation], tuple[Action | Submenu | None, ...]] = lambda _say: ()
    """Return what it adds to the menu of what is seen."""
    named: Callable[[Translation], tuple[Named, ...]] = _none_named
    """Return all that it can be given by name, as the registries have it."""
    film_fields: Callable[[Context, Any], FilmFields] | None = None
    """Return the choices for a film of a document."""


def ui_part(name: str) -> UiPart:
    """Return what the window knows of a workspace."""
    found: UiPart = part("ui", name)
    return found
