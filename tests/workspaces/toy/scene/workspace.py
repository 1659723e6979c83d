from landscape.scene.workspaces import ScenePart
from tests.workspaces.toy.session.document import Toy

WORKSPACE: ScenePart[Toy] = ScenePart(title=lambda toy, say: toy.name)
