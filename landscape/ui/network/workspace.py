"""What the window knows of the workspace of the networks."""

from landscape.translation import Translation
from landscape.ui.context import Context
from landscape.ui.workspaces import Named, Shell, UiPart, WorkspaceView


def _view(shell: Shell, context: Context) -> WorkspaceView:
    from landscape.ui.network.view import NetworkView

    return NetworkView(shell, context)


def _named(say: Translation) -> tuple[Named, ...]:
    from landscape.ui.network.named import named

    return named(say)


WORKSPACE = UiPart(view=_view, modules=("landscape.ui.network.view",), named=_named)
