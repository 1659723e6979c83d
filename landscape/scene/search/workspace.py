"""What the scenes know of the workspace of searches."""

from landscape.scene.search.text import study_title
from landscape.scene.workspaces import ScenePart
from landscape.session.search.document import Study

WORKSPACE: ScenePart[Study] = ScenePart(title=study_title)
