"""Where a person stands before a document, as the settings of an export, and back: step, part of the plane, page."""

from dataclasses import replace

from landscape.export.settings import Options, Settings
from landscape.export.workspaces import export_part
from landscape.session.presentation import Presentation
from landscape.session.session import Session


def shown(session: Session, settings: Settings, *, animated: bool) -> Session:
    """Return a session as its film or picture shows it, so that it opens again just so."""
    name = session.workspace
    before = session.presentations.get(name, Presentation())
    stands = replace(
        before,
        step=before.step if animated else settings.step,
        view=settings.view or before.view,
        page=settings.page.name if settings.page is not None else before.page,
    )
    drawn = session.with_document(export_part(name).drawn(session.document, settings))
    presentations = {**session.presentations, name: stands}
    return drawn if stands == before else replace(drawn, presentations=presentations)


def looked_at(session: Session) -> Options:
    """Return the settings with which a session is drawn as the person last saw it."""
    stands = session.presentations.get(session.workspace)
    if stands is None:
        return {}
    found: Options = {"step": stands.step, "view": stands.view}
    page = export_part(session.workspace).page(stands.page)
    if page is not None:
        found["page"] = page
    return found
