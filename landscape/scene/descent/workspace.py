"""What the scenes know of the workspace of surfaces."""

from typing import TYPE_CHECKING

from landscape.scene.descent.text import surface_title
from landscape.scene.workspaces import ScenePart
from landscape.session.descent.document import Descent

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Descent]":
    # Loaded with the first lesson, not with the first picture.
    from landscape.scene.descent.measures import MEASURES

    return MEASURES


WORKSPACE: ScenePart[Descent] = ScenePart(
    title=lambda descent, say: surface_title(descent.surface, say), measures=_measures
)
