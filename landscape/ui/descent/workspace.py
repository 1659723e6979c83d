"""What the window knows of the workspace of surfaces."""

from landscape.session.descent.document import Descent
from landscape.translation import Translation
from landscape.ui.context import Context
from landscape.ui.descent.actions import actions
from landscape.ui.workspaces import FilmFields, Named, Shell, UiPart, WorkspaceView


def _view(shell: Shell, context: Context) -> WorkspaceView:
    from landscape.ui.descent.view import DescentView

    return DescentView(shell, context)


def _film_fields(context: Context, descent: Descent) -> FilmFields:
    from landscape.ui.descent.animation_fields import AnimationFields

    return AnimationFields(context, descent)


def _named(say: Translation) -> tuple[Named, ...]:
    from landscape.ui.descent.named import named

    return named(say)


WORKSPACE = UiPart(
    view=_view,
    modules=(
        "landscape.ui.descent.view",
        "landscape.ui.descent.sides",
        "landscape.geometry.critical.search",
    ),
    actions=actions,
    named=_named,
    film_fields=_film_fields,
)
