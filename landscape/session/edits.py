"""What can be changed of a session as a whole: which workspace is in front, and the document of one of them."""

from collections.abc import Callable
from dataclasses import replace

from landscape.session.lesson import Lesson, check
from landscape.session.session import Document, Session
from landscape.session.workspaces import session_part


def document_of(session: Session, workspace: str) -> Document:
    """Return the document of a workspace; what it opens with where it was never opened."""
    found: Document = session.documents.get(workspace) or session_part(workspace).new()
    return found


def open_workspace(session: Session, workspace: str) -> Session:
    """Bring a workspace to the front; a lesson's title is that of the workspace which was there before."""
    opened = session.with_document(document_of(session, workspace))
    return replace(opened, workspace=workspace, title=session.title if workspace == session.workspace else {})


def edit_document(
    session: Session, workspace: str, function: Callable[..., Document], /, *args: object, **kwargs: object
) -> Session:
    """Put ``function(document, *args, **kwargs)`` in place of a workspace's document.

    A lesson and its title go when the document is about something else than before.
    """
    old = document_of(session, workspace)
    new = function(old, *args, **kwargs)
    if new == old:
        return session
    edited = session.with_document(new)
    return edited if new.subject == old.subject else replace(set_lesson(edited, workspace, None), title={})


def set_lesson(session: Session, workspace: str, lesson: Lesson | None) -> Session:
    """Teach something else with the document of a workspace; None: nothing."""
    others = {name: each for name, each in session.lessons.items() if name != workspace}
    return replace(session, lessons=others if lesson is None else {**others, workspace: check(lesson)})
