"""The two networks: what both are, and what they differ in."""

from dataclasses import fields

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.network.network import RUNNING, Network
from landscape.scene.network.text import field_titles, twin_names, value_titles
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, complain, complaint, heading
from landscape.ui.network.norm_picture import NormPicture
from landscape.ui.network.panels.option_row import Option, OptionRow
from landscape.ui.words import button

NUMBERS = {
    "filters": Parameter(name="filters", default=0.0, minimum=0.0, maximum=16.0, scale="integer"),
    "groups": Parameter(name="groups", default=2.0, minimum=1.0, maximum=16.0, scale="integer"),
    "momentum": Parameter(name="momentum", default=0.1, minimum=0.0, maximum=1.0),
    "gain": Parameter(name="gain", default=1.4, minimum=0.0, maximum=4.0),
    "l1": Parameter(name="l1", default=0.0, minimum=0.0, maximum=0.1),
    "l2": Parameter(name="l2", default=0.0, minimum=0.0, maximum=0.1),
    "r_max": Parameter(name="r_max", default=3.0, minimum=1.0, maximum=10.0),
    "d_max": Parameter(name="d_max", default=5.0, minimum=0.0, maximum=10.0),
    "dropout": Parameter(name="dropout", default=0.0, minimum=0.0, maximum=0.95),
    "clip_norm": Parameter(name="clip_norm", default=0.0, minimum=0.0, maximum=10.0),
    "clip_value": Parameter(name="clip_value", default=0.0, minimum=0.0, maximum=1.0),
}
LIMITS = ("clip_norm", "clip_value")
"""Numbers that may be none: 0 here."""
LABEL = 76


class TwinsPanel(QWidget):
    """Shows the options of two networks and emits edits of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._complaint = complaint()
        self.rows = {option.name: OptionRow(context, option, LABEL) for option in options(context)}
        self._pictures = NormPicture(context)
        parts: list[QWidget] = []
        for name, line in self.rows.items():
            line.changed.connect(self._change)
            line.joined.connect(self._join)
            line.refused.connect(lambda error: complain(self._complaint, context.told(error)))
            parts.append(line)
            if name == "normalization":
                parts.append(self._pictures)
        self._experiment: Experiment | None = None
        self._copy = button(context.say("Copy as PyTorch…"), "quiet")
        self._copy.clicked.connect(self._open_copies)
        self._hint = caption(context.say("The fork gives each network its own value."), wrap=True)
        title = heading(context.say("Networks"))
        self.setLayout(column(title, *parts, self._complaint, self._hint, self._copy, spacing=GRID // 2))

    def display(self, experiment: Experiment, *, pictured: bool) -> None:
        """Show both networks; the convolution only where the data are pictures."""
        self._experiment = experiment
        first, second = experiment.twins
        for name, line in self.rows.items():
            line.display((getattr(first, name), getattr(second, name)))
            line.setVisible(pictured if name == "filters" else _matters(name, experiment))
        self._pictures.display(experiment)

    def _open_copies(self) -> None:
        """Offer both networks, each as a script."""
        if self._experiment is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, twin in zip(twin_names(self._experiment, self._context.say), self._experiment.twins, strict=True):
            menu.addAction(name).triggered.connect(lambda _checked=False, twin=twin: self._copy_script(twin))
        menu.popup(self._copy.mapToGlobal(self._copy.rect().bottomLeft()))

    def _copy_script(self, twin: Network) -> None:
        """Put a network in training on the clipboard as a PyTorch script."""
        from landscape.network.data.samples import samples
        from landscape.network.pytorch import network_script

        experiment, error = self._experiment, None
        try:
            if experiment is not None:
                script = network_script(twin, experiment.training, samples(experiment.data))
                QGuiApplication.clipboard().setText(script)
        except InputError as refused:
            error = refused
        complain(self._complaint, self._context.told(error))

    def _change(self, name: str, value: object, twin: object) -> None:
        if name in LIMITS and value == 0.0:
            value = None
        error = self._context.edit(edits.set_option, name, value, twin)
        complain(self._complaint, self._context.told(error))

    def _join(self, name: str) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.join_option, name)))


def options(context: Context) -> tuple[Option, ...]:
    """Return every field of a network, with the names of its values."""
    titles, values = field_titles(context.say), value_titles(context.say)
    return tuple(
        Option(
            name=field.name,
            title=titles[field.name],
            choices=tuple(values.get(field.name, {}).items()),
            number=NUMBERS.get(field.name),
        )
        for field in fields(Network)
    )


def _matters(name: str, experiment: Experiment) -> bool:
    """Tell whether an option changes anything in one of the networks."""
    norms = {twin.normalization for twin in experiment.twins}
    match name:
        case "residual":
            return any(len(twin.hidden) > 1 or twin.filters for twin in experiment.twins)
        case "groups":
            return "group" in norms
        case "momentum":
            return bool(norms & set(RUNNING))
        case "r_max" | "d_max":
            return "renorm" in norms
        case "placement":
            return bool(norms - {"none", "weight"})
        case "affine" | "conditional":
            return bool(norms - {"none", "weight", "cross"})
        case "gain":
            return any(twin.initialization != "zero" for twin in experiment.twins)
        case _:
            return True
