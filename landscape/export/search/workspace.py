"""What an export knows of the workspace of searches."""

from landscape.export.settings import Settings
from landscape.export.workspaces import ExportPart, Renderer, Table
from landscape.scene.answers import Answers
from landscape.session.search.document import Study
from landscape.session.session import Session


def _renderer(session: Session, settings: Settings, answers: Answers, _still: bool) -> Renderer:
    from landscape.export.search.render import SearchRenderer

    return SearchRenderer(session, settings, answers)


def _table(study: Study, _settings: Settings) -> Table:
    from landscape.export.search.table import TrialsTable

    return TrialsTable(study)


WORKSPACE = ExportPart(renderer=_renderer, table=_table, matters=lambda _settings: frozenset())
