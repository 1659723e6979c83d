"""Where the files that ship with the program are, and where a user's own files go."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent
NOWHERE = Path(os.devnull) / "landscape"
"""A folder in which there is nothing, nor can be: whoever wants to keep something there meets an OSError."""


def asset(*parts: str) -> Path:
    """Return the path of a shipped file: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / "assets"
    root = installed if installed.is_dir() else PACKAGE.parent / "assets"
    return root.joinpath(*parts)


def user_folder(kind: str) -> Path:
    """Return this user's folder for ``kind``: ``"cache"`` (may be deleted at any time) or ``"config"``.

    ``LANDSCAPE_CACHE`` and ``LANDSCAPE_CONFIG`` override it. For a user without a home it is ``NOWHERE``.
    """
    override = os.environ.get(f"LANDSCAPE_{kind.upper()}")
    if override:
        return Path(override)
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", _home() / "AppData" / "Local"))
        return local / "Landscape" / kind
    if sys.platform == "darwin":
        library = _home() / "Library"
        return (library / "Caches" if kind == "cache" else library / "Application Support") / "Landscape"
    default = _home() / (".cache" if kind == "cache" else ".config")
    return Path(os.environ.get(f"XDG_{kind.upper()}_HOME") or default) / "landscape"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        return NOWHERE
