"""What one workspace hands to another: runs and trainings, offered by one document and taken by the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.session.edits import document_of, edit_document, open_workspace
from landscape.session.session import Point, Session
from landscape.session.workspaces import WORKSPACES, session_part

if TYPE_CHECKING:
    # Loaded with the first network, not with the first picture.
    from landscape.network.data.samples import Data
    from landscape.network.network import Network


@dataclass(frozen=True, kw_only=True)
class RunOffer:
    """A run on a surface."""

    surface: Surface
    rule: UpdateRule
    schedule: Schedule
    start: Point
    steps: int


@dataclass(frozen=True, kw_only=True)
class TrainingOffer:
    """The training of a network."""

    data: "Data"
    network: "Network"
    rule: UpdateRule
    schedule: Schedule
    steps: int
    batch_size: int


Offer: TypeAlias = RunOffer | TrainingOffer


def accepted(session: Session, offer: Offer) -> Session:
    """Return the session with an offer in the document of the workspace that takes it, which comes to the front."""
    for name in WORKSPACES:
        take = session_part(name).take.get(type(offer))
        if take is not None:
            return edit_document(open_workspace(session, name), name, take, offer)
    return session


def offered(session: Session) -> Iterator[tuple[str, Offer]]:
    """Yield what the documents offer, with the workspace of each; one that was never opened offers what it opens with.

    They are in the order in which they stand in their documents.
    """
    for name in WORKSPACES:
        give = session_part(name).give
        if give is not None:
            for offer in give(document_of(session, name)):
                yield name, offer
