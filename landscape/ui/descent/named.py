"""What the workspace of surfaces can be given by name: every surface, optimizer, strategy and schedule there is."""

from functools import partial

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.strategies import add_strategy
from landscape.translation import Translation
from landscape.ui.workspaces import Named


def named(say: Translation) -> tuple[Named, ...]:
    """Return them, as the registries have them."""
    return (
        *(
            Named(title=say.pick(entry.titles), group=say("Surface"), words=name, edit=partial(_surface, name=name))
            for name, entry in surface_entries().items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Add a run"), words=name, edit=partial(_optimizer, name=name))
            for name, entry in optimizer_entries().items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Add a run"), words=name, edit=partial(_strategy, name=name))
            for name, entry in strategy_entries().items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Schedule"), words=name, edit=partial(_schedule, name=name))
            for name, entry in schedule_entries().items()
        ),
    )


def _surface(descent: Descent, name: str) -> Descent:
    return edits.choose_surface(descent, surface(name))


def _optimizer(descent: Descent, name: str) -> Descent:
    return edits.add_run(descent, optimizer(name))


def _strategy(descent: Descent, name: str) -> Descent:
    return add_strategy(descent, strategy(name))


def _schedule(descent: Descent, name: str) -> Descent:
    return edits.set_schedule(descent, schedule(name))
