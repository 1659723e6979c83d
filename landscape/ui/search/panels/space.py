"""What is searched: the surface, the optimizer, and the dimensions with their ranges and scales."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.surfaces import surface_entries
from landscape.errors import InputError
from landscape.scene.search.text import dimension_title, offer_title, subject_title
from landscape.scene.text import rule_title
from landscape.search.spaces import MOST_DIMENSIONS, Dimension
from landscape.session.offers import Offer
from landscape.session.search import edits
from landscape.session.search.document import Study
from landscape.session.workspaces import WORKSPACES
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.context import Context
from landscape.ui.layouts import caption, clear, column, complain, complaint, heading, row
from landscape.ui.optimizer_menu import fill_optimizers
from landscape.ui.search.panels.dimension import DimensionRow
from landscape.ui.words import write

Offers: TypeAlias = Callable[[], Iterable[tuple[str, Offer]]]
"""Return what other workspaces offer, with the id of each."""


class SpacePanel(QWidget):
    """Shows what a study searches, and emits edits of it.

    Args:
        context: How it edits, speaks and looks.
        offers: The runs and networks of the other workspaces.
    """

    def __init__(self, context: Context, offers: Offers) -> None:
        super().__init__()
        say = context.say
        self._context, self._offers = context, offers
        self._study: Study | None = None
        self._surface = DropButton(context, say("Surface or network"), self._open_surfaces)
        self._rule = DropButton(context, say("Optimizer"), self._open_rules)
        self._complaint = complaint()
        self._rows = column(spacing=6)
        self._shown: list[DimensionRow] = []
        self._add = DropButton(context, say("Add a dimension"), self._open_names)
        write(self._add, text=say("Add a dimension"))
        self._across = Choice(context, say("Across"), ())
        self._up = Choice(context, say("Up"), ())
        self._across.chosen.connect(lambda name: self._show_axes(across=name))
        self._up.chosen.connect(lambda name: self._show_axes(up=name))
        self._sides = QWidget()
        self._sides.setLayout(row(caption(say("Across")), self._across, caption(say("Up")), self._up, spacing=4))
        parts = (self._surface, self._rule, self._rows, self._add, self._sides, self._complaint)
        self.setLayout(column(heading(say("What is searched")), *parts))

    def look_changed(self) -> None:
        """Speak another language."""
        study, self._study = self._study, None
        if study is not None:
            self.display(study)

    def display(self, study: Study) -> None:
        """Show what ``study`` searches."""
        if study == self._study:
            return
        before, self._study = self._study, study
        say = self._context.say
        self._surface.set_choice(subject_title(study, say))
        self._rule.set_choice(rule_title(study.rule, say))
        self._add.setEnabled(bool(self._free()) and len(study.dimensions) < MOST_DIMENSIONS)
        if before is None or list(map(_kind, before.dimensions)) != list(map(_kind, study.dimensions)):
            clear(self._rows)
            self._shown = [
                DimensionRow(self._context, one, self._change, self._remove, self._tell) for one in study.dimensions
            ]
            for line in self._shown:
                self._rows.addWidget(line)
        for line, dimension in zip(self._shown, study.dimensions, strict=True):
            line.display(dimension)
        self._show_sides(study)
        complain(self._complaint, "")

    def _show_sides(self, study: Study) -> None:
        """Let a person choose which two of more dimensions are seen."""
        names = [(one.name, dimension_title(one.name, self._context.say)) for one in study.dimensions]
        for choice, shown in ((self._across, study.across), (self._up, study.up)):
            choice.set_options(names)
            choice.set_key(shown)
        self._sides.setVisible(len(names) > 2)

    def _show_axes(self, across: str = "", up: str = "") -> None:
        study = self._study
        if study is not None:
            self._tell(self._context.edit(edits.show_axes, across or study.across, up or study.up))

    def _free(self) -> list[str]:
        """Return what is not searched yet."""
        if self._study is None:
            return []
        taken = {dimension.name for dimension in self._study.dimensions}
        return [name for name in self._study.objective.names if name not in taken]

    def _open_names(self) -> None:
        menu = self._add.menu_below()
        for name in self._free():
            action = menu.addAction(dimension_title(name, self._context.say))
            action.triggered.connect(partial(self._edit_of, edits.add_dimension, name))
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _open_surfaces(self) -> None:
        menu = self._surface.menu_below()
        self._fill_offers(menu)
        for entry in surface_entries().values():
            action = menu.addAction(self._context.say.pick(entry.titles))
            action.triggered.connect(partial(self._edit_of, edits.choose_surface, entry.surface))
        menu.popup(self._surface.mapToGlobal(self._surface.rect().bottomLeft()))

    def _fill_offers(self, menu: QMenu) -> None:
        """Add a submenu for each workspace that offers something; what is offered twice stands there once."""
        say, sections, seen = self._context.say, dict[str, QMenu](), list[Offer]()
        for workspace, offer in self._offers():
            if offer in seen:
                continue
            seen.append(offer)
            if workspace not in sections:
                title = say.pick(WORKSPACES[workspace].titles)
                sections[workspace] = menu.addMenu(say("From the workspace {workspace}", workspace=title))
            action = sections[workspace].addAction(offer_title(offer, say))
            action.triggered.connect(partial(self._edit_of, edits.search_offered, offer))
        menu.addSeparator()

    def _open_rules(self) -> None:
        menu = self._rule.menu_below()
        of_network = self._study is not None and self._study.network is not None
        fill_optimizers(menu, self._context.say, self._choose_rule, elementwise=of_network)
        menu.popup(self._rule.mapToGlobal(self._rule.rect().bottomLeft()))

    def _choose_rule(self, name: str) -> None:
        from landscape.catalogue.optimizers import optimizer

        made: UpdateRule = optimizer(name)
        self._tell(self._context.edit(edits.choose_rule, made))

    def _edit_of(self, edit: object, given: object, _checked: bool = False) -> None:
        self._tell(self._context.edit(edit, given))  # type: ignore[arg-type]

    def _change(self, name: str, changes: dict[str, Any], gesture: str | None) -> InputError | None:
        if "scale" in changes:
            error = self._context.edit(edits.set_scale, name, changes["scale"], gesture=gesture)
        else:
            error = self._context.edit(edits.set_dimension, name, gesture=gesture, **changes)
        self._tell(error)
        return error

    def _remove(self, name: str) -> None:
        self._tell(self._context.edit(edits.remove_dimension, name))

    def _tell(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))


def _kind(dimension: Dimension) -> object:
    """Return what decides which fields a dimension has."""
    return dimension.name, dimension.scale == "choice"
