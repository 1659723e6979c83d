"""What the first picture does not need is not loaded before it."""

import os
import subprocess
import sys

import pytest

from landscape.session.workspaces import WORKSPACES
from landscape.translation import LANGUAGES

OPEN = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from landscape.ui.main_window import MainWindow
w = MainWindow()
w.workspaces.front.stage.painted.connect(lambda: print(sorted(sys.modules)))
w.show()
[app.processEvents() for _ in range(5)]
print(sorted(sys.modules))
w.close()
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> list[str]:
    """Return what is loaded with the first picture, and soon after it, where no window has left anything behind."""
    own = os.environ | {"LANDSCAPE_CONFIG": str(tmp_path_factory.mktemp("config"))}
    done = subprocess.run([sys.executable, "-c", OPEN], capture_output=True, text=True, check=True, env=own)
    return done.stdout.splitlines()


@pytest.fixture
def pictured(both) -> str:
    return both[0]


@pytest.fixture
def loaded(both) -> str:
    return both[1]


def test_nothing_of_the_networks_is_loaded_before_they_are_opened(loaded):
    assert "'landscape.session.session'" in loaded
    assert "'landscape.network" not in loaded


@pytest.mark.parametrize("name", ["landscape.descent.basins", "landscape.scene.descent.basins"])
def test_nothing_of_basins_is_loaded_with_the_first_picture(loaded, name):
    assert f"'{name}'" not in loaded


@pytest.mark.parametrize(
    "name", ["landscape.descent", "landscape.formula.kernels", "llvmlite", "numpy.ma.core", "numba"]
)
def test_the_first_picture_is_drawn_without_kernels_and_what_they_need(pictured, name):
    assert "'landscape.scene.descent.build'" in pictured
    assert f"'{name}" not in pictured


@pytest.mark.parametrize(
    "name",
    [
        "landscape.plot.curve_",
        "landscape.scene.descent.map_question",
        "landscape.ui.descent.sides",
        "difflib",
        "secrets",
    ],
)
def test_what_comes_after_the_first_picture_is_not_loaded_before_it(pictured, name):
    assert f"'{name}" not in pictured


SOON = (
    "import sys, time; from PySide6.QtWidgets import QApplication\n"
    "from landscape.ui.app import open_window\n"
    "w = open_window(); end = time.monotonic() + 20\n"
    "while not {*sys.argv[1:]} <= {*sys.modules} and time.monotonic() < end: QApplication.processEvents()\n"
    "print(sorted({*sys.argv[1:]} - {*sys.modules})); w.close()"
)


@pytest.mark.slow
def test_what_is_opened_later_is_loaded_soon_after_the_first_picture():
    names = [*(f"landscape.ui.{name}.view" for name in WORKSPACES), "landscape.ui.dialogs.export"]
    done = subprocess.run([sys.executable, "-c", SOON, *names], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


LOAD = """
import sys
from pkgutil import walk_packages
import landscape
from landscape.translation import translation
from landscape.ui.loading import _load
_load(lambda: False)
names = [each.name for each in walk_packages(landscape.__path__, "landscape.")]
print([name for name in (*names, "msgspec") if name not in sys.modules], translation.cache_info().currsize)
"""


def test_all_that_a_window_may_open_is_loaded_soon_so_that_it_need_not_wait_for_it():
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    assert done.stdout == f"['landscape.__main__'] {len(LANGUAGES)}\n"
