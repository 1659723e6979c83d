"""What the scenes know of the workspace of searches."""

from typing import TYPE_CHECKING

from landscape.scene.answers import Answers
from landscape.scene.search.text import entrant_title, study_title
from landscape.scene.workspaces import ScenePart
from landscape.session.search.document import Study
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Study]":
    # Loaded with the first lesson.
    from landscape.scene.search.measures import MEASURES

    return MEASURES


def _described(study: Study, _answers: Answers, say: Translation, _step: float | None) -> tuple[str, ...]:
    names = ", ".join(entrant_title(entrant, say) for entrant in study.entrants)
    return (say("Hyper-parameters of {title} are searched by {names}.", title=study_title(study, say), names=names),)


WORKSPACE: ScenePart[Study] = ScenePart(title=study_title, described=_described, measures=_measures)
