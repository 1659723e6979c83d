"""Whether a window can open here. Asked before Qt starts, because Qt aborts the process where it cannot."""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from landscape.translation import Translation

_HEADLESS = "landscape export LESSON -o OUT.mp4, landscape list surfaces, landscape --help"
_BASE_PACKAGES = "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0"
_X11_PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"


def missing_library(say: Translation) -> str:
    """Return why Qt cannot even draw off screen, with the packages to install, or an empty string."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return say(
            "Qt cannot start: {reason}. On Debian or Ubuntu: sudo apt install {packages}",
            reason=str(error).strip(),
            packages=_BASE_PACKAGES,
        )
    return ""


def obstacle(say: Translation) -> str:
    """Return why no window can open here and what to do about it, or an empty string."""
    problem = missing_library(say)
    if problem or not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return problem
    if _wayland_socket() and not _load_error("libqwayland.so", "libqwayland-generic.so"):
        return ""
    if not os.environ.get("DISPLAY"):
        return say("There is no display to open a window on. Without one, use: {commands}", commands=_HEADLESS)
    reason = _load_error("libqxcb.so")
    if reason:
        return say(
            "Qt cannot open windows here: {reason}. On Debian or Ubuntu: sudo apt install {packages}",
            reason=reason,
            packages=_X11_PACKAGES,
        )
    if not _x_server_answers():
        return say(
            "The display {display} does not answer. Check DISPLAY, or without a display use: {commands}",
            display=os.environ["DISPLAY"],
            commands=_HEADLESS,
        )
    return ""


def _wayland_socket() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / str(name)).exists()


def _load_error(*plugins: str) -> str:
    """Return why none of these platform plugins loads, or an empty string as soon as one does."""
    spec = importlib.util.find_spec("PySide6")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    reason = ""
    for plugin in plugins:
        path = folder / "Qt" / "plugins" / "platforms" / plugin
        if not path.exists():
            # Not the layout of the wheels (a distribution's own Qt): let Qt find its plugins.
            continue
        try:
            ctypes.CDLL(str(path))
        except OSError as error:
            reason = str(error)
        else:
            return ""
    return reason


def _x_server_answers() -> bool:
    """Try to connect with Qt's own client library; where that is not to be had, leave the answer to Qt."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
