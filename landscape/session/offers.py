"""What one workspace hands to another: a run, taken by the first workspace that can take one."""

from dataclasses import dataclass

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.session.edits import edit_document, open_workspace
from landscape.session.session import Point, Session
from landscape.session.workspaces import WORKSPACES, session_part


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A run on a surface."""

    surface: Surface
    rule: UpdateRule
    schedule: Schedule
    start: Point
    steps: int


def accepted(session: Session, offer: Offer) -> Session:
    """Return the session with an offer in the document of the workspace that takes it, which comes to the front."""
    for name in WORKSPACES:
        take = session_part(name).take
        if take is not None:
            return edit_document(open_workspace(session, name), name, take, offer)
    return session
