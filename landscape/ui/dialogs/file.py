"""Asking for a file that is there."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from landscape.translation import Translation


def ask_file(
    parent: QWidget, say: Translation, title: str, kinds: Sequence[str], chosen: Callable[[str], object]
) -> None:
    """Ask for a file of one of some ``kinds``, as ``"Tables (*.csv)"``, or any other; ``chosen`` is given its path."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*kinds, f"{say('All files')} (*)"])
    dialog.finished.connect(dialog.deleteLater)
    dialog.fileSelected.connect(chosen)
    dialog.open()
