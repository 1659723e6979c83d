"""Where the files that ship with the program are, and where a user's own files go."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent


def asset(*parts: str) -> Path:
    """Return the path of a shipped file: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / "assets"
    root = installed if installed.is_dir() else PACKAGE.parent / "assets"
    return root.joinpath(*parts)


def user_folder(kind: str) -> Path:
    """Return this user's folder for ``kind``: ``"cache"`` (may be deleted at any time) or ``"config"``.

    ``LANDSCAPE_CACHE`` and ``LANDSCAPE_CONFIG`` override it.
    """
    override = os.environ.get(f"LANDSCAPE_{kind.upper()}")
    if override:
        return Path(override)
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
        return local / "Landscape" / kind
    if sys.platform == "darwin":
        library = Path.home() / "Library"
        return (library / "Caches" if kind == "cache" else library / "Application Support") / "Landscape"
    default = Path.home() / (".cache" if kind == "cache" else ".config")
    return Path(os.environ.get(f"XDG_{kind.upper()}_HOME") or default) / "landscape"
