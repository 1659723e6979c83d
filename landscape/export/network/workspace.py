"""What an export knows of the workspace of the networks."""

from typing import TYPE_CHECKING, get_args, get_type_hints

from landscape.export.settings import Settings
from landscape.export.workspaces import ExportPart, Renderer, Table
from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.session.network.document import Experiment
from landscape.session.session import Session

if TYPE_CHECKING:
    from landscape.export.sound import Voice


def _renderer(session: Session, settings: Settings, answers: Answers, _still: bool) -> Renderer:
    if settings.page is not None:
        from landscape.export.network.page_render import PageRenderer

        return PageRenderer(session, settings.page, settings, answers)
    from landscape.export.network.render import NetworkRenderer

    return NetworkRenderer(session, settings, answers)


def _table(experiment: Experiment, settings: Settings) -> Table:
    if settings.page is not None:
        from landscape.export.network.page_table import PageTable

        return PageTable(experiment, settings.page)
    from landscape.export.network.table import CurvesTable

    return CurvesTable(experiment)


def _matters(settings: Settings) -> frozenset[str]:
    return frozenset(("curves",) if settings.page is None else ())


def _pages() -> tuple[str, ...]:
    return get_args(get_type_hints(StagePage)["name"])


def _page(name: str) -> StagePage | None:
    return StagePage(name=name) if name in _pages() else None  # type: ignore[arg-type]


def _voices(document: Experiment, settings: Settings, answers: Answers) -> "tuple[Voice, ...]":
    from landscape.export.network.voices import voices

    return voices(document, settings, answers)


WORKSPACE = ExportPart(renderer=_renderer, table=_table, matters=_matters, page=_page, pages=_pages, voices=_voices)
