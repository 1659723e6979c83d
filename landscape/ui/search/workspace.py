"""What the window knows of the workspace of searches."""

from landscape.ui.context import Context
from landscape.ui.workspaces import Shell, UiPart, WorkspaceView


def _view(shell: Shell, context: Context) -> WorkspaceView:
    from landscape.ui.search.view import SearchView

    return SearchView(shell, context)


WORKSPACE = UiPart(view=_view, modules=("landscape.ui.search.view",))
