from landscape.ui.workspaces import UiPart


def _view(shell, context):
    from tests.workspaces.toy.ui.view import ToyView

    return ToyView(shell, context)


WORKSPACE = UiPart(view=_view)
