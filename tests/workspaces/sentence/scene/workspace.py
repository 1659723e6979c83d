from landscape.scene.workspaces import ScenePart

WORKSPACE = ScenePart(title=lambda sentence, say: sentence.text)
