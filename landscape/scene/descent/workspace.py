"""What the scenes know of the workspace of surfaces."""

from landscape.scene.descent.text import surface_title
from landscape.scene.workspaces import ScenePart
from landscape.session.descent.document import Descent

WORKSPACE: ScenePart[Descent] = ScenePart(title=lambda descent, say: surface_title(descent.surface, say))
