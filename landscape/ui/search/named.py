"""What a search can be given by name: every search strategy, surface and optimizer there is."""

from functools import partial

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.scene.search.text import strategy_titles
from landscape.session.search import edits
from landscape.session.search.document import Study
from landscape.translation import Translation
from landscape.ui.workspaces import Named


def named(say: Translation) -> tuple[Named, ...]:
    """Return them, as the registries have them."""
    return (
        *(
            Named(title=title, group=say("Search strategy"), words=name, edit=partial(_strategy, name=name))
            for name, title in strategy_titles(say).items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Surface"), words=name, edit=partial(_surface, name=name))
            for name, entry in surface_entries().items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Optimizer"), words=name, edit=partial(_rule, name=name))
            for name, entry in optimizer_entries().items()
        ),
    )


def _strategy(study: Study, name: str) -> Study:
    return edits.add_entrant(study, name)  # type: ignore[arg-type]


def _surface(study: Study, name: str) -> Study:
    return edits.choose_surface(study, surface(name))


def _rule(study: Study, name: str) -> Study:
    return edits.choose_rule(study, optimizer(name))
