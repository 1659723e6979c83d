"""Files that are dropped on the window."""

from PySide6.QtGui import QDropEvent


def dropped_path(event: QDropEvent) -> str:
    """Return the path of the one file that is dragged; empty where it is something else."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else ""
