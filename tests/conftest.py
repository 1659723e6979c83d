"""What every test relies on: no screen, no traces on the machine, and nothing left running."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from tests.fonts import hide_other_fonts, use_font

# Chosen before anything imports Qt or Numba. Pictures drawn offscreen equal those on an X server to the pixel.
if not os.environ.get("LANDSCAPE_TEST_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)
os.environ["LANDSCAPE_CONFIG"] = tempfile.mkdtemp(prefix="landscape-test-")
hide_other_fonts(Path(os.environ["LANDSCAPE_CONFIG"]))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of the numbers before those of the window: what is wrong below shows first."""
    order = ["formula", "catalogue", "descent", "geometry", "network", "session", "scene", "plot", "export", "ui"]
    rank = {name: index for index, name in enumerate(order)}
    here = Path(__file__).parent
    items.sort(key=lambda item: rank.get(item.path.relative_to(here).parts[0], len(order)))


@pytest.fixture(autouse=True)
def one_font(request: pytest.FixtureRequest) -> None:
    """Write with the same font on every machine."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("qapp")
        use_font()


@pytest.fixture(autouse=True)
def no_modal_dialogs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that opens a modal dialog: it would wait for a click that never comes."""
    if "qapp" not in request.fixturenames:
        return
    from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("A modal dialog was opened; use open() and signals")

    for kind in (QDialog, QMessageBox, QFileDialog, QMenu):
        monkeypatch.setattr(kind, "exec", refuse)
    for name in ("question", "warning", "information", "critical"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.fixture(autouse=True)
def nothing_unsaved() -> None:
    """Have no window find what another test did not save."""
    rmtree(Path(os.environ["LANDSCAPE_CONFIG"]) / "recovery", ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of the window that leaves a top-level widget, a running thread or an active timer."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
    from PySide6.QtWidgets import QApplication

    before = set(QApplication.topLevelWidgets())
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if widget not in before and widget.isVisible()]
    assert not left, f"Widgets left open: {left}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "A job is still running"


@pytest.fixture
def clean_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a kernel cache of its own, empty."""
    monkeypatch.setenv("LANDSCAPE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"
