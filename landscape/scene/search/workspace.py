"""What the scenes know of the workspace of searches."""

from typing import TYPE_CHECKING

from landscape.scene.search.text import study_title
from landscape.scene.workspaces import ScenePart
from landscape.session.search.document import Study

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Study]":
    # Loaded with the first lesson.
    from landscape.scene.search.measures import MEASURES

    return MEASURES


WORKSPACE: ScenePart[Study] = ScenePart(title=study_title, measures=_measures)
