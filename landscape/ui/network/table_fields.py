"""What a network is given of a table: its inputs, its target, and whether that is a class or a number."""

from typing import get_args

from landscape.network.data.csv_table import Choice as Chosen
from landscape.network.data.csv_table import Kind, data_of, usual_choice
from landscape.network.data.samples import MOST_CLASSES, samples
from landscape.tables.table import Table, usual_kind
from landscape.ui.buttons import Choice, DropButton
from landscape.ui.context import Context
from landscape.ui.dialogs.table import Make, TableFields
from landscape.ui.layouts import caption, row


class NetworkFields(TableFields):
    """Shows what is chosen of a table."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._table: Table | None = None
        self._choice: Chosen | None = None
        say = context.say
        self.inputs = DropButton(context, say("Inputs"), self._open_inputs)
        self._line = row(caption(say("Inputs")), self.inputs, caption(say("Target")), None)
        self.target = Choice(context, say("Target"), [])
        titles = {"classes": say("classes"), "values": say("numbers")}
        self.kind = Choice(context, say("Kind"), [(name, titles[name]) for name in get_args(Kind)])
        self.kind.chosen.connect(lambda kind: self._change(kind=kind))
        self._line.insertWidget(3, self.kind)
        self._place_target()
        self.setLayout(self._line)

    def display(self, table: Table) -> None:
        """Show what is most likely meant."""
        self._table, self._choice = table, usual_choice(table)
        self._line.removeWidget(self.target)
        self.target.deleteLater()
        names = [(place, each.name) for place, each in enumerate(table.columns)]
        self.target = Choice(self._context, self._context.say("Target"), names)
        self._place_target()
        self._show()

    def places(self) -> tuple[int, ...]:
        """Return the columns that are taken."""
        return () if self._choice is None else (*self._choice.inputs, self._choice.target)

    def make(self, leave_out: bool) -> Make:
        """Return what makes the data, and their samples by the way: the window then finds them made."""
        table, choice = self._table, self._choice
        assert table is not None
        assert choice is not None

        def made() -> object:
            data = data_of(
                table, Chosen(inputs=choice.inputs, target=choice.target, kind=choice.kind, leave_out=leave_out)
            )
            samples(data)
            return data

        return made

    def set_target(self, place: int) -> None:
        """Take another column as the target; what was the target becomes an input."""
        if self._table is not None and self._choice is not None:
            inputs = {*self._choice.inputs, self._choice.target} - {place}
            kind = usual_kind(self._table, place, MOST_CLASSES)
            self._change(inputs=tuple(sorted(inputs)), target=place, kind=kind)

    def set_input(self, place: int, on: bool) -> None:
        """Take a column as an input, or no more."""
        if self._choice is not None:
            inputs = {*self._choice.inputs, place} if on else {*self._choice.inputs} - {place}
            self._change(inputs=tuple(sorted(inputs)))

    def _place_target(self) -> None:
        self.target.chosen.connect(lambda place: self.set_target(int(str(place))))
        self._line.insertWidget(3, self.target)

    def _change(self, **changes: object) -> None:
        old = self._choice
        if old is None:
            return
        fields = {"inputs": old.inputs, "target": old.target, "kind": old.kind} | changes
        self._choice = Chosen(**fields)  # type: ignore[arg-type]
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        table, choice = self._table, self._choice
        if table is None or choice is None:
            return
        names = [table.columns[place].name for place in choice.inputs]
        self.inputs.set_choice(", ".join(names[:4]) + (f" … ({len(names)})" if len(names) > 4 else ""))
        self.target.set_key(choice.target)
        self.kind.set_key(choice.kind)

    def _open_inputs(self) -> None:
        menu = self.inputs.menu_below()
        if self._table is None or self._choice is None:
            return
        for place, each in enumerate(self._table.columns):
            action = menu.addAction(each.name)
            action.setCheckable(True)
            action.setChecked(place in self._choice.inputs)
            action.setEnabled(place != self._choice.target)
            action.toggled.connect(lambda on, place=place: self.set_input(place, on))
        menu.popup(self.inputs.mapToGlobal(self.inputs.rect().bottomLeft()))
