"""Several screens: the stage is on that of the hall, panels and notes are on that of the speaker."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QPushButton

from landscape.session.files import default_session
from landscape.ui.hall.header import Header
from landscape.ui.main_window import MainWindow
from tests.ui.finding import seen, sentences

PLAIN = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
SCREENS = [
    {"name": "desk", "x": 0, "y": 0, "width": 1280, "height": 800, **PLAIN},
    {"name": "hall", "x": 1280, "y": 0, "width": 1920, "height": 1080, **PLAIN},
]
LARGE = {"name": "wall", "x": 3200, "y": 0, "width": 3840, "height": 2160, **PLAIN}


def two_screens() -> None:
    """Tell where the stage, the panels and the notes are on two screens; for a process of its own."""
    application = QApplication([])
    window = MainWindow(default_session(), QSettings(sys.argv[1], QSettings.Format.IniFormat), language="en")
    window.setGeometry(0, 0, 1280, 800)
    window.show()
    application.processEvents()
    window.hall.present()
    application.processEvents()
    hall, speaker = window.hall.presenter.screen_of_hall, window.hall.presenter.speaker
    front = window.workspaces.front
    told = {
        "hall": hall.geometry().getRect(),
        "window": window.screen().name(),
        "stage": front.stage.window() is hall,
        "speaker": speaker.isVisible() and speaker.window() is window,
        "width": speaker.width(),
    }
    began = window.hall.presenter.speaker.passed.text()
    screen = hall.screen()
    application.screenRemoved.emit(screen)
    told["unplugged"] = front.stage.window() is window and not hall.isVisible()
    told["gone"] = window.notice.isVisible() and "".join(sentences(window.notice))
    time.sleep(1.1)
    application.screenAdded.emit(screen)
    told["again"] = front.stage.window() is hall and window.hall.presenter.speaker.passed.text() != began
    told["back"] = window.notice.isVisible() and "".join(sentences(window.notice))
    window.hall.leave()
    told["silent"] = not window.notice.isVisible()
    application.screenAdded.emit(screen)
    told["left"] = not window.hall.on
    print(json.dumps(told))
    window.close()


def three_screens() -> None:
    """Tell on which of three screens the stage is: at first, and where another one is asked for; in a process."""
    application = QApplication([])
    window = MainWindow(default_session(), QSettings(sys.argv[1], QSettings.Format.IniFormat), language="en")
    told = []
    for left in (0, 1280):
        window.setGeometry(left, 0, 1000, 700)
        window.show()
        application.processEvents()
        window.hall.present()
        presenter = window.hall.presenter
        header = presenter.screen_of_hall.findChild(Header)
        for _ in range(3):
            application.processEvents()
            shown = presenter.screen_of_hall.geometry()
            told.append([window.screen().name(), application.screenAt(shown.center()).name(), header.height()])
            [other] = [each for each in seen(presenter.speaker, QPushButton) if each.text() == "Other screen"]
            other.click()
        window.hall.leave()
    print(json.dumps(told))
    window.close()


def answer(tmp_path: Path, asked: str, *screens: dict[str, object]) -> Any:
    """Return what a function of this module tells in a process with these screens."""
    found = tmp_path / "screens.json"
    found.write_text(json.dumps({"screens": screens}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={found}"}
    code = f"from tests.ui.test_two_screens import {asked}; {asked}()"
    command = [sys.executable, "-c", code, str(tmp_path / "window.ini")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_on_two_screens_the_stage_is_on_one_and_the_notes_on_the_other(tmp_path: Path) -> None:
    told = answer(tmp_path, "two_screens", *SCREENS)
    assert told["hall"] == [1280, 0, 1920, 1080]
    assert told["window"] == "desk"
    assert told["stage"]
    assert told["speaker"]
    assert told["width"] > 500
    assert told["unplugged"]
    assert told["again"], "the clock goes on"
    assert told["gone"].startswith("The screen of the hall is gone")
    assert told["back"] == "The screen of the hall is back, and shows the stage again."
    assert told["silent"]
    assert told["left"], "whoever left is not taken back"


def test_of_three_screens_the_stage_is_not_on_the_first_and_goes_to_another_on_request(tmp_path: Path) -> None:
    told = answer(tmp_path, "three_screens", *SCREENS, LARGE)
    assert [(window, hall) for window, hall, _ in told] == [
        ("desk", "hall"), ("desk", "wall"), ("desk", "hall"), ("hall", "wall"), ("hall", "desk"), ("hall", "wall"),
    ]  # fmt: skip
    heights = {hall: height for _, hall, height in told}
    assert heights["wall"] == pytest.approx(2 * heights["hall"], abs=2), "text is as large before twice the lines"
