"""What the scenes know of the workspace of the networks."""

from landscape.network.data.datasets import DATASETS
from landscape.scene.workspaces import ScenePart
from landscape.session.network.document import Experiment

WORKSPACE: ScenePart[Experiment] = ScenePart(
    title=lambda experiment, say: say.pick(DATASETS[experiment.data.name].titles)
)
