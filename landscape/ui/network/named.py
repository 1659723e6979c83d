"""What the networks can be given by name: every data set, optimizer, schedule and page there is."""

from functools import partial

from landscape.catalogue.optimizers import UpdateRule, optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.network.data.datasets import DATASETS
from landscape.scene.network.text import page_titles
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.translation import Translation
from landscape.ui.workspaces import Named


def named(say: Translation) -> tuple[Named, ...]:
    """Return them, as the registries have them."""
    rules = {name: entry for name, entry in optimizer_entries().items() if not UpdateRule(entry.rule).planar}
    data = {name: each for name, each in DATASETS.items() if not each.has_columns}
    return (
        *(Named(title=title, group=say("Page"), words=name, page=name) for name, title in page_titles(say).items()),
        *(
            Named(title=say.pick(each.titles), group=say("Data"), words=name, edit=partial(_data, name=name))
            for name, each in data.items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Optimizer"), words=name, edit=partial(_rule, name=name))
            for name, entry in rules.items()
        ),
        *(
            Named(title=say.pick(entry.titles), group=say("Schedule"), words=name, edit=partial(_schedule, name=name))
            for name, entry in schedule_entries().items()
        ),
    )


def _data(experiment: Experiment, name: str) -> Experiment:
    return edits.draw_points(experiment) if name == "points" else edits.choose_data(experiment, name)


def _rule(experiment: Experiment, name: str) -> Experiment:
    return edits.choose_rule(experiment, optimizer(name))


def _schedule(experiment: Experiment, name: str) -> Experiment:
    return edits.set_schedule(experiment, schedule(name))
