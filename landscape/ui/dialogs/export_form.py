"""What can be chosen about an exported file."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.export.formats import Format, formats
from landscape.export.settings import LENGTHS, MOST_LOOPS, RATES, SIZES, TEXTS, Options, Settings
from landscape.export.workspaces import export_part
from landscape.scene.palette import THEMES
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import GRID, caption, row
from landscape.ui.settings import remembered
from landscape.ui.switch import Switch
from landscape.ui.workspaces import ui_part

SWITCHES = {
    "curves": True, "legend": True, "explain": False, "transparent": False, "turntable": False, "ease": False,
    "rewind": False, "sound": False, "caption": False, "session": True, "here": False,
}  # fmt: skip
"""What can be switched on and off, and is at first; of all, what is chosen is remembered."""
SIDE = Parameter(name="side", default=1080.0, minimum=float(SIZES[0]), maximum=float(SIZES[1]), scale="integer")
RATE = Parameter(name="rate", default=30.0, minimum=RATES[0], maximum=RATES[1], scale="integer")
TEXT = Parameter(name="text", default=100.0, minimum=100 * TEXTS[0], maximum=100 * TEXTS[1], scale="integer")
HOLD = Parameter(name="hold", default=1.0, minimum=0.0, maximum=60.0)
"""Of its default, a film shorter than five seconds takes less."""
LOOPS = Parameter(name="loops", default=0.0, minimum=0.0, maximum=float(MOST_LOOPS), scale="integer")
LENGTH = Parameter(name="length", default=10.0, minimum=LENGTHS[0], maximum=LENGTHS[1], scale="log")
WIDTH, COLUMN, LINE = 400, 160, 5
"""Widths of the form, and of the first of two switches; what is free between two lines."""


def _presets(say: Translation) -> Mapping[tuple[int, int], str]:
    """Return what sizes are good for."""
    return {
        (1920, 1080): say("slide 16:9"),
        (1440, 1080): say("slide 4:3"),
        (3840, 2160): "4K",
        (1280, 720): "720p",
        (1000, 750): say("column of a paper"),
        (4960, 3508): say("poster"),
        (1080, 1920): say("phone"),
    }


class ExportForm(QWidget):
    """The form; it begins with what was chosen the last time."""

    changed = Signal()
    refused = Signal(object)
    """The error of a number that was typed."""

    def __init__(self, context: Context, session: Session, looked_at: Options, settings: QSettings) -> None:
        super().__init__()
        self._context, self._looked_at, self._settings = context, looked_at, settings
        self._workspace = session.workspace
        self._turns = getattr(session.document, "stage", "map") != "map"
        """Whether there is a relief."""
        say = context.say
        titles = [(suffix, say.pick(each.titles)) for suffix, each in formats().items()]
        self._format = Choice(context, say("Format"), titles)
        self._presets = _presets(say)
        presets = [(size, f"{name} · {size[0]}×{size[1]}") for size, name in self._presets.items()]
        self._preset = Choice(context, say("Size"), [*presets, (None, say("other"))])
        self._width, self._height = NumberField(SIDE, say("Width")), NumberField(SIDE, say("Height"))
        self._rate, self._length = NumberField(RATE, say("Frames per second")), NumberField(LENGTH, say("Seconds"))
        self._text, self._hold = NumberField(TEXT, say("Text size")), NumberField(HOLD, say("Rest at the end"))
        self._loops = NumberField(LOOPS, say("Repeats"))
        made = ui_part(session.workspace).film_fields
        self.film_fields = None if made is None else made(context, session.document)
        """What can be chosen for a film beside; None where the workspace has nothing."""
        self._theme = Choice(context, say("Theme"), [("dark", say("Dark")), ("light", say("Light"))])
        titles_of_switches = {
            "curves": say("Curves"), "legend": say("Legend"), "explain": say("This step"),
            "caption": say("Rules and numbers"), "transparent": say("Without ground"),
            "turntable": say("Turn the relief"), "ease": say("Slow at both ends"), "rewind": say("Back to the start"),
            "sound": say("Sound"), "session": say("Opens again in Landscape"), "here": say("At the present step"),
        }  # fmt: skip
        self._switches = {name: Switch(title, context) for name, title in titles_of_switches.items()}
        self._current_view = Switch(say("What is looked at now"), context)
        self._switches["session"].setToolTip(
            say("The file carries the session: dropped on the window, it is as it was")
        )
        self._arrange()
        self._recall()
        self._connect()
        self._enable()

    @property
    def format(self) -> Format:
        """The chosen format."""
        return formats()[str(self._format.key)]

    def options(self) -> Options:
        """Return what was chosen."""
        return Options(
            size=(round(self._width.value), round(self._height.value)),
            fps=self._rate.value,
            seconds=self._length.value,
            hold=None if self._hold.value == HOLD.default else self._hold.value,
            loops=round(self._loops.value),
            rewind=self._is_on("rewind"),
            sound=self._is_on("sound") and self._sounds,
            text=self._text.value / 100.0,
            caption=self._is_on("caption"),
            theme="light" if self.format.paper else str(self._theme.key),
            language=self._context.say.language,
            curves=self._is_on("curves"),
            legend=self._is_on("legend"),
            view=self._looked_at.get("view") if self._current_view.isChecked() else None,
            explain=self._is_on("explain"),
            run=self._looked_at.get("run"),
            page=self._looked_at.get("page"),
            session=self._is_on("session"),
            step=self._looked_at.get("step") if self._is_on("here") else None,
            transparent=self._is_on("transparent") and self.format.sheer,
            turntable=self._is_on("turntable"),
            ease=self._is_on("ease"),
        )

    @property
    def _sounds(self) -> bool:
        """Whether the format can be heard, and what is exported."""
        try:
            return self.format.audible and export_part(self._workspace).voices is not None
        except InputError:
            return False

    def _is_on(self, name: str) -> bool:
        return bool(self._switches[name].isChecked())

    def folder(self) -> str:
        """Return the folder of the last export."""
        films = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return remembered(self._settings, "export/folder", films)

    def remember(self, folder: Path) -> None:
        """Begin with what is chosen now, and in ``folder``, the next time."""
        options = self.options()
        values = {
            "folder": folder,
            "suffix": self.format.suffix,
            "width": options["size"][0],
            "height": options["size"][1],
            "rate": options["fps"],
            "length": options["seconds"],
            "hold": self._hold.value,
            "loops": options["loops"],
            "text": self._text.value,
            "theme": self._theme.key,
            **{name: self._is_on(name) for name in SWITCHES},
        }
        for name, value in values.items():
            self._settings.setValue(f"export/{name}", str(value))

    def _arrange(self) -> None:
        say = self._context.say
        for field in self._fields:
            field.setFixedWidth(72)
            field.setProperty("role", "field")
        size = row(self._width, caption("×"), self._height, caption(say("pixels")), None, spacing=6)
        lines: tuple[tuple[str, QWidget | QLayout], ...] = (
            (say("Format"), self._format),
            (say("Size"), self._preset),
            ("", size),
            (say("Text size"), row(self._text, caption("%"), None)),
            (say("Frame rate"), row(self._rate, caption(say("frames per second")), None)),
            (
                say("Length"),
                row(self._length, caption(say("seconds, with")), self._hold, caption(say("of rest")), None),
            ),
            (say("Repeats"), row(self._loops, caption(say("times; 0: for ever")), None)),
            *(((say("Animate"), self.film_fields),) if self.film_fields is not None else ()),
            (say("Theme"), self._theme),
            (say("Show"), self._pair("curves", "legend")),
            ("", self._pair("explain", "transparent")),
            ("", row(self._switches["caption"], None)),
            ("", row(self._current_view, None)),
            (say("Step"), row(self._switches["here"], None)),
            (say("Motion"), self._pair("ease", "turntable")),
            ("", self._pair("rewind", "sound")),
            (say("File"), row(self._switches["session"], None)),
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(LINE)
        for index, (name, part) in enumerate(lines):
            grid.addWidget(caption(name), index, 0)
            if isinstance(part, QLayout):
                grid.addLayout(part, index, 1)
            else:
                grid.addWidget(part, index, 1)
        grid.setRowStretch(len(lines), 1)
        self.setFixedWidth(WIDTH)
        self.setLayout(grid)

    @property
    def _fields(self) -> tuple[NumberField, ...]:
        return self._width, self._height, self._rate, self._length, self._hold, self._loops, self._text

    def _pair(self, first: str, second: str) -> QLayout:
        """Return two switches beside each other, below those of the other lines."""
        self._switches[first].setFixedWidth(COLUMN)
        return row(self._switches[first], self._switches[second], None, spacing=GRID)

    def _recall(self) -> None:
        def number(name: str, parameter: Parameter, default: float) -> float:
            try:
                value = float(remembered(self._settings, f"export/{name}", str(default)))
            except ValueError:
                return default
            return value if parameter.minimum <= value <= parameter.maximum else default

        def one_of(name: str, allowed: Collection[str], default: str) -> str:
            chosen = remembered(self._settings, f"export/{name}", default)
            return chosen if chosen in allowed else default

        self._format.set_key(one_of("suffix", formats(), ".mp4"))
        self._width.set_value(number("width", SIDE, 1920.0))
        self._height.set_value(number("height", SIDE, 1080.0))
        self._rate.set_value(number("rate", RATE, RATE.default))
        self._length.set_value(number("length", LENGTH, LENGTH.default))
        self._hold.set_value(number("hold", HOLD, HOLD.default))
        self._loops.set_value(number("loops", LOOPS, LOOPS.default))
        self._text.set_value(number("text", TEXT, TEXT.default))
        self._theme.set_key(one_of("theme", THEMES, self._context.theme.name))
        for name, on in SWITCHES.items():
            self._switches[name].setChecked(remembered(self._settings, f"export/{name}", str(on)) == "True")
        self._show_preset()

    def _connect(self) -> None:
        for choice in (self._format, self._theme):
            choice.chosen.connect(choice.set_key)
            choice.chosen.connect(self._tell)
        self._preset.chosen.connect(self._choose_size)
        for field in self._fields:
            field.committed.connect(self._tell)
            field.nudged.connect(self._tell)
            field.refused.connect(self.refused)
        if self.film_fields is not None:
            self.film_fields.changed.connect(self._tell)
        for switch in (*self._switches.values(), self._current_view):
            switch.toggled.connect(self._tell)

    def _choose_size(self, size: object) -> None:
        if size is None:
            self._width.setFocus()
            return
        width, height = cast("tuple[int, int]", size)
        self._width.set_value(float(width))
        self._height.set_value(float(height))
        self._tell()

    def _show_preset(self) -> None:
        size = round(self._width.value), round(self._height.value)
        self._preset.set_key(size if size in self._presets else None)

    def _tell(self, _value: object = None) -> None:
        self._show_preset()
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        """Let only what matters for the format be chosen."""
        form = self.format
        for shown in (self._preset, self._width, self._height, self._text):
            shown.setEnabled(form.pictured)
        self._theme.setEnabled(form.pictured and not form.paper)
        try:
            matters = export_part(self._workspace).matters(Settings(page=self._looked_at.get("page")))
        except InputError:
            matters = frozenset()
        for name in ("caption", "curves", "legend", "explain"):
            self._switches[name].setEnabled(form.pictured and name in matters)
        self._current_view.setEnabled((form.pictured or form.solid) and "view" in matters)
        self._switches["transparent"].setEnabled(form.sheer)
        self._switches["turntable"].setEnabled(form.animated and self._turns)
        for name in ("ease", "rewind"):
            self._switches[name].setEnabled(form.animated)
        self._loops.setEnabled(form.loops)
        self._switches["sound"].setEnabled(self._sounds and form.pictured)
        self._switches["here"].setEnabled(form.pictured and not form.animated)
        self._switches["session"].setEnabled(form.carries)
        for field in (self._rate, self._length, self._hold):
            field.setEnabled(form.animated)
        if self.film_fields is not None:
            self.film_fields.setEnabled(form.animated)
