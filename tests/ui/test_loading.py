"""What the first picture does not need is not loaded before it."""

import subprocess
import sys

import pytest

OPEN = (
    "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
    "from landscape.ui.main_window import MainWindow\n"
    "w = MainWindow(); w.show(); [app.processEvents() for _ in range(5)]\n"
    "print(sorted(sys.modules)); w.close()"
)


@pytest.fixture(scope="module")
def loaded() -> str:
    done = subprocess.run([sys.executable, "-c", OPEN], capture_output=True, text=True, check=True)
    return done.stdout


def test_nothing_of_the_networks_is_loaded_before_they_are_opened(loaded):
    assert "'landscape.session.session'" in loaded
    assert "'landscape.network" not in loaded


@pytest.mark.parametrize("name", ["landscape.descent.basins", "landscape.scene.descent.basins"])
def test_nothing_of_basins_is_loaded_with_the_first_picture(loaded, name):
    assert f"'{name}'" not in loaded
