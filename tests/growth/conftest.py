"""The window that is counted, as the tests of the window open it."""

from tests.ui.conftest import open_window, settings  # noqa: F401
