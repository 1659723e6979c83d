"""What is wrong in a person's own catalogue files is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from landscape.catalogue.surfaces import surface_shelf
from landscape.ui.dialogs.problems import ProblemsDialog


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def mistaken(config: Path) -> Iterator[None]:
    """A person's own catalogue with one surface that cannot be read."""
    (config / "catalogue").mkdir(parents=True)
    (config / "catalogue" / "surfaces.toml").write_text('[bowl]\ntitle = {en = "Bowl"}\n', encoding="utf-8")
    surface_shelf.cache_clear()
    yield
    surface_shelf.cache_clear()


def test_a_mistake_in_an_own_catalogue_is_shown_where_it_can_be_read(mistaken, open_window) -> None:
    person = open_window()
    window = person.window
    notice = next(button for button in window.findChildren(QPushButton) if button.property("role") == "warning")
    assert notice.isVisible()
    person.click(notice)
    dialog = window.findChild(ProblemsDialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "[bowl]" in text
    assert "surfaces.toml" in text
    dialog.close()
    QApplication.processEvents()


def test_without_a_mistake_there_is_no_notice(person) -> None:
    assert not [button for button in person.window.findChildren(QPushButton) if button.property("role") == "warning"]
