"""What the scenes know of the workspace of surfaces."""

from typing import TYPE_CHECKING

from landscape.scene.answers import Answers
from landscape.scene.descent.text import surface_title
from landscape.scene.workspaces import ScenePart
from landscape.session.descent.document import Descent
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Descent]":
    # Loaded with the first lesson, not with the first picture.
    from landscape.scene.descent.measures import MEASURES

    return MEASURES


def _described(descent: Descent, answers: Answers, say: Translation, step: float | None) -> tuple[str, ...]:
    from landscape.scene.descent.description import described

    return described(descent, answers, say, step)


WORKSPACE: ScenePart[Descent] = ScenePart(
    title=lambda descent, say: surface_title(descent.surface, say), described=_described, measures=_measures
)
