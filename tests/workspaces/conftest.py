"""Every workspace there is, and two that only the tests have."""

import pytest

from landscape.session.workspaces import WORKSPACES, Workspace
from landscape.translation import LANGUAGES
from tests.ui.conftest import Person, open_window, settings  # noqa: F401

TOYS = {
    name: Workspace(titles=dict.fromkeys(LANGUAGES, name), home=f"tests.workspaces.{name}.{{layer}}")
    for name in ("toy", "sentence")
}
NAMES = (*WORKSPACES, *TOYS)


@pytest.fixture(autouse=True)
def toys(monkeypatch):
    for name, toy in TOYS.items():
        monkeypatch.setitem(WORKSPACES, name, toy)
