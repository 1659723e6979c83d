"""What an export asks of a workspace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol

from landscape.errors import InputError
from landscape.export.settings import Settings
from landscape.export.turns import Turns
from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.scene.question import Question
from landscape.session.session import Session
from landscape.session.workspaces import WORKSPACES, Kind, part
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.export.solid import Solid
    from landscape.export.sound import Voice
    from landscape.plot.painters import Ground


class Renderer(Protocol):
    """Draws a session at any step from what is known of it: what is looked at, whether all of it is known or not."""

    @property
    def anew(self) -> bool:
        """Whether each step shows something else that must be computed first."""

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return what must be known before the first frame, so that the file shows all that a window would.

        Once these are answered there may be others, which follow from them; in the end it is the same again.
        """

    def painting(self, device: "Ground", step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, and yield after each piece that takes long.

        What must be computed first is computed in a thread. Nothing else may be asked of it before that has ended.
        """

    def close(self) -> None:
        """Let go of all that Qt has made for it, in the thread in which it was made."""


class Table(Protocol):
    """A document as a table."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands above them."""

    @property
    def blocks(self) -> int:
        """How many blocks of rows there will be."""

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return what must be known before the first row."""

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows, block by block."""


@dataclass(frozen=True, kw_only=True)
class ExportPart(Generic[Kind]):
    """What ``export/<workspace>/workspace.py`` says as ``WORKSPACE``."""

    renderer: Callable[[Session, Settings, Answers, bool], Renderer]
    """Return what draws a session whose document is in front; True: for a still picture. Needs Qt."""
    table: Callable[[Kind, Settings], Table]
    """Return a document as a table."""
    matters: Callable[[Settings], frozenset[str]]
    """Return which of the settings ``caption``, ``curves``, ``explain``, ``legend`` and ``view`` make a difference."""
    solid: Callable[[Kind, Settings, Answers], "Solid"] | None = None
    """Return the relief of a document as a thing; None where there is none."""
    tikz: Callable[[Kind, Settings, Answers], str] | None = None
    """Return the map of a document for LaTeX; None where there is none."""
    voices: Callable[[Kind, Settings, Answers], "tuple[Voice, ...]"] | None = None
    """Return what is heard of a document; None where nothing is."""
    drawn: Callable[[Kind, Settings], Kind] = lambda document, _: document
    """Return a document as the settings have it drawn, where they choose what else stands in the document."""
    page: Callable[[str], StagePage | None] = lambda _: None
    """Return the page of that name, with nothing chosen on it; None where it is not drawn otherwise than the first."""
    pages: Callable[[], tuple[str, ...]] = tuple
    """Return the names of the pages that are."""


def export_part(name: str) -> ExportPart[Any]:
    """Return what an export knows of a workspace; InputError where nothing of it can be exported."""
    found: ExportPart[Any] | None = part("export", name)
    if found is None:
        raise InputError("Nothing can be exported of the workspace {name}", name=WORKSPACES[name].titles)
    return found
