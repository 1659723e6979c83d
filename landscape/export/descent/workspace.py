"""What an export knows of the workspace of surfaces."""

from landscape.export.settings import Settings
from landscape.export.solid import Solid
from landscape.export.workspaces import ExportPart, Renderer, Table
from landscape.scene.answers import Answers
from landscape.session.descent.document import Descent
from landscape.session.session import Session


def _renderer(session: Session, settings: Settings, answers: Answers, still: bool) -> Renderer:
    from landscape.export.descent.render import DescentRenderer

    return DescentRenderer(session, settings, answers, still)


def _drawn(descent: Descent, settings: Settings) -> Descent:
    from landscape.export.descent.drawn import drawn

    return drawn(descent, settings)


def _solid(descent: Descent, settings: Settings, answers: Answers) -> Solid:
    from landscape.export.descent.solid import solid

    return solid(descent, settings, answers)


def _tikz(descent: Descent, settings: Settings, answers: Answers) -> str:
    from landscape.export.descent.tikz import tikz

    return tikz(descent, settings, answers)


def _table(descent: Descent, _settings: Settings) -> Table:
    from landscape.export.descent.table import TrajectoryTable

    return TrajectoryTable(descent)


WORKSPACE = ExportPart(
    renderer=_renderer,
    table=_table,
    matters=lambda _: frozenset(("curves", "explain", "legend", "view")),
    drawn=_drawn,
    solid=_solid,
    tikz=_tikz,
)
