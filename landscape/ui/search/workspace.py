"""What the window knows of the workspace of searches."""

from landscape.translation import Translation
from landscape.ui.context import Context
from landscape.ui.workspaces import Named, Shell, UiPart, WorkspaceView


def _view(shell: Shell, context: Context) -> WorkspaceView:
    from landscape.ui.search.view import SearchView

    return SearchView(shell, context)


def _named(say: Translation) -> tuple[Named, ...]:
    from landscape.ui.search.named import named

    return named(say)


WORKSPACE = UiPart(view=_view, modules=("landscape.ui.search.view",), named=_named)
