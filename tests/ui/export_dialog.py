"""What a person does in the dialog of the export, and sees in its preview."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from landscape.export.formats import formats
from landscape.ui.buttons import Choice
from landscape.ui.dialogs.export import ExportDialog
from landscape.ui.dialogs.preview import Preview
from landscape.ui.fields import NumberField
from tests.ui.conftest import Person
from tests.ui.finding import find
from tests.written import written


def open_export(person: Person) -> ExportDialog:
    """Open the dialog and wait until it has the keyboard."""
    person.choose("File", "Export…")
    dialog = person.window.findChildren(ExportDialog)[-1]
    person.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def choose_format(person: Person, dialog: ExportDialog, suffix: str) -> None:
    """Choose what kind of file is written."""
    person.pick(find(dialog, Choice, "Format"), person.window.say.pick(formats()[suffix].titles))


def choose_size(person: Person, dialog: ExportDialog, width: int, height: int) -> None:
    """Type how large the picture is."""
    for name, value in (("Width", width), ("Height", height)):
        person.type(find(dialog, NumberField, name), f"{value}", Qt.Key.Key_Tab)


def previewed(preview: Preview) -> NDArray[np.uint8] | None:
    """Return the picture in the middle of the preview, (height, width, 3) blue, green, red; None for none or words."""
    seen = preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(seen.constBits(), np.uint8).reshape(seen.height(), seen.width(), 4)[..., :3]
    drawn = (pixels != pixels[0, 0]).any(axis=2)
    if written(preview) or not drawn.any():
        return None
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
