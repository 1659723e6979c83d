"""What an export knows of the workspace of surfaces."""

from typing import TYPE_CHECKING

from landscape.export.settings import Settings
from landscape.export.solid import Solid
from landscape.export.workspaces import ExportPart, Renderer, Table
from landscape.scene.answers import Answers
from landscape.session.descent.document import Descent
from landscape.session.session import Session

if TYPE_CHECKING:
    from landscape.export.sound import Voice


def _renderer(session: Session, settings: Settings, answers: Answers, still: bool) -> Renderer:
    shown = getattr(session.document, "comparison", None)
    if shown is not None and shown.shown:
        from landscape.export.descent.comparison_render import ComparisonRenderer

        return ComparisonRenderer(session, shown, settings, answers)
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
    if descent.comparison is not None and descent.comparison.shown:
        from landscape.export.descent.comparison_table import ComparisonTable

        return ComparisonTable(descent)
    from landscape.export.descent.table import TrajectoryTable

    return TrajectoryTable(descent)


def _voices(document: Descent, settings: Settings, answers: Answers) -> "tuple[Voice, ...]":
    from landscape.export.descent.voices import voices

    return voices(document, settings, answers)


WORKSPACE = ExportPart(
    renderer=_renderer,
    table=_table,
    matters=lambda _: frozenset(("caption", "curves", "explain", "legend", "view")),
    drawn=_drawn,
    solid=_solid,
    tikz=_tikz,
    voices=_voices,
)
