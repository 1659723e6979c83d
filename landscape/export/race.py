"""A race of optimizers on a surface, made in one line of Python: a session that shows itself in a notebook."""

import base64
import html
import tempfile
from collections.abc import Mapping
from pathlib import Path

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.export.export import export
from landscape.scene.descent.text import run_titles
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.racing import entrants, raced
from landscape.session.descent.workspace import default_descent
from landscape.session.session import Session, session_with
from landscape.translation import translation

SIZE = (1600, 900)
"""Pixels of the picture in a notebook, which shows it half as large: sharp on any screen."""


class Race(Session):
    """A session whose last step a notebook shows where it is the value of a cell."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Return the picture, and how large it is shown."""
        width, height = (side // 2 for side in SIZE)
        return _picture(self), {"width": width, "height": height}

    def _repr_html_(self) -> str:
        """Return the picture as an element of a page that needs no other file."""
        descent = self.of(Descent)
        titles = run_titles(descent, translation("en")).values() if descent else ()
        data = base64.b64encode(_picture(self)).decode()
        return f'<img alt="{html.escape(", ".join(titles))}" width="{SIZE[0] // 2}" src="data:image/png;base64,{data}">'


@checked
def race(
    surface: Surface,
    rules: Mapping[str, float | UpdateRule],
    *,
    start: tuple[float, float] | None = None,
    steps: int | None = None,
) -> Race:
    """Return a session in which optimizers race down a surface from one start.

    As the value of a notebook's cell it shows itself; :func:`landscape.export` writes it as a film, picture or table.

    Args:
        surface: The loss.
        rules: Learning rates by the id of an optimizer or the lines of a rule, ``{"sgd": 0.01, "adam": 0.3}``; or by
            any name, each with what :func:`landscape.optimizer` returns.
        start: (x, y); None: where the surface has its start, or towards the upper left.
        steps: How many updates, at least 1; None: as many as suit the surface.

    Raises:
        InputError: for no rule or too many, and for a rule, a rate, a start or a number of steps that cannot be used.
    """
    if not rules:
        raise InputError("A race needs one optimizer at least")
    on_surface = session_with(edits.choose_surface(default_descent(), surface))
    return Race(documents=raced(on_surface, entrants(rules), start, steps).documents)


def _picture(session: Session) -> bytes:
    with tempfile.TemporaryDirectory(prefix="landscape-") as folder:
        return export(session, Path(folder) / "race.png", size=SIZE, theme="light").read_bytes()
