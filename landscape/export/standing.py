"""Where a person stands before a document, as the settings of an export, and back: step, part of the plane, page."""

from dataclasses import replace
from typing import cast

from landscape.errors import InputError, Listing
from landscape.export.settings import Named, Options, Settings
from landscape.export.workspaces import export_part
from landscape.session.edits import open_workspace
from landscape.session.presentation import Presentation
from landscape.session.session import Session
from landscape.session.workspaces import WORKSPACES


def chosen(session: Session, options: Named) -> tuple[Session, Options]:
    """Return the session with the workspace in front that is named, and the options without names.

    Raises:
        InputError: There is no workspace, or no page, of a name.
    """
    found = options.copy()
    workspace = found.pop("workspace", session.workspace)
    if workspace not in WORKSPACES:
        allowed = Listing(WORKSPACES)
        raise InputError("There is no workspace {given!r}; there are: {allowed}", given=workspace, allowed=allowed)
    if workspace != session.workspace:
        session = open_workspace(session, workspace)
    page = found.get("page")
    if isinstance(page, str):
        drawing = export_part(workspace)
        found["page"] = drawing.page(page)
        if found["page"] is None:
            allowed = Listing(drawing.pages())
            raise InputError("There is no page {given!r} to export; there are: {allowed}", given=page, allowed=allowed)
    return session, cast("Options", found)


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
