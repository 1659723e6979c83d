"""Conflicts of installed packages: whether another distribution named ``landscape`` overwrites files of this program.

This program's distribution is ``landscape-studio``. Another program on the package index has the distribution name,
the module and the command ``landscape``, and installers do not object: whichever comes second overwrites
``landscape/__init__.py`` and the command. So nothing that ``cli`` imports before it has told of that may be imported
from ``landscape`` itself.

What cannot be helped: the command ``landscape`` starts the other program where that came second (``landscape-studio``
and ``python -m landscape`` still start this one); a ``landscape/__init__.py`` that fails to import fails first; and
where this program is an editable installation, the other's folder hides its folder altogether.
"""

import sys
from pathlib import Path

from landscape.errors import InputError
from landscape.resources import PACKAGE

_OURS = "landscape.cli:main"
_BOTH = "pip uninstall landscape landscape-studio"


def conflict(package: Path = PACKAGE) -> InputError | None:
    """Return what another distribution did to the files in ``package``, with what to do about it, or None.

    Only what is installed into the same folder overwrites anything. The folder is listed (0.3 ms) instead of asking
    ``importlib.metadata``, whose import alone takes 20 ms at every start.
    """
    found = next(package.parent.glob("landscape-[0-9]*.dist-info"), None)
    if found and _OURS in _entry_points(found):
        return InputError(
            "This program is also installed under its former name, landscape, which overwrites files of "
            "landscape-studio. Uninstall both ({command}), then install landscape-studio again",
            command=_BOTH,
        )
    if found:
        return InputError(
            "Another package, named landscape, is installed beside landscape-studio and overwrites files of it. "
            "Uninstall both ({command}), then install landscape-studio again",
            command=_BOTH,
        )
    if not getattr(sys.modules["landscape"], "__file__", None):
        # A package without its own module is one that Python makes up for the folder.
        return InputError(
            "Files of landscape-studio are missing, as when another package named landscape was uninstalled. "
            "Uninstall it ({command}), then install it again",
            command="pip uninstall landscape-studio",
        )
    return None


def _entry_points(distribution: Path) -> str:
    try:
        return (distribution / "entry_points.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
