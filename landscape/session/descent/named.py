"""A session by what somebody calls it: a lesson, a file, a surface of the catalogue, or a formula."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from landscape.catalogue.surfaces import Surface, surface, surface_entries
from landscape.errors import InputError
from landscape.geometry.fitted_view import fitted_view
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.edits import edit_document
from landscape.session.files import is_saved, open_session
from landscape.session.session import Session, session_with

_TYPED = re.compile(r"[*^()+=|√²³ ]")
"""What is in most formulas and in no name."""
_NAME = re.compile(r"(?![xy]-|.*-[xy]$)[\w-]*-[\w-]*|.*\.[a-z]\w*")
"""A name of several words, or of a file."""


def session_of(what: str, values: Mapping[str, float]) -> tuple[Session, Surface | None]:
    """Return the session that somebody has named, with some parameters of its surface at other values.

    A surface or a formula becomes a session with the runs that the window opens with.

    Returns:
        The session, and the surface of a formula that was typed.

    Raises:
        InputError: for what is neither, and for a parameter that the surface does not have.
    """
    if not is_saved(what):
        made = _surface(what, values)
        if made is not None:
            descent = edits.choose_surface(default_descent(), made)
            return session_with(descent), None if made.entry else made
    session = open_session(what)
    for name, value in values.items():
        session = edit_document(session, "descent", edits.set_surface_value, name, value)
    return session, None


def _surface(what: str, values: Mapping[str, float]) -> Surface | None:
    """Return the surface that a text stands for; None where it looks like a name of something else."""
    try:
        made = surface(what, **dict[str, Any](values))
    except InputError as error:
        meant = getattr(error, "suggestion", "") and not _NAME.fullmatch(what)
        if meant or what in surface_entries() or _TYPED.search(what):
            raise
        return None
    return made if made.entry else replace(made, domain=fitted_view(made, chosen=False))
