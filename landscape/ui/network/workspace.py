"""What the window knows of the workspace of the networks."""

from landscape.ui.context import Context
from landscape.ui.workspaces import Shell, UiPart, WorkspaceView


def _view(shell: Shell, context: Context) -> WorkspaceView:
    from landscape.ui.network.view import NetworkView

    return NetworkView(shell, context)


WORKSPACE = UiPart(view=_view, modules=("landscape.ui.network.view",))
