"""The program ends whatever it is doing: a choice of what ``python -m tests.ending`` tries, with more patience."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ending.outside import Ending, ended, ended_while_loading, export_ended

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]

ROOT = Path(__file__).parents[1]
SOON = 10.0
"""Seconds in which a program ends on a computer that is busy, too."""


def assert_gone(found: Ending) -> None:
    assert found.errors == ""
    assert found.code == 0
    assert found.seconds < SOON
    assert found.left == ()


@pytest.mark.parametrize(
    ("state", "way"),
    [
        ("critical points, nested", "SIGTERM"),
        ("critical points, tangents", "SIGINT"),
        ("basins", "close"),
        ("exporting .mp4", "SIGTERM"),
        ("message", "SIGINT"),
        ("compiling", "SIGTERM"),
    ],
)
def test_the_window_ends_without_a_word(state: str, way: str) -> None:
    assert_gone(ended(state, way))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells what a process has loaded")
@pytest.mark.parametrize("way", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("library", ["libQt6Core", "multiarray"])
def test_the_window_ends_without_a_word_while_it_opens(library: str, way: str) -> None:
    assert_gone(ended_while_loading(library, way))


def test_next_to_nothing_is_loaded_before_the_program_hears_of_signals() -> None:
    """``typing`` and what it needs take longer than all else, and Python tells at length where Ctrl+C has met it."""
    told = "import sys; before = {*sys.modules}; import landscape.__main__; print(*{*sys.modules} - before)"
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {told}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in loaded if name.startswith("landscape")} == {"landscape", "landscape.__main__"}
    assert not {"typing", "re", "argparse"} & {*loaded}


@pytest.mark.parametrize(("state", "way"), [("map", "SIGINT"), ("compiling", "SIGTERM")])
def test_an_export_ends_in_one_sentence_and_leaves_nothing(state: str, way: str) -> None:
    found = export_ended(state, "a.png", 0.5, way)
    assert found.errors == "landscape: Interrupted; nothing was written\n"
    assert found.code == 1
    assert found.seconds < SOON
    assert found.left == ()
