"""What the scenes know of the workspace of the networks."""

from typing import TYPE_CHECKING

from landscape.network.data.datasets import DATASETS
from landscape.scene.workspaces import ScenePart
from landscape.session.network.document import Experiment

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Experiment]":
    # Loaded with the first lesson.
    from landscape.scene.network.measures import MEASURES

    return MEASURES


WORKSPACE: ScenePart[Experiment] = ScenePart(
    title=lambda experiment, say: say.pick(DATASETS[experiment.data.name].titles), measures=_measures
)
