"""The session: everything that undo reverses and a saved file restores, as one frozen value.

It is made of a document for each workspace that was opened, and of what they have in common. Where the person stood
when it was saved is in it as it was read; while the window is open, play head, marks and zoom live there.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, runtime_checkable

from landscape.arguments import checked, checked_class
from landscape.errors import InputError
from landscape.session.later import Later
from landscape.session.lesson import Lesson
from landscape.session.presentation import Presentation

Point: TypeAlias = tuple[float, float]

MAX_STEPS = 100_000


@runtime_checkable
class Document(Protocol):
    """What a workspace holds: a frozen value, changed by edits that return another one."""

    workspace: ClassVar[str]
    """The id of the workspace it belongs to."""

    @property
    def last_step(self) -> int:
        """Length of the time line."""

    @property
    def subject(self) -> Hashable:
        """What the document is about: a lesson's title goes when it becomes another one."""


Kind = TypeVar("Kind", bound=Document)


@checked_class
@dataclass(frozen=True, kw_only=True)
class Session:
    """The documents, and which of them is in front."""

    documents: Mapping[str, Document]
    """By the id of their workspace; that of the workspace in front is always there."""
    workspace: str = "descent"
    """The id of the workspace in front."""
    title: Mapping[str, str] = field(default_factory=dict)
    """A lesson's title, ``{"en": ..., "zh": ...}``; empty for a session of one's own."""
    notes: str = ""
    """What the person wrote down beside it."""
    presentations: Mapping[str, Presentation] = field(default_factory=dict)
    """How each document is to be shown when it is opened, by the id of its workspace."""
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    """What is taught with a document, by the id of its workspace."""
    later: Later = field(default_factory=Later)
    """What a file of a newer minor version said that is not known here; it is written back."""

    def __post_init__(self) -> None:
        """Refuse a session whose workspace in front has no document."""
        if self.workspace not in self.documents:
            raise InputError("A session needs a document of the workspace in front, {name}", name=self.workspace)

    @property
    def document(self) -> Document:
        """The document in front."""
        return self.documents[self.workspace]

    @property
    def future_hidden(self) -> bool:
        """Whether what is in front is shown without what comes after the play head."""
        shown = self.presentations.get(self.workspace)
        return shown is not None and shown.future_hidden

    @property
    def lesson(self) -> Lesson | None:
        """What is taught with the document in front."""
        return self.lessons.get(self.workspace)

    @checked
    def of(self, kind: type[Kind]) -> Kind | None:
        """Return the document of a kind; None where its workspace was never opened."""
        found: Any = self.documents.get(getattr(kind, "workspace", ""))
        return found if isinstance(found, kind) else None

    @checked
    def with_document(self, document: Document) -> "Session":
        """Return the session with a document in place of the one of the same workspace."""
        return replace(self, documents={**self.documents, document.workspace: document})


def session_with(document: Document, **fields: Any) -> Session:  # noqa: ANN401
    """Return a session of one document, which is in front."""
    return Session(documents={document.workspace: document}, workspace=document.workspace, **fields)
