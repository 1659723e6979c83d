"""Reading a table of a person's own: in a job, told while it goes on, and cancelled by a button."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landscape.network.data.csv_table import read_data
from landscape.network.data.samples import samples
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import Elided, row
from landscape.ui.words import button, write


class TableReader(QWidget):
    """Reads one table at a time, the newest; hidden while it reads none."""

    taken = Signal(object, object)
    """The experiment as it was when reading began, and as it is with the rows of the table."""
    refused = Signal(object)
    """Why the table cannot be taken."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        self._context = context
        self._wanted: object = None
        """The key of the job whose result is wanted; None: nobody wants any."""
        self._channel = jobs.channel("table")
        self._channel.done.connect(self._take)
        self._channel.failed.connect(self._refuse)
        self._told = Elided()
        stop = button(context.say("Cancel"))
        stop.clicked.connect(self.stop)
        line = row(self._told, stop)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def read(self, path: Path, experiment: Experiment) -> None:
        """Read a table, for an experiment that is to train on it."""
        self._wanted = object()
        write(self._told, text=self._context.say("Reading {file}…", file=path.name))
        self.show()
        self._channel.submit(self._wanted, lambda _closed: (experiment, _with_table(experiment, path)))

    def stop(self) -> None:
        """Want the table no more: what its job still does is dropped."""
        self._wanted = None
        self.hide()

    def _take(self, key: object, result: tuple[Experiment, Experiment]) -> None:
        if key is self._wanted:
            self.stop()
            self.taken.emit(*result)

    def _refuse(self, key: object, error: Exception) -> None:
        if key is self._wanted:
            self.stop()
            self.refused.emit(error)


def _with_table(experiment: Experiment, path: Path) -> Experiment:
    """Return an experiment on the rows of a table, which are made by the way: the window then finds them made."""
    made = edits.take_data(experiment, read_data(path))
    samples(made.data)
    return made
