"""Two screens: the stage is on that of the hall, panels and notes are on that of the speaker."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from landscape.session.files import default_session
from landscape.ui.main_window import MainWindow

PLAIN = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
SCREENS = [
    {"name": "desk", "x": 0, "y": 0, "width": 1280, "height": 800, **PLAIN},
    {"name": "hall", "x": 1280, "y": 0, "width": 1920, "height": 1080, **PLAIN},
]


def two_screens() -> None:
    """Tell where the stage, the panels and the notes are on two screens; for a process of its own."""
    from PySide6.QtCore import QSettings

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
    time.sleep(1.1)
    application.screenAdded.emit(screen)
    told["again"] = front.stage.window() is hall and window.hall.presenter.speaker.passed.text() != began
    window.hall.leave()
    application.screenAdded.emit(screen)
    told["left"] = not window.hall.on
    print(json.dumps(told))
    window.close()


def test_on_two_screens_the_stage_is_on_one_and_the_notes_on_the_other(tmp_path: Path) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": SCREENS}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    code = "from tests.ui.test_two_screens import two_screens; two_screens()"
    command = [sys.executable, "-c", code, str(tmp_path / "window.ini")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["hall"] == [1280, 0, 1920, 1080]
    assert told["window"] == "desk"
    assert told["stage"]
    assert told["speaker"]
    assert told["width"] > 500
    assert told["unplugged"]
    assert told["again"], "the clock goes on"
    assert told["left"], "whoever left is not taken back"
